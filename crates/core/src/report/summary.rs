use super::blank::{blank, or_blank};
use super::source::Facts;
use super::{
    Report, ReportSource, SummaryInput, opening, outlook, phrases, practice, results, tables,
};

/// The 工作总结 of a teacher, a department or the security office, in the outline that schools use:
/// background, organisation, what was done, figures, awards, problems, what is next, attachments.
pub fn work_summary(source: &ReportSource<'_>, input: &SummaryInput<'_>) -> Report {
    let facts = Facts::of(source);
    let unit = or_blank(source.unit, "单位名称");
    let mut sections = vec![opening::background(&facts), opening::organisation(&facts)];
    sections.extend(practice::sections(&facts));
    sections.extend([
        results::figures(&facts),
        results::awards(&facts, input),
        outlook::problems(&facts),
        outlook::next_steps(&facts),
    ]);
    Report {
        title: "防范电信网络诈骗工作总结".to_owned(),
        unit: unit.clone(),
        period: period(&facts),
        sections,
        attachments: tables::by_unit(&facts).into_iter().collect(),
        signature: unit,
        date: date(source),
        cutoff: source.cutoff,
        offset: source.offset,
    }
}

/// The campaign's first and last day.
pub(super) fn period(facts: &Facts<'_>) -> String {
    let start = facts.start();
    let end = start.and_then(|start| facts.source.pack.campaign.end(start));
    match (start, end) {
        (Some(start), Some(end)) => phrases::days(start, end),
        _ => blank("活动起止日期"),
    }
}

/// The day of the cut-off, on which it is signed.
pub(super) fn date(source: &ReportSource<'_>) -> String {
    let date = source.cutoff.date(source.offset);
    date.map_or_else(|| blank("落款日期"), phrases::day)
}
