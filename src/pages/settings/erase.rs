use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use wuzha_jobs::courier::Failure;

use crate::app::texts;
use crate::components::Sheet;
use crate::school::School;
use crate::shell::Toaster;
use crate::store::{BookName, Store, StoreError};

/// 清除本机数据: a backup first, then the class's name typed; the only thing without 撤销.
#[component]
pub(super) fn Erase() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <div class="cells">
            <button class="cell cell_center cell_warn" on:click=move |_| open.set(true)>
                {texts().settings().erase.title}
            </button>
        </div>
        <Sheet open title=texts().settings().erase.title>
            <Steps open/>
        </Sheet>
    }
}

/// The two steps; made anew each time the sheet opens.
#[component]
fn Steps(open: RwSignal<bool>) -> impl IntoView {
    let is_backed_up = RwSignal::new(false);
    let backup = move || {
        view! {
            <p>{texts().settings().erase.backup_first}</p>
            <a class="btn btn_primary btn_block" href="/handin">
                {texts().settings().erase.back_up}
            </a>
            <button class="btn btn_plain btn_block" on:click=move |_| is_backed_up.set(true)>
                {texts().settings().erase.without_backup}
            </button>
        }
    };
    view! {
        <div class="stack">
            <p>{texts().settings().erase.what}</p>
            <Show when=move || is_backed_up.get() fallback=backup>
                <Confirm open/>
            </Show>
        </div>
    }
}

#[component]
fn Confirm(open: RwSignal<bool>) -> impl IntoView {
    let (store, toaster) = (expect_context::<Store>(), expect_context::<Toaster>());
    let school = expect_context::<School>();
    let navigate = use_navigate();
    let name = store
        .book()
        .with_untracked(|book| book.class_name().to_owned());
    let typed = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let label = {
        let name = name.clone();
        move || (texts().settings().erase.type_name)(&name)
    };
    let is_confirmed = Memo::new(move |_| typed.with(|typed| typed.trim() == name));
    let erase = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let navigate = navigate.clone();
        let (erased, failed) = (
            texts().settings().erase.erased,
            texts().settings().erase.not_erased,
        );
        spawn_local(async move {
            let outcome = erase_shown(store, school).await;
            // The screen may be gone meanwhile.
            let _gone = is_busy.try_set(false);
            let _gone = open.try_set(false);
            if outcome.is_ok() {
                navigate("/", Default::default());
            }
            toaster.say(if outcome.is_ok() { erased } else { failed });
        });
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input class="field__input" autocomplete="off" bind:value=typed/>
        </label>
        <button
            class="btn btn_warn btn_block"
            disabled=move || !is_confirmed.get()
            aria-busy=move || is_busy.get().then_some("true")
            on:click=erase
        >
            {texts().settings().erase.erase}
        </button>
    }
}

/// Something is still here. The person reads one sentence for all reasons: nothing is lost, try again.
struct NotErased;

impl From<Failure> for NotErased {
    fn from(_: Failure) -> Self {
        Self
    }
}

impl From<StoreError> for NotErased {
    fn from(_: StoreError) -> Self {
        Self
    }
}

/// Erases what is shown, with the keys and bundles of a phone that hands in; from the example, the way
/// leads back to the person's own class.
async fn erase_shown(store: Store, school: School) -> Result<(), NotErased> {
    let was_example = store.shown().get_untracked() == BookName::Example;
    if !was_example && untrack(|| school.is_invited()) {
        school.leave().await?;
    }
    store.erase().await?;
    if was_example {
        store.switch_to(BookName::Class).await?;
    }
    Ok(())
}
