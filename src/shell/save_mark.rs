use leptos::prelude::*;

use crate::app::texts;
use crate::store::{Saving, Store, StoreError};

/// 已保存 / 保存中 / 未保存: what became of the last entry.
#[component]
pub(crate) fn SaveMark() -> impl IntoView {
    let saving = expect_context::<Store>().saving();
    let mark = move || {
        let texts = texts().storage();
        let (class, text) = match saving.get() {
            Saving::Idle => return None,
            Saving::Saving => ("savemark savemark_saving", texts.saving),
            Saving::Saved => ("savemark savemark_saved", texts.saved),
            Saving::Failed(_) => ("savemark savemark_failed", texts.not_saved),
        };
        Some(view! { <span class=class>{text}</span> })
    };
    view! { <span role="status">{mark}</span> }
}

/// What could not be saved, why, what is safe and what to do: above the content of every screen until
/// it is saved.
#[component]
pub(crate) fn SaveProblem() -> impl IntoView {
    let store = expect_context::<Store>();
    let saving = store.saving();
    let problem = move || match saving.get() {
        Saving::Failed(error) => Some(error),
        _ => None,
    };
    view! {
        {move || problem().map(|error| view! {
            <div class="banner banner_danger" role="alert">
                <p>{explain(&error)}</p>
                <button class="banner__action" on:click=move |_| store.retry()>
                    {texts().storage().retry}
                </button>
                <a class="banner__action" href="/handin">{texts().storage().back_up}</a>
            </div>
        })}
    }
}

/// What became of changes that could not be stored, what is safe and what to do.
pub(crate) fn explain(error: &StoreError) -> &'static str {
    let texts = texts().storage();
    match error {
        StoreError::QuotaExceeded => texts.full,
        StoreError::ConnectionLost(_) => texts.connection_lost,
        StoreError::Refused => texts.refused,
        StoreError::Outdated => texts.outdated,
        StoreError::Lost | StoreError::Erased | StoreError::Other(_) => texts.failed,
    }
}
