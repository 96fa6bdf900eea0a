use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::tabbar::{Tab, TabBar};
use super::{LanguageSwitch, SaveMark, SaveProblem};
use crate::app::texts;

/// How the title bar looks.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As everywhere.
    #[default]
    Plain,
    /// Red, for the emergency page.
    Alarm,
}

/// 被骗了怎么办, one tap from every screen.
#[component]
pub(crate) fn HelpLink() -> impl IntoView {
    view! {
        <a class="topbar__action topbar__action_danger" href="/help">
            {texts().common().help_short}
        </a>
    }
}

/// A screen: title bar, content, and the tabs where it is one of them.
#[component]
pub(crate) fn Screen(
    /// The title.
    #[prop(into)]
    title: TextProp,
    /// Where ‹ leads; the first screens have none.
    #[prop(optional, into)]
    back: Option<String>,
    /// The tab that this screen belongs to; without one no tabs are shown.
    #[prop(optional)]
    tab: Option<Tab>,
    #[prop(optional)] tone: Tone,
    /// More classes of the content.
    #[prop(default = "")]
    class: &'static str,
    /// What stands at the right of the title, instead of the mark of saving or the language, and of the way to help.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let actions = match (actions, tab, tone) {
        (Some(actions), ..) => actions.run(),
        (None, Some(_), _) => view! { <SaveMark/> <HelpLink/> }.into_any(),
        (None, None, Tone::Plain) => view! { <HelpLink/> <LanguageSwitch/> }.into_any(),
        (None, None, Tone::Alarm) => view! { <LanguageSwitch/> }.into_any(),
    };
    let back = back.map(|href| {
        view! { <a class="topbar__back" href=href aria-label=texts().common().back></a> }
    });
    let plain = if tab.is_some() { "" } else { "page_plain" };
    view! {
        <div class="app" class:wide=class.split(' ').any(|class| class == "wide")>
            <header class="topbar" class:topbar_alarm=tone == Tone::Alarm>
                {back}
                <h1 class="topbar__title">{move || title.get()}</h1>
                <div class="topbar__actions">{actions}</div>
            </header>
            <main class=format!("page {plain} {class}")>
                <SaveProblem/>
                {children()}
            </main>
            {tab.map(|tab| view! { <TabBar current=tab/> })}
        </div>
    }
}
