//! Layouts as colleges keep them, with invented people.

use wuzha_core::old_ledger::{
    AppColumn, AppYes, Holds, LeftOut, OldLedgerError, Reading, Use, read,
};
use wuzha_core::roster::{RosterError, Row, Table};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{student, table, told, understood, unread};

#[test]
fn a_ledger_of_several_classes_below_its_title() {
    let ledger = understood(
        "示例系国家反诈中心APP注册台账
         填报单位：示例系 | | | | 填报日期：2021-12-30

         序号 | 院系 | 年级 | 班级 | 学号 | 姓名 | 是否安装 | 是否注册 | 是否开启预警 | 是否签订承诺书 | 致家长一封信回执
         1 | 示例系 | 2021级 | 软件2101 | 2021010101 | 示例一 | 是 | 是 | 是 | 已签 | 已交
         2 | 示例系 | 2021级 | 软件2102 | 2021010201 | 示例二 | 是 | 是 | 否 | 未签 | 未交
         3 | 示例系 | 2021级 | 软件2101 | 2021010102 | 示例三 | 是 | 否 | 否 | | 未收回
         4 | 示例系 | 2021级 | 软件2101 | 2021010103 | 示例四 | 否 | 否 | 否 | √ | ×
         合计 | 4 | | | | | 3 | 2 | 1",
    );
    assert_eq!(
        told(&ledger),
        [
            "# 示例系/2021级/软件2101",
            "2021010101 示例一 warning_on 承诺true 回执true",
            "2021010102 示例三 installed 回执false",
            "2021010103 示例四 not_installed 承诺true 回执false",
            "# 示例系/2021级/软件2102",
            "2021010201 示例二 registered 承诺false 回执false",
        ]
    );
    assert_eq!(unread(&ledger), [r#"9 - "合计" Row(NotAStudent)"#]);
}

#[test]
fn headings_of_two_rows_under_a_common_one() {
    let ledger = understood(
        "班级 | 学号 | 姓名 | 住宿 | | 国家反诈中心APP | | | 承诺书
         | | | 楼栋 | 房间号 | 下载 | 实名注册 | 预警 |
         软件2101 | 2021010101 | 示例一 | 3号楼 | 312 | √ | √ | √ | √
         软件2101 | 2021010102 | 示例二 | 3号楼 | 313 | √ | × | × |",
    );
    assert_eq!(
        told(&ledger),
        [
            "# //软件2101",
            "2021010101 示例一 3-312 warning_on 承诺true",
            "2021010102 示例二 3-313 installed",
        ]
    );
    assert_eq!(unread(&ledger), [""; 0]);
}

#[test]
fn headings_of_two_rows_of_which_a_roster_knows_none_below() {
    let ledger = understood(
        "班级 | 学号 | 姓名 | 国家反诈中心APP |
         | | | 是否下载 | 是否注册
         软件2101 | 2021010101 | 示例一 | 是 | 是",
    );
    assert_eq!(
        told(&ledger),
        ["# //软件2101", "2021010101 示例一 registered"]
    );
}

#[test]
fn a_class_written_in_its_first_row_only() {
    let ledger = understood(
        "系部 | 班别 | 学号 | 姓名 | 宿舍 | APP状态
         示例系 | 软件2101 | 2021010101 | 示例一 | 3#312 | 已注册
         | | 2021010102 | 示例二 | 3#312 | 已安装未注册
         | | 2021010103 | 示例三 | 无 | 未安装
         | 软件2102 | 2021010201 | 示例四 | 4-101 | 预警已开启
         | | 2021010202 | 示例五 | 4-101 | 老年机",
    );
    assert_eq!(
        told(&ledger),
        [
            "# 示例系//软件2101",
            "2021010101 示例一 3-312 registered",
            "2021010102 示例二 3-312 installed",
            "2021010103 示例三 not_installed",
            "# 示例系//软件2102",
            "2021010201 示例四 4-101 warning_on",
            "2021010202 示例五 4-101 unable 老年机",
        ]
    );
}

#[test]
fn a_class_that_somebody_forgot_to_write_is_not_taken_from_the_row_above() {
    let ledger = understood(
        "班级 | 学号 | 姓名
         软件2101 | 2021010101 | 示例一
         软件2101 | 2021010102 | 示例二
         | 2021010103 | 示例三
         软件2102 | 2021010201 | 示例四",
    );
    let students = ledger.classes.iter().map(|class| class.students.len());
    assert_eq!(students.collect::<Vec<_>>(), [2, 1]);
    assert_eq!(unread(&ledger), [r#"4 班级 "" NoClass"#]);
}

#[test]
fn one_class_whose_name_a_person_gives() {
    let text = "学号 | 姓名 | 公寓 | 寝室 | 国家反诈中心APP
                2021010101 | 示例一 | 3 | 312 | 已注册
                2021010102 | 示例二 | 3 | 312 |";
    let reading = Reading {
        class_name: " 软件2101 ".into(),
        ..Reading::default()
    };
    let named = read(&table(text), &reading).unwrap();
    let students = [
        "2021010101 示例一 3-312 registered",
        "2021010102 示例二 3-312",
    ];
    assert_eq!(told(&named)[..1], ["# //软件2101"]);
    assert_eq!(told(&named)[1..], students);
    assert_eq!(told(&understood(text))[..1], ["# //"]);
}

#[test]
fn repeated_headings_and_rows_that_cannot_be_told_apart() {
    let ledger = understood(
        "班级 | 学号 | 姓名 | 承诺书
         软件2101 | 2021010101 | 示例一 | 是
         班级 | 学号 | 姓名 | 承诺书
         软件2101 | 2.02101E+11 | 示例二 | 是
         软件2101 | 2021010101 | 示例三 | 否
         软件2101 | 2021010104 | | 是
         备注：示例",
    );
    assert_eq!(
        told(&ledger),
        ["# //软件2101", "2021010101 示例一 承诺true"]
    );
    assert_eq!(
        unread(&ledger),
        [
            r#"3 - "班级" Row(NotAStudent)"#,
            r#"4 学号 "2.02101E+11" Row(Invalid { field: No, error: Scientific })"#,
            r#"5 学号 "2021010101" Row(Duplicate { first: 2 })"#,
            r#"6 姓名 "" Row(Invalid { field: Name, error: Empty })"#,
            r#"7 - "备注：示例" Row(NotAStudent)"#,
        ]
    );
}

#[test]
fn every_column_is_accounted_for_and_private_ones_go_nowhere() {
    let ledger = understood(
        "序号 | 班级 | 学号 | 姓名 | 身份证号 | 手机号 | QQ | APP（是否注册） | 地区 | 注册时间 | 测验成绩 | 民族 | 承诺书 | 承诺书 | 备注
         1 | 软件2101 | 2021010101 | 示例一 | 示例证号 | 示例电话 | 示例QQ | 是 | 正确 | 示例时间 | 90 | 示例族 | 是 | 否 | 示例备注",
    );
    let becomes: Vec<Use> = ledger.columns.iter().map(|column| column.becomes).collect();
    assert_eq!(
        becomes,
        [
            Use::LeftOut(LeftOut::RunningNumber),
            Use::Taken(Holds::Class),
            Use::Taken(Holds::No),
            Use::Taken(Holds::Name),
            Use::LeftOut(LeftOut::IdentityCard),
            Use::LeftOut(LeftOut::Contact),
            Use::LeftOut(LeftOut::Contact),
            Use::Taken(Holds::App(AppColumn::Registered)),
            Use::Taken(Holds::Region),
            Use::LeftOut(LeftOut::Recorded),
            Use::LeftOut(LeftOut::Score),
            Use::LeftOut(LeftOut::NotKnown),
            Use::Taken(Holds::Pledge),
            Use::LeftOut(LeftOut::Spare),
            Use::LeftOut(LeftOut::Note),
        ]
    );
    let everything = format!("{ledger:?}");
    for private in [
        "示例证号",
        "示例电话",
        "示例QQ",
        "示例时间",
        "示例族",
        "示例备注",
    ] {
        assert!(!everything.contains(private), "{private}");
    }
    let [class] = ledger.classes.as_slice() else {
        panic!("{everything}");
    };
    let told: Vec<String> = class.students.iter().map(student).collect();
    assert_eq!(told, ["2021010101 示例一 registered 地区true 承诺true"]);
}

#[test]
fn cells_that_are_not_understood_are_told_and_the_rest_of_their_row_is_taken() {
    let ledger = understood(
        "学号 | 姓名 | 是否下载 | 是否注册 | 预警 | 地区 | 家长回执
         2021010101 | 示例一 | 是 | 审核中 | | 示例市 | 是
         2021010102 | 示例二 | 是 | | | | 电话1234567890通知
         2021010103 | 示例三 | 否 | 是 | | | 未知
         2021010104 | 示例四 | | 否 | | | —
         2021010105 | 示例五 | 请假 | 是 | | | ",
    );
    assert_eq!(
        told(&ledger)[1..],
        [
            "2021010101 示例一 回执true",
            "2021010102 示例二",
            "2021010103 示例三",
            "2021010104 示例四",
            "2021010105 示例五 registered",
        ]
    );
    assert_eq!(
        unread(&ledger),
        [
            r#"2 是否注册 "审核中" NotUnderstood"#,
            r#"2 地区 "示例市" NotUnderstood"#,
            r#"3 是否下载 "是" NotEnough"#,
            r#"3 家长回执 "电话•••通知" NotUnderstood"#,
            r#"4 是否下载 "否" Contradiction"#,
            r#"4 是否注册 "是" Contradiction"#,
            r#"5 是否注册 "否" NotEnough"#,
            r#"6 是否下载 "请假" NotUnderstood"#,
        ]
    );
}

#[test]
fn what_a_person_says_of_yes_holds_where_no_column_asks_for_the_registration() {
    let reading = Reading {
        app_yes: AppYes::Registered,
        ..Reading::default()
    };
    for (headings, expected) in [
        ("学号 | 姓名 | 是否下载", "2021010101 示例一 registered"),
        ("学号 | 姓名 | 是否下载 | 是否注册", "2021010101 示例一"),
    ] {
        let text = format!("{headings}\n2021010101 | 示例一 | 是 |");
        let ledger = read(&table(&text), &reading).unwrap();
        assert_eq!(told(&ledger)[1..], [expected], "{headings}");
    }
}

#[test]
fn a_person_is_asked_what_yes_means_only_where_that_would_say_more() {
    for (text, asks) in [
        ("学号 | 姓名 | 是否下载\n2021010101 | 示例一 | 是", true),
        (
            "学号 | 姓名 | 国家反诈中心APP\n2021010101 | 示例一 | √",
            true,
        ),
        (
            "学号 | 姓名 | 国家反诈中心APP\n2021010101 | 示例一 | 已注册",
            false,
        ),
        (
            "学号 | 姓名 | 是否下载 | 是否注册\n2021010101 | 示例一 | 是 |",
            false,
        ),
        ("学号 | 姓名 | 是否下载\n2021010101 | 示例一 | 请假", false),
        ("学号 | 姓名 | 预警\n2021010101 | 示例一 | 否", false),
        ("学号 | 姓名 | 承诺书\n2021010101 | 示例一 | 是", false),
    ] {
        assert_eq!(understood(text).asks_for_app_yes(), asks, "{text}");
    }
}

#[test]
fn a_file_without_headings_rows_or_numbers_is_refused_as_a_whole() {
    let empty = OldLedgerError::Roster(RosterError::Empty);
    let no_number = OldLedgerError::Roster(RosterError::NoNumberColumn);
    for (text, error) in [
        ("", OldLedgerError::NoHeadings),
        ("2021010101 | 示例一 | 是", OldLedgerError::NoHeadings),
        (
            "班级 | 应到 | 已注册\n软件2101 | 40 | 39",
            OldLedgerError::NoHeadings,
        ),
        ("学号 | 姓名 | 是否注册", empty),
        (
            "姓名 | 身份证号 | 是否注册\n示例一 | 110101200001010000 | 是",
            no_number,
        ),
    ] {
        let read = read(&table(text), &Reading::default());
        assert_eq!(read, Err(error), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        rng_seed: RngSeed::Fixed(312),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_row_is_lost_without_a_word(rows in proptest::collection::vec(row(), 1..9)) {
        let headings = ["班级", "学号", "姓名", "是否注册", "承诺书"].map(str::to_owned);
        let numbers = 2..=u32::try_from(rows.len()).unwrap() + 1;
        let rows = (1..).zip(std::iter::once(headings).chain(rows));
        let table = Table {
            rows: rows.map(|(at, cells)| Row::new(at, cells.into())).collect(),
        };
        let ledger = read(&table, &Reading::default()).unwrap();
        let students = ledger.classes.iter().flat_map(|class| &class.students);
        let read: Vec<u32> = students.map(|student| student.row).collect();
        for row in numbers {
            let times = read.iter().filter(|read| **read == row).count();
            let is_told = ledger.unread.iter().any(|unread| unread.row == row);
            prop_assert!(times == 1 || times == 0 && is_told, "row {row}: {ledger:?}");
        }
    }
}

/// A row of good and bad cells, never blank.
fn row() -> impl Strategy<Value = [String; 5]> {
    let class = proptest::sample::select(&["", "软件2101", "软件2102"][..]);
    let no =
        proptest::sample::select(&["", "2021010101", "2021010102", "2.02E+9", "合计", "学号"][..]);
    let name = proptest::sample::select(&["示例一", "示例二", "=1", "1"][..]);
    let words = proptest::sample::select(&["", "是", "否", "示例", "预警已开启"][..]);
    (class, no, name, words.clone(), words).prop_map(|(class, no, name, app, pledge)| {
        [class, no, name, app, pledge].map(str::to_owned)
    })
}
