use leptos::prelude::*;
use wuzha_core::ident::Slug;
use wuzha_core::quiz::{Choice, Kind, Question, presentation};

use super::Round;
use super::draft::Draft;
use crate::app::texts;

/// 单选, 多选, 判断.
pub(super) fn kind_label(kind: Kind) -> &'static str {
    let texts = texts().quiz().kiosk;
    match kind {
        Kind::Single => texts.single,
        Kind::Multiple => texts.multiple,
        Kind::Judge => texts.judge,
    }
}

/// The letter in front of the option shown at `place`; 对 and 错 need none.
pub(super) fn letter(kind: Kind, place: usize) -> Option<char> {
    if kind == Kind::Judge {
        return None;
    }
    ('A'..='Z').nth(place)
}

/// What is chosen after a tap on `option`.
fn after_tap(kind: Kind, chosen: Option<&Choice>, option: u8) -> Choice {
    let mut choice = chosen.cloned().unwrap_or_default();
    if kind != Kind::Multiple {
        return Choice::from([option]);
    }
    if !choice.remove(&option) {
        choice.insert(option);
    }
    choice
}

/// The question that is shown, with the options in this attempt's own order.
#[component]
pub(super) fn Asked(
    round: Round,
    id: Slug,
    draft: RwSignal<Draft>,
    /// Nothing can be chosen any more.
    closed: Signal<bool>,
) -> impl IntoView {
    let Some(question) = round.questions().bank.question(&id).cloned() else {
        return view! {
            <p class="question">{texts().quiz().kiosk.missing_question}</p>
        }
        .into_any();
    };
    let order = draft.with_untracked(|draft| {
        let seed = round.paper.with_value(|paper| paper.seed);
        presentation(seed, &draft.student, draft.nth, &question)
    });
    let Question {
        stem,
        kind,
        options,
        ..
    } = question;
    let id = StoredValue::new(id);
    let group = if kind == Kind::Multiple {
        "group"
    } else {
        "radiogroup"
    };
    let role = if kind == Kind::Multiple {
        "checkbox"
    } else {
        "radio"
    };
    let option = |(place, at): (usize, u8)| {
        let text = options.get(usize::from(at)).cloned();
        let is_chosen = move || {
            let chosen = |id: &Slug| {
                draft.with(|draft| {
                    draft
                        .answers
                        .chosen(id)
                        .is_some_and(|all| all.contains(&at))
                })
            };
            id.with_value(chosen)
        };
        let choose = move |_| {
            draft.update(|draft| {
                id.with_value(|id| {
                    let choice = after_tap(kind, draft.answers.chosen(id), at);
                    draft.answers.choose(id, choice);
                })
            });
        };
        view! {
            <button
                class="option"
                role=role
                aria-checked=move || is_chosen().to_string()
                disabled=closed
                on:click=choose
            >
                {letter(kind, place).map(|letter| view! { <span class="option__key">{letter}</span> })}
                <span class="option__text">{text}</span>
            </button>
        }
    };
    let rows = order.into_iter().enumerate().map(option).collect_view();
    view! {
        <h1 id="stem" class="question">
            <span class="chip">{move || kind_label(kind)}</span> " " {stem}
        </h1>
        <div class="options" role=group aria-labelledby="stem">{rows}</div>
    }
    .into_any()
}
