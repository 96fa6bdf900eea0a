//! Awards: gates that explain themselves.
//!
//! Published models decide by gates, all of which must hold, not by weighted scores (domain.md). A
//! gate that the book cannot decide is unknown; one that belongs to the teacher says so.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::book::{Book, Round, Subject, Verdict};
use crate::inspection::{self, ItemState};
use crate::measure::{Reach, Share, Standing};
use crate::pack::{Gate, Measure, Pack, Test};
use crate::time::UnixMillis;

/// How a gate stands.
#[derive(Clone, Debug, PartialEq)]
pub struct GateReport<'a> {
    /// The gate.
    pub gate: &'a Gate,
    /// How it stands.
    pub state: GateState,
    /// The numbers it was decided by, for gates on a share.
    pub share: Option<Share>,
}

/// Whether a gate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GateState {
    /// It holds.
    Met,
    /// It does not.
    Unmet,
    /// The book cannot tell yet.
    Unknown,
    /// The teacher decides.
    Teacher,
}

/// What follows from all gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Everything the book can tell holds; what is the teacher's is open.
    MetSoFar,
    /// A gate does not hold.
    Unmet,
    /// No gate is known not to hold, but some are not known.
    Unknown,
}

/// How a subject stands, to be kept without its records; the gates are those of the criteria, in their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// What follows from the gates.
    pub outcome: Outcome,
    /// How each gate stands, with the numbers it was decided by.
    pub gates: Vec<(GateState, Option<Share>)>,
}

/// A person's decision about an award, which counts instead of what the gates say (人工复核).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub reason: Reason,
    /// When.
    pub at: UnixMillis,
}

/// Whether an award is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// 达标
    Given,
    /// 不达标
    Refused,
}

/// Why somebody decided: a text with something in it, since a decision without one explains nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

/// A text that gives no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a reason has 1 to {max} characters", max = Reason::MAX_CHARS)]
pub struct NoReason;

impl Reason {
    /// The most characters.
    pub const MAX_CHARS: usize = 200;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Reason {
    type Error = NoReason;

    fn try_from(text: String) -> Result<Self, NoReason> {
        let text = text.trim();
        match text.chars().count() {
            1..=Self::MAX_CHARS => Ok(Self(text.to_owned())),
            _ => Err(NoReason),
        }
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}

/// How `subject` stands.
pub fn assess(book: &Book, pack: &Pack, subject: &Subject) -> Assessment {
    let reports = gates(book, pack, subject);
    Assessment {
        outcome: outcome(&reports),
        gates: reports
            .iter()
            .map(|report| (report.state, report.share))
            .collect(),
    }
}

/// Whether a subject has its award. Where every gate that the book can tell holds, those of the teacher are
/// still open: until somebody decides, that is not known.
pub fn standing(outcome: Outcome, review: Option<&Review>) -> Standing {
    match (review.map(|review| review.decision), outcome) {
        (Some(Decision::Given), _) => Standing::Met,
        (Some(Decision::Refused), _) | (None, Outcome::Unmet) => Standing::Unmet,
        (None, Outcome::MetSoFar | Outcome::Unknown) => Standing::Unknown,
    }
}

/// A subject's gates in order.
pub fn gates<'a>(book: &Book, pack: &'a Pack, subject: &Subject) -> Vec<GateReport<'a>> {
    let items = inspection::items(book, pack, latest_round(book, subject), subject);
    let criteria = pack.criteria(subject.scope());
    let report = |gate| report(book, pack, subject, &items, gate);
    criteria.gates.iter().map(report).collect()
}

/// What follows from the gates of `subject`.
pub fn outcome(gates: &[GateReport<'_>]) -> Outcome {
    let any = |state| gates.iter().any(|report| report.state == state);
    if any(GateState::Unmet) {
        Outcome::Unmet
    } else if any(GateState::Unknown) {
        Outcome::Unknown
    } else {
        Outcome::MetSoFar
    }
}

/// The gates that the book can decide, counted: the teacher's are apart.
pub fn share_of_gates(gates: &[GateReport<'_>]) -> Share {
    gates
        .iter()
        .map(|report| match report.state {
            GateState::Met => Standing::Met,
            GateState::Unmet => Standing::Unmet,
            GateState::Unknown => Standing::Unknown,
            GateState::Teacher => Standing::Apart,
        })
        .collect()
}

/// How many dorms meet their criteria as far as the book can tell.
pub fn dorms_met(book: &Book, pack: &Pack) -> Share {
    let standing = |dorm: &&crate::ident::DormName| {
        let subject = Subject::Dorm((*dorm).clone());
        match outcome(&gates(book, pack, &subject)) {
            Outcome::MetSoFar => Standing::Met,
            Outcome::Unmet => Standing::Unmet,
            Outcome::Unknown => Standing::Unknown,
        }
    };
    book.dorms().keys().map(standing).collect()
}

/// The latest round in which anything is written about `subject`, else the current one.
fn latest_round(book: &Book, subject: &Subject) -> Option<Round> {
    let is_written = |round: &Round| {
        let findings = book.findings(*round, subject).into_iter().flatten();
        findings
            .into_iter()
            .any(|(_, finding)| finding.is_written())
    };
    book.rounds()
        .rev()
        .find(is_written)
        .or(book.current_round())
}

fn report<'a>(
    book: &Book,
    pack: &Pack,
    subject: &Subject,
    items: &[ItemState<'_>],
    gate: &'a Gate,
) -> GateReport<'a> {
    let (state, share) = match &gate.test {
        Test::Teacher(_) => (GateState::Teacher, None),
        Test::Item(id) => {
            let item = items.iter().find(|state| state.item.id == *id);
            (from_verdict(item.and_then(|state| state.verdict)), None)
        }
        Test::Share {
            measure,
            min_percent,
        } => {
            let share = share_of(book, pack, subject, *measure);
            (from_reach(share.reaches(*min_percent)), Some(share))
        }
    };
    GateReport { gate, state, share }
}

fn share_of(book: &Book, pack: &Pack, subject: &Subject, measure: Measure) -> Share {
    match measure {
        Measure::DormsMet => dorms_met(book, pack),
        measure => Share::of_students(book, measure, inspection::members(book, subject)),
    }
}

/// What does not apply does not stand in the way.
fn from_verdict(verdict: Option<Verdict>) -> GateState {
    match verdict {
        Some(Verdict::Pass | Verdict::NotApplicable) => GateState::Met,
        Some(Verdict::Fail) => GateState::Unmet,
        None => GateState::Unknown,
    }
}

fn from_reach(reach: Reach) -> GateState {
    match reach {
        Reach::Met => GateState::Met,
        Reach::Unmet => GateState::Unmet,
        Reach::Unknown => GateState::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_teacher_has_to_tell_is_open_until_somebody_decides() {
        let review = |decision| Review {
            decision,
            reason: Reason::try_from("已核实".to_owned()).unwrap(),
            at: UnixMillis(1_640_603_100_000),
        };
        let given = Some(review(Decision::Given));
        let refused = Some(review(Decision::Refused));
        for (outcome, review, expected) in [
            (Outcome::MetSoFar, &None, Standing::Unknown),
            (Outcome::Unknown, &None, Standing::Unknown),
            (Outcome::Unmet, &None, Standing::Unmet),
            (Outcome::MetSoFar, &given, Standing::Met),
            (Outcome::Unmet, &given, Standing::Met),
            (Outcome::MetSoFar, &refused, Standing::Unmet),
        ] {
            let found = standing(outcome, review.as_ref());
            assert_eq!(found, expected, "{outcome:?} {review:?}");
        }
    }

    #[test]
    fn a_decision_without_a_reason_is_none() {
        let reason = |text: String| Reason::try_from(text).map(String::from);
        assert_eq!(reason(" \n".into()), Err(NoReason));
        assert_eq!(reason("字".repeat(201)), Err(NoReason));
        assert_eq!(reason(" 本期无案件 ".into()).as_deref(), Ok("本期无案件"));
    }
}
