//! 先看看: the example class, kept in a book of its own, and the way out of it.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use wuzha_core::example::example_class;
use wuzha_core::log::Change;
use wuzha_core::quiz::Bank;

use crate::app::texts;
use crate::browser::{clock, content as files};
use crate::content;
use crate::shell::Toaster;
use crate::store::{BookName, Phase, Store};

/// The button 先看看.
#[component]
pub(super) fn LookAround() -> impl IntoView {
    let (store, toaster) = (expect_context::<Store>(), expect_context::<Toaster>());
    let is_busy = RwSignal::new(false);
    let show = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let failed = texts().start().look_around_failed;
        spawn_local(async move {
            if show_example(store).await.is_none() {
                toaster.say(failed);
            }
            // The button may be gone together with its screen.
            let _gone = is_busy.try_set(false);
        });
    };
    view! {
        <button
            class="btn btn_plain btn_block"
            aria-busy=move || is_busy.get().then_some("true")
            on:click=show
        >
            {texts().start().look_around}
        </button>
    }
}

/// Shows the example class, made anew when it is not there; `None` when that failed, and then the
/// person's own class is shown.
async fn show_example(store: Store) -> Option<()> {
    // Fetched before the switch: without a network nothing has changed.
    let changes = changes().await?;
    store.switch_to(BookName::Example).await.ok()?;
    let is_empty = store.phase().get_untracked() == Phase::NoClass;
    if is_empty && store.commit_and_wait(changes).await.is_err() {
        store.switch_to(BookName::Class).await.ok()?;
        return None;
    }
    Some(())
}

async fn changes() -> Option<Vec<Change>> {
    let today = clock::now().date(clock::offset())?;
    let bank = files::text("bank.json").await.ok()?;
    example(bank, today).await.ok()?
}

/// What makes the example class; `None` when the bank cannot be read.
#[wasm_split(class, fallible)]
fn example(bank: String, today: NaiveDate) -> Result<Option<Vec<Change>>, SplitLoaderError> {
    let bank = Bank::from_json(&bank).ok();
    Ok(bank.and_then(|bank| example_class(&bank, content::pack(), today).ok()))
}

/// Says that what is shown is invented, and removes it in one tap; nothing in the person's own class.
#[component]
pub(crate) fn ExampleBanner() -> impl IntoView {
    let (store, toaster) = (expect_context::<Store>(), expect_context::<Toaster>());
    let navigate = use_navigate();
    let remove = move |_| {
        let navigate = navigate.clone();
        let failed = texts().start().example_stays;
        spawn_local(async move {
            if remove_example(store).await.is_none() {
                toaster.say(failed);
            } else {
                navigate("/", Default::default());
            }
        });
    };
    view! {
        <Show when=move || store.shown().get() == BookName::Example>
            <div class="banner banner_info" role="note">
                <p>{texts().today().example_banner}</p>
                <button class="banner__action" on:click=remove.clone()>
                    {texts().today().example_remove}
                </button>
            </div>
        </Show>
    }
}

async fn remove_example(store: Store) -> Option<()> {
    store.erase().await.ok()?;
    store.switch_to(BookName::Class).await.ok()
}
