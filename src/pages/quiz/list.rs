use leptos::prelude::*;
use wuzha_core::book::{Book, Quiz};
use wuzha_core::ident::Slug;
use wuzha_core::quiz::PaperSpec;
use wuzha_core::quiz_day::Tally;

use super::{set_at, terms};
use crate::app::texts;
use crate::components::Icon;
use crate::shell::{Screen, Tab};
use crate::store::Store;

const PAPER: &str = "M5 4h14v16H5zM9 9h6M9 13h4";

/// One quiz in the list.
#[derive(Clone, PartialEq)]
struct Entry {
    id: Slug,
    paper: PaperSpec,
    tally: Tally,
}

/// 测验: all quizzes, the newest first.
#[component]
pub(crate) fn Quizzes() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let entries = Memo::new(move |_| book.with(entries));
    let has_students = Memo::new(move |_| book.with(|book| book.students().next().is_some()));
    let list = move || {
        if !entries.with(Vec::is_empty) {
            view! { <List entries/> }.into_any()
        } else if has_students.get() {
            view! { <NoQuiz/> }.into_any()
        } else {
            view! { <NoStudents/> }.into_any()
        }
    };
    view! { <Screen title=texts().quiz().title tab=Tab::Quiz>{list}</Screen> }
}

fn entries(book: &Book) -> Vec<Entry> {
    let entry = |quiz: Quiz<'_>| Entry {
        id: quiz.id.clone(),
        paper: quiz.paper.clone(),
        tally: Tally::of(book, &quiz),
    };
    book.quizzes().rev().map(entry).collect()
}

#[component]
fn List(entries: Memo<Vec<Entry>>) -> impl IntoView {
    view! {
        <nav class="cells" aria-label=texts().quiz().all_quizzes>
            <For
                each=move || entries.get()
                key=|entry| (entry.id.clone(), entry.tally.listed, entry.tally.taken, entry.tally.passed)
                let:entry
            >
                <Row entry/>
            </For>
        </nav>
        <div class="btn-bar">
            <a class="btn btn_primary" href="/quiz/new">{texts().quiz().set}</a>
        </div>
    }
}

#[component]
fn Row(entry: Entry) -> impl IntoView {
    let Entry { id, paper, tally } = entry;
    let passed = move || {
        if tally.taken == 0 {
            texts().quiz().not_taken.to_owned()
        } else {
            (texts().quiz().passed_of)(tally.passed, tally.listed)
        }
    };
    let waiting = (tally.taken > 0 && tally.to_retake() > 0).then(|| {
        view! {
            <span class="chip chip_warn">
                {move || (texts().quiz().to_retake_count)(tally.to_retake())}
            </span>
        }
    });
    view! {
        <a class="cell cell_access" href=format!("/quiz/{id}")>
            <span class="cell__bd num">
                {set_at(&id)}
                <span class="cell__desc">{move || terms(&paper)}</span>
                <span class="cell__desc">{passed}</span>
            </span>
            <span class="cell__ft num">{waiting}</span>
        </a>
    }
}

#[component]
fn NoQuiz() -> impl IntoView {
    view! {
        <div class="empty empty_card">
            <Icon path=PAPER/>
            <p class="empty__title">{texts().quiz().none}</p>
            <p>{texts().quiz().none_next}</p>
            <a class="btn btn_primary" href="/quiz/new">{texts().quiz().set}</a>
        </div>
    }
}

#[component]
fn NoStudents() -> impl IntoView {
    view! {
        <div class="empty empty_card">
            <Icon path=PAPER/>
            <p class="empty__title">{texts().quiz().nobody}</p>
            <p>{texts().quiz().nobody_next}</p>
            <a class="btn btn_primary" href="/import">{texts().quiz().import}</a>
        </div>
    }
}
