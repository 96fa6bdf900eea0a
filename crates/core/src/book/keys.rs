//! The keys of the book's registers, in one place: what is written is what is read.

use crate::ident::{Slug, StudentNo};
use crate::log::{DeviceId, Key};

use super::{ActivityField, Round, Subject};

pub(super) const CLASS: &str = "class";
pub(super) const PROFILE: &str = "profile";
pub(super) const STUDENT: &str = "student";
pub(super) const REGISTRATION: &str = "registration";
pub(super) const PLEDGE: &str = "pledge";
pub(super) const NOTICE: &str = "notice";
pub(super) const NOTE: &str = "note";
pub(super) const ROUND: &str = "round";
pub(super) const INSPECTION: &str = "inspection";
pub(super) const PAPER: &str = "paper";
pub(super) const ATTEMPT: &str = "attempt";
pub(super) const DEVICE: &str = "device";
pub(super) const ACTIVITY: &str = "activity";
/// A field of the class's profile.
pub(super) const COUNSELLOR: &str = "counsellor";
/// Ends the field of an item's remark; item ids hold no dot.
pub(super) const REMARK_SUFFIX: &str = ".remark";

pub(super) fn profile(field: &str) -> Key {
    Key::new(CLASS, &[PROFILE], field)
}

pub(super) fn student(no: &StudentNo, field: &str) -> Key {
    Key::new(STUDENT, &[no.as_str()], field)
}

pub(super) fn registration(no: &StudentNo, field: &str) -> Key {
    Key::new(REGISTRATION, &[no.as_str()], field)
}

pub(super) fn pledge(no: &StudentNo) -> Key {
    Key::new(PLEDGE, &[no.as_str()], "signed")
}

pub(super) fn notice(no: &StudentNo) -> Key {
    Key::new(NOTICE, &[no.as_str()], "returned")
}

pub(super) fn note(no: &StudentNo) -> Key {
    Key::new(NOTE, &[no.as_str()], "text")
}

pub(super) fn round(round: Round) -> Key {
    Key::new(ROUND, &[&round.to_string()], "open")
}

pub(super) fn verdict(round: Round, subject: &Subject, item: &Slug) -> Key {
    let id = [round.to_string(), subject.to_string()];
    Key::new(
        INSPECTION,
        &id.each_ref().map(String::as_str),
        item.as_str(),
    )
}

pub(super) fn remark(round: Round, subject: &Subject, item: &Slug) -> Key {
    let id = [round.to_string(), subject.to_string()];
    let field = format!("{item}{REMARK_SUFFIX}");
    Key::new(INSPECTION, &id.each_ref().map(String::as_str), &field)
}

pub(super) fn paper(id: &Slug) -> Key {
    Key::new(PAPER, &[id.as_str()], "spec")
}

pub(super) fn attempt(paper: &Slug, no: &StudentNo, nth: u32) -> Key {
    Key::new(ATTEMPT, &[paper.as_str(), no.as_str()], &nth.to_string())
}

pub(super) fn activity(id: &Slug, field: ActivityField) -> Key {
    Key::new(ACTIVITY, &[id.as_str()], field.code())
}

pub(super) fn recorder(device: DeviceId) -> Key {
    Key::new(DEVICE, &[&device.to_string()], "label")
}
