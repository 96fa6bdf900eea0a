//! The frame around every screen: language, storage, the routes.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use wuzha_core::pack::Bilingual;

use crate::browser::boot;
use crate::browser::theme::Theme;
use crate::i18n::{self, Language};
use crate::pages::{
    self, DownloadPage, HandInPage, Page, QuizPage, RecordPage, SettingsPage, StartPage,
};
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
            <FlatRoutes fallback=not_found>
                <Route path=path!("/") view=Page::Today/>
                <Route path=path!("/class/new") view=Page::Start(StartPage::NewClass)/>
                <Route path=path!("/import") view=Page::Start(StartPage::Import)/>
                <Route path=path!("/record/students") view=Page::Record(RecordPage::Students)/>
                <Route path=path!("/record/students/new") view=Page::Record(RecordPage::AddStudent)/>
                <Route path=path!("/record/dorms") view=Page::Record(RecordPage::Dorms)/>
                <Route path=path!("/record/dorms/:name") view=Page::Record(RecordPage::Dorm)/>
                <Route path=path!("/record/class") view=Page::Record(RecordPage::Class)/>
                <Route path=path!("/conflicts") view=Page::Settings(SettingsPage::Conflicts)/>
                <Route path=path!("/quiz") view=Page::Quiz(QuizPage::List)/>
                <Route path=path!("/quiz/new") view=Page::Quiz(QuizPage::New)/>
                <Route path=path!("/quiz/:id") view=Page::Quiz(QuizPage::Results)/>
                <Route path=path!("/quiz/:id/kiosk") view=Page::Quiz(QuizPage::Kiosk)/>
                <Route path=path!("/quiz/:id/analysis") view=Page::Quiz(QuizPage::Analysis)/>
                <Route path=path!("/handin") view=Page::HandIn(HandInPage::HandIn)/>
                <Route path=path!("/restore") view=Page::HandIn(HandInPage::Restore)/>
                <Route path=path!("/settings") view=Page::Settings(SettingsPage::Settings)/>
                <Route path=path!("/teacher") view=Page::Start(StartPage::Teacher)/>
                <Route path=path!("/help") view=Page::Help/>
                <Route path=path!("/download") view=Page::Download(DownloadPage::Download)/>
                <Route path=path!("/download/code") view=Page::Download(DownloadPage::ChangeCode)/>
            </FlatRoutes>
            <LoadingBar/>
            <Toast/>
        </Router>
    }
}

fn not_found() -> AnyView {
    boot::say_ready();
    view! { <pages::NotFound/> }.into_any()
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
