use leptos::prelude::*;

use super::LanguageSwitch;
use crate::app::texts;

/// How the bar looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    /// Red, for the emergency page.
    Alarm,
}

/// The bar of a screen below the first one: back, title, language.
#[component]
pub(crate) fn TopBar(tone: Tone, title: Signal<&'static str>) -> impl IntoView {
    view! {
        <header class="topbar" class:topbar_alarm=tone == Tone::Alarm>
            <a class="topbar__back" href="/" aria-label=move || texts().back></a>
            <h1 class="topbar__title">{title}</h1>
            <div class="topbar__actions"><LanguageSwitch/></div>
        </header>
    }
}
