use leptos::prelude::*;

use crate::app::texts;
use crate::i18n::Language;

/// A button named by the other language, in that language.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let language = expect_context::<RwSignal<Language>>();
    let switch = move |_| {
        language.update(|language| *language = language.other());
        language.get_untracked().remember();
    };
    view! {
        <button
            class="topbar__action"
            lang=move || language.get().other().tag()
            on:click=switch
        >
            {move || texts().common.other_language}
        </button>
    }
}
