//! What classes make together is what their students make.

#![expect(
    clippy::expect_used,
    reason = "a fixture that is wrong should stop the test"
)]

use chrono::NaiveDate;
use proptest::prelude::*;
use wuzha_core::book::{ActivityKind, Held};
use wuzha_core::measure::Share;
use wuzha_core::overview::{Average, Column, Figures, Total, Unit, by_unit, total};
use wuzha_core::time::UnixMillis;

use super::{any, class, share};

fn trend(days: &[(u32, u32)]) -> Vec<(NaiveDate, u32)> {
    let day = |n| NaiveDate::from_ymd_opt(2021, 12, n).expect("a day");
    days.iter().map(|(n, sum)| (day(*n), *sum)).collect()
}

#[test]
fn nothing_together_is_nothing() {
    assert_eq!(total([]), Total::default());
}

#[test]
fn shares_and_sizes_are_added_and_the_newest_record_and_the_earliest_start_stay() {
    let one = Figures {
        students: 45,
        dorms: 8,
        registered: share(40, 2, 2, 1),
        dorms_met: share(3, 1, 4, 0),
        conflicts: 1,
        last_record: Some(UnixMillis(7)),
        campaign_start: NaiveDate::from_ymd_opt(2021, 12, 22),
        ..class("1班", Some("软件系"), Some("2021级"))
    };
    let silent = Figures {
        students: 30,
        registered: share(0, 0, 30, 0),
        campaign_start: NaiveDate::from_ymd_opt(2021, 12, 21),
        ..class("2班", Some("软件系"), None)
    };
    let Total { classes, figures } = total([&one, &silent]);
    assert_eq!(classes, 2);
    assert_eq!(
        (figures.students, figures.dorms, figures.conflicts),
        (75, 8, 1)
    );
    assert_eq!(figures.registered, share(40, 2, 32, 1));
    assert_eq!(figures.dorms_met, share(3, 1, 4, 0));
    assert_eq!(figures.last_record, Some(UnixMillis(7)));
    assert_eq!(
        figures.campaign_start,
        NaiveDate::from_ymd_opt(2021, 12, 21)
    );
    assert_eq!((figures.class.as_str(), figures.department), ("", None));
}

#[test]
fn activities_of_classes_are_added_and_who_recorded_none_is_no_nought() {
    let of = |times, people, counted| {
        let held = Held {
            classes: u32::from(times > 0),
            times,
            people,
            counted,
        };
        let mut figures = Figures::default();
        figures.activities.all = held;
        if times > 0 {
            figures.activities.kinds.push((ActivityKind::Lecture, held));
        }
        figures
    };
    let [one, other, none] = [of(2, 80, 1), of(1, 0, 0), of(0, 0, 0)];
    let held = total([&one, &other, &none]).figures.activities;
    let together = Held {
        classes: 2,
        times: 3,
        people: 80,
        counted: 1,
    };
    assert_eq!(
        (held.all, held.kind(ActivityKind::Lecture)),
        (together, together)
    );
    assert_eq!(held.all.recorded_in(3), share(2, 0, 1, 0));
    let none = total([&none, &Figures::default()]).figures.activities;
    assert_eq!(
        (none.all.known_times(), none.all.known_people()),
        (None, None)
    );
}

#[test]
fn the_average_is_that_of_the_students_and_not_of_the_classes() {
    let of = |sum_percent, count| Figures {
        average: Some(Average { sum_percent, count }),
        ..Figures::default()
    };
    // One with 100, nine with 50, and a class in which nobody sat it.
    let together = total([&of(10_000, 1), &of(45_000, 9), &Figures::default()]);
    let average = together.figures.average.expect("ten sat it");
    assert_eq!((average.tenths(), average.count), (550, 10));
    assert_eq!(total([&Figures::default()]).figures.average, None);
}

#[test]
fn trends_of_different_days_hold_on_until_their_next_number() {
    for (one, other, together) in [
        (&[][..], &[(3, 4)][..], &[(3, 4)][..]),
        (&[(1, 2), (5, 6)], &[(3, 4)], &[(1, 2), (3, 6), (5, 10)]),
        (&[(1, 2), (3, 5)], &[(1, 1), (3, 2)], &[(1, 3), (3, 7)]),
        (&[(9, 1)], &[(1, 1), (2, 2)], &[(1, 1), (2, 2), (9, 3)]),
    ] {
        let of = |days| Figures {
            registered_by_day: trend(days),
            ..Figures::default()
        };
        let found = total([&of(one), &of(other)]).figures.registered_by_day;
        assert_eq!(found, trend(together), "{one:?} and {other:?}");
    }
}

#[test]
fn units_come_by_name_and_the_unknown_last() {
    let classes = [
        class("1班", None, Some("2021级")),
        class("2班", Some("10系"), Some("2021级")),
        class("3班", Some("9系"), None),
        class("4班", Some("10系"), Some("2020级")),
    ];
    for (unit, expected) in [
        (Unit::Department, &[("9系", 1), ("10系", 2), ("", 1)][..]),
        (Unit::Grade, &[("2020级", 1), ("2021级", 2), ("", 1)]),
    ] {
        let units = by_unit(&classes, unit);
        let found: Vec<(&str, u32)> = units
            .iter()
            .map(|(name, total)| (name.as_str(), total.classes))
            .collect();
        assert_eq!(found, expected, "{unit:?}");
    }
}

/// Classes, and the same in another order, cut in two somewhere.
fn parts() -> impl Strategy<Value = (Vec<Figures>, Vec<Figures>, usize)> {
    prop::collection::vec(any::figures(), 0..10).prop_flat_map(|all| {
        let cut = 0..=all.len();
        (Just(all.clone()), Just(all).prop_shuffle(), cut)
    })
}

/// The total of totals; only the number of classes is theirs.
fn together<'a>(parts: impl IntoIterator<Item = &'a Total> + Clone) -> Total {
    let classes = parts.clone().into_iter().map(|part| part.classes).sum();
    Total {
        classes,
        ..total(parts.into_iter().map(|part| &part.figures))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(27), ..ProptestConfig::default() })]

    #[test]
    fn totals_of_parts_make_the_total_of_all((all, shuffled, cut) in parts()) {
        let (one, other) = shuffled.split_at(cut);
        prop_assert_eq!(together(&[total(one), total(other)]), total(&all));
    }

    #[test]
    fn a_share_is_the_sum_of_the_same_share((all, ..) in parts()) {
        let Total { figures, .. } = total(&all);
        for column in Column::ALL {
            let shares = all.iter().filter_map(|one| one.share(column));
            let sum = shares.fold(Share::default(), |sum, one| sum + one);
            prop_assert_eq!(figures.share(column).unwrap_or_default(), sum);
        }
    }

    #[test]
    fn units_make_the_total_of_all((all, ..) in parts()) {
        for unit in [Unit::Department, Unit::Grade] {
            let units = by_unit(&all, unit);
            let totals: Vec<Total> = units.into_iter().map(|(_, total)| total).collect();
            prop_assert_eq!(together(&totals), total(&all));
        }
    }

    #[test]
    fn a_trend_rises_from_day_to_day_and_ends_with_all((all, ..) in parts()) {
        let trend = total(&all).figures.registered_by_day;
        for pair in trend.windows(2) {
            prop_assert!(pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1, "{:?}", pair);
        }
        let ends = |trend: &[(NaiveDate, u32)]| trend.last().map_or(0, |(_, sum)| *sum);
        let sum: u32 = all.iter().map(|one| ends(&one.registered_by_day)).sum();
        prop_assert_eq!(ends(&trend), sum);
    }
}
