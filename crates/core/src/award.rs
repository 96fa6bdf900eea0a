//! Awards: gates that explain themselves.
//!
//! Published models decide by gates, all of which must hold, not by weighted scores (domain.md). A
//! gate that the book cannot decide is unknown; one that belongs to the teacher says so.

use crate::book::{Book, Round, Subject, Verdict};
use crate::inspection::{self, ItemState};
use crate::measure::{Reach, Share, Standing};
use crate::pack::{Gate, Measure, Pack, Test};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything the book can tell holds; what is the teacher's is open.
    MetSoFar,
    /// A gate does not hold.
    Unmet,
    /// No gate is known not to hold, but some are not known.
    Unknown,
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
