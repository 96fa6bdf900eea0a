use leptos::prelude::*;

use crate::app::texts;
use crate::browser::theme::Theme;
use crate::i18n::{self, Language};

/// 语言和外观.
#[component]
pub(super) fn Appearance() -> impl IntoView {
    let theme = RwSignal::new(Theme::preferred());
    let languages = [Language::Chinese, Language::English].map(|choice| {
        // Each in its own language, for who cannot read the other.
        let name = match choice {
            Language::Chinese => "中文",
            Language::English => "English",
        };
        view! {
            <Choice
                group="language"
                label=name
                chosen=move || i18n::current() == choice
                choose=move || choice.switch_to()
            />
        }
    });
    let themes = Theme::ALL.map(|choice| {
        let choose = move || {
            theme.set(choice);
            choice.apply();
            choice.remember();
        };
        view! {
            <Choice
                group="theme"
                label=(texts().settings().theme_name)(choice)
                chosen=move || theme.get() == choice
                choose
            />
        }
    });
    view! {
        <h2 class="section-title">{texts().settings().appearance}</h2>
        <div
            class="cells radio-cells"
            role="radiogroup"
            aria-label=texts().settings().language
        >
            {languages.into_iter().collect_view()}
        </div>
        <div class="cells radio-cells" role="radiogroup" aria-label=texts().settings().theme>
            {themes.into_iter().collect_view()}
        </div>
    }
}

#[component]
fn Choice(
    group: &'static str,
    label: &'static str,
    chosen: impl Fn() -> bool + Send + 'static,
    choose: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <label class="cell">
            <input type="radio" name=group prop:checked=chosen on:change=move |_| choose()/>
            <span class="cell__bd">{label}</span>
        </label>
    }
}
