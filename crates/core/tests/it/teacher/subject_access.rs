//! A student gets all that is held about them, and nothing about anybody else.

use wuzha_core::book::for_others;
use wuzha_core::erase::erase_student;
use wuzha_core::ident::StudentNo;
use wuzha_core::ledger::{Cell, Source, Workbook};
use wuzha_core::log::{Change, Key, Op, Value};
use wuzha_core::subject_access::subject_access;
use wuzha_core::time::UtcOffset;

use super::{Log, NOW, bank, class_log, subject};
use crate::support::{no, pack};

fn file(log: &Log, ops: &[Op], no: &StudentNo) -> Option<Workbook> {
    let (bank, pack) = (bank(), pack());
    let source = Source {
        book: &log.writer.book,
        pack: &pack,
        bank: Some(&bank),
        cutoff: NOW,
        offset: UtcOffset::CHINA,
    };
    subject_access(&source, ops, no)
}

fn rows(workbook: &Workbook, sheet: &str) -> Vec<String> {
    let said = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Empty => String::new(),
        Cell::Unknown => "?".to_owned(),
        Cell::Count(count) => count.to_string(),
        Cell::Ratio { met, of } => format!("{met}/{of}"),
        Cell::Time(at) => at.to_minute_text(UtcOffset::CHINA),
        other => format!("{other:?}"),
    };
    let ledger = workbook.ledgers.iter().find(|ledger| ledger.name == sheet);
    let row = |row: &Vec<Cell>| row.iter().map(said).collect::<Vec<_>>().join("|");
    ledger.expect("the sheet").rows.iter().map(row).collect()
}

fn workbook() -> Workbook {
    let log = class_log();
    file(&log, &log.ops, &subject()).expect("a file")
}

#[test]
fn what_is_held_now_is_told_with_who_recorded_it() {
    let expected = [
        "学号|202100101||",
        "无法安装原因|与某同学合用一部手机|班长|2021-12-27 19:05",
        "APP状态|无法安装|班长|2021-12-27 19:05",
        "核验方式|当面核验|班长|2021-12-27 19:05",
        "寝室|3-301|班长|2021-12-27 19:05",
        "姓名|示例11|班长|2021-12-27 19:05",
    ];
    assert_eq!(rows(&workbook(), "现有记录"), expected);
}

#[test]
fn every_change_is_told() {
    let history = rows(&workbook(), "变更记录").join("\n");
    for told in [
        "APP状态||已安装未注册",
        "APP状态|已安装未注册|无法安装",
        "第 1 次作答||答对 1/3",
    ] {
        assert!(history.contains(told), "{told} in {history}");
    }
    assert_eq!(history.lines().count(), 7);
}

#[test]
fn each_answer_is_told_with_its_mark() {
    let answers = rows(&workbook(), "测验作答");
    let marks: Vec<_> = answers.iter().map(|row| row.rsplit('|').next()).collect();
    assert_eq!(marks, [Some("错"), Some("对"), Some("未答")]);
    let bank = bank();
    for row in &answers {
        assert!(row.contains("1/3"), "{row}");
        let question = bank
            .questions()
            .find(|question| row.contains(&question.stem));
        assert!(question.is_some(), "{row}");
    }
}

#[test]
fn texts_that_name_the_student_are_told_without_the_others() {
    let mentions = rows(&workbook(), "提到本人的文字");
    let [reason, remark] = mentions.as_slice() else {
        panic!("two texts: {mentions:?}");
    };
    assert!(
        reason.starts_with("某同学的记录|无法安装原因|手机借给示例11了|班长"),
        "{reason}"
    );
    assert!(remark.starts_with("寝室 3-301|"), "{remark}");
    assert!(remark.contains("202100101的床铺和某同学的桌子"), "{remark}");
}

#[test]
fn nobody_else_and_no_private_note_is_in_it() {
    let all = format!("{:?}", workbook());
    for absent in [
        "示例12",
        "示例21",
        "示例22",
        "202100102",
        "202100201",
        "悄悄话",
    ] {
        assert!(!all.contains(absent), "{absent}");
    }
    assert!(all.contains("第四十五条") && all.contains("第三十四条"));
}

#[test]
fn at_a_desk_which_has_no_note_the_file_is_the_same() {
    let log = class_log();
    let handed_in: Vec<Op> = log.ops.iter().map(for_others).collect();
    assert_eq!(file(&log, &handed_in, &subject()), Some(workbook()));
}

#[test]
fn what_only_a_newer_version_can_read_is_told_as_unknown() {
    let mut log = class_log();
    let seats = [
        ("202100101", Value::Bool(true)),
        ("202100102", Value::Bool(false)),
    ];
    log.write(vec![
        Change::new(Key::new("badge", &["202100101"], "given"), true),
        Change::new(Key::new("seats", &["room-1"], "taken"), Value::map(seats)),
    ]);
    let workbook = file(&log, &log.ops, &subject()).expect("a file");
    let present = rows(&workbook, "现有记录");
    assert!(present.contains(&"由更新版本记录的内容|?|班长|2021-12-27 19:05".to_owned()));
    let mentions = rows(&workbook, "提到本人的文字");
    assert_eq!(
        mentions.last().map(String::as_str),
        Some("班级|未知|?|班长|2021-12-27 19:05")
    );
}

#[test]
fn of_whom_nothing_is_held_there_is_no_file() {
    let log = class_log();
    assert_eq!(file(&log, &log.ops, &no(9, 9)), None);
    let (left, _) = erase_student(&log.ops, &subject());
    assert_eq!(file(&log, &left, &subject()), None);
}
