//! 变更记录: one row a change.

use std::collections::BTreeSet;

use super::{Entry, of, words};
use crate::book::Book;
use crate::ledger::{Cell, Column, Ledger};
use crate::log::Op;
use crate::pack::Pack;

/// The newest changes of a class's log as a table, `most` rows of it. `book` is that log folded: it knows
/// the students' and recorders' names.
pub fn ledger(ops: &[Op], book: &Book, pack: &Pack, most: usize) -> Ledger {
    table(of(ops).iter().take(most), book, pack)
}

/// Some changes as a table, in their order: those of one student, say.
pub fn table<'e, 'v: 'e>(
    entries: impl IntoIterator<Item = &'e Entry<'v>>,
    book: &Book,
    pack: &Pack,
) -> Ledger {
    let headings = [
        ("时间", 17),
        ("记录人", 13),
        ("对象", 26),
        ("项目", 48),
        ("原来", 30),
        ("改为", 30),
    ];
    Ledger {
        name: "变更记录".to_owned(),
        columns: headings
            .map(|(heading, width)| Column::new(heading, width))
            .into(),
        rows: entries
            .into_iter()
            .map(|entry| row(entry, book, pack))
            .collect(),
    }
}

fn row(entry: &Entry<'_>, book: &Book, pack: &Pack) -> Vec<Cell> {
    let device = || words::device(entry.by);
    let recorder = book.recorder(entry.by).map_or_else(device, str::to_owned);
    vec![
        Cell::Time(entry.at),
        Cell::text(recorder),
        Cell::text(words::object(&entry.about, book)),
        Cell::text(words::item(&entry.about, pack)),
        from(entry),
        Cell::known(words::value(&entry.about, entry.to), Cell::text),
    ]
}

/// Nothing for the first value of a record. What was settled names each rival once; rivals that say the
/// same in words are no two.
fn from(entry: &Entry<'_>) -> Cell {
    let in_words = |value: &Option<_>| words::value(&entry.about, (*value)?);
    let rivals: Vec<Option<String>> = entry.from.iter().map(in_words).collect();
    if rivals.is_empty() {
        return Cell::Empty;
    }
    if rivals.iter().all(Option::is_none) {
        return Cell::Unknown;
    }
    let mut told = BTreeSet::new();
    let rivals = rivals
        .iter()
        .map(|rival| rival.as_deref().unwrap_or(words::UNKNOWN));
    let each_once: Vec<&str> = rivals.filter(|rival| told.insert(*rival)).collect();
    Cell::text(each_once.join(words::BETWEEN_RIVALS))
}
