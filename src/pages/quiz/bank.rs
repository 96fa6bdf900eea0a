use std::sync::Arc;

use leptos::prelude::*;
use wuzha_core::laws::Laws;
use wuzha_core::quiz::Bank;

use crate::app::texts;
use crate::browser::content::{self as fetched, FetchError};
use crate::content;

/// The questions, and the laws that their sources name.
#[derive(Debug, PartialEq)]
pub(crate) struct Questions {
    pub(crate) bank: Bank,
    pub(crate) laws: Laws,
}

/// The question bank of the pack, given through the context; fetched when a screen first needs it and
/// kept from then on.
#[derive(Clone, Copy)]
pub(crate) struct QuestionBank {
    state: RwSignal<State>,
}

#[derive(Clone)]
enum State {
    NotAsked,
    Waiting,
    Ready(Arc<Questions>),
    Failed(Problem),
}

/// Why there are no questions.
#[derive(Clone, Copy)]
enum Problem {
    Offline,
    Broken,
}

impl QuestionBank {
    /// A bank that nobody has asked for yet.
    pub(crate) fn new() -> Self {
        Self {
            state: RwSignal::new(State::NotAsked),
        }
    }

    /// Fetches it unless it is there or on its way.
    fn ask(self) {
        let state = self.state.get_untracked();
        if matches!(state, State::Waiting | State::Ready(_)) {
            return;
        }
        self.state.set(State::Waiting);
        leptos::task::spawn_local(async move {
            let state = match fetch().await {
                Ok(questions) => State::Ready(Arc::new(questions)),
                Err(problem) => State::Failed(problem),
            };
            self.state.set(state);
        });
    }
}

async fn fetch() -> Result<Questions, Problem> {
    let bank = content::bank().await?;
    let laws = fetched::text("laws.json").await?;
    Ok(Questions {
        bank: Bank::from_json(&bank).map_err(|_| Problem::Broken)?,
        laws: Laws::from_json(&laws).map_err(|_| Problem::Broken)?,
    })
}

impl From<FetchError> for Problem {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Offline => Self::Offline,
            FetchError::Status(_) => Self::Broken,
        }
    }
}

/// What needs the questions, once they are there; until then that they are coming, or why not.
#[component]
pub(super) fn WithQuestions<V: IntoView + 'static>(
    view: impl Fn(Arc<Questions>) -> V + Send + Sync + 'static,
) -> impl IntoView {
    let bank = expect_context::<QuestionBank>();
    bank.ask();
    move || match bank.state.get() {
        State::NotAsked | State::Waiting => view! {
            <p class="row muted" role="status">
                <span class="spinner"></span>
                {texts().quiz().loading_bank}
            </p>
        }
        .into_any(),
        State::Ready(questions) => view(questions).into_any(),
        State::Failed(problem) => view! {
            <div class="empty empty_card" role="alert">
                <p>{move || explain(problem)}</p>
                <button class="btn btn_primary" on:click=move |_| bank.ask()>
                    {texts().quiz().again}
                </button>
            </div>
        }
        .into_any(),
    }
}

fn explain(problem: Problem) -> &'static str {
    match problem {
        Problem::Offline => texts().quiz().bank_offline,
        Problem::Broken => texts().quiz().bank_broken,
    }
}
