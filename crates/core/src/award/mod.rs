//! Awards: gates that explain themselves.
//!
//! Published models decide by gates, all of which must hold, not by weighted scores (domain.md). A
//! gate that the book cannot decide is unknown; one that belongs to the teacher says so. What a person
//! decides counts instead, and says why.
//!
//! # Layout
//! - here: how gates stand, and what follows
//! - `by_book`: the gates of a dorm and of a class; `unit`: those of a department and of the school
//! - `cases`: what the desk's cases decide
//! - `candidate`: what an award may be given to; `review`: a person's decision
//! - `awards`: all of a school from its dorms upwards

mod awards;
mod by_book;
mod candidate;
mod cases;
mod review;
mod unit;

use serde::{Deserialize, Serialize};

use crate::desk::CaseTally;
use crate::measure::{Reach, Share, Standing};
use crate::pack::Gate;

pub use awards::{Awards, ClassAward, DormAward, Found, Ruling, UnitAward};
pub use by_book::{assess, dorms_met, gates};
pub use candidate::{Candidate, ClassMark};
pub use review::{Decision, NoReason, Reason, Review};
pub use unit::UnitFacts;

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
    /// The cases that the desk knows of; nothing where it knows of none, as a class's phone does.
    #[serde(default)]
    pub cases: Option<CaseTally>,
}

/// Whether a subject has its award. Where every gate that the book can tell holds, those of the teacher are
/// still open: until somebody decides, that is not known.
pub fn standing(outcome: Outcome, review: Option<&Review>) -> Standing {
    match (review.map(|review| review.decision), outcome) {
        (Some(Decision::Given), _) => Standing::Met,
        (Some(Decision::Refused), _) | (_, Outcome::Unmet) => Standing::Unmet,
        (_, Outcome::MetSoFar | Outcome::Unknown) => Standing::Unknown,
    }
}

/// What follows from the gates of a subject.
pub fn outcome(gates: &[GateReport<'_>]) -> Outcome {
    outcome_of(gates.iter().map(|report| report.state))
}

fn outcome_of(states: impl Iterator<Item = GateState> + Clone) -> Outcome {
    let any = |state| states.clone().any(|of| of == state);
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
    use crate::time::UnixMillis;

    #[test]
    fn what_the_teacher_has_to_tell_is_open_until_somebody_decides() {
        let review = |decision| {
            Some(Review {
                decision,
                reason: Reason::try_from("已核实".to_owned()).unwrap(),
                at: UnixMillis(1_640_603_100_000),
            })
        };
        for (outcome, review, expected) in [
            (Outcome::MetSoFar, None, Standing::Unknown),
            (Outcome::Unknown, None, Standing::Unknown),
            (Outcome::Unmet, None, Standing::Unmet),
            (Outcome::MetSoFar, review(Decision::Given), Standing::Met),
            (Outcome::Unmet, review(Decision::Given), Standing::Met),
            (
                Outcome::MetSoFar,
                review(Decision::Refused),
                Standing::Unmet,
            ),
            (Outcome::Unmet, review(Decision::ByGates), Standing::Unmet),
        ] {
            let found = standing(outcome, review.as_ref());
            assert_eq!(found, expected, "{outcome:?} {review:?}");
        }
    }
}
