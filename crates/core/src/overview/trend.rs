//! The trend: how many of those who are registered now had been so by the end of which day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::book::Book;
use crate::measure::{Standing, standing_of};
use crate::pack::Measure;
use crate::time::UtcOffset;

/// Cumulative numbers by day, ascending.
pub(super) type Trend = Vec<(NaiveDate, u32)>;

/// The trend of a class.
///
/// A time that no calendar holds counts on the calendar's last day: the trend still ends with what
/// is so now.
pub(super) fn of(book: &Book, offset: UtcOffset) -> Trend {
    let registered = book
        .students()
        .filter(|(no, student)| {
            standing_of(book, Measure::Registered, no, student) == Standing::Met
        })
        .filter_map(|(_, student)| student.status.written());
    let days = registered.map(|status| status.at.date(offset).unwrap_or(NaiveDate::MAX));
    cumulated(days.map(|day| (day, 1)))
}

/// The trend of several classes together: on a day on which one of them has no number, its last one
/// still holds.
pub(super) fn merged<'a>(trends: impl IntoIterator<Item = &'a Trend>) -> Trend {
    cumulated(trends.into_iter().flat_map(added))
}

/// What each day added.
fn added(trend: &Trend) -> impl Iterator<Item = (NaiveDate, u32)> {
    let before = std::iter::once(0).chain(trend.iter().map(|(_, sum)| *sum));
    let days = trend.iter().zip(before);
    days.map(|((day, sum), before)| (*day, sum.saturating_sub(before)))
}

/// Sums up what each day added, in whatever order it comes.
fn cumulated(added: impl IntoIterator<Item = (NaiveDate, u32)>) -> Trend {
    let mut by_day: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for (day, more) in added {
        let sum = by_day.entry(day).or_default();
        *sum = sum.saturating_add(more);
    }
    let cumulate = |so_far: &mut u32, (day, more): (NaiveDate, u32)| {
        *so_far = so_far.saturating_add(more);
        Some((day, *so_far))
    };
    by_day.into_iter().scan(0, cumulate).collect()
}

/// Days are stored as their number (1 is the first day of the year 1): chrono's own form needs its
/// readers and writers of all formats, see [`crate::time`].
pub(super) mod days {
    use chrono::{Datelike, NaiveDate};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::overview) fn serialize<S: Serializer>(
        trend: &[(NaiveDate, u32)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let stored = trend.iter().map(|(day, sum)| (day.num_days_from_ce(), sum));
        serializer.collect_seq(stored)
    }

    pub(in crate::overview) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<super::Trend, D::Error> {
        let stored: Vec<(i32, u32)> = Vec::deserialize(deserializer)?;
        let day = |(day, sum)| {
            let day = NaiveDate::from_num_days_from_ce_opt(day);
            let day = day.ok_or_else(|| D::Error::custom("a day that no calendar holds"))?;
            Ok((day, sum))
        };
        stored.into_iter().map(day).collect()
    }
}
