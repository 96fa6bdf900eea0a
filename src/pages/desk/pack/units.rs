use leptos::prelude::*;
use wuzha_core::pack::units::{departments, terms, terms_text, units_text};

use super::{Draft, Section};
use crate::app::texts;

/// The tree of units, a line each.
#[component]
pub(super) fn UnitFields(draft: Draft) -> impl IntoView {
    let trouble = RwSignal::new(None::<usize>);
    let shown = draft
        .pack
        .with_untracked(|pack| units_text(&pack.school.departments));
    let keep = move |event| match departments(&event_target_value(&event)) {
        Ok(departments) => {
            trouble.set(None);
            draft.edit(|pack| pack.school.departments = departments);
        }
        Err(line) => trouble.set(Some(line)),
    };
    lines(
        texts().packs().units,
        texts().packs().units_hint,
        shown,
        trouble,
        keep,
    )
}

/// The terms, a line each.
#[component]
pub(super) fn TermFields(draft: Draft) -> impl IntoView {
    let trouble = RwSignal::new(None::<usize>);
    let shown = draft
        .pack
        .with_untracked(|pack| terms_text(&pack.school.terms));
    let keep = move |event| match terms(&event_target_value(&event)) {
        Ok(terms) => {
            trouble.set(None);
            draft.edit(|pack| pack.school.terms = terms);
        }
        Err(line) => trouble.set(Some(line)),
    };
    lines(
        texts().packs().terms,
        texts().packs().terms_hint,
        shown,
        trouble,
        keep,
    )
}

fn lines(
    label: &'static str,
    hint: &'static str,
    shown: String,
    trouble: RwSignal<Option<usize>>,
    keep: impl Fn(leptos::ev::Event) + Send + 'static,
) -> AnyView {
    view! {
        <Section title=label>
            <label class="field">
                <span class="field__hint">{hint}</span>
                <textarea class="field__input" rows="6" aria-label=label prop:value=shown on:change=keep></textarea>
            </label>
            {move || trouble.get().map(|line| view! {
                <p class="warn small" role="alert">{(texts().packs().bad_line)(line)}</p>
            })}
        </Section>
    }
    .into_any()
}
