//! 背景与目标, and 组织领导与责任分工.

use chrono::{Days, NaiveDate};

use super::blank::{blank, or_blank};
use super::source::{Author, Facts};
use super::summary::period;
use super::{Paragraph, Section, held, phrases};
use crate::book::ActivityKind;
use crate::pack::Phase;

pub(super) fn background(facts: &Facts<'_>) -> Section {
    let paragraphs = vec![
        Paragraph::text("background", occasion(facts)),
        Paragraph::text("background-phases", phases(facts)),
        Paragraph::text("background-goals", goals(facts)),
        Paragraph::text("background-scope", scope(facts)),
    ];
    Section::chapter("背景与目标", paragraphs)
}

pub(super) fn organisation(facts: &Facts<'_>) -> Section {
    let leaders = match facts.source.author {
        Author::Teacher => "各班反诈安全员、反诈委员、寝室长的设立情况",
        Author::Department => "本系部工作组织体系，负责人和成员",
        Author::SecurityOffice => "领导小组组长、副组长和成员，办公室的设置",
    };
    let paragraphs = vec![
        Paragraph::text("organisation-leaders", blank(leaders)),
        Paragraph::text(
            "organisation-tasks",
            blank("任务分解到具体人的情况，写明任务、责任人和完成时限"),
        ),
        Paragraph::text(
            "organisation-meetings",
            held::recorded_or_asked(
                facts,
                &[ActivityKind::WorkMeeting],
                "专题会议的次数和时间，分析的形势和定出的措施",
                "会议的时间，分析的形势和定出的措施",
            ),
        ),
    ];
    Section::chapter("组织领导与责任分工", paragraphs)
}

fn occasion(facts: &Facts<'_>) -> String {
    let source = facts.source;
    let campaign = &source.pack.campaign;
    // Quotation marks inside quotation marks are single.
    let name = campaign.title.zh.replace('“', "‘").replace('”', "’");
    let example = match campaign.example {
        true => blank("本校工作方案的名称和文号，替换上文的示例活动名称"),
        false => String::new(),
    };
    format!(
        "为防止电信网络诈骗向校园渗透，维护师生财产安全和切身利益，{}按照“{name}”的部署开展防范电信网络诈骗工作，活动时间为{}。{example}",
        or_blank(source.unit, "单位名称"),
        period(facts),
    )
}

/// Each phase with its days, by the calendar where the first one is known.
fn phases(facts: &Facts<'_>) -> String {
    let phases = &facts.source.pack.campaign.phases;
    if phases.is_empty() {
        return String::new();
    }
    let start = facts.start();
    let named = (1..).zip(phases).map(|(number, phase)| {
        let number = phrases::numeral(number);
        format!("{number}是{}（{}）", phase.title.zh, days_of(phase, start))
    });
    let named: Vec<String> = named.collect();
    format!("活动分{}个阶段：{}。", phases.len(), named.join("；"))
}

fn days_of(phase: &Phase, start: Option<NaiveDate>) -> String {
    let day = |number: u32| start?.checked_add_days(Days::new(number.into()));
    match (day(phase.first_day), day(phase.last_day)) {
        (Some(first), Some(last)) => phrases::days(first, last),
        _ => format!(
            "活动第{}天至第{}天",
            phase.first_day.saturating_add(1),
            phase.last_day.saturating_add(1)
        ),
    }
}

fn goals(facts: &Facts<'_>) -> String {
    let pack = facts.source.pack;
    format!(
        "工作目标是减少电信网络诈骗案件和损失，创建“{}”“{}”，形成防范长效机制。{}",
        pack.dorm_criteria.title.zh,
        pack.class_criteria.title.zh,
        blank("本单位的具体目标"),
    )
}

/// How many classes, students and dorms it is about, as far as that is known.
pub(super) fn scope(facts: &Facts<'_>) -> String {
    let classes = facts.total.classes;
    let own = facts.source.author.own();
    if classes == 0 {
        return format!("尚未汇总{own}的台账，班级、学生和寝室的数量未知。");
    }
    let total = &facts.total.figures;
    let students = size(facts, "学生", total.students, "人", |figures| {
        figures.students
    });
    let dorms = size(facts, "寝室", total.dorms, "间", |figures| figures.dorms);
    format!("{own}已汇总{classes}个班的台账：{students}；{dorms}。")
}

/// A class in which there are none is one whose list has not come.
fn size(
    facts: &Facts<'_>,
    what: &str,
    sum: u32,
    counted_in: &str,
    of: impl Fn(&crate::overview::Figures) -> u32,
) -> String {
    let unknown = facts.count_classes(|figures| of(figures) == 0);
    match (sum, unknown) {
        (0, _) => format!("{what}数量未知"),
        (sum, 0) => format!("{what}{sum}{counted_in}"),
        (sum, unknown) => format!("已登记{what}{sum}{counted_in}，另有{unknown}个班{what}数量未知"),
    }
}
