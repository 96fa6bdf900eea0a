//! The bulletin (通报): how far the units have come, what is due and until when.
//!
//! The notice has the office tell the units regularly how the work goes. Units are compared, by name and by
//! their figures; of persons, and of cases beyond their types, it says nothing.

use chrono::NaiveDate;

use super::behind::FOLLOWED;
use super::blank::{blank, or_blank};
use super::source::{Author, Facts};
use super::summary::{date, period};
use super::{
    Paragraph, Report, ReportSource, Section, behind, opening, outlook, phrases, results, tables,
};

/// What a bulletin is told beside the figures of the classes.
#[derive(Clone, Copy, Debug, Default)]
pub struct BulletinInput<'a> {
    /// How many cases there were of which type of fraud, the types as the school names them and nothing
    /// else; `None` when nobody recorded whether there were any.
    pub cases: Option<&'a [(String, u32)]>,
    /// The day before which what is open is to be done, when it is set.
    pub deadline: Option<NaiveDate>,
}

/// The 通报 of a teacher, a department or the security office: all figures, unit by unit, the units that are
/// slower than all together, the types of cases, and what is asked of whom until when.
pub fn bulletin(source: &ReportSource<'_>, input: &BulletinInput<'_>) -> Report {
    let facts = Facts::of(source);
    let unit = or_blank(source.unit, "单位名称");
    Report {
        title: "关于防范电信网络诈骗工作进展情况的通报".to_owned(),
        unit: unit.clone(),
        period: period(&facts),
        sections: vec![
            overall(&facts),
            units(&facts),
            slow(&facts),
            cases(&facts, input.cases),
            demands(&facts, input.deadline),
        ],
        attachments: tables::by_unit(&facts).into_iter().collect(),
        signature: unit,
        date: date(source),
        cutoff: source.cutoff,
        offset: source.offset,
    }
}

fn overall(facts: &Facts<'_>) -> Section {
    let own = facts.source.author.own();
    let lead = format!("现将{own}防范电信网络诈骗工作进展情况通报如下。");
    let mut paragraphs = vec![
        Paragraph::text("overall-lead", lead),
        Paragraph::text("overall-scope", opening::scope(facts)),
    ];
    paragraphs.extend(results::measured(facts, "overall"));
    paragraphs.push(Paragraph::text("overall-awards", results::dorms(facts)));
    Section::chapter("总体进展", paragraphs)
}

fn units(facts: &Facts<'_>) -> Section {
    let each = facts.source.author.each_unit();
    let lead = match facts.units.is_empty() {
        true => format!("尚未汇总台账，{each}情况未知。"),
        false => format!(
            "{each}主要指标见下表，全部指标见附件。表中为达到数和应计数，“未知”是没有登记的数量，计入应计数，不视为未完成。"
        ),
    };
    let paragraphs = vec![
        Paragraph::text("units-lead", lead),
        Paragraph::table("units-table", tables::by_unit_in_short(facts)),
    ];
    Section::chapter("各单位完成情况", paragraphs)
}

fn slow(facts: &Facts<'_>) -> Section {
    let paragraphs = vec![
        Paragraph::text("slow-measure", measure(facts)),
        Paragraph::text("slow-units", slow_units(facts)),
        Paragraph::text("slow-silent", silent(facts)),
    ];
    Section::chapter("进度较慢的单位", paragraphs)
}

/// By what a unit is called slow; in words that anybody can check.
fn measure(facts: &Facts<'_>) -> String {
    let each = facts.source.author.each_unit();
    let most = behind::MOST_NAMED;
    if facts.units.is_empty() {
        return String::new();
    }
    format!(
        "按各项指标分别比较{each}：某项比例低于总体比例的，列为该项进度较慢，由低到高最多列{most}个，全部情况见附件。比例低也可能是尚未登记。只比较单位，不涉及个人。"
    )
}

/// A line for each column in which some unit is slow or not known.
fn slow_units(facts: &Facts<'_>) -> String {
    let each = facts.source.author.each_unit();
    let all = &facts.total.figures;
    let is_known = |column| all.share(column).is_some_and(|share| share.is_known());
    if !FOLLOWED.into_iter().any(is_known) {
        return format!("{each}各项情况均未知，暂不比较。");
    }
    let lines = FOLLOWED.map(|column| behind::below_all(facts, column));
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    match lines.is_empty() {
        true => format!("{each}各项比例均不低于总体。"),
        false => lines.join("\n"),
    }
}

fn silent(facts: &Facts<'_>) -> String {
    let silent = behind::silent(facts);
    silent.map_or_else(String::new, |silent| {
        format!("{silent}，请先核实是否已经上交。")
    })
}

fn cases(facts: &Facts<'_>, cases: Option<&[(String, u32)]>) -> Section {
    let each = facts.source.author.each_unit();
    let advice = format!(
        "请{each}结合案件类型开展针对性的防范教育；遭受诈骗的，第一时间向学校反映情况，向公安部门报警。"
    );
    let paragraphs = vec![
        Paragraph::text("cases-types", types(facts.source.author, cases)),
        Paragraph::text("cases-advice", advice),
    ];
    Section::chapter("案件类型提示", paragraphs)
}

fn types(author: Author, cases: Option<&[(String, u32)]>) -> String {
    let asked = match (author, cases) {
        // Among the few classes of one teacher, a type would point at a person.
        (Author::Teacher, _) => Err("上级通报的案件类型；不写人员、班级和寝室"),
        (_, None) => Err("本期案件的类型和数量；不写人员、班级和寝室"),
        (_, Some(cases)) => Ok(cases),
    };
    match asked {
        Ok(cases) => counted(cases),
        Err(what) => blank(what),
    }
}

/// The types of which there were cases, the most frequent first.
pub(super) fn counted(cases: &[(String, u32)]) -> String {
    let mut cases: Vec<&(String, u32)> = cases.iter().filter(|(_, count)| *count > 0).collect();
    cases.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let sum: u64 = cases.iter().map(|(_, count)| u64::from(*count)).sum();
    let types = cases.iter().map(|(name, count)| format!("{name}{count}起"));
    let types: Vec<String> = types.collect();
    match types.is_empty() {
        true => "本期没有登记电信网络诈骗案件。".to_owned(),
        false => format!(
            "本期登记电信网络诈骗案件{sum}起，按类型为{}。只统计类型和数量，不涉及个人、班级和寝室。",
            types.join("、")
        ),
    }
}

fn demands(facts: &Facts<'_>, deadline: Option<NaiveDate>) -> Section {
    let each = facts.source.author.each_unit();
    let check = format!(
        "请{each}核实情况未知的事项，完成未完成的事项；写明原因无法安装或本人不同意的由老师处理，不视为未完成。名单只在班内核对，不得公布学生姓名。"
    );
    let deadline = deadline.map_or_else(|| blank("完成时限"), phrases::day);
    let unit = or_blank(facts.source.unit, "单位名称");
    let deadline = format!("以上事项请于{deadline}前完成，并将完成情况报{unit}。");
    let paragraphs = vec![
        Paragraph::text("demands-open", outlook::open(facts)),
        Paragraph::text("demands-check", check),
        Paragraph::text("demands-deadline", deadline),
    ];
    Section::chapter("工作要求与完成时限", paragraphs)
}
