//! The frame around every screen: language, storage, the toast.

use leptos::prelude::*;
use leptos_router::components::Router;
use wuzha_core::pack::Bilingual;

use crate::browser::boot;
use crate::browser::theme::Theme;
use crate::i18n::{self, Language};
use crate::pages;
use crate::routes::Screens;
use crate::school::School;
use crate::shell::{FollowInvitation, Loading, LoadingBar, Pending, Toast, Toaster, UpdateBar};
use crate::store::Store;

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    i18n::current().announce();
    let store = Store::open();
    provide_context(store);
    provide_context(Toaster::new());
    provide_context(Loading::new());
    provide_context(pages::QuestionBank::new());
    provide_context(pages::KioskLock::of(store));
    provide_context(Pending::in_address());
    let school = School::of(store);
    provide_context(school);
    Theme::preferred().apply();
    pages::load_all_when_offline_ready(school);
    let update = boot::update_waiting();
    view! {
        <Router>
            <UpdateBar waiting=update/>
            <pages::KeepInKiosk/>
            <FollowInvitation/>
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
