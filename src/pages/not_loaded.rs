use leptos::prelude::*;

use crate::app::texts;
use crate::browser::boot;
use crate::shell::Screen;

/// A part of the app that is not on the phone yet and could not be fetched.
#[component]
pub(crate) fn NotLoaded() -> impl IntoView {
    view! {
        <Screen title=texts().storage().not_loaded back="/">
            <div class="empty" role="alert">
                <p>{texts().storage().not_loaded_next}</p>
                <button class="btn btn_primary" on:click=|_| boot::reload()>
                    {texts().storage().retry}
                </button>
            </div>
        </Screen>
    }
}
