//! The frame around every screen: language, storage, the toast.

use leptos::prelude::*;
use leptos_router::components::Router;
use wuzha_core::pack::Bilingual;

use crate::browser::boot;
use crate::browser::theme::Theme;
use crate::i18n::{self, Language};
use crate::pages;
use crate::routes::Screens;
use crate::shell::{Loading, LoadingBar, Toast, Toaster, UpdateBar};
use crate::store::Store;

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    i18n::current().announce();
    provide_context(Store::open());
    provide_context(Toaster::new());
    provide_context(Loading::new());
    provide_context(pages::QuestionBank::new());
    provide_context(pages::KioskLock::restore());
    Theme::preferred().apply();
    pages::load_all_when_offline_ready();
    let update = boot::update_waiting();
    view! {
        <Router>
            <UpdateBar waiting=update/>
            <pages::KeepInKiosk/>
            <Screens/>
            <LoadingBar/>
            <Toast/>
        </Router>
    }
}

/// The texts of the language in use.
pub(crate) fn texts() -> i18n::Texts {
    i18n::current().texts()
}

/// A text of the content pack in the language in use.
pub(crate) fn bilingual(text: &Bilingual) -> &str {
    match i18n::current() {
        Language::Chinese => &text.zh,
        Language::English => &text.en,
    }
}
