use leptos::prelude::*;

use crate::app::texts;
use crate::shell::Screen;

/// An address that no screen has.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! {
        <Screen title=texts().not_found().title back="/">
                <div class="empty">
                    <p>{texts().not_found().text}</p>
                    <a class="btn btn_primary" href="/">{texts().not_found().home}</a>
                </div>
        </Screen>
    }
}
