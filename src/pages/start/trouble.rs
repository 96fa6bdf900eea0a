use leptos::prelude::*;
use wuzha_core::storage::Loss;

use crate::app::texts;
use crate::components::Ask;
use crate::shell::Screen;
use crate::store::Store;

/// The phone holds less than it should: never an empty class without a word.
#[component]
pub(crate) fn Lost(loss: Loss) -> impl IntoView {
    let store = expect_context::<Store>();
    let asking = RwSignal::new(false);
    view! {
        <Screen title=texts().storage().lost_title class="stack">
            <div class="banner banner_danger" role="alert">
                <p>{move || (texts().storage().lost_text)(loss.expected, loss.found)}</p>
            </div>
            <a class="btn btn_primary btn_block" href="/restore">
                {texts().storage().lost_restore}
            </a>
            <button class="btn btn_plain btn_block" on:click=move |_| asking.set(true)>
                {texts().storage().lost_start_over}
            </button>
            <Ask
                open=asking
                title=texts().storage().lost_start_over
                text=texts().storage().lost_start_over_confirm
                yes=texts().storage().lost_start_over
                on_yes=move |()| accept(store)
            />
        </Screen>
    }
}

/// The browser stores nothing: the public screens still work.
#[component]
pub(crate) fn Refused() -> impl IntoView {
    view! {
        <Screen title=texts().common().app_name class="stack">
            <div class="banner banner_warn" role="alert">
                <div class="stack">
                    <p class="strong">{texts().storage().refused}</p>
                    <p>{texts().storage().refused_what_next}</p>
                </div>
            </div>
            <a class="btn btn_primary btn_block" href="/help">{texts().help().title}</a>
            <a class="btn btn_default btn_block" href="/download">{texts().common().install_app}</a>
        </Screen>
    }
}

/// Another window runs a newer version.
#[component]
pub(crate) fn Outdated() -> impl IntoView {
    view! {
        <Screen title=texts().common().app_name class="stack">
            <div class="banner banner_warn" role="alert">
                <p>{texts().storage().outdated}</p>
            </div>
            <a class="btn btn_primary btn_block" href="/" rel="external">
                {texts().storage().reload}
            </a>
        </Screen>
    }
}

/// Goes on with what is here. When that cannot be stored, the screen stays as it is.
fn accept(store: Store) {
    leptos::task::spawn_local(async move {
        let _still_lost = store.accept_loss().await;
    });
}
