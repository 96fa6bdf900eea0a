use leptos::prelude::*;

use crate::app::texts;
use crate::components::LanguageSwitch;

/// The first screen: the way to what helps at once, without an account and without a network.
#[component]
pub(crate) fn Home() -> impl IntoView {
    view! {
        <div class="app">
            <header class="topbar">
                <h1 class="topbar__title">{move || texts().app_name}</h1>
                <div class="topbar__actions"><LanguageSwitch/></div>
            </header>
            <main class="page page_plain">
                <div class="welcome">
                    <h2 class="welcome__title">{move || texts().home.title}</h2>
                    <p>{move || texts().home.lead}</p>
                </div>
                <nav class="choice-list" aria-label=move || texts().home.choices>
                    <a class="choice" href="/help">
                        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
                            <path d="M12 3l9 17H3zM12 10v5M12 17.6v.2"></path>
                        </svg>
                        <span class="choice__title">{move || texts().help.title}</span>
                        <span class="choice__desc">{move || texts().home.help}</span>
                    </a>
                    <a class="choice" href="/download">
                        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
                            <path d="M12 4v11M7 11l5 5 5-5M5 20h14"></path>
                        </svg>
                        <span class="choice__title">{move || texts().download.title}</span>
                        <span class="choice__desc">{move || texts().home.download}</span>
                    </a>
                </nav>
            </main>
        </div>
    }
}
