//! The figures as tables, in the text and behind it.

use super::source::{Facts, Unit};
use crate::ledger::{Cell, Column, Ledger};
use crate::measure::{Share, percent_text};
use crate::overview::{self, Figures, counts, size};

/// The measures that hold a share, as the overview has them.
fn shares(figures: &Figures) -> impl Iterator<Item = (overview::Column, Share)> + '_ {
    let columns = overview::Column::ALL.into_iter();
    columns.filter_map(|column| Some((column, figures.share(column)?)))
}

/// All measures together, a row each.
pub(super) fn results(facts: &Facts<'_>) -> Ledger {
    let headings = [
        ("指标", 12),
        ("达到", 8),
        ("应计", 8),
        ("比例", 10),
        ("未达到", 8),
        ("未知", 8),
    ];
    let row = |(column, share): (overview::Column, Share)| {
        // Who is left out is said in the sentence on registration.
        let [met, of, rate, unmet, unknown, _apart] = counts(share);
        vec![Cell::text(column.heading()), met, of, rate, unmet, unknown]
    };
    Ledger {
        name: "主要指标完成情况".to_owned(),
        columns: columns(headings),
        rows: shares(&facts.total.figures).map(row).collect(),
    }
}

/// Every unit with its figures, a row each, and their sum; `None` where there is no unit.
pub(super) fn by_unit(facts: &Facts<'_>) -> Option<Ledger> {
    let author = facts.source.author;
    let mut rows: Vec<Vec<Cell>> = facts.units.iter().map(unit_row).collect();
    match rows.len() {
        0 => return None,
        1 => {}
        _ => rows.push(row(Cell::text("合计"), &facts.total.figures)),
    }
    let measures = shares(&facts.total.figures).map(|(column, _)| (column.heading(), 10));
    let headings = [(author.unit_heading(), 16), ("学生", 7)];
    let headings = headings.into_iter().chain(measures).chain([("平均分", 7)]);
    Some(Ledger {
        name: format!("{}工作进展一览表", author.each_unit()),
        columns: columns(headings),
        rows,
    })
}

fn unit_row(unit: &Unit) -> Vec<Cell> {
    row(Cell::text(unit.name.as_str()), &unit.figures)
}

fn row(name: Cell, figures: &Figures) -> Vec<Cell> {
    let average = Cell::known(figures.average, |average| Cell::Number(average.percent()));
    let measures = shares(figures).map(|(_, share)| counted(share));
    let size = [name, size(figures.students)];
    size.into_iter().chain(measures).chain([average]).collect()
}

/// `39/44`, `88.6%` and `未知2` below each other: a column for each would not fit on the page.
fn counted(share: Share) -> Cell {
    let percent = percent_text(share.met, share.of());
    let Some(percent) = percent.filter(|_| share.is_known()) else {
        return Cell::Unknown;
    };
    let counted = format!("{}/{}\n{percent}", share.met, share.of());
    match share.unknown {
        0 => Cell::Text(counted),
        unknown => Cell::Text(format!("{counted}\n未知{unknown}")),
    }
}

fn columns<'a>(headings: impl IntoIterator<Item = (&'a str, u8)>) -> Vec<Column> {
    let headings = headings.into_iter();
    headings
        .map(|(heading, width)| Column::new(heading, width))
        .collect()
}
