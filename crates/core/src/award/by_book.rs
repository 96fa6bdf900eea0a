use super::{Assessment, GateReport, GateState, Outcome, from_reach, outcome};
use crate::book::{Book, Round, Subject, Verdict};
use crate::inspection::{self, ItemState};
use crate::measure::{Share, Standing};
use crate::pack::{Gate, Level, Measure, Pack, Test};

/// How `subject` stands.
pub fn assess(book: &Book, pack: &Pack, subject: &Subject) -> Assessment {
    let reports = gates(book, pack, subject);
    Assessment {
        outcome: outcome(&reports),
        gates: reports
            .iter()
            .map(|report| (report.state, report.share))
            .collect(),
        cases: None,
    }
}

/// A subject's gates in order.
pub fn gates<'a>(book: &Book, pack: &'a Pack, subject: &Subject) -> Vec<GateReport<'a>> {
    let items = inspection::items(book, pack, latest_round(book, subject), subject);
    let criteria = pack.criteria(Level::from(subject.scope()));
    let report = |gate| report(book, pack, subject, &items, gate);
    criteria.gates.iter().map(report).collect()
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
