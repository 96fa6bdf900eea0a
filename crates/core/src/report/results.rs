//! 工作成效 in figures, and 创建结果 as far as the book can tell.

use super::blank::blank;
use super::source::{Author, Facts};
use super::{Paragraph, Section, SummaryInput, bulletin, held, phrases, tables};
use crate::book::ActivityKind;
use crate::overview::{Average, Column};

pub(super) fn figures(facts: &Facts<'_>) -> Section {
    let mut paragraphs = Vec::from(measured(facts, "results"));
    paragraphs.push(Paragraph::text(
        "results-activities",
        held::recorded_or_asked(
            facts,
            ActivityKind::ALL,
            "主题班会、讲座、宣传活动的场次和参加人次，张贴海报数量，排查和整改隐患数量",
            "张贴海报数量，排查和整改隐患数量",
        ),
    ));
    Section::chapter("工作成效", paragraphs)
}

/// All figures, in words and as a table. The paragraphs' ids begin with `chapter`.
pub(super) fn measured(facts: &Facts<'_>, chapter: &str) -> [Paragraph; 6] {
    let text = |id, text| Paragraph::text(&format!("{chapter}-{id}"), text);
    let table = tables::results(facts);
    [
        text("basis", basis(facts)),
        text(
            "registration",
            said(facts, [Column::Registered, Column::WarningOn]),
        ),
        text("papers", said(facts, [Column::Pledge, Column::Notice])),
        text("quiz", quiz(facts)),
        text("dorms", said(facts, [Column::DormsInspected])),
        Paragraph::table(&format!("{chapter}-table"), table),
    ]
}

pub(super) fn awards(facts: &Facts<'_>, input: &SummaryInput<'_>) -> Section {
    let author = facts.source.author;
    let confirmed = match input.confirmed {
        Some(confirmed) => confirmed.said(author),
        None => blank(asked_confirmed(author)),
    };
    let paragraphs = vec![
        Paragraph::text("awards-dorms", dorms(facts)),
        Paragraph::text("awards-confirmed", confirmed),
        Paragraph::text("awards-cases", cases(author, input.cases)),
    ];
    Section::chapter("创建结果", paragraphs)
}

/// Of the few classes of one teacher nothing is said by itself: a type would point at a person.
fn cases(author: Author, cases: Option<&[(String, u32)]>) -> String {
    match cases.filter(|_| author != Author::Teacher) {
        Some(cases) => bulletin::counted(cases) + &blank("损失情况，及时报告和成功劝阻的情况"),
        None => blank("电信网络诈骗案件和损失情况，及时报告和成功劝阻的情况"),
    }
}

/// Until when, from what, and of whom a rate is.
fn basis(facts: &Facts<'_>) -> String {
    let source = facts.source;
    let cutoff = phrases::moment(source.cutoff, source.offset);
    let cutoff = cutoff.unwrap_or_else(|| blank("数据截止时间"));
    if facts.total.classes == 0 {
        return format!("数据截至{cutoff}，尚未汇总台账，各项情况未知。");
    }
    let without_list = facts.count_classes(|figures| figures.students == 0);
    let left_out = match without_list {
        0 => String::new(),
        classes => format!("{classes}个班学生名单未知，未计入。"),
    };
    format!(
        "以下数据截至{cutoff}，按{}个班的台账汇总。比例为达到数与应计数之比，情况未知的计入应计数，不视为未完成。{left_out}",
        facts.total.classes,
    )
}

fn said<const N: usize>(facts: &Facts<'_>, columns: [Column; N]) -> String {
    let share = |column| facts.total.figures.share(column).unwrap_or_default();
    columns
        .map(|column| phrases::standing(column, share(column)))
        .concat()
}

fn quiz(facts: &Facts<'_>) -> String {
    let average = match facts.total.figures.average {
        None => "首测平均分未知。".to_owned(),
        Some(average) => format!(
            "首测平均分（百分制）{}分，按{}人的首次作答计算。",
            points(average),
            average.count
        ),
    };
    said(facts, [Column::QuizTaken, Column::QuizPassed]) + &average
}

/// `86.5`
fn points(average: Average) -> String {
    let tenths = average.tenths();
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// 达标寝室, by which criteria.
pub(super) fn dorms(facts: &Facts<'_>) -> String {
    let criteria = &facts.source.pack.dorm_criteria;
    let example = match criteria.example {
        true => blank("学校确认的评定标准；上文按示例标准统计"),
        false => String::new(),
    };
    format!(
        "按“{}”标准核对，{}由老师核定的条件不在其内。{example}",
        criteria.title.zh,
        said(facts, [Column::DormsMet]),
    )
}

/// Awards are decided by people: the book proposes only.
fn asked_confirmed(author: Author) -> &'static str {
    match author {
        Author::Teacher => "经核定的“无诈寝室”“无诈班级”的数量和名称",
        Author::Department => "经核定的“无诈寝室”“无诈班级”的数量和名称，“无诈系部”的创建结果",
        Author::SecurityOffice => {
            "经核定的“无诈寝室”“无诈班级”“无诈系部”的数量和名称，“无诈学校”的创建结果"
        }
    }
}
