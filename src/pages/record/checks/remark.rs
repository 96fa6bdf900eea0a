use leptos::html::Input;
use leptos::prelude::*;
use wuzha_core::book::commands;

use super::form::Reading;
use super::item::Target;
use super::rounds::in_current_round;
use crate::app::texts;
use crate::shell::commit_undoable;
use crate::store::{Saving, Store};

/// Opens and closes the field for 备注.
#[component]
pub(super) fn RemarkButton(is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="btn btn_plain btn_mini"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            {texts().checks().remark}
        </button>
    }
}

/// 备注 of an item: the text, or the field that is saved when it is left.
#[component]
pub(super) fn Remark(
    target: Target,
    reading: Memo<Reading>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let remark = Memo::new(move |_| reading.with(|reading| reading.remark.clone()));
    let line = move || {
        let text = Some(remark.get()).filter(|text| !text.is_empty())?;
        let line = (texts().checks().remarked)(&text);
        Some(view! { <p class="check-item__remark">{line}</p> })
    };
    view! {
        <Show when=move || is_open.get() fallback=move || line>
            <RemarkField target remark/>
        </Show>
    }
}

#[component]
fn RemarkField(target: Target, remark: Memo<String>) -> impl IntoView {
    let store = expect_context::<Store>();
    let draft = StoredValue::new(remark.get_untracked());
    let was_saved = RwSignal::new(false);
    let changes = move |draft: &String| {
        in_current_round(store, |book, _, round| {
            target.with_value(|(subject, id)| commands::set_remark(book, round, subject, id, draft))
        })
    };
    // What is written elsewhere meanwhile, e.g. by 撤销, replaces what stands in the field.
    Effect::new(move |_| draft.set_value(remark.get()));
    // The screen may be left, e.g. by a swipe, without the field being left first.
    on_cleanup(move || {
        let changes = draft.with_value(changes);
        if !changes.is_empty() {
            store.commit(changes);
        }
    });
    let leave = move |_| {
        // A browser may also report the field as left while the screen goes; it is saved by then.
        let Some(changes) = draft.try_with_value(changes) else {
            return;
        };
        was_saved.update(|saved| *saved |= !changes.is_empty());
        commit_undoable(changes, texts().checks().remark_written);
    };
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // An element of the page can always take the focus.
            let _focused = field.focus();
        }
    });
    let is_saved = move || was_saved.get() && store.saving().get() == Saving::Saved;
    view! {
        <label class="field">
            <span class="field__label">{texts().checks().remark}</span>
            <input
                class="field__input"
                node_ref=field
                maxlength=commands::MAX_TEXT
                autocomplete="off"
                enterkeyhint="done"
                prop:value=move || remark.get()
                on:input=move |event| draft.set_value(event_target_value(&event))
                on:blur=leave
            />
        </label>
        <Show when=is_saved>
            <span class="savemark savemark_saved">{texts().storage().saved}</span>
        </Show>
    }
}
