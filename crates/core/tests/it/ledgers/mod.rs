//! The ledgers hold what was entered, and say "unknown" where nothing was.

#![expect(
    clippy::expect_used,
    reason = "a fixture that is wrong should stop the test"
)]

mod many;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use wuzha_core::book::commands::{self, Mark};
use wuzha_core::book::{ActivityKind, Round, Status, Subject, Verdict, Verification};
use wuzha_core::ledger::{Cell, Column, Ledger, Source, Workbook};
use wuzha_core::quiz::{Answers, Attempt, Bank, Mode, PaperSpec, Wish, mark};
use wuzha_core::time::UtcOffset;

use crate::activities::hold;
use crate::support::{Desk, NOW, dorm, no, pack, slug};

fn bank() -> Bank {
    let bank = Bank::from_json(include_str!("../../../../../content/default/bank.json"));
    bank.expect("the bank that ships")
}

/// Two dorms of two; the first student did everything, the others less and less.
fn desk(bank: &Bank) -> Desk {
    let mut desk = Desk::with_class(2, 2);
    let pack = pack();
    desk.write(commands::set_recorder(&desk.book, desk.device, "班长"));
    for (bed, status) in [(1, Status::WarningOn), (2, Status::Unable)] {
        let changes = commands::register(&desk.book, &no(1, bed), status, Verification::InPerson);
        desk.write(changes);
    }
    desk.write(commands::set_reason(
        &desk.book,
        &no(1, 2),
        "老人机（示例）",
    ));
    desk.write(commands::mark(&no(1, 1), Mark::Region, Some(true)));
    desk.write(commands::mark(&no(1, 1), Mark::Pledge, Some(false)));
    let day: Round = "2021-12-27".parse().expect("a date");
    desk.write(commands::open_round(&desk.book, &pack, day));
    let subject = Subject::Dorm(dorm(1));
    desk.write(commands::judge(
        day,
        &subject,
        &slug("card-posted"),
        Some(Verdict::Fail),
    ));
    desk.write(commands::set_remark(
        &desk.book,
        day,
        &subject,
        &slug("card-posted"),
        "撕坏了",
    ));
    hold(&mut desk, "a-1", ActivityKind::ClassMeeting, Some(4));
    hold(&mut desk, "a-2", ActivityKind::Family, None);
    sit_quiz(&mut desk, bank);
    desk
}

/// One student answers all questions right, one answers none.
fn sit_quiz(desk: &mut Desk, bank: &Bank) {
    let wish = Wish {
        seed: 7,
        count: 10,
        categories: BTreeSet::new(),
        pass_percent: 80,
        minutes: None,
        retake_of: None,
    };
    let paper = PaperSpec::draw(bank, wish).expect("ten questions");
    let id = slug("20211227-190500");
    desk.write(commands::set_paper(&id, &paper));
    let mut right = Answers::default();
    for question in paper.questions.iter().filter_map(|id| bank.question(id)) {
        right.choose(&question.id, question.answer.iter().copied());
    }
    for (bed, answers) in [(1, right), (2, Answers::default())] {
        let attempt = Attempt {
            score: mark(&paper, bank, &answers).score,
            answers,
            started: NOW,
            finished: Some(NOW),
            mode: Mode::Kiosk,
        };
        let changes = commands::hand_in(&desk.book, &id, &no(1, bed), &attempt);
        desk.write(changes);
    }
}

fn workbook() -> Workbook {
    let bank = bank();
    workbook_of(&desk(&bank), &bank)
}

fn workbook_of(desk: &Desk, bank: &Bank) -> Workbook {
    let pack = pack();
    let source = Source {
        book: &desk.book,
        pack: &pack,
        bank: Some(bank),
        cutoff: NOW,
        offset: UtcOffset::CHINA,
    };
    source.workbook()
}

fn sheet<'a>(workbook: &'a Workbook, name: &str) -> &'a Ledger {
    let found = workbook.ledgers.iter().find(|ledger| ledger.name == name);
    found.expect("the sheet")
}

/// The cells of a row under the given headings.
fn cells(ledger: &Ledger, row: usize, headings: &[&str]) -> Vec<Cell> {
    let at = |heading: &&str| {
        let columns = &mut ledger.columns.iter();
        columns.position(|column| column.heading == *heading)
    };
    let row = ledger.rows.get(row).expect("the row");
    let cell = |heading| row.get(at(heading)?).cloned();
    headings.iter().filter_map(cell).collect()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn the_sheets_are_those_a_college_asks_for_and_every_row_is_full() {
    let workbook = workbook();
    let names: Vec<&str> = workbook
        .ledgers
        .iter()
        .map(|ledger| ledger.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "汇总",
            "学生台账",
            "寝室检查",
            "班级检查",
            "测验成绩",
            "活动",
            "题目分析",
            "说明"
        ]
    );
    for ledger in &workbook.ledgers {
        assert!(!ledger.rows.is_empty(), "{}", ledger.name);
        for row in &ledger.rows {
            assert_eq!(row.len(), ledger.columns.len(), "{}", ledger.name);
        }
    }
}

#[test]
fn a_student_s_row_says_what_was_recorded_by_whom_and_when() {
    let workbook = workbook();
    let students = sheet(&workbook, "学生台账");
    let headings = [
        "学号",
        "姓名",
        "寝室",
        "APP状态",
        "地区",
        "核验方式",
        "核验人",
        "核验时间",
        "承诺书",
        "家长回执",
        "首测",
        "测验",
    ];
    assert_eq!(
        cells(students, 0, &headings),
        [
            text("202100101"),
            text("示例11"),
            text("3-301"),
            text("预警已开启"),
            text("正确"),
            text("当面核验"),
            text("班长"),
            Cell::Time(NOW),
            text("未签"),
            Cell::Unknown,
            Cell::Ratio { met: 10, of: 10 },
            text("合格"),
        ]
    );
    assert_eq!(
        cells(students, 1, &["APP状态", "无法安装原因", "首测", "测验"]),
        [
            text("无法安装"),
            text("老人机（示例）"),
            Cell::Ratio { met: 0, of: 10 },
            text("不合格")
        ]
    );
    // Nobody has looked at the third: unknown, and nothing where nothing belongs.
    assert_eq!(
        cells(
            students,
            2,
            &["APP状态", "地区", "核验人", "承诺书", "首测", "测验"]
        ),
        [
            Cell::Unknown,
            Cell::Unknown,
            Cell::Empty,
            Cell::Unknown,
            Cell::Empty,
            text("缺考")
        ]
    );
}

#[test]
fn an_activity_s_row_says_what_was_held_and_who_recorded_it() {
    let workbook = workbook();
    let activities = sheet(&workbook, "活动");
    let day = NaiveDate::from_ymd_opt(2021, 12, 26).expect("a day");
    let headings = [
        "日期",
        "类型",
        "主题",
        "人数",
        "合作单位",
        "记录人",
        "记录时间",
    ];
    assert_eq!(
        cells(activities, 1, &headings),
        [
            Cell::Date(day),
            text("主题班会"),
            text("反诈主题班会"),
            Cell::Count(4),
            Cell::Empty,
            text("班长"),
            Cell::Time(NOW),
        ]
    );
    assert_eq!(
        cells(activities, 0, &["类型", "人数"]),
        [text("家校联动"), Cell::Unknown]
    );
    let summary = sheet(&workbook, "汇总");
    let row = summary
        .rows
        .iter()
        .position(|row| row.get(1) == Some(&text("活动")));
    assert_eq!(
        cells(summary, row.expect("活动"), &["状态", "依据"]),
        [text("2 次"), text("4 人次，1 次人数未知")]
    );
}

#[test]
fn private_notes_are_in_no_sheet() {
    let bank = bank();
    let mut desk = desk(&bank);
    desk.write(commands::set_note(&desk.book, &no(1, 1), "悄悄话"));
    let all = format!("{:?}", workbook_of(&desk, &bank));
    assert!(all.contains("撕坏了") && !all.contains("悄悄话"));
}

#[test]
fn an_inspection_s_rows_keep_exceptions_remarks_and_what_the_book_counted() {
    let workbook = workbook();
    let dorms = sheet(&workbook, "寝室检查");
    let of_first = pack().dorm_checklist.items.len();
    assert_eq!(dorms.rows.len(), 2 * of_first);
    let found: Vec<Vec<Cell>> = (0..of_first)
        .map(|row| cells(dorms, row, &["结果", "依据", "备注"]))
        .collect();
    assert!(found.contains(&vec![text("不合格"), text("人工检查"), text("撕坏了")]));
    assert_eq!(
        found.first(),
        Some(&vec![text("合格"), text("达到 1/1，另列 1"), Cell::Empty]),
        "who cannot install, with a reason, is apart"
    );
}

#[test]
fn the_summary_counts_unknown_apart_and_never_as_nought() {
    let workbook = workbook();
    let summary = sheet(&workbook, "汇总");
    assert_eq!(
        cells(
            summary,
            0,
            &["项目", "达到", "应计", "比例", "未达到", "未知", "另列"]
        ),
        [
            text("注册国家反诈中心APP"),
            Cell::Count(1),
            Cell::Count(3),
            Cell::Ratio { met: 1, of: 3 },
            Cell::Count(0),
            Cell::Count(2),
            Cell::Count(1),
        ]
    );
}

#[test]
fn the_analysis_names_each_question_and_withholds_what_too_few_answers_cannot_tell() {
    let workbook = workbook();
    let analysis = sheet(&workbook, "题目分析");
    assert_eq!(analysis.rows.len(), 10);
    assert_eq!(
        cells(analysis, 0, &["作答人数", "答对", "难度(答对率)", "区分度"]),
        [
            Cell::Count(2),
            Cell::Count(1),
            Cell::Ratio { met: 1, of: 2 },
            Cell::Unknown
        ]
    );
}

#[test]
fn what_nobody_has_recorded_is_no_percentage() {
    let desk = Desk::with_class(2, 2);
    let pack = pack();
    let source = Source {
        book: &desk.book,
        pack: &pack,
        bank: None,
        cutoff: NOW,
        offset: UtcOffset::CHINA,
    };
    let workbook = source.workbook();
    let summary = workbook.ledgers.first().expect("汇总");
    let at = summary
        .columns
        .iter()
        .position(|column| column.heading == "比例");
    let at = at.expect("a percentage");
    let measures = summary
        .rows
        .iter()
        .filter(|row| row.first() == Some(&Cell::text("指标")));
    let percentages: Vec<_> = measures.filter_map(|row| row.get(at)).collect();
    let (activities, shares) = percentages.split_last().expect("活动");
    assert_eq!(shares, vec![&Cell::Unknown; 8]);
    // Activities have no rate; that none is recorded is not known to be none.
    let last = summary
        .rows
        .iter()
        .find(|row| row.get(1) == Some(&Cell::text("活动")));
    let state = last.and_then(|row| row.get(2));
    assert_eq!((*activities, state), (&Cell::Empty, Some(&Cell::Unknown)));
}

#[test]
fn on_the_screen_of_one_class_the_columns_of_its_title_are_left_out() {
    let columns = ["系部", "班级", "姓名", "地区"].map(|heading| Column::new(heading, 8));
    let row = |class: &str, name: &str| ["示例系", class, name, "正确"].map(Cell::text).to_vec();
    let mut ledger = Ledger {
        name: "学生台账".to_owned(),
        columns: columns.into(),
        rows: vec![row("软件2101", "示例一"), row("软件2101", "示例二")],
    };
    assert_eq!(
        ledger.telling_columns(),
        [2, 3],
        "地区 says something, alike or not"
    );
    ledger.rows.push(row("软件2102", "示例三"));
    assert_eq!(ledger.telling_columns(), [1, 2, 3], "of two classes");
}
