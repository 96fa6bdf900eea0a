//! The history tells every change of every record once: who, when, from what to what.

#![expect(
    clippy::expect_used,
    reason = "a fixture that is wrong should stop the test"
)]

mod order;
mod words;

use std::collections::BTreeMap;

use wuzha_core::book::{Round, Subject, Verdict, commands, for_others};
use wuzha_core::history;
use wuzha_core::ledger::{Cell, Ledger};
use wuzha_core::log::{Change, DeviceId, Hlc, Key, Op, OpId, Value};
use wuzha_core::pack::{Checklist, Pack};
use wuzha_core::time::{UnixMillis, UtcOffset};

use crate::support::{Desk, NOW, dorm, no, pack, slug};

const MINUTE: u64 = 60_000;

fn later(minutes: u64) -> UnixMillis {
    UnixMillis(NOW.0 + minutes * MINUTE)
}

fn key(text: &str) -> Key {
    Key::try_from(text.to_owned()).expect("a key")
}

/// The class's first student's register of that name.
fn of_student(entity: &str, field: &str) -> Key {
    Key::new(entity, &[no(1, 1).as_str()], field)
}

fn status() -> Key {
    of_student("registration", "status")
}

fn write(desk: &mut Desk, key: &Key, value: impl Into<Value>) -> Vec<Op> {
    desk.write(vec![Change::new(key.clone(), value)])
}

/// An operation that no phone of ours would write.
fn forged(device: u8, key: Key, value: impl Into<Value>, pred: Vec<OpId>) -> Op {
    Op {
        id: OpId {
            device: DeviceId::from_bytes([device; 8]),
            ctr: 1,
        },
        hlc: Hlc::new(later(60), 0),
        key,
        value: value.into(),
        pred,
        extra: BTreeMap::new(),
    }
}

fn table(desk: &Desk, ops: &[Op]) -> Ledger {
    history::ledger(ops, &desk.book, &pack(), usize::MAX)
}

/// Nothing is an empty text, and what is not known a question mark.
fn said(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Unknown => "?".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Time(at) => at.to_minute_text(UtcOffset::CHINA),
        other => format!("{other:?}"),
    }
}

/// The rows under all headings, the newest first.
fn rows(ledger: &Ledger) -> Vec<String> {
    let row = |row: &Vec<Cell>| row.iter().map(said).collect::<Vec<_>>().join(" | ");
    ledger.rows.iter().map(row).collect()
}

/// 对象, 项目, 原来, 改为 of the newest row.
fn newest(desk: &Desk, ops: &[Op]) -> String {
    let rows = rows(&table(desk, ops));
    let newest = rows.first().expect("a row");
    let what = newest.splitn(3, " | ").nth(2);
    what.expect("six cells").to_owned()
}

fn item_text(checklist: fn(&Pack) -> &Checklist, id: &str) -> String {
    let pack = pack();
    let items = &checklist(&pack).items;
    let item = items.iter().find(|item| item.id.as_str() == id);
    item.expect("an item").text.zh.clone()
}

#[test]
fn a_corrected_verdict_tells_who_made_what_of_it_and_when() {
    let (mut monitor, mut deputy) = (Desk::with_class(1, 1), Desk::new(2));
    let mut ops = monitor.write(commands::set_recorder(
        &monitor.book,
        monitor.device,
        "班长",
    ));
    let day: Round = "2021-12-27".parse().expect("a day");
    let judge = |verdict| {
        let subject = Subject::Dorm(dorm(1));
        commands::judge(day, &subject, &slug("card-posted"), Some(verdict))
    };
    ops.extend(monitor.write(judge(Verdict::Pass)));
    deputy.receive(&ops);
    ops.extend(deputy.write_at(later(25), judge(Verdict::Fail)));
    let item = item_text(|pack| &pack.dorm_checklist, "card-posted");
    let expected = [
        format!(
            "2021-12-27 19:30 | 设备 02020202 | 寝室 3-301 | {item}（2021-12-27 轮次） | 合格 | 不合格"
        ),
        format!("2021-12-27 19:05 | 班长 | 寝室 3-301 | {item}（2021-12-27 轮次） |  | 合格"),
        "2021-12-27 19:05 | 班长 | 设备 01010101 | 记录人 |  | 班长".to_owned(),
    ];
    assert_eq!(rows(&table(&monitor, &ops)), expected);
    let table = table(&monitor, &ops);
    let headings = table.columns.iter().map(|column| column.heading.as_str());
    assert_eq!(
        headings.collect::<Vec<_>>(),
        ["时间", "记录人", "对象", "项目", "原来", "改为"]
    );
    assert_eq!(table.name, "变更记录");
}

/// What the choice between the values of two phones that did not see each other reads like.
fn settled(by_monitor: &str, by_deputy: &str) -> String {
    let (mut monitor, mut deputy) = (Desk::with_class(1, 1), Desk::new(2));
    let mut ops = write(&mut monitor, &status(), by_monitor);
    let unseen = deputy.write_at(later(5), vec![Change::new(status(), by_deputy)]);
    monitor.receive(&unseen);
    ops.extend(unseen);
    ops.extend(monitor.write(commands::choose(&status(), Value::text("registered"))));
    let newest = newest(&monitor, &ops);
    let told = newest.strip_prefix("示例11 202100101 | APP状态 | ");
    told.expect("a status").to_owned()
}

#[test]
fn a_settled_conflict_names_all_that_was_there() {
    for (by_monitor, by_deputy, told) in [
        ("registered", "not_installed", "未安装；已注册 | 已注册"),
        ("installed", "installed", "已安装未注册 | 已注册"),
        (
            "of_a_newer_version",
            "installed",
            "已安装未注册；未知 | 已注册",
        ),
        ("of_a_newer_version", "of_another", "? | 已注册"),
    ] {
        assert_eq!(
            settled(by_monitor, by_deputy),
            told,
            "{by_monitor} {by_deputy}"
        );
    }
}

#[test]
fn what_was_replaced_and_is_not_at_hand_is_unknown() {
    let mut desk = Desk::with_class(1, 1);
    write(&mut desk, &status(), "installed");
    let ops = write(&mut desk, &status(), "registered");
    assert_eq!(
        newest(&desk, &ops),
        "示例11 202100101 | APP状态 | ? | 已注册"
    );
}

#[test]
fn a_private_note_is_not_in_it_and_leaves_no_blank_line() {
    let mut desk = Desk::with_class(1, 1);
    let mut ops = desk.write(commands::set_note(&desk.book, &no(1, 1), "悄悄话"));
    ops.extend(desk.write(commands::set_note(&desk.book, &no(1, 1), "又一句")));
    ops.extend(write(&mut desk, &status(), "registered"));
    let told = ["2021-12-27 19:05 | 设备 01010101 | 示例11 202100101 | APP状态 |  | 已注册"];
    let handed_in: Vec<Op> = ops.iter().map(for_others).collect();
    for ops in [&ops, &handed_in] {
        assert_eq!(history::of(ops).len(), 1);
        assert_eq!(rows(&table(&desk, ops)), told);
    }
}

#[test]
fn nothing_brings_a_private_note_to_light_by_claiming_to_replace_it() {
    let mut desk = Desk::with_class(1, 1);
    let mut ops = desk.write(commands::set_note(&desk.book, &no(1, 1), "悄悄话"));
    let note = ops[0].id;
    let reason = of_student("registration", "reason");
    ops.push(forged(9, reason, "无手机", vec![note]));
    assert_eq!(
        newest(&desk, &ops),
        "示例11 202100101 | 无法安装原因 |  | 无手机"
    );
}
