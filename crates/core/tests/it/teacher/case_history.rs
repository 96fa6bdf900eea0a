//! What was written about a case can be read: which field, when, from what to what.

use wuzha_core::desk::{CaseStatus, CaseWords, case_history, correct_case, record_case};
use wuzha_core::ledger::{Cell, Ledger};
use wuzha_core::log::{Key, Value};
use wuzha_core::time::UnixMillis;

use super::{Log, bank, class, day, facts, id, later, words};

fn history(log: &Log, entry: u64) -> Ledger {
    let bank = bank();
    let said = CaseWords {
        categories: bank.categories(),
        classes: &[class(1, "软件2101班（示例）")],
    };
    case_history(&log.ops, &id(entry), said)
}

/// When, what, from and to.
fn rows(ledger: &Ledger) -> Vec<(UnixMillis, String, Option<String>, String)> {
    let text = |cell: Option<&Cell>| match cell {
        Some(Cell::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let row = |row: &Vec<Cell>| {
        let at = match row.first() {
            Some(Cell::Time(at)) => *at,
            _ => UnixMillis(0),
        };
        let said = |at| text(row.get(at));
        (
            at,
            said(2).unwrap_or_default(),
            said(3),
            said(4).unwrap_or_default(),
        )
    };
    ledger.rows.iter().map(row).collect()
}

#[test]
fn each_correction_says_what_it_was_before_and_other_cases_are_not_in_it() {
    let mut log = Log::new(9);
    log.write_at(later(0), record_case(&id(0), &facts()));
    log.write_at(later(1), record_case(&id(1), &facts()));
    let mut closed = facts();
    closed.status = CaseStatus::Closed;
    closed.reported_police = Some(day("2021-12-21"));
    closed.lessons = words("班会上讲过（示例）");
    let first = log.desk().cases().first().cloned().expect("a case");
    log.write_at(later(2), correct_case(&first, &closed));
    let rows = rows(&history(&log, 0));
    let line = |field: &str, before: Option<&str>, after: &str| {
        let (field, after) = (field.to_owned(), after.to_owned());
        (later(2), field, before.map(str::to_owned), after)
    };
    let (corrected, entered) = rows.split_at(3);
    assert_eq!(
        corrected,
        [
            line("一案一复盘", None, "班会上讲过（示例）"),
            line("状态", Some("核实"), "已结"),
            line("报警", None, "2021-12-21"),
        ]
    );
    assert!(entered.iter().all(|(at, ..)| *at == later(0)));
    let said = |field: &str| {
        let mut rows = entered.iter().filter(|(_, of, ..)| of == field);
        rows.next().map(|(.., after)| after.as_str())
    };
    assert_eq!(said("类型"), Some("刷单返利"));
    assert_eq!(said("班级"), Some("软件2101班（示例）"));
    assert_eq!(said("经过"), Some("已发生"));
}

#[test]
fn what_was_cleared_is_empty_and_what_a_newer_version_wrote_is_unknown() {
    let mut log = Log::new(9);
    log.write(record_case(&id(0), &facts()));
    let first = log.desk().cases().first().cloned().expect("a case");
    let mut without = facts();
    without.department = None;
    log.write(correct_case(&first, &without));
    let newer = Key::new("case", &[id(0).as_str()], "status");
    log.write(vec![wuzha_core::log::Change::new(
        newer,
        Value::text("appealed"),
    )]);
    let ledger = history(&log, 0);
    let after = |at: usize| ledger.rows.get(at).and_then(|row| row.get(4)).cloned();
    assert_eq!(after(0), Some(Cell::Unknown));
    assert_eq!(after(1), Some(Cell::text("（空）")));
}
