use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Fewer characters are refused when something is sealed; buttons wait for them.
const MIN_CHARS: usize = 8;

/// What a person types to seal or open a file.
#[component]
pub(crate) fn PassphraseField(
    #[prop(into)] label: TextProp,
    #[prop(into)] hint: TextProp,
    passphrase: RwSignal<String>,
    /// As in HTML: `new-password` or `current-password`.
    autocomplete: &'static str,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{move || label.get()}</span>
            <input
                class="field__input"
                type="password"
                autocomplete=autocomplete
                bind:value=passphrase
            />
            <span class="field__hint">{move || hint.get()}</span>
        </label>
    }
}

/// Whether nothing can be sealed with it.
pub(crate) fn is_short(passphrase: RwSignal<String>) -> bool {
    passphrase.with(|passphrase| passphrase.trim().chars().count() < MIN_CHARS)
}
