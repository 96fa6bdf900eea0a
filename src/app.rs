//! The frame around every screen: language, storage, the routes.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;
use wuzha_core::pack::Bilingual;

use crate::browser::boot;
use crate::browser::theme::Theme;
use crate::content;
use crate::i18n::{self, Language};
use crate::pages::{self, guarded};
use crate::shell::{Toast, Toaster, UpdateBar};
use crate::store::Store;

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    i18n::current().announce();
    provide_context(Store::open());
    provide_context(Toaster::new());
    provide_context(pages::QuestionBank::new());
    provide_context(pages::KioskLock::restore());
    provide_context(StoredValue::new(content::pack()));
    Theme::preferred().apply();
    let update = boot::update_waiting();
    view! {
        <Router>
            <UpdateBar waiting=update/>
            <pages::KeepInKiosk/>
            <Routes fallback=|| pages::NotFound.into_any()>
                <Route path=path!("/") view=|| guarded(pages::Today)/>
                <Route path=path!("/class/new") view=pages::NewClass/>
                <Route path=path!("/import") view=|| guarded(pages::Import)/>
                <Route path=path!("/record/students") view=|| guarded(pages::Students)/>
                <Route path=path!("/record/students/new") view=|| guarded(pages::AddStudent)/>
                <Route path=path!("/record/dorms") view=|| guarded(pages::Dorms)/>
                <Route path=path!("/record/dorms/:name") view=|| guarded(pages::Dorm)/>
                <Route path=path!("/record/class") view=|| guarded(pages::ClassChecks)/>
                <Route path=path!("/conflicts") view=|| guarded(pages::Conflicts)/>
                <Route path=path!("/quiz") view=|| guarded(pages::Quizzes)/>
                <Route path=path!("/quiz/new") view=|| guarded(pages::NewQuiz)/>
                <Route path=path!("/quiz/:id") view=|| guarded(pages::QuizResults)/>
                <Route path=path!("/quiz/:id/kiosk") view=|| guarded(pages::Kiosk)/>
                <Route path=path!("/quiz/:id/analysis") view=|| guarded(pages::Analysis)/>
                <Route path=path!("/handin") view=|| guarded(pages::HandIn)/>
                <Route path=path!("/restore") view=pages::Restore/>
                <Route path=path!("/settings") view=pages::Settings/>
                <Route path=path!("/teacher") view=pages::Teacher/>
                <Route path=path!("/help") view=pages::Help/>
                <Route path=path!("/download") view=pages::Download/>
                <Route path=path!("/download/code") view=pages::ChangeCode/>
            </Routes>
            <Toast/>
        </Router>
    }
}

/// The texts of the language in use.
pub(crate) fn texts() -> &'static i18n::Texts {
    i18n::current().texts()
}

/// A text of the content pack in the language in use.
pub(crate) fn bilingual(text: &Bilingual) -> &str {
    match i18n::current() {
        Language::Chinese => &text.zh,
        Language::English => &text.en,
    }
}
