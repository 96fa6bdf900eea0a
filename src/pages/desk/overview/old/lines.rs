use leptos::prelude::*;
use wuzha_core::old_ledger::{ClassEffect, Counts, Effect, Fact, Line, Outcome, Plan};

use super::card::Card;
use super::class::of;
use crate::app::texts;

/// What is new of a class and of its students, those that differ first.
#[component]
pub(super) fn Lines(card: Card, at: usize) -> impl IntoView {
    move || {
        of(card, at, |class| {
            let plan = &class.plan;
            let effects = plan
                .class
                .iter()
                .map(|effect| cell(class_effect(effect), Vec::new()));
            let lines = plan.lines.iter().map(student);
            let cells: Vec<AnyView> = effects.chain(lines).collect();
            let absent = (plan.counts.absent > 0).then(|| absent(plan));
            view! {
                {(!cells.is_empty()).then(|| view! { <ul class="cells cells_plain">{cells}</ul> })}
                {more(plan).map(|text| view! { <p class="muted small">{text}</p> })}
                {absent.map(|text| view! { <p class="muted small wrap-anywhere">{text}</p> })}
            }
        })
    }
}

fn cell(title: String, notes: Vec<String>) -> AnyView {
    let note = |note: String| view! { <span class="cell__desc">{note}</span> };
    let notes: Vec<_> = notes.into_iter().map(note).collect();
    view! {
        <li class="cell"><div class="cell__bd wrap-anywhere">{title}{notes}</div></li>
    }
    .into_any()
}

/// The file's row, so that whoever wonders can look it up.
fn student(line: &Line) -> AnyView {
    let texts = texts().old_ledgers();
    let outcome = match line.outcome {
        Outcome::New => texts.new,
        Outcome::Fills => texts.filled,
        Outcome::Differs => texts.differing,
        Outcome::Same => texts.same,
        Outcome::OffList => texts.off_list,
    };
    let parts = [
        line.name.as_str(),
        line.no.as_str(),
        &(texts.row)(line.row),
        outcome,
    ];
    cell(parts.join(" · "), line.effects.iter().map(effect).collect())
}

fn effect(effect: &Effect) -> String {
    let texts = texts().old_ledgers();
    match effect {
        Effect::Fills(fact) => (texts.fills)((texts.fact)(fact), &value(fact)),
        Effect::Differs { from, to } => {
            let from = from
                .as_ref()
                .map_or_else(|| texts.in_conflict.to_owned(), value);
            (texts.differs)((texts.fact)(to), &from, &value(to))
        }
    }
}

fn value(fact: &Fact) -> String {
    let words = texts().words();
    match fact {
        Fact::Name(name) => name.as_str().to_owned(),
        Fact::Dorm(dorm) => dorm.as_str().to_owned(),
        Fact::Status(status) => (words.status)(*status).to_owned(),
        Fact::Verification(how) => (words.verification)(*how).to_owned(),
        Fact::Reason(reason) => reason.clone(),
        Fact::Mark(mark, yes) => (texts().old_ledgers().mark)(*mark, *yes).to_owned(),
    }
}

fn class_effect(effect: &ClassEffect) -> String {
    let texts = texts().old_ledgers();
    let field = (texts.profile_field)(effect.field);
    match &effect.from {
        None => (texts.fills)(field, &effect.to),
        Some(from) => (texts.differs)(field, from, &effect.to),
    }
}

/// How many are not listed, of those who are not only counted.
fn more(plan: &Plan) -> Option<String> {
    let Counts {
        new,
        filled,
        differing,
        off_list,
        ..
    } = plan.counts;
    let listed = u32::try_from(plan.lines.len()).unwrap_or(u32::MAX);
    let left = (new + filled + differing + off_list).saturating_sub(listed);
    (left > 0).then(|| (texts().old_ledgers().more_lines)(left))
}

fn absent(plan: &Plan) -> String {
    let names: Vec<&str> = plan.absent.iter().map(|(_, name)| name.as_str()).collect();
    let rest = usize::try_from(plan.counts.absent).unwrap_or(usize::MAX) > names.len();
    let names = names.join("、") + if rest { "…" } else { "" };
    (texts().old_ledgers().absent_names)(plan.counts.absent, &names)
}
