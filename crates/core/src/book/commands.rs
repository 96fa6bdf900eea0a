//! What a person can do to the book: each command says which registers to write.
//!
//! A command writes only what differs from what is shown, so that doing a thing twice adds nothing
//! to the log.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use super::activities::{add_activity, change_activity, remove_activity};
pub use super::counsellor::set_counsellor;
use super::{Book, Field, Round, Status, Student, Subject, Verdict, Verification, keys};
use crate::ident::{DormName, PersonName, Slug, StudentNo};
use crate::inspection::{self, Basis};
use crate::log::{Change, DeviceId, Key, Value};
use crate::pack::Pack;
use crate::quiz::{Attempt, PaperSpec};
use crate::quiz_day;
use crate::roster;
use crate::text;

/// The most characters of a free text (remark, reason, note, name of a class).
pub const MAX_TEXT: usize = 200;

/// What the class is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileInput {
    /// 学校
    pub school: String,
    /// 系部
    pub department: String,
    /// 年级
    pub grade: String,
    /// 班级名
    pub name: String,
}

/// Names the class; `today` becomes the campaign's first day if there is none yet.
pub fn set_profile(book: &Book, input: &ProfileInput, today: NaiveDate) -> Vec<Change> {
    let mut changes = name_class(book, input);
    if book.profile.campaign_start.get().is_none() {
        changes.extend(start_campaign(book, today));
    }
    changes
}

/// Names the class, and says nothing of its campaign.
pub fn name_class(book: &Book, input: &ProfileInput) -> Vec<Change> {
    let profile = &book.profile;
    let mut changes = Changes::default();
    changes.text(&profile.school, keys::profile("school"), &input.school);
    changes.text(
        &profile.department,
        keys::profile("department"),
        &input.department,
    );
    changes.text(&profile.grade, keys::profile("grade"), &input.grade);
    changes.text(&profile.name, keys::profile("name"), &input.name);
    changes.0
}

/// Says who records on `device` (班长, 寝室长 …); shown as 核验人 and 记录人.
pub fn set_recorder(book: &Book, device: DeviceId, label: &str) -> Vec<Change> {
    text_change(book.recorders.get(&device), keys::recorder(device), label)
}

/// Moves the campaign to begin on `start`.
pub fn start_campaign(book: &Book, start: NaiveDate) -> Vec<Change> {
    let mut changes = Changes::default();
    if book.profile.campaign_start.copied() != Some(start) {
        changes.push(keys::profile("campaign_start"), day_value(start));
    }
    changes.0
}

/// Puts the accepted rows of a roster into the book.
pub fn import<'a>(
    book: &Book,
    accepted: impl IntoIterator<Item = &'a roster::Student>,
) -> Vec<Change> {
    let mut changes = Changes::default();
    for row in accepted {
        let unknown = Student::default();
        let student = book.student(&row.no).unwrap_or(&unknown);
        if student.name.get() != Some(&row.name) {
            changes.push(
                keys::student(&row.no, "name"),
                Value::text(row.name.as_str()),
            );
        }
        if let Some(dorm) = &row.dorm {
            changes.extend(set_dorm(student, &row.no, Some(dorm)));
        }
        if student.listed.copied() == Some(false) {
            changes.push(keys::student(&row.no, "listed"), true);
        }
    }
    changes.0
}

/// Corrects a student's name and dorm.
pub fn correct_student(
    book: &Book,
    no: &StudentNo,
    name: &PersonName,
    dorm: Option<&DormName>,
) -> Vec<Change> {
    let unknown = Student::default();
    let student = book.student(no).unwrap_or(&unknown);
    let mut changes = Changes::default();
    if student.name.get() != Some(name) {
        changes.push(keys::student(no, "name"), Value::text(name.as_str()));
    }
    changes.extend(set_dorm(student, no, dorm));
    changes.0
}

/// Takes a student off the list. The records stay and come back when the student does.
pub fn unlist(no: &StudentNo) -> Vec<Change> {
    vec![Change::new(keys::student(no, "listed"), false)]
}

/// Records where a student stands with the app, and how that was verified.
pub fn register(
    book: &Book,
    no: &StudentNo,
    status: Status,
    verification: Verification,
) -> Vec<Change> {
    let mut changes = Changes::default();
    let student = book.student(no);
    if student.and_then(|student| student.status.copied()) != Some(status) {
        changes.push(keys::registration(no, "status"), status.code());
    }
    if student.and_then(|student| student.verified.copied()) != Some(verification) {
        changes.push(keys::registration(no, "verified"), verification.code());
    }
    changes.0
}

/// Forgets where a student stands with the app.
pub fn clear_registration(no: &StudentNo) -> Vec<Change> {
    vec![
        Change::new(keys::registration(no, "status"), Value::Null),
        Change::new(keys::registration(no, "verified"), Value::Null),
    ]
}

/// A yes-or-no record of a student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// 地区是否选对
    Region,
    /// 近期已登录
    Login,
    /// 承诺书
    Pledge,
    /// 家长回执
    Notice,
}

impl Mark {
    /// What the book holds for it.
    pub fn of(self, student: &Student) -> Option<bool> {
        match self {
            Self::Region => student.region.copied(),
            Self::Login => student.login.copied(),
            Self::Pledge => student.pledge.copied(),
            Self::Notice => student.notice.copied(),
        }
    }

    fn key(self, no: &StudentNo) -> Key {
        match self {
            Self::Region => keys::registration(no, "region"),
            Self::Login => keys::registration(no, "login"),
            Self::Pledge => keys::pledge(no),
            Self::Notice => keys::notice(no),
        }
    }
}

/// Records a yes or no, or `None` to forget it.
pub fn mark(no: &StudentNo, mark: Mark, yes: Option<bool>) -> Vec<Change> {
    vec![Change::new(
        mark.key(no),
        yes.map_or(Value::Null, Value::Bool),
    )]
}

/// Records why a student cannot install.
pub fn set_reason(book: &Book, no: &StudentNo, reason: &str) -> Vec<Change> {
    let known = book.student(no).map(|student| &student.reason);
    text_change(known, keys::registration(no, "reason"), reason)
}

/// Writes the monitor's own note on a student.
pub fn set_note(book: &Book, no: &StudentNo, note: &str) -> Vec<Change> {
    text_change(
        book.student(no).map(|student| &student.note),
        keys::note(no),
        note,
    )
}

/// Opens a round of inspections. What the book decided in the round before is written down there, so
/// that it keeps what was true then.
pub fn open_round(book: &Book, pack: &Pack, round: Round) -> Vec<Change> {
    let mut changes = Changes::default();
    let Some(previous) = book.current_round() else {
        changes.push(keys::round(round), true);
        return changes.0;
    };
    if previous == round {
        return changes.0;
    }
    let dorms = book.dorms().into_keys().cloned().map(Subject::Dorm);
    for subject in dorms.chain([Subject::Class]) {
        for state in inspection::items(book, pack, Some(previous), &subject) {
            if let (Basis::Book(_), Some(verdict)) = (state.basis, state.verdict) {
                changes.push(
                    keys::verdict(previous, &subject, &state.item.id),
                    verdict.code(),
                );
            }
        }
    }
    changes.push(keys::round(round), true);
    changes.0
}

/// The round to write in, and what opens it: the current one, or else one of `today`.
pub fn round_to_write(book: &Book, pack: &Pack, today: NaiveDate) -> (Round, Vec<Change>) {
    match book.current_round() {
        Some(round) => (round, Vec::new()),
        None => (Round(today), open_round(book, pack, Round(today))),
    }
}

/// Whether `today` can open another round: an earlier or equal day would open none, or an old one.
pub fn may_open_round(book: &Book, today: NaiveDate) -> bool {
    book.current_round()
        .is_none_or(|Round(current)| current < today)
}

/// Gives an item a verdict, or takes it back (`None`): then the book decides, or nobody.
pub fn judge(
    round: Round,
    subject: &Subject,
    item: &Slug,
    verdict: Option<Verdict>,
) -> Vec<Change> {
    let value = verdict.map_or(Value::Null, |verdict| Value::text(verdict.code()));
    vec![Change::new(keys::verdict(round, subject, item), value)]
}

/// 全部合格: passes every item that waits for a person. What the book decides, and what has a verdict
/// already, stays.
pub fn pass_rest(book: &Book, pack: &Pack, round: Round, subject: &Subject) -> Vec<Change> {
    inspection::items(book, pack, Some(round), subject)
        .iter()
        .filter(|state| state.verdict.is_none() && state.basis == Basis::Person)
        .flat_map(|state| judge(round, subject, &state.item.id, Some(Verdict::Pass)))
        .collect()
}

/// Writes a remark on an item.
pub fn set_remark(
    book: &Book,
    round: Round,
    subject: &Subject,
    item: &Slug,
    remark: &str,
) -> Vec<Change> {
    let finding = book
        .findings(round, subject)
        .and_then(|findings| findings.get(item));
    text_change(
        finding.map(|finding| &finding.remark),
        keys::remark(round, subject, item),
        remark,
    )
}

/// Sets a paper for the class.
pub fn set_paper(id: &Slug, paper: &PaperSpec) -> Vec<Change> {
    vec![Change::new(keys::paper(id), paper.to_value())]
}

/// Hands in a student's answers.
pub fn hand_in(book: &Book, paper: &Slug, no: &StudentNo, attempt: &Attempt) -> Vec<Change> {
    let nth = quiz_day::next_attempt(book, paper, no);
    vec![Change::new(
        keys::attempt(paper, no, nth),
        attempt.to_value(),
    )]
}

/// Settles a conflict: what is chosen replaces all that is visible under `key`.
pub fn choose(key: &Key, value: Value) -> Vec<Change> {
    vec![Change::new(key.clone(), value)]
}

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn push(&mut self, key: Key, value: impl Into<Value>) {
        self.0.push(Change::new(key, value));
    }

    fn extend(&mut self, changes: Vec<Change>) {
        self.0.extend(changes);
    }

    fn text(&mut self, known: &Field<String>, key: Key, text: &str) {
        self.extend(text_change(Some(known), key, text));
    }
}

fn set_dorm(student: &Student, no: &StudentNo, dorm: Option<&DormName>) -> Vec<Change> {
    if student.dorm.get() == dorm {
        return Vec::new();
    }
    let value = dorm.map_or(Value::Null, |dorm| Value::text(dorm.as_str()));
    vec![Change::new(keys::student(no, "dorm"), value)]
}

/// A free text as the book keeps it: tidied, and at most [`MAX_TEXT`] characters.
pub(crate) fn free_text(raw: &str) -> String {
    let cut: String = text::tidy(raw).chars().take(MAX_TEXT).collect();
    // The cut may have left a space at the end.
    text::tidy(&cut)
}

/// Writes a tidied, bounded text; an empty one clears the field.
pub(super) fn text_change(known: Option<&Field<String>>, key: Key, raw: &str) -> Vec<Change> {
    let cleaned = free_text(raw);
    let shown = known.and_then(Field::get).map_or("", String::as_str);
    if shown == cleaned {
        return Vec::new();
    }
    let value = if cleaned.is_empty() {
        Value::Null
    } else {
        Value::Text(cleaned)
    };
    vec![Change::new(key, value)]
}

fn day_value(day: NaiveDate) -> Value {
    Value::Text(day.to_string())
}
