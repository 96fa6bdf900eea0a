//! The ledgers of many classes are those of each of them, one below the other.

use std::collections::BTreeSet;

use wuzha_core::book::commands::{self, ProfileInput};
use wuzha_core::book::{Round, Status, Verification};
use wuzha_core::ledger::{Cell, Ledger, Many, Rounds, Source, Workbook};
use wuzha_core::overview::Figures;
use wuzha_core::quiz::Bank;
use wuzha_core::time::{UtcOffset, parse_day};

use super::{bank, desk, sheet, text, workbook_of};
use crate::support::{Desk, NOW, no, pack, student};

const FIGURES: [&str; 3] = ["总览", "系部汇总", "明细"];
const RECORDS: [&str; 5] = ["学生台账", "寝室检查", "班级检查", "测验成绩", "活动"];
const PLACE: [&str; 3] = ["系部", "年级", "班级"];
const NOTE: &str = "悄悄话";

fn name(desk: &mut Desk, department: &str, grade: &str, class: &str) {
    let profile = ProfileInput {
        school: "示例学院".to_owned(),
        department: department.to_owned(),
        grade: grade.to_owned(),
        name: class.to_owned(),
    };
    let start = parse_day("2021-12-21").expect("a day");
    desk.write(commands::set_profile(&desk.book, &profile, start));
}

/// A class in the middle of things with a private note, one of two dorms of which only the list is known,
/// and one that nobody has put into a department.
fn classes(bank: &Bank) -> [Desk; 3] {
    let mut busy = desk(bank);
    name(&mut busy, "软件系", "2021级", "软件2101班");
    busy.write(commands::set_note(&busy.book, &no(1, 1), NOTE));

    let mut listed = Desk::new(2);
    name(&mut listed, "会计系", "2021级", "会计2101班");
    let rows = [student(11, 1), student(11, 2), student(12, 1)];
    listed.write(commands::import(&listed.book, &rows));

    let mut unplaced = Desk::new(3);
    name(&mut unplaced, "", "", "示例班");
    let rows = [student(21, 1), student(21, 2)];
    unplaced.write(commands::import(&unplaced.book, &rows));
    let how = Verification::SelfReported;
    let changes = commands::register(&unplaced.book, &no(21, 1), Status::Registered, how);
    unplaced.write(changes);
    let day: Round = "2021-12-26".parse().expect("a date");
    unplaced.write(commands::open_round(&unplaced.book, &pack(), day));
    [busy, listed, unplaced]
}

fn together(classes: &[Desk], bank: &Bank) -> Workbook {
    with_rounds(Rounds::All, classes, bank)
}

fn with_rounds(rounds: Rounds, classes: &[Desk], bank: &Bank) -> Workbook {
    let pack = pack();
    let offset = UtcOffset::CHINA;
    let mut many = Many::new("示例学院", rounds, NOW, offset);
    for desk in classes {
        let figures = Figures::of(&desk.registers, &desk.book, &pack, offset);
        let source = Source {
            book: &desk.book,
            pack: &pack,
            bank: Some(bank),
            cutoff: NOW,
            offset,
        };
        many.add(figures, &source);
    }
    many.finish()
}

fn workbook() -> Workbook {
    let bank = bank();
    together(&classes(&bank), &bank)
}

/// The cells under `heading`, from top to bottom.
fn under<'a>(ledger: &'a Ledger, heading: &str) -> Vec<&'a Cell> {
    let mut columns = ledger.columns.iter();
    let at = columns.position(|column| column.heading == heading);
    let at = at.expect("the column");
    ledger.rows.iter().filter_map(|row| row.get(at)).collect()
}

#[test]
fn the_figures_come_first_and_how_they_are_counted_last() {
    let workbook = workbook();
    assert_eq!(workbook.title, "示例学院 反诈台账");
    let names = workbook.ledgers.iter().map(|ledger| ledger.name.as_str());
    let names: Vec<&str> = names.collect();
    assert_eq!(names, [&FIGURES[..], &RECORDS, &["说明"]].concat());
}

#[test]
fn every_row_is_full_and_no_two_columns_of_a_sheet_are_called_alike() {
    for ledger in workbook().ledgers {
        for row in &ledger.rows {
            assert_eq!(row.len(), ledger.columns.len(), "{}", ledger.name);
        }
        let headings = ledger.columns.iter().map(|column| &column.heading);
        let distinct: BTreeSet<&String> = headings.collect();
        assert_eq!(distinct.len(), ledger.columns.len(), "{}", ledger.name);
    }
}

#[test]
fn each_record_says_first_of_which_class_it_is() {
    let workbook = workbook();
    for name in RECORDS {
        let ledger = sheet(&workbook, name);
        let headings = ledger.columns.iter().map(|column| column.heading.as_str());
        let first: Vec<&str> = headings.take(PLACE.len()).collect();
        assert_eq!(first, PLACE, "{name}");
    }
    let students = sheet(&workbook, "学生台账");
    let places = students.rows.iter().filter_map(|row| row.get(..3));
    let places: Vec<&[Cell]> = places.collect();
    let busy = [text("软件系"), text("2021级"), text("软件2101班")];
    let unplaced = [Cell::Unknown, Cell::Unknown, text("示例班")];
    assert_eq!(places.first(), Some(&&busy[..]));
    assert_eq!(places.last(), Some(&&unplaced[..]), "unknown, not empty");
}

#[test]
fn every_student_of_every_class_is_in_it_once() {
    let bank = bank();
    let classes = classes(&bank);
    let workbook = together(&classes, &bank);
    let listed = classes.iter().flat_map(|desk| desk.book.students());
    let listed: Vec<Cell> = listed.map(|(no, _)| text(no.as_str())).collect();
    let found = under(sheet(&workbook, "学生台账"), "学号");
    assert_eq!(found, listed.iter().collect::<Vec<_>>());
    assert_eq!(listed.len(), 4 + 3 + 2);
}

#[test]
fn the_records_of_a_class_are_those_of_its_own_workbook() {
    let bank = bank();
    let classes = classes(&bank);
    let many = together(&classes, &bank);
    for name in RECORDS {
        let all = sheet(&many, name);
        let mut found: Vec<&[Cell]> = all.rows.iter().map(Vec::as_slice).collect();
        for desk in &classes {
            let own = workbook_of(desk, &bank);
            let own = sheet(&own, name);
            let added = all.columns.len() - own.columns.len();
            assert_eq!(all.columns.get(added..), Some(&own.columns[..]), "{name}");
            let rest = found.split_off(own.rows.len());
            for (row, of_class) in found.iter().zip(&own.rows) {
                assert_eq!(row.get(added..), Some(&of_class[..]), "{name}");
                assert_eq!(row.get(2), Some(&text(desk.book.class_name())));
            }
            found = rest;
        }
        assert!(found.is_empty(), "{name}: {found:?}");
        assert!(!all.rows.is_empty(), "{name}");
    }
}

#[test]
fn of_each_class_the_latest_round_alone_may_be_asked_for() {
    let bank = bank();
    let mut classes = classes(&bank);
    let next: Round = "2022-01-03".parse().expect("a date");
    let [busy, ..] = &mut classes;
    busy.write(commands::open_round(&busy.book, &pack(), next));
    let found = |rounds| {
        let workbook = with_rounds(rounds, &classes, &bank);
        let said = format!("{:?}", sheet(&workbook, "说明").rows);
        let mut found = Vec::new();
        for cell in under(sheet(&workbook, "寝室检查"), "检查轮次") {
            let Cell::Date(day) = cell else { continue };
            found.push(day.to_string());
        }
        found.dedup();
        (found, said.contains("最近一轮"))
    };
    // Two rounds of the first class, none of the second, one of the third.
    let days = |days: &[&str]| days.iter().map(|day| (*day).to_owned()).collect::<Vec<_>>();
    let all = days(&["2021-12-27", "2022-01-03", "2021-12-26"]);
    assert_eq!(found(Rounds::All), (all, false));
    let latest = days(&["2022-01-03", "2021-12-26"]);
    assert_eq!(found(Rounds::Latest), (latest, true));
}

#[test]
fn the_sums_in_front_are_those_of_the_rows_behind() {
    let workbook = workbook();
    let students = sheet(&workbook, "学生台账");
    let statuses = under(students, "APP状态");
    let count = |is_so: &dyn Fn(&Cell) -> bool| {
        let found = statuses.iter().filter(|status| is_so(status)).count();
        u32::try_from(found).expect("few")
    };
    let met = count(&|cell| [text("已注册"), text("预警已开启")].contains(cell));
    let unknown = count(&|cell| *cell == Cell::Unknown);
    let apart = count(&|cell| *cell == text("无法安装"));
    assert_eq!((met, unknown, apart), (2, 6, 1));

    let sums = sheet(&workbook, "系部汇总");
    let all = |heading: &str| under(sums, heading).pop().cloned().expect("the sum");
    assert_eq!(all("班级数"), Cell::Count(3));
    assert_eq!(all("学生"), Cell::Count(9));
    let of = 9 - apart;
    assert_eq!(all("注册率"), Cell::Ratio { met, of });
    assert_eq!(all("注册/应计"), text(&format!("2/{of} 未知{unknown}")));
}

#[test]
fn what_is_not_known_of_a_class_is_unknown_in_front_and_behind() {
    let workbook = workbook();
    let overview = sheet(&workbook, "总览");
    let listed = |heading: &str| under(overview, heading).get(1).copied().cloned();
    assert_eq!(listed("学生"), Some(Cell::Count(3)));
    for heading in ["注册率", "承诺书", "平均分", "寝室检查"] {
        assert_eq!(listed(heading), Some(Cell::Unknown), "{heading}");
    }
    let students = sheet(&workbook, "学生台账");
    let of_listed = under(students, "APP状态").into_iter().skip(4).take(3);
    assert!(of_listed.into_iter().all(|status| *status == Cell::Unknown));
}

#[test]
fn private_notes_are_in_no_sheet() {
    let all = format!("{:?}", workbook());
    assert!(all.contains("撕坏了") && !all.contains(NOTE));
}

#[test]
fn the_file_explains_how_it_counts_until_when_and_what_it_leaves_out() {
    let workbook = workbook();
    let explained = format!("{:?}", sheet(&workbook, "说明").rows);
    for said in [
        "2021-12-27 19:05",
        "共 3 个班",
        "未知不当作 0",
        "“题目分析”未列入",
        "含学生姓名和学号",
    ] {
        assert!(explained.contains(said), "{said}");
    }
    assert!(!explained.contains("没有学生姓名"), "{explained}");
}

#[test]
fn without_a_class_there_are_no_records_and_no_noughts_but_of_classes() {
    let workbook = together(&[], &bank());
    let names = workbook.ledgers.iter().map(|ledger| ledger.name.as_str());
    let names: Vec<&str> = names.collect();
    assert_eq!(names, [&FIGURES[..], &["说明"]].concat());
    let sums = sheet(&workbook, "系部汇总");
    assert_eq!(under(sums, "注册率"), [&Cell::Unknown]);
}
