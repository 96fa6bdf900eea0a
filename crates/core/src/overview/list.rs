use std::cmp::Ordering;

use super::{Average, Column, Figures};
use crate::measure::Share;
use crate::rooms::natural;
use crate::text;

/// In which order classes come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Those that are behind in a column first.
    ///
    /// First come classes of which nothing is known there. Then come the lowest shares of those that
    /// count, the lowest averages, the fewest activities, the oldest last records. Of equal shares the one in which more are
    /// open comes first, and then they come by name.
    Behind(Column),
    /// By name, as people count, and classes of one name by 系部 and 年级.
    Name,
}

/// Which classes are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of this 系部; an empty text is those of whom none is known.
    pub department: Option<String>,
    /// Only those of this 年级; an empty text is those of whom none is known.
    pub grade: Option<String>,
    /// Only those of this 辅导员; an empty text is those of whom none is known.
    pub counsellor: Option<String>,
    /// Only those whose name has this in it; case, width and spaces do not matter.
    pub search: String,
}

/// The rows that pass `filter`, in `order`; those that stand alike stay in the order of `rows`.
///
/// A row is a class's [`Figures`], alone or with whatever a screen keeps beside them.
pub fn listed<'a, R: AsRef<Figures>>(rows: &'a [R], filter: &Filter, order: Order) -> Vec<&'a R> {
    let searched = text::folded(&filter.search);
    let is_shown = |row: &&R| {
        let figures = (*row).as_ref();
        is_of(filter.department.as_ref(), figures.department.as_ref())
            && is_of(filter.grade.as_ref(), figures.grade.as_ref())
            && is_of(filter.counsellor.as_ref(), figures.counsellor.as_ref())
            && text::folded(&figures.class).contains(&searched)
    };
    let mut shown: Vec<&R> = rows.iter().filter(is_shown).collect();
    shown.sort_by(|a, b| order.compare((*a).as_ref(), (*b).as_ref()));
    shown
}

impl Order {
    fn compare(self, a: &Figures, b: &Figures) -> Ordering {
        match self {
            Self::Behind(column) => behind(column, a, b).then_with(|| by_name(a, b)),
            Self::Name => by_name(a, b),
        }
    }
}

fn is_of(wanted: Option<&String>, unit: Option<&String>) -> bool {
    wanted.is_none_or(|wanted| wanted == unit.map_or("", String::as_str))
}

fn behind(column: Column, a: &Figures, b: &Figures) -> Ordering {
    match (column, a.share(column), b.share(column)) {
        (_, Some(a), Some(b)) => compare_shares(a, b),
        (Column::Average, ..) => compare_averages(a.average, b.average),
        // None recorded is not known, and less than any number.
        (Column::Activities, ..) => {
            let times = |figures: &Figures| figures.activities.all.known_times();
            times(a).cmp(&times(b))
        }
        // Nothing written is less than any time.
        _ => a.last_record.cmp(&b.last_record),
    }
}

fn compare_shares(a: Share, b: Share) -> Ordering {
    let crosswise = |one: Share, other: Share| u64::from(one.met) * u64::from(other.of());
    // Where nothing is known on both sides, both products are 0.
    let shares = crosswise(a, b).cmp(&crosswise(b, a));
    a.is_known()
        .cmp(&b.is_known())
        .then(shares)
        .then(b.open().cmp(&a.open()))
}

fn compare_averages(a: Option<Average>, b: Option<Average>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp_percent(b),
        _ => a.is_some().cmp(&b.is_some()),
    }
}

fn by_name(a: &Figures, b: &Figures) -> Ordering {
    natural(&a.class, &b.class)
        .then_with(|| a.department.cmp(&b.department))
        .then_with(|| a.grade.cmp(&b.grade))
}
