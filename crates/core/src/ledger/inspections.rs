//! 寝室检查 and 班级检查: one row an item of a round.

use super::{Cell, Column, Ledger, Source, words};
use crate::book::{Round, Subject};
use crate::inspection::{self, Basis, ItemState};

/// Which rounds of inspections a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounds {
    /// All of them.
    All,
    /// The latest of each class. A round of a school of 640 classes is 60,000 rows.
    Latest,
}

impl Rounds {
    fn of(self, source: &Source<'_>) -> Vec<Round> {
        match self {
            Self::All => source.book.rounds().collect(),
            Self::Latest => source.book.rounds().next_back().into_iter().collect(),
        }
    }
}

pub(super) fn dorms(source: &Source<'_>, rounds: Rounds) -> Ledger {
    let dorms: Vec<Subject> = source
        .book
        .dorms()
        .into_keys()
        .cloned()
        .map(Subject::Dorm)
        .collect();
    ledger(source, rounds, "寝室检查", &dorms)
}

pub(super) fn class(source: &Source<'_>, rounds: Rounds) -> Ledger {
    ledger(source, rounds, "班级检查", &[Subject::Class])
}

fn ledger(source: &Source<'_>, rounds: Rounds, name: &str, subjects: &[Subject]) -> Ledger {
    let headings = [
        ("检查轮次", 12),
        ("对象", 12),
        ("检查项", 48),
        ("结果", 8),
        ("依据", 30),
        ("备注", 30),
        ("记录人", 10),
        ("记录时间", 17),
    ];
    let rows = rounds.of(source).into_iter().flat_map(|round| {
        subjects
            .iter()
            .flat_map(move |subject| subject_rows(source, round, subject))
    });
    Ledger {
        name: name.to_owned(),
        columns: headings
            .map(|(heading, width)| Column::new(heading, width))
            .into(),
        rows: rows.collect(),
    }
}

/// A subject that nobody inspected in a round is shown with unknown results, not left out.
fn subject_rows(source: &Source<'_>, round: Round, subject: &Subject) -> Vec<Vec<Cell>> {
    inspection::items(source.book, source.pack, Some(round), subject)
        .iter()
        .map(|state| row(source, round, subject, state))
        .collect()
}

fn row(source: &Source<'_>, round: Round, subject: &Subject, state: &ItemState<'_>) -> Vec<Cell> {
    let object = match subject {
        Subject::Class => source.book.class_name(),
        Subject::Dorm(name) => name.as_str(),
    };
    let written = state.finding.and_then(|finding| finding.verdict.written());
    let remark = state.finding.and_then(|finding| finding.remark.get());
    vec![
        Cell::Date(round.0),
        Cell::text(object),
        Cell::text(state.item.text.zh.as_str()),
        Cell::known(state.verdict, |verdict| Cell::text(words::verdict(verdict))),
        basis(state),
        remark.map_or(Cell::Empty, Cell::text),
        written
            .and_then(|written| source.book.recorder(written.by))
            .map_or(Cell::Empty, Cell::text),
        written.map_or(Cell::Empty, |written| Cell::Time(written.at)),
    ]
}

fn basis(state: &ItemState<'_>) -> Cell {
    match state.basis {
        Basis::Book(share) => Cell::text(super::share_text(share)),
        Basis::Person if state.verdict.is_some() => Cell::text("人工检查"),
        Basis::Person => Cell::Empty,
    }
}
