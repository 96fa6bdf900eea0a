use leptos::prelude::*;

use crate::app::texts;
use crate::components::{Tone, TopBar};

/// An address that no screen has.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! {
        <div class="app">
            <TopBar tone=Tone::Plain title=Signal::derive(|| texts().not_found.title)/>
            <main class="page page_plain">
                <div class="empty">
                    <p>{move || texts().not_found.text}</p>
                    <a class="btn btn_primary" href="/">{move || texts().not_found.home}</a>
                </div>
            </main>
        </div>
    }
}
