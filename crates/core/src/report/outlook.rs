//! 存在问题, and 下一步工作.

use super::behind::FOLLOWED;
use super::blank::blank;
use super::source::{Author, Facts};
use super::{Paragraph, Section, behind, phrases};
use crate::overview::Column;

pub(super) fn problems(facts: &Facts<'_>) -> Section {
    let paragraphs = vec![
        Paragraph::text("problems-behind", units_behind(facts)),
        Paragraph::text("problems-records", records(facts)),
        Paragraph::text("problems-causes", blank("存在问题的原因，工作中的薄弱环节")),
    ];
    Section::chapter("存在问题", paragraphs)
}

pub(super) fn next_steps(facts: &Facts<'_>) -> Section {
    let paragraphs = vec![
        Paragraph::text("next-open", open(facts)),
        Paragraph::text("next-measures", blank("下一步措施、责任人和完成时限")),
    ];
    Section::chapter("下一步工作", paragraphs)
}

/// A line for each column in which some unit is behind.
fn units_behind(facts: &Facts<'_>) -> String {
    let units = &facts.units;
    let is_done = |unit| {
        FOLLOWED
            .into_iter()
            .all(|column| behind::is_done(unit, column))
    };
    if !units.is_empty() && units.iter().all(is_done) {
        return format!("{}各项均已完成。", facts.source.author.each_unit());
    }
    let lines = FOLLOWED.map(|column| behind::unfinished(facts, column));
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.join("\n")
}

/// What is missing or contradicts itself in the records.
fn records(facts: &Facts<'_>) -> String {
    let conflicts = facts.total.figures.conflicts;
    let conflicts =
        (conflicts > 0).then(|| format!("台账中有{conflicts}处记录前后不一致，尚待核对"));
    let found = [silent_classes(facts), behind::silent(facts), conflicts];
    let found: Vec<String> = found.into_iter().flatten().collect();
    match found.is_empty() {
        true => String::new(),
        false => found.join("；") + "。",
    }
}

/// For those who compare departments: how many classes have written nothing.
fn silent_classes(facts: &Facts<'_>) -> Option<String> {
    let silent = facts.count_classes(|figures| figures.last_record.is_none());
    match facts.source.author {
        Author::Teacher | Author::Department => None,
        Author::SecurityOffice => (silent > 0).then(|| format!("{silent}个班没有任何记录")),
    }
}

/// What is still to be done, in numbers.
pub(super) fn open(facts: &Facts<'_>) -> String {
    let own = facts.source.author.own();
    let items = FOLLOWED
        .into_iter()
        .filter_map(|column| open_of(facts, column));
    let items: Vec<String> = items.collect();
    match items.is_empty() {
        true => String::new(),
        false => format!(
            "继续跟进{own}未完成和情况未知的事项：{}。",
            items.join("；")
        ),
    }
}

/// `承诺书签订未完成3人、情况未知2人`
fn open_of(facts: &Facts<'_>, column: Column) -> Option<String> {
    let share = facts.total.figures.share(column)?;
    let subject = phrases::subject(column);
    if share.of() == 0 {
        return Some(format!("{subject}情况未知"));
    }
    let counted_in = phrases::counted_in(column);
    let part = |name: &str, count: u32| (count > 0).then(|| format!("{name}{count}{counted_in}"));
    let parts = [part("未完成", share.unmet), part("情况未知", share.unknown)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{subject}{}", parts.join("、")))
}
