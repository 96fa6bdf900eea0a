//! 测验: setting a quiz, the phone that goes round, results, retakes, item analysis.
//!
//! # Layout
//! - `bank`: the question bank, fetched when first needed
//! - `list`, `new`, `results`, `analysis`: the monitor's screens
//! - `kiosk`: what the students see

mod analysis;
mod bank;
mod kiosk;
mod list;
mod new;
mod results;
mod scope;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use wuzha_core::book::Book;
use wuzha_core::ident::Slug;
use wuzha_core::quiz::PaperSpec;
use wuzha_core::quiz_day;

use super::guarded;
use crate::app::texts;
use crate::shell::{Screen, Tab};
use analysis::Analysis;
use kiosk::Kiosk;
use list::Quizzes;
use new::NewQuiz;
use results::QuizResults;

pub(crate) use bank::QuestionBank;
pub(crate) use kiosk::{KeepInKiosk, KioskLock};

/// The screens of this part.
#[derive(Clone, Copy)]
pub(crate) enum QuizPage {
    List,
    New,
    Results,
    Kiosk,
    Analysis,
}

/// Draws a screen of this part, which is loaded first.
#[wasm_split(quiz, fallible, preload(preload_quiz))]
pub(crate) fn quiz(page: QuizPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        QuizPage::List => guarded(Quizzes),
        QuizPage::New => guarded(NewQuiz),
        QuizPage::Results => guarded(QuizResults),
        QuizPage::Kiosk => guarded(Kiosk),
        QuizPage::Analysis => guarded(Analysis),
    })
}

/// The address that names the quiz that counts.
const LATEST: &str = "latest";

/// The `:id` of the address: a paper's, or `latest`.
fn id_in_address() -> Signal<String> {
    let params = use_params_map();
    Signal::derive(move || params.with(|params| params.get("id").unwrap_or_default()))
}

/// The paper that the address names, if the book has it.
fn paper_named(book: &Book, id: &str) -> Option<Slug> {
    if id == LATEST {
        return book.latest_quiz().map(|quiz| quiz.id.clone());
    }
    let id = Slug::try_from(id).ok()?;
    book.paper(&id).map(|_| id)
}

/// When a paper was set; its bare id where that does not say.
fn set_at(id: &Slug) -> String {
    quiz_day::set_at(id).unwrap_or_else(|| id.to_string())
}

/// `20 题 · 80% 合格 · 限时 20 分钟`
fn terms(paper: &PaperSpec) -> String {
    (texts().quiz().terms)(paper.count(), paper.pass_percent, paper.minutes)
}

/// The address names no quiz of this book.
#[component]
fn Gone() -> impl IntoView {
    view! {
        <Screen title=texts().quiz().title back="/quiz" tab=Tab::Quiz>
            <div class="empty empty_card">
                <p class="empty__title">{texts().quiz().gone}</p>
                <p>{texts().quiz().gone_next}</p>
                <a class="btn btn_primary" href="/quiz">{texts().quiz().all_quizzes}</a>
            </div>
        </Screen>
    }
}
