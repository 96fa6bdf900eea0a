//! The newest change comes first, each comes once, and neither depends on the order of the log.

#![expect(
    clippy::indexing_slicing,
    reason = "three phones and the keys below, by their number"
)]

use std::cmp::Reverse;
use std::collections::BTreeMap;

use proptest::prelude::*;
use wuzha_core::book::{About, StudentField, commands};
use wuzha_core::history;
use wuzha_core::ident::StudentNo;
use wuzha_core::ledger::Cell;
use wuzha_core::log::{Change, Op, OpId, Value};

use super::{key, later, of_student, rows, said, status};
use crate::support::{Desk, no, pack};

#[test]
fn of_many_changes_the_newest_are_shown() {
    let mut desk = Desk::with_class(1, 1);
    let mut ops = Vec::new();
    for (minutes, value) in [(1, "not_installed"), (2, "installed"), (3, "registered")] {
        ops.extend(desk.write_at(later(minutes), vec![Change::new(status(), value)]));
    }
    let shown = |most| {
        let ledger = history::ledger(&ops, &desk.book, &pack(), most);
        let to = |row: &Vec<Cell>| row.last().map(said).unwrap_or_default();
        ledger.rows.iter().map(to).collect::<Vec<_>>()
    };
    assert_eq!(shown(0), [""; 0]);
    assert_eq!(shown(2), ["已注册", "已安装未注册"]);
    assert_eq!(shown(9), ["已注册", "已安装未注册", "未安装"]);
}

#[test]
fn of_one_moment_the_higher_device_and_number_come_first() {
    let (monitor, mut deputy) = (Desk::with_class(1, 1), Desk::new(2));
    let pledge = of_student("pledge", "signed");
    let both = vec![
        Change::new(status(), "registered"),
        Change::new(pledge, true),
    ];
    let mut ops = deputy.write(both.clone());
    let hlc = ops[0].hlc;
    ops.extend(monitor.registers.stamp(monitor.device, hlc, both));
    let order = |ops: &[Op]| {
        let entries = history::of(ops);
        let order = entries.iter().map(|entry| match &entry.about {
            About::Student { field, .. } => (entry.by.to_bytes()[0], *field),
            other => panic!("{other:?}"),
        });
        order.collect::<Vec<_>>()
    };
    let expected = [
        (2, StudentField::Pledge),
        (2, StudentField::Status),
        (1, StudentField::Pledge),
        (1, StudentField::Status),
    ];
    assert_eq!(order(&ops), expected);
    ops.reverse();
    assert_eq!(order(&ops), expected);
}

#[test]
fn the_changes_of_one_student_make_a_table_too() {
    let mut desk = Desk::with_class(1, 2);
    let mut ops = Vec::new();
    for bed in [1, 2] {
        let changes = commands::mark(&no(1, bed), commands::Mark::Pledge, Some(true));
        ops.extend(desk.write(changes));
    }
    let entries = history::of(&ops);
    let is_of = |about: &About, whose: &StudentNo| matches!(about, About::Student { no, .. } if no == whose);
    let of_second = entries
        .iter()
        .filter(|entry| is_of(&entry.about, &no(1, 2)));
    let table = history::table(of_second, &desk.book, &pack());
    assert_eq!(
        rows(&table),
        ["2021-12-27 19:05 | 设备 01010101 | 示例12 202100102 | 承诺书 |  | 已签"]
    );
}

/// Keys that are told, then such that are not: a private one and one of a newer version.
const KEYS: [&str; 8] = [
    "registration/202100101/status",
    "pledge/202100101/signed",
    "round/2021-12-27/open",
    "inspection/2021-12-27/dorm-3-301/card-posted",
    "attempt/p-1/202100101/1",
    "class/profile/name",
    "note/202100101/text",
    "horoscope/leo/luck",
];
const TOLD: usize = 6;

/// A phone writes under a key at a minute of its own clock, then perhaps hears what another one has.
type Step = (usize, usize, u64, Option<usize>);

/// Plays the steps on three phones; every operation writes a number of its own.
fn play(steps: &[Step]) -> Vec<Op> {
    let mut desks = [1, 2, 3].map(Desk::new);
    let mut heard = [const { BTreeMap::<OpId, Op>::new() }; 3];
    let mut all = Vec::new();
    for (&(phone, at, minute, to), number) in steps.iter().zip(1..) {
        let change = Change::new(key(KEYS[at]), Value::Int(number));
        let written = desks[phone].write_at(later(minute), vec![change]);
        heard[phone].extend(written.iter().map(|op| (op.id, op.clone())));
        all.extend(written);
        if let Some(to) = to {
            let news = heard[phone].clone();
            desks[to].receive(&news.values().cloned().collect::<Vec<_>>());
            heard[to].extend(news);
        }
    }
    all
}

fn step() -> impl Strategy<Value = Step> {
    (
        0..3usize,
        0..KEYS.len(),
        0..4u64,
        prop::option::of(0..3usize),
    )
}

fn log() -> impl Strategy<Value = Vec<Op>> {
    prop::collection::vec(step(), 0..40).prop_map(|steps| play(&steps))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_change_is_told_once_whatever_the_order_in_which_it_came(
        (ops, shuffled) in log().prop_flat_map(|ops| {
            let doubled = [ops.clone(), ops.clone()].concat();
            (Just(ops), Just(doubled).prop_shuffle())
        })
    ) {
        let mut newest_first: Vec<&Op> = ops
            .iter()
            .filter(|op| KEYS[..TOLD].contains(&op.key.as_str()))
            .collect();
        newest_first.sort_by_key(|op| Reverse((op.hlc, op.id.device, op.id.ctr)));
        let expected: Vec<&Value> = newest_first.iter().map(|op| &op.value).collect();
        let entries = history::of(&shuffled);
        let told: Vec<&Value> = entries.iter().map(|entry| entry.to).collect();
        prop_assert_eq!(told, expected);
        prop_assert_eq!(&entries, &history::of(&ops));
        for (entry, op) in entries.iter().zip(newest_first) {
            prop_assert_eq!((entry.at, entry.by), (op.hlc.time(), op.id.device));
            let named = |id: &OpId| ops.iter().find(|op| op.id == *id).map(|op| &op.value);
            let named: Vec<Option<&Value>> = op.pred.iter().map(named).collect();
            prop_assert_eq!(&entry.from, &named);
        }
    }
}
