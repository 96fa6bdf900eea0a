use leptos::prelude::*;

use crate::app::texts;
use crate::i18n;

/// A button named by the other language, in that language.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let other = i18n::current().other();
    view! {
        <button class="topbar__action" lang=other.tag() on:click=move |_| other.switch_to()>
            {texts().common().other_language}
        </button>
    }
}
