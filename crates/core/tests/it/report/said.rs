//! What it says of what is known.

use wuzha_core::ledger::Cell;
use wuzha_core::overview::Figures;
use wuzha_core::report::{Author, Edits, SummaryInput, work_summary};

use super::{PACK, classes, ids, source, summary, tables, text};

const AUTHORS: [Author; 3] = [Author::Teacher, Author::Department, Author::SecurityOffice];

#[test]
fn the_outline_is_that_of_a_work_summary() {
    for author in AUTHORS {
        let report = summary(author, &classes());
        let numbered = report.numbered();
        let headings: Vec<&str> = numbered
            .iter()
            .map(|(heading, _)| heading.as_str())
            .collect();
        assert_eq!(
            headings,
            [
                "一、背景与目标",
                "二、组织领导与责任分工",
                "三、主要做法",
                "（一）全面开展防范教育",
                "（二）着力提升法治意识",
                "（三）深入开展隐患排查",
                "（四）关爱帮扶重点群体",
                "（五）加强警校联动",
                "（六）强化家校联动",
                "（七）推广国家反诈中心APP",
                "四、工作成效",
                "五、创建结果",
                "六、存在问题",
                "七、下一步工作",
            ]
        );
    }
}

#[test]
fn title_period_signature_and_date_are_those_of_the_unit_and_the_campaign() {
    let report = summary(Author::Department, &classes());
    for (id, expected) in [
        ("title", "防范电信网络诈骗工作总结"),
        ("unit", "信息工程系"),
        ("period", "2021年12月21日至2022年2月26日"),
        ("signature", "信息工程系"),
        ("date", "2021年12月27日"),
    ] {
        assert_eq!(text(&report, id), expected, "{id}");
    }
}

#[test]
fn the_campaign_is_told_in_its_phases_by_the_calendar() {
    let report = summary(Author::Department, &classes());
    assert_eq!(
        text(&report, "background-phases"),
        "活动分3个阶段：一是统筹部署：任务到人、全员注册（2021年12月21日至12月25日）；\
         二是集中宣传：班会、自查、测验（2021年12月26日至12月29日）；\
         三是督导检查：寝室检查、补考、评定总结（2021年12月30日至2022年2月26日）。"
    );
    let [_, undated, ..] = classes();
    let undated = summary(Author::Department, &[undated]);
    assert_eq!(undated.period, "【请填写：活动起止日期】");
    assert!(text(&undated, "background-phases").contains("（活动第6天至第9天）"));
}

#[test]
fn figures_are_said_with_numerator_denominator_and_what_is_not_known() {
    let report = summary(Author::Department, &classes());
    for (id, expected) in [
        (
            "background-scope",
            "本系部已汇总4个班的台账：已登记学生116人，另有1个班学生数量未知；\
             已登记寝室16间，另有2个班寝室数量未知。",
        ),
        (
            "results-basis",
            "以下数据截至2021年12月27日19:05，按4个班的台账汇总。比例为达到数与应计数之比，\
             情况未知的计入应计数，不视为未完成。1个班学生名单未知，未计入。",
        ),
        (
            "results-registration",
            "国家反诈中心APP应注册115人，已登记76人，其中65人已注册，另有39人情况未知，\
             注册率65/115（56.5%）；写明原因无法安装或本人不同意的1人另列，不计入应计人数。\
             APP预警应开启115人，已登记76人，其中56人已开启，另有39人情况未知，\
             预警开启率56/115（48.7%）；写明原因无法安装或本人不同意的1人另列，不计入应计人数。",
        ),
        (
            "results-quiz",
            "知识测验应参加47人，47人已参加，参与率47/47（100.0%）。\
             知识测验要求合格47人，44人合格（含补考），合格率44/47（93.6%）。\
             首测平均分（百分制）86.5分，按47人的首次作答计算。",
        ),
        (
            "results-dorms",
            "寝室应检查9间，9间已检查，检查率9/9（100.0%）。",
        ),
        (
            "problems-records",
            "1个班没有任何记录，为未命名班级；台账中有2处记录前后不一致，尚待核对。",
        ),
    ] {
        assert_eq!(text(&report, id), expected, "{id}");
    }
}

#[test]
fn the_units_behind_are_classes_or_for_the_school_departments() {
    let behind = |author| {
        let report = summary(author, &classes());
        let text = text(&report, "problems-behind").to_owned();
        text.lines().next().unwrap_or_default().to_owned()
    };
    let of_classes = "国家反诈中心APP注册：1个班尚未全部完成，由低到高为软件2102班19/38（50.0%）；\
                      1个班情况未知，为会计2101班。";
    assert_eq!(behind(Author::Teacher), of_classes);
    assert_eq!(behind(Author::Department), of_classes);
    assert_eq!(
        behind(Author::SecurityOffice),
        "国家反诈中心APP注册：1个系部尚未全部完成，由低到高为软件系65/84（77.4%）；\
         1个系部情况未知，为会计系。"
    );
}

#[test]
fn of_many_units_behind_the_lowest_are_named() {
    let [_, behind, ..] = classes();
    let many: Vec<Figures> = (1..=9)
        .map(|number| Figures {
            class: format!("{number}班"),
            ..behind.clone()
        })
        .collect();
    let report = summary(Author::Teacher, &many);
    let line = text(&report, "problems-behind")
        .lines()
        .next()
        .unwrap_or_default();
    assert!(
        line.contains("9个班尚未全部完成，由低到高为1班19/38"),
        "{line}"
    );
    assert!(line.ends_with("5班19/38（50.0%）等。"), "{line}");
}

#[test]
fn where_all_is_done_no_unit_is_behind_and_nothing_is_left() {
    let [good, ..] = classes();
    let done = Figures {
        warning_on: good.registered,
        notice: good.pledge,
        quiz_passed: good.quiz_taken,
        ..good
    };
    let report = summary(Author::Teacher, &[done]);
    assert_eq!(text(&report, "problems-behind"), "各班各项均已完成。");
    assert_eq!(text(&report, "problems-records"), "");
    assert_eq!(text(&report, "next-open"), "");
}

#[test]
fn the_tables_have_every_measure_and_every_unit() {
    let report = summary(Author::SecurityOffice, &classes());
    for table in tables(&report) {
        for row in &table.rows {
            assert_eq!(row.len(), table.columns.len(), "{}", table.name);
        }
    }
    let names: Vec<(&str, usize)> = tables(&report)
        .map(|table| (table.name.as_str(), table.rows.len()))
        .collect();
    assert_eq!(
        names,
        [("主要指标完成情况", 8), ("各系部工作进展一览表", 4)]
    );
    let software = report.attachments[0].rows.iter();
    let software: Vec<&[Cell]> = software.map(|row| &row[..3]).collect();
    assert_eq!(
        software[1],
        [
            Cell::text("软件系"),
            Cell::Count(85),
            Cell::text("65/84\n77.4%\n未知8")
        ]
    );
}

#[test]
fn without_a_class_it_is_still_a_report_to_be_filled_in() {
    for author in AUTHORS {
        let report = summary(author, &[]);
        assert!(report.attachments.is_empty());
        assert!(text(&report, "background-scope").contains("尚未汇总"));
        let blanks = Edits::default().blanks(&report);
        assert!(blanks > 15, "{blanks}");
        assert_eq!(ids(&report), ids(&summary(author, &classes())));
    }
}

#[test]
fn an_unnamed_unit_is_asked_for() {
    let mut unnamed = source(Author::Teacher, &[]);
    unnamed.unit = " ";
    let report = work_summary(&unnamed, &SummaryInput::default());
    for id in ["unit", "signature"] {
        assert_eq!(text(&report, id), "【请填写：单位名称】");
    }
    assert!(PACK.campaign.example);
    let occasion = text(&report, "background");
    assert!(occasion.contains("替换上文的示例活动名称"), "{occasion}");
}
