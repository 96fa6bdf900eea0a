//! 轮流作答: the monitor's phone goes round, and shows nothing but the quiz.
//!
//! # Layout
//! - `lock`: what keeps the students in and lets the monitor out
//! - `draft`: a sitting that is not handed in yet
//! - `start`: the monitor hands the phone over; `choose`, `answer`, `result`: what a student sees

mod answer;
mod choose;
mod draft;
mod lock;
mod options;
mod result;
mod start;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wuzha_core::book::Book;
use wuzha_core::ident::{Slug, StudentNo};
use wuzha_core::quiz::{Attempt, PaperSpec};

use super::bank::{Questions, WithQuestions};
use super::{Gone, id_in_address, paper_named};
use crate::browser::wake_lock;
use crate::store::Store;

use answer::Answer;
use choose::{Choose, Confirm};
use draft::Draft;
use lock::Leave;
use result::Marked;
use start::Start;

pub(crate) use lock::{KeepInKiosk, KioskLock};

/// Where in the round the phone is.
#[derive(Clone)]
enum Step {
    /// Who is next?
    Choose,
    /// Is it you?
    Confirm(StudentNo),
    /// Answering.
    Answer(Draft),
    /// Handed in: the result and what is to be learnt from it.
    Marked(StudentNo, Attempt),
}

/// What all steps of a round share.
#[derive(Clone, Copy)]
struct Round {
    step: RwSignal<Step>,
    id: StoredValue<Slug>,
    paper: StoredValue<PaperSpec>,
    questions: StoredValue<Arc<Questions>>,
}

impl Round {
    fn go(self, step: Step) {
        self.step.set(step);
    }

    fn id(self) -> Slug {
        self.id.get_value()
    }

    fn paper(self) -> PaperSpec {
        self.paper.get_value()
    }

    fn questions(self) -> Arc<Questions> {
        self.questions.get_value()
    }
}

/// `张示例 (0123)`: enough to tell two students of one name apart.
fn student_label(book: &Book, no: &StudentNo) -> String {
    let name = book.student(no).map_or("", |student| student.name_text());
    format!("{name} ({})", no.tail())
}

/// 轮流作答: handing the phone over, or what the students see.
#[component]
pub(crate) fn Kiosk() -> impl IntoView {
    let kiosk = expect_context::<KioskLock>();
    let book = expect_context::<Store>().book();
    let id = id_in_address();
    let paper = Memo::new(move |_| {
        let id = id.get();
        book.with(|book| {
            let id = paper_named(book, &id)?;
            let paper = book.paper(&id)?.clone();
            Some((id, paper))
        })
    });
    let is_closed = Memo::new(move |_| kiosk.is_closed());
    show_results_after(is_closed, paper);
    move || match (paper.get(), is_closed.get()) {
        (None, _) => view! { <Gone/> }.into_any(),
        (Some((id, paper)), false) => view! { <Start id paper/> }.into_any(),
        (Some((id, paper)), true) => view! { <Closed id paper/> }.into_any(),
    }
}

/// When the monitor has the phone back, the results are what comes next.
fn show_results_after(is_closed: Memo<bool>, paper: Memo<Option<(Slug, PaperSpec)>>) {
    let navigate = use_navigate();
    Effect::new(move |was_closed: Option<bool>| {
        let is_closed = is_closed.get();
        if was_closed == Some(true)
            && !is_closed
            && let Some((id, _)) = paper.get_untracked()
        {
            let replace = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&format!("/quiz/{id}"), replace);
        }
        is_closed
    });
}

/// The phone is with the students.
#[component]
fn Closed(id: Slug, paper: PaperSpec) -> impl IntoView {
    wake_lock::keep_awake();
    let store = expect_context::<Store>();
    let begin = move |questions| {
        let step = match Draft::restore(store) {
            Some(draft) if draft.paper == id => Step::Answer(draft),
            _ => Step::Choose,
        };
        let round = Round {
            step: RwSignal::new(step),
            id: StoredValue::new(id.clone()),
            paper: StoredValue::new(paper.clone()),
            questions: StoredValue::new(questions),
        };
        view! { <Steps round/> }
    };
    view! {
        <main class="kiosk">
            <WithQuestions view=begin/>
            <Leave/>
        </main>
    }
}

#[component]
fn Steps(round: Round) -> impl IntoView {
    Effect::new(move |_| {
        round.step.track();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
    move || match round.step.get() {
        Step::Choose => view! { <Choose round/> }.into_any(),
        Step::Confirm(no) => view! { <Confirm round no/> }.into_any(),
        Step::Answer(draft) => view! { <Answer round draft/> }.into_any(),
        Step::Marked(no, attempt) => view! { <Marked round no attempt/> }.into_any(),
    }
}
