//! Counts of cases go up; a class with fewer than three is not named, and cannot be reckoned.

use wuzha_core::desk::{
    Case, CaseCounts, CaseFacts, CaseKind, CasePolicy, CaseStatus, Course, NamedClass,
};
use wuzha_core::ledger::{Cell, Ledger};

use super::{bank, class, day, facts, id, mark_of};

fn cases(all: impl IntoIterator<Item = CaseFacts>) -> Vec<Case> {
    let case = |(nth, facts)| Case {
        id: id(nth),
        facts,
        contested: Vec::new(),
    };
    (0..).zip(all).map(case).collect()
}

/// `many` cases in the class of `device`.
fn in_class(device: u8, many: usize) -> Vec<CaseFacts> {
    let facts = CaseFacts {
        class: Some(mark_of(device)),
        ..facts()
    };
    vec![facts; many]
}

fn counted(all: impl IntoIterator<Item = CaseFacts>, classes: &[NamedClass]) -> CaseCounts {
    CaseCounts::of(&cases(all), &CasePolicy::default(), classes)
}

fn rows(ledger: &Ledger) -> Vec<String> {
    let said = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Empty => String::new(),
        other => format!("{other:?}"),
    };
    let row = |row: &Vec<Cell>| row.iter().map(said).collect::<Vec<_>>().join("|");
    ledger.rows.iter().map(row).collect()
}

#[test]
fn verified_cases_are_counted_by_type_amount_channel_and_month() {
    let stopped = CaseFacts {
        course: Course::Stopped,
        day: day("2022-01-05"),
        kind: CaseKind::Other,
        ..facts()
    };
    let entered = CaseFacts {
        status: CaseStatus::Entered,
        ..facts()
    };
    let unfounded = CaseFacts {
        status: CaseStatus::Unfounded,
        ..facts()
    };
    let reported = CaseFacts {
        reported_police: Some(day("2021-12-20")),
        ..facts()
    };
    let counts = counted([facts(), reported, stopped, entered, unfounded], &[]);
    let bank = bank();
    let expected = [
        "合计|已核实|3|1|1|1",
        "合计|待核实（不在其他各行内）|1|||",
        "按类型|刷单返利|2|0|1|1",
        "按类型|其他|1|1|0|0",
        "按金额|1000元以上至5000元（示例）|3|1|1|1",
        "按途径|聊天软件|3|1|1|1",
        "按月份|2021年12月|2|0|1|1",
        "按月份|2022年1月|1|1|0|0",
    ];
    assert_eq!(rows(&counts.ledger(bank.categories())), expected);
    let told = counts.by_kind_in_words(bank.categories());
    assert_eq!(told, [("刷单返利".to_owned(), 2), ("其他".to_owned(), 1)]);
}

#[test]
fn a_class_with_fewer_than_three_is_not_named() {
    let classes = [
        class(1, "甲班（示例）"),
        class(2, "乙班（示例）"),
        class(3, "丙班（示例）"),
    ];
    let counts = counted([in_class(1, 2), in_class(2, 3)].concat(), &classes);
    assert_eq!(counts.by_class, [("乙班（示例）".to_owned(), 3)]);
    let rows = rows(&counts.ledger(&[])).join("\n");
    assert!(
        rows.ends_with("按班级|乙班（示例）|3|||\n按班级|其余各班（不列班名）|少于3|||"),
        "{rows}"
    );
    for unnamed in ["甲班", "丙班"] {
        assert!(!rows.contains(unnamed), "{rows}");
    }
}

#[test]
fn a_single_unnamed_class_cannot_be_reckoned_from_the_others() {
    let classes = [class(1, "甲班（示例）"), class(2, "乙班（示例）")];
    let counts = counted([in_class(1, 1), in_class(2, 4)].concat(), &classes);
    assert_eq!(counts.by_class, []);
    let rows = rows(&counts.ledger(&[])).join("\n");
    assert!(!rows.contains("班（示例）"), "{rows}");
}

#[test]
fn the_cases_of_all_who_write_for_a_class_are_that_class_s() {
    let mut both = class(1, "甲班（示例）");
    both.marks.insert(mark_of(2));
    let counts = counted([in_class(1, 2), in_class(2, 1)].concat(), &[both]);
    assert_eq!(counts.by_class, [("甲班（示例）".to_owned(), 3)]);
}
