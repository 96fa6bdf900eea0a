//! The bulletin: units compared by their figures, cases by their types, and no person.

use chrono::NaiveDate;
use wuzha_core::example::example_class;
use wuzha_core::overview::Figures;
use wuzha_core::quiz::Bank;
use wuzha_core::report::{Author, BulletinInput, Edits, Report, bulletin};
use wuzha_core::time::UtcOffset;

use super::{
    PACK, bare_bulletin, classes, every_kind, ids, printed, source, summary, tables, text,
};
use crate::overview::share;
use crate::support::{Desk, NOW};

const AUTHORS: [Author; 3] = [Author::Teacher, Author::Department, Author::SecurityOffice];

/// The bulletin of the example classes when `cases` are told.
fn with_cases(author: Author, cases: Option<&[(&str, u32)]>) -> Report {
    let cases = cases.map(|cases| cases.iter().map(|(name, n)| ((*name).to_owned(), *n)));
    let cases: Option<Vec<(String, u32)>> = cases.map(Iterator::collect);
    let all = classes();
    let all: Vec<&Figures> = all.iter().collect();
    let input = BulletinInput {
        cases: cases.as_deref(),
        deadline: NaiveDate::from_ymd_opt(2022, 1, 7),
    };
    bulletin(&source(author, &all), &input)
}

#[test]
fn the_outline_is_that_of_a_bulletin() {
    for author in AUTHORS {
        let report = bare_bulletin(author, &classes());
        assert_eq!(report.title, "关于防范电信网络诈骗工作进展情况的通报");
        assert_eq!(report.unit, "信息工程系");
        assert_eq!(report.period, "2021年12月21日至2022年2月26日");
        assert_eq!(report.date, "2021年12月27日");
        let numbered = report.numbered();
        let headings = numbered.iter().map(|(heading, _)| heading.as_str());
        assert_eq!(
            headings.collect::<Vec<_>>(),
            [
                "一、总体进展",
                "二、各单位完成情况",
                "三、进度较慢的单位",
                "四、案件类型提示",
                "五、工作要求与完成时限",
            ]
        );
    }
}

#[test]
fn the_figures_are_said_as_the_work_summary_says_them() {
    for author in AUTHORS {
        let [summary, bulletin] = every_kind(author, &classes());
        for id in ["basis", "registration", "papers", "quiz", "dorms"] {
            let of = |report, chapter| text(report, &format!("{chapter}-{id}")).to_owned();
            let said = of(&bulletin, "overall");
            assert!(!said.is_empty());
            assert_eq!(said, of(&summary, "results"), "{id}");
        }
        let basis = text(&bulletin, "overall-basis");
        assert!(basis.contains("截至2021年12月27日19:05"), "{basis}");
    }
}

#[test]
fn every_unit_has_a_row_in_the_text_and_one_with_all_measures_behind_it() {
    let report = bare_bulletin(Author::SecurityOffice, &classes());
    let found: Vec<(&str, usize, usize)> = tables(&report)
        .map(|table| (table.name.as_str(), table.columns.len(), table.rows.len()))
        .collect();
    assert_eq!(
        found,
        [
            ("主要指标完成情况", 6, 8),
            ("各系部主要指标完成情况", 7, 4),
            ("各系部工作进展一览表", 12, 4),
        ]
    );
    for table in tables(&report) {
        assert!(
            table
                .rows
                .iter()
                .all(|row| row.len() == table.columns.len())
        );
    }
}

#[test]
fn a_unit_is_slow_where_it_is_below_all_together() {
    let lines = |author| text(&bare_bulletin(author, &classes()), "slow-units").to_owned();
    let school = lines(Author::SecurityOffice);
    let school: Vec<&str> = school.lines().collect();
    // 软件系 is above what all have, as nothing is known of the other.
    assert_eq!(
        school.first(),
        Some(&"国家反诈中心APP注册：1个系部情况未知，为会计系。")
    );
    let department = lines(Author::Department);
    let department: Vec<&str> = department.lines().collect();
    assert_eq!(
        department.first(),
        Some(
            &"国家反诈中心APP注册：总体65/115（56.5%），1个班低于总体，由低到高为\
              软件2102班19/38（50.0%）；1个班情况未知，为会计2101班。"
        )
    );
    let measure = bare_bulletin(Author::Department, &classes());
    let measure = text(&measure, "slow-measure").to_owned();
    assert!(measure.contains("低于总体比例") && measure.contains("不涉及个人"));
}

#[test]
fn who_is_as_far_as_all_is_not_slow_and_nobody_is_while_nothing_is_known() {
    let [_, behind, listed, silent] = classes();
    let even = [
        Figures {
            class: "甲班".to_owned(),
            ..behind.clone()
        },
        behind,
    ]
    .map(|class| Figures {
        notice: share(1, 37, 0, 0),
        quiz_taken: share(1, 37, 0, 0),
        quiz_passed: share(1, 37, 0, 0),
        dorms_inspected: share(1, 6, 0, 0),
        ..class
    });
    let said = |classes: &[Figures]| {
        let report = bare_bulletin(Author::Department, classes);
        text(&report, "slow-units").to_owned()
    };
    assert_eq!(said(&even), "各班各项比例均不低于总体。");
    for unknown in [vec![], vec![listed, silent]] {
        assert_eq!(said(&unknown), "各班各项情况均未知，暂不比较。");
    }
}

#[test]
fn who_has_written_nothing_is_asked_for_and_not_called_slow() {
    let report = bare_bulletin(Author::Department, &classes());
    assert_eq!(
        text(&report, "slow-silent"),
        "1个班没有任何记录，为未命名班级，请先核实是否已经上交。"
    );
    assert!(!text(&report, "slow-units").contains("未命名班级"));
    let [good, ..] = classes();
    let report = bare_bulletin(Author::Department, &[good]);
    assert_eq!(text(&report, "slow-silent"), "");
}

#[test]
fn cases_are_counted_by_type_and_nothing_else_is_said_of_them() {
    let cases = [
        ("冒充客服", 1),
        ("网络游戏产品虚假交易", 0),
        ("刷单返利", 3),
    ];
    for author in [Author::Department, Author::SecurityOffice] {
        let report = with_cases(author, Some(&cases));
        assert_eq!(
            text(&report, "cases-types"),
            "本期登记电信网络诈骗案件4起，按类型为刷单返利3起、冒充客服1起。\
             只统计类型和数量，不涉及个人、班级和寝室。"
        );
    }
}

#[test]
fn no_case_is_something_else_than_nobody_knows() {
    let said = |cases| text(&with_cases(Author::SecurityOffice, cases), "cases-types").to_owned();
    for none in [&[][..], &[("刷单返利", 0)]] {
        assert_eq!(said(Some(none)), "本期没有登记电信网络诈骗案件。");
    }
    assert_eq!(
        said(None),
        "【请填写：本期案件的类型和数量；不写人员、班级和寝室】"
    );
}

#[test]
fn among_a_teachers_few_classes_no_case_is_counted() {
    let report = with_cases(Author::Teacher, Some(&[("刷单返利", 1)]));
    let said = text(&report, "cases-types");
    assert!(said.starts_with("【请填写："), "{said}");
    assert!(!printed(&report).contains("刷单返利"));
}

#[test]
fn the_deadline_is_the_day_that_was_set_or_a_blank() {
    let set = with_cases(Author::SecurityOffice, None);
    assert_eq!(
        text(&set, "demands-deadline"),
        "以上事项请于2022年1月7日前完成，并将完成情况报信息工程系。"
    );
    let unset = bare_bulletin(Author::SecurityOffice, &classes());
    assert!(text(&unset, "demands-deadline").contains("请于【请填写：完成时限】前"));
}

#[test]
fn the_paragraphs_are_the_same_whatever_is_told_and_none_is_the_work_summarys() {
    for author in AUTHORS {
        let bare = bare_bulletin(author, &[]);
        let told = with_cases(author, Some(&[("刷单返利", 3)]));
        assert_eq!(ids(&told), ids(&bare));
        let summary = summary(author, &[]);
        let of_summary = ids(&summary);
        let shared = ids(&bare).into_iter().find(|id| of_summary.contains(id));
        assert_eq!(shared, None, "a draft of one would be put into the other");
    }
}

#[test]
fn what_a_person_wrote_stays_when_the_cases_change_and_is_marked() {
    let before = with_cases(Author::SecurityOffice, None);
    let mut edits = Edits::default();
    edits.set(&before, "cases-types", "本期无案件（示例）。");
    edits.set(&before, "demands-check", "请核实（示例）。");
    let after = with_cases(Author::SecurityOffice, Some(&[("刷单返利", 3)]));
    let outdated: Vec<&str> = edits.outdated(&after).collect();
    assert_eq!(outdated, ["cases-types"]);
    let edited = edits.applied(after);
    assert_eq!(text(&edited, "cases-types"), "本期无案件（示例）。");
    assert_eq!(text(&edited, "demands-check"), "请核实（示例）。");
}

#[test]
fn no_student_and_no_dorm_of_the_class_is_in_it() {
    let bank = Bank::from_json(include_str!("../../../../../content/default/bank.json"));
    let bank = bank.unwrap_or_else(|error| panic!("the bank that ships: {error}"));
    let today = NOW.date(UtcOffset::CHINA).unwrap_or_default();
    let changes = example_class(&bank, &PACK, today);
    let mut desk = Desk::new(1);
    desk.write(changes.unwrap_or_else(|error| panic!("the example: {error}")));
    let figures = Figures::of(&desk.registers, &desk.book, &PACK, UtcOffset::CHINA);
    assert!(figures.registered.is_known() && figures.students > 40);
    for author in AUTHORS {
        for report in every_kind(author, std::slice::from_ref(&figures)) {
            let printed = printed(&report);
            for (no, student) in desk.book.students() {
                let dorm = student.dorm.get().map(|dorm| dorm.as_str());
                for word in [no.as_str(), student.name_text()].into_iter().chain(dorm) {
                    assert!(!printed.contains(word), "{word} in {printed}");
                }
            }
        }
    }
}
