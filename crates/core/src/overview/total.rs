use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Average, Figures, trend};
use crate::rooms::natural;

/// Several classes together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// How many classes.
    pub classes: u32,
    /// What they make together: sums, the average of all their students, the newest last record, the
    /// earliest start of the campaign. It bears no class's name, 系部, 年级 or counsellor.
    pub figures: Figures,
}

/// By what classes are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 系部
    Department,
    /// 年级
    Grade,
}

/// What classes make together. Their order does not matter, and totals of parts make the total of all.
pub fn total<'a>(figures: impl IntoIterator<Item = &'a Figures>) -> Total {
    let all: Vec<&Figures> = figures.into_iter().collect();
    let sum = all.iter().fold(Figures::default(), added);
    // All at once: adding one trend after the other would go over all days for every class.
    let trends = all.iter().map(|figures| &figures.registered_by_day);
    Total {
        classes: u32::try_from(all.len()).unwrap_or(u32::MAX),
        figures: Figures {
            registered_by_day: trend::merged(trends),
            ..sum
        },
    }
}

/// The totals of the units of `unit`, by name as people count; the classes of whom none is known come
/// last, under an empty name.
pub fn by_unit<'a>(
    figures: impl IntoIterator<Item = &'a Figures>,
    unit: Unit,
) -> Vec<(String, Total)> {
    let mut units: BTreeMap<&str, Vec<&Figures>> = BTreeMap::new();
    for one in figures {
        units.entry(unit.of(one)).or_default().push(one);
    }
    let mut units: Vec<(&str, Vec<&Figures>)> = units.into_iter().collect();
    units.sort_by(|(a, _), (b, _)| {
        let is_unknown = (a.is_empty(), b.is_empty());
        is_unknown.0.cmp(&is_unknown.1).then_with(|| natural(a, b))
    });
    units
        .into_iter()
        .map(|(name, classes)| (name.to_owned(), total(classes)))
        .collect()
}

impl Unit {
    /// The unit of a class, or an empty text where it is not known.
    fn of(self, figures: &Figures) -> &str {
        let unit = match self {
            Self::Department => &figures.department,
            Self::Grade => &figures.grade,
        };
        unit.as_deref().unwrap_or_default()
    }
}

/// `sum` and one class more, but for the trend, which [`total`] merges.
fn added(sum: Figures, one: &&Figures) -> Figures {
    let averages = [sum.average, one.average].into_iter().flatten();
    let starts = [sum.campaign_start, one.campaign_start];
    let starts = starts.into_iter().flatten();
    Figures {
        class: sum.class,
        department: sum.department,
        grade: sum.grade,
        counsellor: sum.counsellor,
        students: sum.students.saturating_add(one.students),
        dorms: sum.dorms.saturating_add(one.dorms),
        registered: sum.registered + one.registered,
        warning_on: sum.warning_on + one.warning_on,
        pledge: sum.pledge + one.pledge,
        notice: sum.notice + one.notice,
        quiz_taken: sum.quiz_taken + one.quiz_taken,
        quiz_passed: sum.quiz_passed + one.quiz_passed,
        average: averages.reduce(|a: Average, b| a + b),
        dorms_inspected: sum.dorms_inspected + one.dorms_inspected,
        dorms_met: sum.dorms_met + one.dorms_met,
        activities: sum.activities + &one.activities,
        conflicts: sum.conflicts.saturating_add(one.conflicts),
        last_record: sum.last_record.max(one.last_record),
        registered_by_day: sum.registered_by_day,
        campaign_start: starts.min(),
    }
}
