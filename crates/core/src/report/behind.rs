//! Which units are behind in a column. Units, never students.

use super::phrases;
use super::source::{Facts, Unit};
use crate::overview::{Column, Figures, Filter, Order, listed};

/// The units that are not done with `column`, the lowest first, and those of which nothing is known;
/// at most `most` of each by name. `None` where all are known to be done.
pub(super) fn line(facts: &Facts<'_>, column: Column, most: usize) -> Option<String> {
    let ordered = listed(&facts.units, &Filter::default(), Order::Behind(column));
    let shares = ordered
        .into_iter()
        .filter_map(|unit| Some((unit, unit.figures.share(column)?)));
    let (known, unknown): (Vec<_>, Vec<_>) = shares.partition(|(_, share)| share.is_known());
    let behind = known.into_iter().filter(|(_, share)| share.open() > 0);
    let behind: Vec<String> = behind
        .map(|(unit, share)| unit.name.clone() + &phrases::rate(share))
        .collect();
    // A unit that has written nothing is named once, and not in every column.
    let unknown = unknown.into_iter().filter(|(unit, _)| !unit.is_silent());
    let unknown: Vec<String> = unknown.map(|(unit, _)| unit.name.clone()).collect();

    let units = facts.source.author.units();
    let named = |items: &[String], state: &str| {
        let list = phrases::listing(items, most);
        (!items.is_empty()).then(|| format!("{}{units}{state}{list}", items.len()))
    };
    let parts = [
        named(&behind, "尚未全部完成，由低到高为"),
        named(&unknown, "情况未知，为"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let subject = phrases::subject(column);
    (!parts.is_empty()).then(|| format!("{subject}：{}。", parts.join("；")))
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
