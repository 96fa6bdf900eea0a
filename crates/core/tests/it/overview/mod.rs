//! The overview: what a class shows from afar, in which order classes come, and what they make together.

mod figures;
mod ledgers;
mod list;
mod total;

use wuzha_core::measure::Share;
use wuzha_core::overview::Figures;

/// Met, unmet, unknown and apart.
pub fn share(met: u32, unmet: u32, unknown: u32, apart: u32) -> Share {
    Share {
        met,
        unmet,
        unknown,
        apart,
    }
}

/// A class of which nothing is known but what it is called.
pub fn class(name: &str, department: Option<&str>, grade: Option<&str>) -> Figures {
    Figures {
        class: name.to_owned(),
        department: department.map(str::to_owned),
        grade: grade.map(str::to_owned),
        ..Figures::default()
    }
}

/// What the figures of classes may be, for properties that hold of all.
pub mod any {
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use wuzha_core::book::{ActivityKind, Held, HeldByKind};
    use wuzha_core::measure::Share;
    use wuzha_core::overview::{Average, Figures};
    use wuzha_core::time::UnixMillis;

    /// Small numbers, so that many are equal.
    pub fn share() -> impl Strategy<Value = Share> {
        [0..4_u32, 0..4, 0..4, 0..3].prop_map(|[met, unmet, unknown, apart]| Share {
            met,
            unmet,
            unknown,
            apart,
        })
    }

    fn average() -> impl Strategy<Value = Option<Average>> {
        let known = (1..4_u32).prop_flat_map(|count| {
            (0..=3 * u64::from(count)).prop_map(move |n| Average {
                sum_percent: n * 3333,
                count,
            })
        });
        prop::option::of(known)
    }

    /// One of a few 系部 or 年级, or none.
    fn unit() -> impl Strategy<Value = Option<String>> {
        prop::option::of("[1-3]系")
    }

    /// What one class recorded: of a few kinds a few each, and one of a kind that is not known here.
    fn activities() -> impl Strategy<Value = HeldByKind> {
        let kind = prop::sample::select(ActivityKind::ALL.to_vec());
        let held = (1..4_u32, 1..90_u32, 0..2_u32).prop_map(|(times, people, counted)| Held {
            classes: 1,
            times,
            people: people * counted,
            counted,
        });
        prop::collection::btree_map(kind, held, 0..3).prop_map(|kinds| {
            let all = kinds.values().fold(Held::default(), |sum, held| Held {
                classes: 1,
                times: sum.times + held.times,
                people: sum.people + held.people,
                counted: sum.counted + held.counted,
            });
            HeldByKind {
                all,
                kinds: kinds.into_iter().collect(),
            }
        })
    }

    /// Cumulative numbers on some days of one month.
    fn trend() -> impl Strategy<Value = Vec<(NaiveDate, u32)>> {
        prop::collection::btree_map(1..31_u32, 1..9_u32, 0..6).prop_map(|added| {
            let day = |day| NaiveDate::from_ymd_opt(2021, 12, day);
            let mut sum = 0;
            let mut trend = Vec::new();
            for (day, more) in added
                .into_iter()
                .filter_map(|(n, more)| Some((day(n)?, more)))
            {
                sum += more;
                trend.push((day, sum));
            }
            trend
        })
    }

    /// One of a few days on which a campaign may begin, or none.
    fn start() -> impl Strategy<Value = Option<NaiveDate>> {
        prop::option::of(19..24_u32)
            .prop_map(|day| day.and_then(|day| NaiveDate::from_ymd_opt(2021, 12, day)))
    }

    /// Any class; it has no name.
    pub fn figures() -> impl Strategy<Value = Figures> {
        let shares = prop::collection::vec(share(), 8);
        let size = (0..50_u32, 0..9_u32, 0..3_u32);
        let last_record = prop::option::of((0..4_u64).prop_map(UnixMillis));
        let rest = (
            (unit(), unit(), unit()),
            activities(),
            size,
            last_record,
            average(),
            (trend(), start()),
        );
        (shares, rest).prop_map(|(shares, rest)| {
            let mut shares = shares.into_iter();
            let mut share = || shares.next().unwrap_or_default();
            let (units, activities, (students, dorms, conflicts), last_record, average, days) =
                rest;
            let (department, grade, counsellor) = units;
            Figures {
                class: String::new(),
                department,
                grade,
                counsellor,
                students,
                dorms,
                registered: share(),
                warning_on: share(),
                pledge: share(),
                notice: share(),
                quiz_taken: share(),
                quiz_passed: share(),
                average,
                dorms_inspected: share(),
                dorms_met: share(),
                activities,
                conflicts,
                last_record,
                registered_by_day: days.0,
                campaign_start: days.1,
            }
        })
    }
}
