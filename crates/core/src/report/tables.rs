//! The figures as tables, in the text and behind it.

use super::source::Facts;
use crate::ledger::{Cell, Column, Ledger};
use crate::measure::{Share, percent_text};
use crate::overview::{self, Figures, counts, size};

/// What is compared between units: all but the last record, the numbers behind the shares.
const ALL: [overview::Column; 10] = [
    overview::Column::Registered,
    overview::Column::WarningOn,
    overview::Column::Pledge,
    overview::Column::Notice,
    overview::Column::QuizTaken,
    overview::Column::QuizPassed,
    overview::Column::DormsInspected,
    overview::Column::DormsMet,
    overview::Column::Average,
    overview::Column::Activities,
];

const IN_SHORT: [overview::Column; 5] = [
    overview::Column::Registered,
    overview::Column::WarningOn,
    overview::Column::Pledge,
    overview::Column::QuizPassed,
    overview::Column::DormsInspected,
];

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

/// Every unit with all its figures, a row each, and their sum; `None` where there is no unit.
pub(super) fn by_unit(facts: &Facts<'_>) -> Option<Ledger> {
    let each = facts.source.author.each_unit();
    let name = format!("{each}工作进展一览表");
    (!facts.units.is_empty()).then(|| of_units(facts, name, &ALL))
}

/// The same with what fits on an upright page.
pub(super) fn by_unit_in_short(facts: &Facts<'_>) -> Ledger {
    let each = facts.source.author.each_unit();
    of_units(facts, format!("{each}主要指标完成情况"), &IN_SHORT)
}

fn of_units(facts: &Facts<'_>, name: String, measures: &[overview::Column]) -> Ledger {
    let units = facts.units.iter();
    let units = units.map(|unit| row(Cell::text(unit.name.as_str()), &unit.figures, measures));
    let sum =
        (facts.units.len() > 1).then(|| row(Cell::text("合计"), &facts.total.figures, measures));
    let headings = [(facts.source.author.unit_heading(), 16), ("学生", 7)];
    let measures = measures.iter().map(|column| match column {
        overview::Column::Average | overview::Column::Activities => (column.heading(), 7),
        column => (column.heading(), 10),
    });
    Ledger {
        name,
        columns: columns(headings.into_iter().chain(measures)),
        rows: units.chain(sum).collect(),
    }
}

fn row(name: Cell, figures: &Figures, measures: &[overview::Column]) -> Vec<Cell> {
    let measures = measures.iter().map(|column| match figures.share(*column) {
        Some(share) => counted(share),
        None if *column == overview::Column::Activities => {
            Cell::known(figures.activities.all.known_times(), Cell::Count)
        }
        None => Cell::known(figures.average, |average| Cell::Number(average.percent())),
    });
    [name, size(figures.students)]
        .into_iter()
        .chain(measures)
        .collect()
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
