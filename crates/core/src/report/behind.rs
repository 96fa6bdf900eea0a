//! Which units are behind in a column. Units, never students.

use super::phrases;
use super::source::{Facts, Unit};
use crate::measure::Share;
use crate::overview::{Column, Figures, Filter, Order, listed};

/// How many units a sentence names; all of them are in the attached table.
pub(super) const MOST_NAMED: usize = 5;

/// What is followed up, in the order of the figures. Not 达标寝室: what stands in a dorm's way is one of
/// these.
pub(super) const FOLLOWED: [Column; 7] = [
    Column::Registered,
    Column::WarningOn,
    Column::Pledge,
    Column::Notice,
    Column::QuizTaken,
    Column::QuizPassed,
    Column::DormsInspected,
];

/// The units that are not done with `column`, the lowest first, and those of which nothing is known.
/// `None` where all are known to be done.
pub(super) fn unfinished(facts: &Facts<'_>, column: Column) -> Option<String> {
    let found = Found::of(facts, column, |share| share.open() > 0);
    let parts = [
        found.behind("尚未全部完成，由低到高为"),
        found.unknown("情况未知，为"),
    ];
    line(column, parts)
}

/// The units that have less of `column` than all of them together, the lowest first, after what all have, and
/// those of which nothing is known. `None` where there are neither.
pub(super) fn below_all(facts: &Facts<'_>, column: Column) -> Option<String> {
    let all = facts.total.figures.share(column)?;
    let found = Found::of(facts, column, |share| is_below(share, all));
    let below = found.behind("低于总体，由低到高为");
    let parts = [
        below.map(|below| format!("总体{}，{below}", phrases::rate(all))),
        found.unknown("情况未知，为"),
    ];
    line(column, parts)
}

/// The units that have written nothing; `None` where there are none.
pub(super) fn silent(facts: &Facts<'_>) -> Option<String> {
    let silent = facts.units.iter().filter(|unit| unit.is_silent());
    let names: Vec<String> = silent.map(|unit| unit.name.clone()).collect();
    named(facts, &names, "没有任何记录，为")
}

/// Which units a line is about.
struct Found<'a> {
    facts: &'a Facts<'a>,
    behind: Vec<String>,
    unknown: Vec<String>,
}

impl<'a> Found<'a> {
    fn of(facts: &'a Facts<'a>, column: Column, is_behind: impl Fn(Share) -> bool) -> Self {
        let ordered = listed(&facts.units, &Filter::default(), Order::Behind(column));
        let shares = ordered
            .into_iter()
            .filter_map(|unit| Some((unit, unit.figures.share(column)?)));
        let (known, unknown): (Vec<_>, Vec<_>) = shares.partition(|(_, share)| share.is_known());
        let behind = known.into_iter().filter(|(_, share)| is_behind(*share));
        // A unit that has written nothing is named once, and not in every column.
        let unknown = unknown.into_iter().filter(|(unit, _)| !unit.is_silent());
        Self {
            facts,
            behind: behind
                .map(|(unit, share)| unit.name.clone() + &phrases::rate(share))
                .collect(),
            unknown: unknown.map(|(unit, _)| unit.name.clone()).collect(),
        }
    }

    fn behind(&self, state: &str) -> Option<String> {
        named(self.facts, &self.behind, state)
    }

    fn unknown(&self, state: &str) -> Option<String> {
        named(self.facts, &self.unknown, state)
    }
}

/// `2个班情况未知，为甲、乙`; `None` of nobody.
fn named(facts: &Facts<'_>, items: &[String], state: &str) -> Option<String> {
    let units = facts.source.author.units();
    let list = phrases::listing(items, MOST_NAMED);
    (!items.is_empty()).then(|| format!("{}{units}{state}{list}", items.len()))
}

fn line(column: Column, parts: [Option<String>; 2]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let subject = phrases::subject(column);
    (!parts.is_empty()).then(|| format!("{subject}：{}。", parts.join("；")))
}

fn is_below(share: Share, all: Share) -> bool {
    let crosswise = |one: Share, other: Share| u64::from(one.met) * u64::from(other.of());
    crosswise(share, all) < crosswise(all, share)
}

/// Whether `unit` is known to be done with `column`.
pub(super) fn is_done(unit: &Unit, column: Column) -> bool {
    let share = unit.figures.share(column);
    share.is_some_and(|share| share.is_known() && share.open() == 0)
}

impl AsRef<Figures> for Unit {
    fn as_ref(&self) -> &Figures {
        &self.figures
    }
}
