//! One student is erased: no trace is left, nobody else is touched, and nothing brings them back.

use std::collections::BTreeMap;

use proptest::prelude::*;
use wuzha_core::book::{Book, Subject, commands};
use wuzha_core::erase::{ErasedCounts, erase_student};
use wuzha_core::ident::StudentNo;
use wuzha_core::log::{Change, Key, Op, OpId, Registers, Value, write_jsonl};

use super::{Log, class_log, round, subject};
use crate::support::{dorm, no, slug, student};

fn fold<'a>(ops: impl IntoIterator<Item = &'a Op>) -> Registers {
    let mut registers = Registers::default();
    for op in ops {
        registers.apply(op);
    }
    registers
}

fn book(ops: &[Op]) -> Book {
    Book::fold(&fold(ops))
}

fn lines(ops: &[Op]) -> String {
    write_jsonl(ops).expect("lines")
}

/// A class with what a newer version may write about students, too.
fn with_newer_records() -> Log {
    let mut log = class_log();
    let subject = subject();
    let seats = [
        (subject.as_str(), Value::Bool(true)),
        ("202100102", Value::Bool(false)),
    ];
    log.write(vec![
        Change::new(Key::new("badge", &[subject.as_str()], "given"), true),
        Change::new(Key::new("seats", &["room-1"], "taken"), Value::map(seats)),
        Change::new(Key::new("talk", &["2021-12-27"], "told"), "示例11很认真"),
    ]);
    if let Some(op) = log.ops.last_mut() {
        let by = Value::List(vec![Value::text("示例11"), Value::text("示例12")]);
        op.extra = BTreeMap::from([("by".to_owned(), by)]);
    }
    log
}

#[test]
fn neither_number_nor_name_is_in_what_is_left() {
    let log = with_newer_records();
    let (left, counts) = erase_student(&log.ops, &subject());
    let (before, after) = (lines(&log.ops), lines(&left));
    for trace in [subject().as_str(), "示例11", "悄悄话", "合用一部手机"] {
        assert!(before.contains(trace), "{trace}");
        assert!(!after.contains(trace), "{trace} in {after}");
    }
    // Name, dorm, two statuses, one verification, reason, note, attempt, badge; two remarks, seats and talk.
    assert_eq!(
        counts,
        ErasedCounts {
            records: 9,
            mentions: 4
        }
    );
    assert!(after.contains("手机借给某同学了"), "{after}");
    assert!(after.contains("某同学的床铺和示例22的桌子"), "{after}");
}

#[test]
fn the_class_has_one_student_fewer_and_all_others_as_they_were() {
    let log = class_log();
    let (left, _) = erase_student(&log.ops, &subject());
    let (before, after) = (book(&log.ops), book(&left));
    assert_eq!(after.student(&subject()), None);
    let others = before.students().filter(|(no, _)| **no != subject());
    let expected: Vec<_> = others.map(|(no, student)| (no, student.clone())).collect();
    let mut found: Vec<_> = after.students().map(|(no, s)| (no, s.clone())).collect();
    assert_eq!(found.len(), 3);
    // A text of theirs named the student.
    for ((_, found), (_, expected)) in found.iter_mut().zip(&expected) {
        if found.reason != expected.reason {
            assert_eq!(
                found.reason.get().map(String::as_str),
                Some("手机借给某同学了")
            );
            found.reason = expected.reason.clone();
        }
    }
    assert_eq!(found, expected);
    let paper = slug("20211227-190500");
    let sat = |book: &Book, of: &StudentNo| {
        book.attempts(&paper)
            .is_some_and(|all| all.contains_key(of))
    };
    assert!(sat(&before, &subject()) && !sat(&after, &subject()));
    assert!(sat(&after, &no(1, 2)));
    let other = Subject::Dorm(dorm(2));
    assert_eq!(
        after.findings(round(), &other),
        before.findings(round(), &other)
    );
}

#[test]
fn no_operation_goes_and_erasing_again_finds_nothing() {
    let log = with_newer_records();
    let (left, _) = erase_student(&log.ops, &subject());
    let ids = |ops: &[Op]| ops.iter().map(|op| (op.id, op.hlc)).collect::<Vec<_>>();
    assert_eq!(ids(&left), ids(&log.ops));
    assert_eq!(fold(&left).seen(), fold(&log.ops).seen());
    assert_eq!(
        erase_student(&left, &subject()),
        (left, ErasedCounts::default())
    );
}

#[test]
fn somebody_of_the_same_name_stays() {
    let mut log = class_log();
    let mut namesake = student(3, 1);
    namesake.name = student(1, 1).name;
    log.book(|book| commands::import(book, [&namesake]));
    let (left, _) = erase_student(&log.ops, &subject());
    let left = book(&left);
    assert_eq!(
        left.student(&namesake.no),
        log.writer.book.student(&namesake.no)
    );
    assert!(
        left.student(&namesake.no)
            .is_some_and(|student| student.is_listed())
    );
}

#[test]
fn when_the_old_operations_arrive_again_the_erased_ones_stay() {
    let log = with_newer_records();
    let (left, _) = erase_student(&log.ops, &subject());
    let mut registers = fold(&left);
    let erased = registers.clone();
    for op in &log.ops {
        registers.apply(op);
    }
    assert_eq!(registers, erased);
    let mut shelf: BTreeMap<OpId, Op> = left.iter().map(|op| (op.id, op.clone())).collect();
    for op in &log.ops {
        shelf.entry(op.id).or_insert_with(|| op.clone());
    }
    assert!(shelf.into_values().eq(left));
}

#[test]
fn a_short_number_is_no_mention() {
    let mut log = class_log();
    let mut third = student(3, 1);
    third.no = StudentNo::try_from("3").expect("a number");
    log.book(|book| commands::import(book, [&third]));
    let room = Subject::Dorm(dorm(1));
    log.book(|book| commands::set_remark(book, round(), &room, &slug("card-posted"), "3 床缺卡"));
    let badge = Key::new("badge", &["3"], "given");
    log.write(vec![Change::new(badge, true)]);
    let (left, counts) = erase_student(&log.ops, &third.no);
    assert_eq!(
        counts,
        ErasedCounts {
            records: 3,
            mentions: 0
        }
    );
    assert_eq!(erase_student(&left, &third.no).1, ErasedCounts::default());
    let (before, after) = (book(&log.ops), book(&left));
    assert_eq!(
        after.findings(round(), &room),
        before.findings(round(), &room)
    );
}

#[test]
fn a_number_like_a_phone_s_id_is_erased_once() {
    let mut log = class_log();
    let mut third = student(3, 1);
    third.no = StudentNo::try_from(log.writer.device.to_string()).expect("a number");
    log.book(|book| commands::import(book, [&third]));
    let (left, counts) = erase_student(&log.ops, &third.no);
    assert_eq!(counts.records, 2, "name and dorm");
    assert_eq!(
        erase_student(&left, &third.no),
        (left, ErasedCounts::default())
    );
}

#[test]
fn a_number_that_nobody_has_erases_nothing() {
    let log = class_log();
    let (left, counts) = erase_student(&log.ops, &no(9, 9));
    assert_eq!((left, counts), (log.ops, ErasedCounts::default()));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        rng_seed: proptest::test_runner::RngSeed::Fixed(45),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_left_folds_to_the_same_in_any_order(
        order in Just(with_newer_records().ops).prop_shuffle(),
    ) {
        let ops = with_newer_records().ops;
        let (left, _) = erase_student(&ops, &subject());
        let (shuffled, _) = erase_student(&order, &subject());
        prop_assert_eq!(fold(&shuffled), fold(&left));
    }
}
