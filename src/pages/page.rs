//! Which screens there are, and in which part of the app each one is.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::ChooseView;

use super::guard::{Opening, guarded};
use super::help::Help;
use super::not_loaded::NotLoaded;
use super::{
    DeskPage, DownloadPage, HandInPage, QuizPage, RecordPage, SettingsPage, StartPage, desk,
    download, handin, quiz, record, settings, start, today,
};
use crate::browser::boot;
use crate::school::{School, watch};
use crate::shell::Loading;

/// A screen, as the routes name it.
#[derive(Clone, Copy)]
pub(crate) enum Page {
    Today,
    Help,
    Start(StartPage),
    Record(RecordPage),
    Quiz(QuizPage),
    HandIn(HandInPage),
    Settings(SettingsPage),
    Download(DownloadPage),
    Desk(DeskPage),
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        let loading = Loading::begin();
        let view = match self {
            Self::Today => Ok(guarded(first_screen)),
            Self::Help => Ok(view! { <Help/> }.into_any()),
            Self::Start(page) => start::start(page).await,
            Self::Record(page) => record::record(page).await,
            Self::Quiz(page) => quiz::quiz(page).await,
            Self::HandIn(page) => handin::hand_in(page).await,
            Self::Settings(page) => settings::settings(page).await,
            Self::Download(page) => download::download(page).await,
            Self::Desk(page) => desk::desk(page).await,
        };
        loading.end();
        boot::say_ready();
        view.unwrap_or_else(|_| view! { <NotLoaded/> }.into_any())
    }

    async fn preload(&self) {}
}

/// 今日, once there is a class: who opens the app for the first time does not wait for it.
fn first_screen() -> AnyView {
    let draw = RwSignal::new(None::<Option<fn() -> AnyView>>);
    spawn_local(async move {
        let loaded = today::today().await.ok();
        // The screen may have been left meanwhile.
        let _gone = draw.try_set(Some(loaded));
    });
    let screen = move || match draw.get() {
        None => view! { <Opening/> }.into_any(),
        Some(None) => view! { <NotLoaded/> }.into_any(),
        Some(Some(draw)) => draw(),
    };
    view! { {screen} }.into_any()
}

/// Loads the other parts once they are on the phone anyway, so that no tap has to wait for one. Without
/// that each is loaded when a screen of it is opened.
pub(crate) fn load_all_when_offline_ready(school: School) {
    let app = Owner::current();
    boot::when_offline_ready(move || {
        let app = app.clone();
        spawn_local(async move {
            // One after the other: a slow phone compiles one at a time anyway. What fails here is
            // tried again, and said, when a screen needs it.
            let _later = today::preload_today().await;
            if record::preload_class().await.is_ok()
                && let Some(app) = app
            {
                let _later = watch(school, app).await;
            }
            let _later = quiz::preload_quiz().await;
            let _later = download::preload_download().await;
            // A class's phone has no desk, and opens one of its screens once in a while at most.
            if !untrack(|| school.hands_in()) {
                let _later = desk::preload_desk().await;
            }
        });
    });
}
