//! Which classes are shown, and who is behind.

use proptest::prelude::*;
use wuzha_core::measure::Share;
use wuzha_core::overview::{Average, Column, Figures, Filter, Order, listed};
use wuzha_core::time::UnixMillis;

use super::{any, class, share};

/// What a screen keeps beside the figures.
#[derive(Clone, Debug)]
struct Row {
    id: u32,
    figures: Figures,
}

impl AsRef<Figures> for Row {
    fn as_ref(&self) -> &Figures {
        &self.figures
    }
}

fn names(rows: &[Figures], filter: &Filter, order: Order) -> Vec<String> {
    let shown = listed(rows, filter, order);
    shown.into_iter().map(|row| row.class.clone()).collect()
}

/// A class with `share` in `column` and nothing known in the others.
fn with_share(name: &str, column: Column, share: Share) -> Figures {
    let mut figures = class(name, None, None);
    match column {
        Column::Registered => figures.registered = share,
        Column::WarningOn => figures.warning_on = share,
        Column::Pledge => figures.pledge = share,
        Column::Notice => figures.notice = share,
        Column::QuizTaken => figures.quiz_taken = share,
        Column::QuizPassed => figures.quiz_passed = share,
        Column::DormsInspected => figures.dorms_inspected = share,
        Column::DormsMet => figures.dorms_met = share,
        Column::Average | Column::Activities | Column::LastRecord => {}
    }
    figures
}

#[test]
fn who_is_behind_in_a_share_comes_first_and_who_is_silent_before() {
    // In the order in which they come.
    let ordered = [
        ("nothing known of many", share(0, 0, 45, 0)),
        ("nothing known of few", share(0, 0, 1, 0)),
        ("nobody counts", share(0, 0, 0, 2)),
        ("none of many", share(0, 9, 0, 0)),
        ("none of few", share(0, 2, 0, 0)),
        ("a third, and more open", share(2, 2, 2, 0)),
        ("a third 2", share(1, 2, 0, 0)),
        ("a third 9", share(1, 1, 1, 5)),
        ("a third 10", share(1, 2, 0, 0)),
        ("a hair more", share(334, 666, 0, 0)),
        ("all", share(45, 0, 0, 0)),
    ];
    let columns = Column::ALL.into_iter();
    let shares = columns.filter(|column| Figures::default().share(*column).is_some());
    let mut checked = 0;
    for column in shares {
        let mut rows = ordered.map(|(name, share)| with_share(name, column, share));
        rows.reverse();
        let found = names(&rows, &Filter::default(), Order::Behind(column));
        assert_eq!(found, ordered.map(|(name, _)| name), "{column:?}");
        checked += 1;
    }
    assert_eq!(checked, 8);
}

#[test]
fn the_lowest_average_comes_first_and_an_unknown_one_before() {
    let average = |sum_percent, count| Some(Average { sum_percent, count });
    let ordered = [
        ("nobody sat it 1", None),
        ("nobody sat it 2", None),
        ("nought", average(0, 45)),
        ("a third, rounded down", average(9_999, 3)),
        ("a third 1", average(3_334, 1)),
        ("a third 2", average(6_668, 2)),
        ("all", average(30_000, 3)),
    ];
    let mut rows = ordered.map(|(name, average)| Figures {
        average,
        ..class(name, None, None)
    });
    rows.reverse();
    let found = names(&rows, &Filter::default(), Order::Behind(Column::Average));
    assert_eq!(found, ordered.map(|(name, _)| name));
}

#[test]
fn the_fewest_activities_come_first_and_who_recorded_none_before() {
    let ordered = [
        ("none recorded", 0),
        ("one 1", 1),
        ("one 2", 1),
        ("two", 2),
        ("ten", 10),
    ];
    let mut rows = ordered.map(|(name, times)| {
        let mut figures = class(name, None, None);
        figures.activities.all.times = times;
        figures
    });
    rows.reverse();
    let found = names(&rows, &Filter::default(), Order::Behind(Column::Activities));
    assert_eq!(found, ordered.map(|(name, _)| name));
}

#[test]
fn classes_are_narrowed_to_their_counsellor_and_to_those_of_whom_none_is_known() {
    let of = |name: &str, counsellor: Option<&str>| Figures {
        counsellor: counsellor.map(str::to_owned),
        ..class(name, Some("软件系"), None)
    };
    let rows = [
        of("1班", Some("王老师")),
        of("2班", None),
        of("3班", Some("李老师")),
    ];
    for (counsellor, expected) in [
        (None, vec!["1班", "2班", "3班"]),
        (Some("王老师"), vec!["1班"]),
        (Some(""), vec!["2班"]),
        (Some("王"), vec![]),
    ] {
        let filter = Filter {
            counsellor: counsellor.map(str::to_owned),
            ..Filter::default()
        };
        assert_eq!(
            names(&rows, &filter, Order::Name),
            expected,
            "{counsellor:?}"
        );
    }
}

#[test]
fn the_oldest_record_comes_first_and_who_never_wrote_before() {
    let ordered = [
        ("never", None),
        ("long ago", Some(UnixMillis(1))),
        ("yesterday 1", Some(UnixMillis(1_640_516_700_000))),
        ("yesterday 2", Some(UnixMillis(1_640_516_700_000))),
        ("today", Some(UnixMillis(1_640_603_100_000))),
    ];
    let mut rows = ordered.map(|(name, last_record)| Figures {
        last_record,
        ..class(name, None, None)
    });
    rows.reverse();
    let found = names(&rows, &Filter::default(), Order::Behind(Column::LastRecord));
    assert_eq!(found, ordered.map(|(name, _)| name));
}

#[test]
fn names_are_ordered_as_people_count_and_namesakes_by_their_units() {
    let rows = [
        class("10班", Some("甲系"), None),
        class("9班", Some("甲系"), Some("2021级")),
        class("9班", Some("甲系"), Some("2020级")),
        class("9班", Some("乙系"), Some("2022级")),
        class("9班", None, Some("2023级")),
    ];
    let shown = listed(&rows, &Filter::default(), Order::Name);
    let grades: Vec<_> = shown.iter().map(|row| row.grade.as_deref()).collect();
    let expected = ["2023级", "2022级", "2020级", "2021级"];
    assert_eq!(grades[..4], expected.map(Some));
    assert_eq!(shown[4].class, "10班");
}

#[test]
fn classes_are_narrowed_by_unit_and_by_what_is_typed() {
    let rows = [
        class("软件2101班", Some("软件系"), Some("2021级")),
        class("软件2201班", Some("软件系"), Some("2022级")),
        class("机电2101班", Some("机电系"), Some("2021级")),
        class("Soft 21 班", None, Some("2021级")),
        class("", Some("机电系"), None),
    ];
    // 系部; 年级; typed; which of the classes are shown
    let (all, of, unknown) = (None, Some, Some(""));
    for (department, grade, search, expected) in [
        (all, all, "", &[0, 1, 2, 3, 4][..]),
        (of("软件系"), all, "", &[0, 1]),
        (of("软件系"), of("2021级"), "", &[0]),
        (all, of("2021级"), "", &[0, 2, 3]),
        (of("外语系"), all, "", &[]),
        (unknown, all, "", &[3]),
        (all, unknown, "", &[4]),
        (all, all, "2101", &[0, 2]),
        (all, all, " ２１ ", &[0, 2, 3]),
        (all, all, "软件系", &[]),
        (all, all, "soft21班", &[3]),
        (of("机电系"), all, "班", &[2]),
    ] {
        let filter = Filter {
            department: department.map(str::to_owned),
            grade: grade.map(str::to_owned),
            counsellor: None,
            search: search.to_owned(),
        };
        let mut found = names(&rows, &filter, Order::Name);
        let mut expected: Vec<&str> = expected.iter().map(|at| rows[*at].class.as_str()).collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{filter:?}");
    }
}

#[test]
fn every_column_has_a_heading_of_its_own() {
    let headings: std::collections::BTreeSet<_> = Column::ALL.map(Column::heading).into();
    assert_eq!(headings.len(), Column::ALL.len());
}

fn order() -> impl Strategy<Value = Order> {
    let behind = prop::sample::select(Column::ALL.to_vec()).prop_map(Order::Behind);
    prop_oneof![1 => Just(Order::Name), 9 => behind]
}

/// Rows with names of their own, and the same rows in another order.
fn shuffled() -> impl Strategy<Value = (Vec<Row>, Vec<Row>)> {
    prop::collection::vec(any::figures(), 0..12).prop_flat_map(|all| {
        let rows = (0..).zip(all).map(|(id, figures)| Row {
            id,
            figures: Figures {
                class: format!("{id}班"),
                ..figures
            },
        });
        let rows: Vec<Row> = rows.collect();
        (Just(rows.clone()), Just(rows).prop_shuffle())
    })
}

fn ids(rows: &[Row], order: Order) -> Vec<u32> {
    let shown = listed(rows, &Filter::default(), order);
    shown.into_iter().map(|row| row.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(27), ..ProptestConfig::default() })]

    #[test]
    fn the_order_is_one_however_the_rows_came((rows, shuffled) in shuffled(), order in order()) {
        prop_assert_eq!(ids(&rows, order), ids(&shuffled, order));
    }

    #[test]
    fn of_two_neighbours_the_first_is_never_further((rows, _) in shuffled(), order in order()) {
        let shown = listed(&rows, &Filter::default(), order);
        prop_assert_eq!(shown.len(), rows.len());
        for pair in shown.windows(2) {
            let again = [pair[1].clone(), pair[0].clone()];
            prop_assert_eq!(ids(&again, order), [pair[0].id, pair[1].id]);
        }
    }

    #[test]
    fn rows_that_stand_alike_stay_in_their_order(figures in any::figures(), order in order()) {
        let rows: Vec<Row> = (0..5).map(|id| Row { id, figures: figures.clone() }).collect();
        prop_assert_eq!(ids(&rows, order), [0, 1, 2, 3, 4]);
    }
}
