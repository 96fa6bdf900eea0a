use leptos::prelude::*;
use wuzha_core::pack::{Criteria, Gate, Item, Test, WholePack};

use super::{Confirmed, Draft, Section};
use crate::app::{bilingual, texts};

/// What each award asks for: the least share, whether it is a veto, and its words.
#[component]
pub(super) fn CriteriaFields(draft: Draft) -> impl IntoView {
    let all = draft.pack.with_untracked(|pack| pack.criteria.clone());
    let sections = all.into_iter().enumerate().map(|(nth, criteria)| {
        let Criteria {
            title,
            gates,
            example,
            ..
        } = criteria;
        let set_example = move |pack: &mut WholePack, example| {
            if let Some(criteria) = pack.criteria.get_mut(nth) {
                criteria.example = example;
            }
        };
        let gates = gates.into_iter().enumerate();
        let gates = gates.map(move |(at, gate)| view! { <GateFields draft nth at gate/> });
        view! {
            <fieldset class="stack">
                <legend class="strong">{bilingual(&title).to_owned()}</legend>
                <Confirmed draft is_example=example set_example/>
                {gates.collect_view()}
            </fieldset>
        }
    });
    let sections = sections.collect_view();
    view! { <Section title=texts().packs().criteria>{sections}</Section> }
}

#[component]
fn GateFields(draft: Draft, nth: usize, at: usize, gate: Gate) -> impl IntoView {
    let edit = move |change: &dyn Fn(&mut Gate)| {
        draft.edit(|pack| {
            let criteria = pack.criteria.get_mut(nth);
            if let Some(gate) = criteria.and_then(|criteria| criteria.gates.get_mut(at)) {
                change(gate);
            }
        });
    };
    let percent = match gate.test {
        Test::Share { min_percent, .. } => Some(min_percent),
        Test::Item(_) | Test::Teacher(_) => None,
    };
    let on_percent = move |event| {
        let percent = event_target_value(&event).parse().ok();
        let percent = percent.filter(|percent: &u8| *percent <= 100);
        edit(&|gate| {
            if let (Test::Share { min_percent, .. }, Some(percent)) = (&mut gate.test, percent) {
                *min_percent = percent;
            }
        });
    };
    let on_text = move |event| {
        let text = wuzha_core::text::tidy(&event_target_value(&event));
        edit(&|gate| {
            if !text.is_empty() {
                gate.text.zh.clone_from(&text);
            }
        });
    };
    let on_veto = move |event| {
        let veto = event_target_checked(&event);
        edit(&|gate| gate.veto = veto);
    };
    view! {
        <div class="gate-edit">
            <textarea
                class="field__input"
                rows="2"
                aria-label=(texts().packs().condition)(gate.id.as_str())
                maxlength="200"
                prop:value=gate.text.zh.clone()
                on:change=on_text
            ></textarea>
            {percent.map(|percent| view! {
                <label class="gate-edit__n">
                    {texts().packs().percent}
                    <input
                        class="field__input"
                        type="number"
                        inputmode="numeric"
                        min="0"
                        max="100"
                        prop:value=percent.to_string()
                        on:change=on_percent
                    />
                </label>
            })}
            <label class="gate-edit__n">
                <input type="checkbox" prop:checked=gate.veto on:change=on_veto/>
                {texts().packs().veto}
            </label>
        </div>
    }
}

/// What is looked at: the words. To add and remove, there is the spreadsheet.
#[component]
pub(super) fn ChecklistFields(draft: Draft) -> impl IntoView {
    let all = draft.pack.with_untracked(|pack| pack.checklists.clone());
    let sections = all.into_iter().enumerate().map(|(nth, list)| {
        let set_example = move |pack: &mut WholePack, example| {
            if let Some(list) = pack.checklists.get_mut(nth) {
                list.example = example;
            }
        };
        let items = list.items.into_iter().enumerate();
        let items = items.map(move |(at, item)| view! { <ItemField draft nth at item/> });
        view! {
            <fieldset class="stack">
                <legend class="strong">{bilingual(&list.title).to_owned()}</legend>
                <Confirmed draft is_example=list.example set_example/>
                {items.collect_view()}
            </fieldset>
        }
    });
    let sections = sections.collect_view();
    view! { <Section title=texts().packs().checklists>{sections}</Section> }
}

#[component]
fn ItemField(draft: Draft, nth: usize, at: usize, item: Item) -> impl IntoView {
    let on_text = move |event| {
        let text = wuzha_core::text::tidy(&event_target_value(&event));
        if text.is_empty() {
            return;
        }
        draft.edit(|pack| {
            let list = pack.checklists.get_mut(nth);
            if let Some(item) = list.and_then(|list| list.items.get_mut(at)) {
                item.text.zh = text;
            }
        });
    };
    view! {
        <textarea
            class="field__input"
            rows="2"
            aria-label=(texts().packs().item)(item.id.as_str())
            maxlength="200"
            prop:value=item.text.zh
            on:change=on_text
        ></textarea>
    }
}
