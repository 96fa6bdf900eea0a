//! The overview as a file: what is not known says so, and no person is in it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a fixture that is wrong should stop the test"
)]

use wuzha_core::book::{Held, HeldByKind};
use wuzha_core::ledger::{Cell, Ledger, Workbook};
use wuzha_core::overview::{Average, Figures, ledgers};
use wuzha_core::time::UtcOffset;

use super::{class, share};
use crate::support::NOW;

/// A class that does well, one of which only the list is known, and one that has written nothing.
fn workbook() -> Workbook {
    let busy = Figures {
        students: 45,
        dorms: 8,
        registered: share(39, 3, 2, 1),
        warning_on: share(0, 44, 0, 1),
        quiz_taken: share(45, 0, 0, 0),
        average: Some(Average {
            sum_percent: 389_250,
            count: 45,
        }),
        dorms_inspected: share(8, 0, 0, 0),
        activities: HeldByKind {
            all: Held {
                classes: 1,
                times: 3,
                people: 96,
                counted: 2,
            },
            ..HeldByKind::default()
        },
        counsellor: Some("王老师".to_owned()),
        last_record: Some(NOW),
        ..class("软件2101班", Some("软件系"), Some("2021级"))
    };
    let listed = Figures {
        students: 30,
        registered: share(0, 0, 30, 0),
        ..class("软件2102班", Some("软件系"), None)
    };
    ledgers(
        &[&busy, &listed, &Figures::default()],
        NOW,
        UtcOffset::CHINA,
    )
}

fn sheet<'a>(workbook: &'a Workbook, name: &str) -> &'a Ledger {
    let found = workbook.ledgers.iter().find(|ledger| ledger.name == name);
    found.expect("the sheet")
}

/// What a row has under `headings`.
fn cells<const N: usize>(ledger: &Ledger, row: usize, headings: [&str; N]) -> [Cell; N] {
    headings.map(|heading| {
        let mut columns = ledger.columns.iter();
        let at = columns.position(|column| column.heading == heading);
        ledger.rows[row][at.expect("the column")].clone()
    })
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn every_row_is_full_and_no_two_columns_of_a_sheet_are_called_alike() {
    let workbook = workbook();
    let names: Vec<&str> = workbook
        .ledgers
        .iter()
        .map(|sheet| sheet.name.as_str())
        .collect();
    assert_eq!(names, ["总览", "系部汇总", "明细", "说明"]);
    for ledger in &workbook.ledgers {
        for row in &ledger.rows {
            assert_eq!(row.len(), ledger.columns.len(), "{}", ledger.name);
        }
        let mut headings: Vec<&str> = ledger.columns.iter().map(|c| c.heading.as_str()).collect();
        headings.sort_unstable();
        headings.dedup();
        assert_eq!(headings.len(), ledger.columns.len(), "{}", ledger.name);
    }
}

#[test]
fn a_class_shows_every_rate_with_of_how_many_it_is() {
    let workbook = workbook();
    let overview = sheet(&workbook, "总览");
    assert_eq!(
        cells(
            overview,
            0,
            ["系部", "年级", "班级", "学生", "寝室", "最后记录"]
        ),
        [
            text("软件系"),
            text("2021级"),
            text("软件2101班"),
            Cell::Count(45),
            Cell::Count(8),
            Cell::Time(NOW),
        ]
    );
    assert_eq!(
        cells(
            overview,
            0,
            [
                "注册率",
                "注册/应计",
                "预警率",
                "预警/应计",
                "平均分",
                "寝室检查"
            ]
        ),
        [
            Cell::Ratio { met: 39, of: 44 },
            text("39/44 未知2"),
            Cell::Ratio { met: 0, of: 44 },
            text("0/44"),
            Cell::Number(86.5),
            Cell::Ratio { met: 8, of: 8 },
        ]
    );
}

#[test]
fn activities_stand_as_numbers_that_can_be_added_up() {
    let workbook = workbook();
    let headings = ["活动", "活动人次", "人次已知"];
    let of_class = [Cell::Count(3), Cell::Count(96), text("2/3")];
    let overview = sheet(&workbook, "总览");
    assert_eq!(cells(overview, 0, headings), of_class);
    let unknown = [Cell::Unknown, Cell::Unknown, Cell::Unknown];
    assert_eq!(cells(overview, 1, headings), unknown);
    let departments = sheet(&workbook, "系部汇总");
    assert_eq!(
        cells(departments, 0, ["班级数", "有活动的班级"]),
        [Cell::Count(2), Cell::Count(1)]
    );
    assert_eq!(cells(departments, 0, headings), of_class);
    assert_eq!(cells(departments, 1, ["有活动的班级"]), [Cell::Unknown]);
}

#[test]
fn no_counsellor_is_in_a_file_that_goes_up() {
    let said = format!("{:?}", workbook());
    assert!(!said.contains("王老师"), "{said}");
}

#[test]
fn what_is_not_known_of_a_class_is_never_nought() {
    let workbook = workbook();
    let overview = sheet(&workbook, "总览");
    assert_eq!(overview.rows.len(), 3);
    assert_eq!(
        cells(overview, 1, ["年级", "学生", "寝室", "注册率", "注册/应计"]),
        [
            Cell::Unknown,
            Cell::Count(30),
            Cell::Unknown,
            Cell::Unknown,
            Cell::Unknown
        ]
    );
    assert!(overview.rows[2].iter().all(|cell| *cell == Cell::Unknown));
    // The details of the class with a list: nobody is known to be registered, nor not to be.
    let details = sheet(&workbook, "明细");
    assert_eq!(
        cells(
            details,
            8,
            [
                "班级",
                "指标",
                "达到",
                "应计",
                "比例",
                "未达到",
                "未知",
                "另列"
            ]
        ),
        [
            text("软件2102班"),
            text("注册率"),
            Cell::Unknown,
            Cell::Count(30),
            Cell::Unknown,
            Cell::Unknown,
            Cell::Count(30),
            Cell::Count(0),
        ]
    );
    let nobody_counts = ["达到", "应计", "比例", "未达到", "未知"];
    assert_eq!(
        cells(details, 9, nobody_counts),
        [const { Cell::Unknown }; 5]
    );
}

#[test]
fn the_details_have_a_row_for_every_share_of_every_class() {
    let workbook = workbook();
    let details = sheet(&workbook, "明细");
    assert_eq!(details.rows.len(), 3 * 8);
    assert_eq!(
        cells(
            details,
            0,
            ["指标", "达到", "应计", "比例", "未达到", "未知", "另列"]
        ),
        [
            text("注册率"),
            Cell::Count(39),
            Cell::Count(44),
            Cell::Ratio { met: 39, of: 44 },
            Cell::Count(3),
            Cell::Count(2),
            Cell::Count(1),
        ]
    );
}

#[test]
fn departments_are_summed_up_and_so_is_all() {
    let workbook = workbook();
    let departments = sheet(&workbook, "系部汇总");
    let headings = ["系部", "班级数", "学生", "注册率", "平均分"];
    let sum = [
        Cell::Count(75),
        Cell::Ratio { met: 39, of: 74 },
        Cell::Number(86.5),
    ];
    let [students, registered, average] = sum;
    for (row, expected) in [
        (
            0,
            [
                text("软件系"),
                Cell::Count(2),
                students.clone(),
                registered.clone(),
                average.clone(),
            ],
        ),
        (
            1,
            [
                Cell::Unknown,
                Cell::Count(1),
                Cell::Unknown,
                Cell::Unknown,
                Cell::Unknown,
            ],
        ),
        (
            2,
            [text("合计"), Cell::Count(3), students, registered, average],
        ),
    ] {
        assert_eq!(cells(departments, row, headings), expected);
    }
}

#[test]
fn the_file_explains_how_it_counts_and_until_when() {
    let workbook = workbook();
    assert_eq!((workbook.cutoff, workbook.offset), (NOW, UtcOffset::CHINA));
    let explained = format!("{:?}", sheet(&workbook, "说明").rows);
    for said in [
        "2021-12-27 19:05",
        "共 3 个班，其中没有任何记录的 2 个",
        "未知不当作 0",
        "没有学生姓名和学号",
    ] {
        assert!(explained.contains(said), "{said}");
    }
}
