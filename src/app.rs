//! The frame around every screen: language, the update bar, the routes.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::browser::boot;
use crate::components::UpdateBar;
use crate::i18n::{self, Language};
use crate::pages;

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    let language = RwSignal::new(i18n::preferred());
    provide_context(language);
    Effect::new(move |_| language.get().announce());
    let update = boot::update_waiting();
    view! {
        <Router>
            <UpdateBar waiting=update/>
            <Routes fallback=|| pages::NotFound.into_any()>
                <Route path=path!("/") view=pages::Home/>
                <Route path=path!("/help") view=pages::Help/>
                <Route path=path!("/download") view=pages::Download/>
            </Routes>
        </Router>
    }
}

/// The texts of the language in use; read inside the view, so that they follow a switch.
pub(crate) fn texts() -> &'static i18n::Texts {
    use_context::<RwSignal<Language>>()
        .map_or(Language::Chinese, |language| language.get())
        .texts()
}
