//! Shares: how many of whom, with what is not known kept apart from what is not so.

use std::ops::Add;

use serde::{Deserialize, Serialize};

use crate::book::{ActivityKind, Book, HeldByKind, Status, Student};
use crate::ident::StudentNo;
use crate::pack::Measure;
use crate::quiz::Outcome;

/// How a group stands in one measure.
///
/// Who cannot take part (no smartphone, with the reason given; declined) is counted apart and not in
/// [`Share::of`] (domain: "listed apart, not as a failure").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Known to meet it.
    pub met: u32,
    /// Known not to meet it.
    pub unmet: u32,
    /// Not known.
    pub unknown: u32,
    /// Left out, with a reason.
    pub apart: u32,
}

/// How one member of the group stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Meets it.
    Met,
    /// Does not.
    Unmet,
    /// Not known.
    Unknown,
    /// Left out, with a reason.
    Apart,
}

/// Whether a share reaches a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Whatever the unknown ones turn out to be.
    Met,
    /// Whatever the unknown ones turn out to be.
    Unmet,
    /// It depends on the unknown ones.
    Unknown,
}

impl Share {
    /// How `students` stand in `measure`; in what the class did together, how the class stands, counted once.
    pub fn of_students<'a>(
        book: &Book,
        measure: Measure,
        students: impl IntoIterator<Item = &'a StudentNo>,
    ) -> Self {
        if let Some(share) = of_activities(measure, 1, || book.activities().held()) {
            return share;
        }
        students
            .into_iter()
            .map(|no| standing(book, measure, no))
            .collect()
    }

    /// How the whole class stands in `measure`.
    pub fn of_class(book: &Book, measure: Measure) -> Self {
        Self::of_students(book, measure, book.students().map(|(no, _)| no))
    }

    /// How many count.
    pub fn of(&self) -> u32 {
        self.met + self.unmet + self.unknown
    }

    /// How many of those that count are still to be seen to: not met, or not known.
    pub fn open(&self) -> u32 {
        self.unmet + self.unknown
    }

    /// Whether it is known of anybody who counts. Where it is not, `met` is 0 and means nothing.
    pub fn is_known(&self) -> bool {
        self.met + self.unmet > 0
    }

    /// The met ones of those that count as a percentage, rounded down so that 100 means all; `None`
    /// when nobody counts.
    pub fn percent(&self) -> Option<u32> {
        (self.met * 100).checked_div(self.of())
    }

    /// Whether at least `min_percent` of those that count meet it. A group in which nobody counts is
    /// unknown, never met.
    pub fn reaches(&self, min_percent: u8) -> Reach {
        let needed = u32::from(min_percent) * self.of();
        if self.of() == 0 {
            Reach::Unknown
        } else if self.met * 100 >= needed {
            Reach::Met
        } else if (self.met + self.unknown) * 100 < needed {
            Reach::Unmet
        } else {
            Reach::Unknown
        }
    }
}

/// How `classes` stand in a measure of what they did; `None` for one of something else. A class in which nothing is
/// recorded is unknown and never unmet.
pub(crate) fn of_activities(
    measure: Measure,
    classes: u32,
    held: impl FnOnce() -> HeldByKind,
) -> Option<Share> {
    let held = match measure {
        Measure::ActivityHeld => held().all,
        Measure::ClassMeetingHeld => held().kind(ActivityKind::ClassMeeting),
        Measure::FamilyReached => held().kind(ActivityKind::Family),
        _ => return None,
    };
    Some(held.recorded_in(classes))
}

impl Add for Share {
    type Output = Self;

    /// How two groups that share no member stand together.
    fn add(self, other: Self) -> Self {
        Self {
            met: self.met.saturating_add(other.met),
            unmet: self.unmet.saturating_add(other.unmet),
            unknown: self.unknown.saturating_add(other.unknown),
            apart: self.apart.saturating_add(other.apart),
        }
    }
}

impl FromIterator<Standing> for Share {
    fn from_iter<I: IntoIterator<Item = Standing>>(standings: I) -> Self {
        let mut share = Self::default();
        for standing in standings {
            match standing {
                Standing::Met => share.met += 1,
                Standing::Unmet => share.unmet += 1,
                Standing::Unknown => share.unknown += 1,
                Standing::Apart => share.apart += 1,
            }
        }
        share
    }
}

/// `met` of `of` as `88.6%`; `None` of none. Rounded as spreadsheets do, except that only all is `100.0%`
/// and only none is `0.0%`.
pub fn percent_text(met: u32, of: u32) -> Option<String> {
    let (met, of) = (u64::from(met), u64::from(of));
    let rounded = (met * 1000 + of / 2).checked_div(of)?;
    let tenths = match met {
        0 => 0,
        met if met >= of => rounded,
        _ => rounded.clamp(1, 999),
    };
    Some(format!("{}.{}%", tenths / 10, tenths % 10))
}

/// How one student stands in `measure`.
pub fn standing(book: &Book, measure: Measure, no: &StudentNo) -> Standing {
    match book.student(no) {
        Some(student) => standing_of(book, measure, no, student),
        None => Standing::Unknown,
    }
}

/// [`standing`] for who has the student at hand already: a list of a thousand does not look each up
/// again.
pub fn standing_of(book: &Book, measure: Measure, no: &StudentNo, student: &Student) -> Standing {
    match measure {
        Measure::Registered => registered(student, &[Status::Registered, Status::WarningOn]),
        Measure::WarningOn => registered(student, &[Status::WarningOn]),
        Measure::RegionRight => match apart(student) {
            true => Standing::Apart,
            false => known(student.region.copied()),
        },
        Measure::PledgeSigned => known(student.pledge.copied()),
        Measure::NoticeReturned => known(student.notice.copied()),
        Measure::QuizTaken => known(outcome(book, no).map(|outcome| outcome != Outcome::Absent)),
        // Who has not taken it may still pass: unknown, not failed.
        Measure::QuizPassed => known(match outcome(book, no) {
            None | Some(Outcome::Absent) => None,
            Some(outcome) => Some(matches!(outcome, Outcome::Passed(_))),
        }),
        // What is counted in classes, dorms or units says nothing about a student.
        Measure::ActivityHeld
        | Measure::ClassMeetingHeld
        | Measure::FamilyReached
        | Measure::DormsMet
        | Measure::ClassesMet
        | Measure::DepartmentsMet => Standing::Unknown,
    }
}

/// How the student stands in the quiz that counts; `None` before there is one.
fn outcome(book: &Book, no: &StudentNo) -> Option<Outcome> {
    book.latest_quiz().map(|quiz| quiz.outcome(no))
}

fn registered(student: &Student, enough: &[Status]) -> Standing {
    if apart(student) {
        return Standing::Apart;
    }
    match student.status.copied() {
        // The reason is still missing.
        None | Some(Status::Unable) => Standing::Unknown,
        Some(status) => known(Some(enough.contains(&status))),
    }
}

/// Who declines, or cannot install and has said why.
fn apart(student: &Student) -> bool {
    match student.status.copied() {
        Some(Status::Declined) => true,
        Some(Status::Unable) => student.reason.get().is_some(),
        _ => false,
    }
}

fn known(fact: Option<bool>) -> Standing {
    match fact {
        Some(true) => Standing::Met,
        Some(false) => Standing::Unmet,
        None => Standing::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_all_is_a_hundred_percent_and_only_none_is_nought() {
        for (met, of, expected) in [
            (0, 0, None),
            (0, 45, Some("0.0%")),
            (1, 3000, Some("0.1%")),
            (1, 16, Some("6.3%")),
            (39, 44, Some("88.6%")),
            (2, 3, Some("66.7%")),
            (2999, 3000, Some("99.9%")),
            (45, 45, Some("100.0%")),
        ] {
            assert_eq!(percent_text(met, of).as_deref(), expected, "{met}/{of}");
        }
    }
}
