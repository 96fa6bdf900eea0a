//! What the classes held, in words: how often, with how many people, by how many classes recorded.

use super::blank::blank;
use super::source::Facts;
use crate::book::{ActivityKind, Held};
use crate::ledger::words;

/// What is recorded of these kinds, and a blank that asks for `rest`, which no class's book says; where nothing is
/// recorded, a blank that asks for `all`.
pub(super) fn recorded_or_asked(
    facts: &Facts<'_>,
    kinds: &[ActivityKind],
    all: &str,
    rest: &str,
) -> String {
    match recorded(facts, kinds) {
        Some(recorded) => recorded + &blank(rest),
        None => blank(all),
    }
}

/// `8个班中有3个班登记主题班会5次，参加180人次`, kind by kind; `None` where no class recorded any of them.
fn recorded(facts: &Facts<'_>, kinds: &[ActivityKind]) -> Option<String> {
    let activities = &facts.total.figures.activities;
    let held = kinds.iter().map(|kind| (*kind, activities.kind(*kind)));
    let held: Vec<(ActivityKind, Held)> = held.filter(|(_, held)| held.times > 0).collect();
    let said: Vec<String> = held
        .iter()
        .map(|(kind, held)| said(*kind, *held, facts.total.classes))
        .collect();
    let together = match held.iter().any(|(_, held)| held.classes > 1) {
        true => "几个班共同参加的，各班分别计入。",
        false => "",
    };
    (!said.is_empty()).then(|| format!("{}。{together}", said.join("；")))
}

fn said(kind: ActivityKind, held: Held, classes: u32) -> String {
    let by = match classes {
        1 => String::new(),
        classes => format!("{classes}个班中有{}个班", held.classes),
    };
    format!(
        "{by}登记{}{}次，{}",
        words::activity_kind(kind),
        held.times,
        people(kind, held)
    )
}

fn people(kind: ActivityKind, held: Held) -> String {
    let reached = match kind {
        ActivityKind::Family | ActivityKind::Publicity => "覆盖",
        _ => "参加",
    };
    match (held.known_people(), held.uncounted()) {
        (None, _) => format!("{reached}人数未知"),
        (Some(people), 0) => format!("{reached}{people}人次"),
        (Some(people), uncounted) => {
            format!("{reached}{people}人次，另有{uncounted}次人数未知")
        }
    }
}
