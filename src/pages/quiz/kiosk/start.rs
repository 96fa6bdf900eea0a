use leptos::prelude::*;
use wuzha_core::ident::Slug;
use wuzha_core::quiz::PaperSpec;
use wuzha_core::quiz_day;

use super::draft::Draft;
use super::lock::{KioskLock, Pin};
use super::student_label;
use crate::app::texts;
use crate::components::Ask;
use crate::pages::quiz::bank::WithQuestions;
use crate::pages::quiz::{set_at, terms};
use crate::shell::{Screen, Tab};
use crate::store::Store;

/// The monitor hands the phone over.
#[component]
pub(super) fn Start(id: Slug, paper: PaperSpec) -> impl IntoView {
    let store = expect_context::<Store>();
    let book = store.book();
    let draft = RwSignal::new(Draft::restore(store));
    let root = paper.retake_of.clone().unwrap_or_else(|| id.clone());
    let counted = id.clone();
    let due = Memo::new(move |_| book.with(|book| quiz_day::due(book, &counted).len()));
    let when = set_at(&id);
    let draft_of = id.clone();
    view! {
        <Screen title=texts().quiz().kiosk.title back=format!("/quiz/{root}") tab=Tab::Quiz>
            <section class="card stack">
                <h2 class="num">{when}</h2>
                <p class="muted small">{move || terms(&paper)}</p>
                <p>{move || (texts().quiz().still_due)(due.get())}</p>
            </section>
            <section class="card">
                <ol class="steps">
                    {[0, 1, 2].map(|at| view! { <li>{move || texts().quiz().kiosk.how.get(at).copied()}</li> }).collect_view()}
                </ol>
            </section>
            {move || draft.get().map(|kept| view! {
                <Unfinished kept here=draft_of.clone() draft/>
            })}
            <WithQuestions view=move |_| view! { <HandOver id=id.clone() due draft/> }/>
        </Screen>
    }
}

/// Somebody has not handed in: goes on here, or is settled first.
#[component]
fn Unfinished(kept: Draft, here: Slug, draft: RwSignal<Option<Draft>>) -> impl IntoView {
    let store = expect_context::<Store>();
    let book = store.book();
    let asking = RwSignal::new(false);
    let is_here = kept.paper == here;
    let student = book.with_untracked(|book| student_label(book, &kept.student));
    let text = move || {
        let texts = texts().quiz().kiosk;
        match is_here {
            true => (texts.draft_here)(&student),
            false => (texts.draft_elsewhere)(&student),
        }
    };
    let elsewhere = (!is_here).then(|| {
        view! {
            <a class="banner__action" href=format!("/quiz/{}/kiosk", kept.paper)>
                {texts().quiz().kiosk.draft_open}
            </a>
        }
    });
    let discard = Callback::new(move |()| {
        Draft::forget(store);
        draft.set(None);
    });
    view! {
        <div class="banner banner_warn" role="status">
            <p>{text}</p>
            {elsewhere}
            <button class="banner__action" on:click=move |_| asking.set(true)>
                {texts().quiz().kiosk.discard}
            </button>
        </div>
        <Ask
            open=asking
            title=texts().quiz().kiosk.discard
            text=texts().quiz().kiosk.discard_text
            yes=texts().quiz().kiosk.discard
            on_yes=discard
        />
    }
}

/// The PIN, and the button that locks.
#[component]
fn HandOver(id: Slug, due: Memo<usize>, draft: RwSignal<Option<Draft>>) -> impl IntoView {
    let kiosk = expect_context::<KioskLock>();
    let typed = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let here = id.clone();
    let is_elsewhere =
        move || draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.paper != here));
    let has_own = move || draft.with(Option::is_some);
    let blocked = move || is_elsewhere() || (due.get() == 0 && !has_own());
    let start = move |_| {
        let text = typed.get_untracked();
        match (text.trim().is_empty(), Pin::try_from(text)) {
            (true, _) => kiosk.close(id.clone(), None),
            (false, Ok(pin)) => kiosk.close(id.clone(), Some(pin)),
            (false, Err(_)) => is_wrong.set(true),
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for="pin">{texts().quiz().kiosk.pin}</label>
            <input
                id="pin"
                class="field__input num"
                inputmode="numeric"
                autocomplete="off"
                maxlength="4"
                aria-describedby="pin-hint"
                aria-invalid=move || is_wrong.get().to_string()
                prop:value=move || typed.get()
                on:input=move |event| {
                    is_wrong.set(false);
                    typed.set(event_target_value(&event));
                }
            />
            <p id="pin-hint" class="field__hint">{texts().quiz().kiosk.pin_hint}</p>
            <div role="alert">
                <Show when=move || is_wrong.get()>
                    <p class="field__error">{texts().quiz().kiosk.pin_wrong_form}</p>
                </Show>
            </div>
        </div>
        <div class="btn-bar">
            <button class="btn btn_primary" disabled=blocked on:click=start>
                {texts().quiz().kiosk.start}
            </button>
        </div>
    }
}
