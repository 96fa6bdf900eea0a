use leptos::prelude::*;
use wuzha_core::book::Book;
use wuzha_core::ident::{Slug, StudentNo};
use wuzha_core::quiz_day;

use super::draft::Draft;
use super::{Round, Step, student_label};
use crate::app::texts;
use crate::browser::clock;
use crate::pages::quiz::terms;
use crate::store::Store;

/// A student who still has to sit the paper.
#[derive(Clone, PartialEq)]
struct Candidate {
    no: StudentNo,
    name: String,
}

impl Candidate {
    fn matches(&self, search: &str) -> bool {
        let search = wuzha_core::text::clean(search).to_uppercase();
        search.is_empty()
            || self.name.to_uppercase().contains(&search)
            || self.no.as_str().ends_with(&search)
    }
}

fn candidates(book: &Book, paper: &Slug) -> Vec<Candidate> {
    let candidate = |no: &StudentNo| Candidate {
        no: no.clone(),
        name: book
            .student(no)
            .map_or("", |student| student.name_text())
            .to_owned(),
    };
    quiz_day::due(book, paper)
        .into_iter()
        .map(candidate)
        .collect()
}

/// Who is next? Only who still has to sit the paper is listed.
#[component]
pub(super) fn Choose(round: Round) -> impl IntoView {
    let book = expect_context::<Store>().book();
    let search = RwSignal::new(String::new());
    let all = Memo::new(move |_| {
        round
            .id
            .with_value(|id| book.with(|book| candidates(book, id)))
    });
    let found = Memo::new(move |_| {
        let mut found = all.get();
        search.with(|search| found.retain(|candidate| candidate.matches(search)));
        found
    });
    let list = move || {
        view! {
            <p class="muted">{texts().quiz().kiosk.who_hint}</p>
            <div class="searchbar">
                <input
                    type="search"
                    autocomplete="off"
                    aria-label=texts().quiz().kiosk.search
                    placeholder=texts().quiz().kiosk.search
                    prop:value=move || search.get()
                    on:input=move |event| search.set(event_target_value(&event))
                />
            </div>
            <div class="kiosk__bd">
                <Names round found/>
            </div>
        }
    };
    view! {
        <Show when=move || !all.with(Vec::is_empty) fallback=|| view! { <AllDone/> }>
            <h1 class="kiosk__title">{texts().quiz().kiosk.who}</h1>
            {list()}
        </Show>
    }
}

#[component]
fn Names(round: Round, found: Memo<Vec<Candidate>>) -> impl IntoView {
    let name = move |candidate: Candidate| {
        let Candidate { no, name } = candidate;
        let tail = no.tail().to_owned();
        view! {
            <button
                class="kiosk__name"
                on:click=move |_| round.go(Step::Confirm(no.clone()))
            >
                {name} " " <small>{tail}</small>
            </button>
        }
    };
    view! {
        <div class="kiosk__names">
            <For each=move || found.get() key=|one| (one.no.clone(), one.name.clone()) children=name/>
        </div>
        <Show when=move || found.with(Vec::is_empty)>
            <p class="muted center" role="status">{texts().quiz().kiosk.nobody_found}</p>
        </Show>
    }
}

#[component]
fn AllDone() -> impl IntoView {
    view! {
        <div class="kiosk__bd empty">
            <h1 class="kiosk__title">{texts().quiz().kiosk.all_done}</h1>
            <p>{texts().quiz().kiosk.all_done_next}</p>
        </div>
    }
}

/// Is it you? The clock starts only after this.
#[component]
pub(super) fn Confirm(round: Round, no: StudentNo) -> impl IntoView {
    let book = expect_context::<Store>().book();
    let student = StoredValue::new(book.with_untracked(|book| student_label(book, &no)));
    let paper = round.paper();
    let limited = paper.minutes.is_some();
    let begin = move |_| {
        let draft =
            book.with_untracked(|book| Draft::begin(book, round.id(), no.clone(), clock::now()));
        round.go(Step::Answer(draft));
    };
    view! {
        <h1 class="kiosk__title">
            {move || student.with_value(|student| (texts().quiz().kiosk.is_it_you)(student))}
        </h1>
        <div class="kiosk__bd stack">
            <p>{move || terms(&paper)}</p>
            {limited.then(|| view! { <p class="muted">{texts().quiz().kiosk.time_note}</p> })}
            <div class="stack">
                <button class="btn btn_primary btn_block btn_large" on:click=begin>
                    {move || student.with_value(|student| (texts().quiz().kiosk.i_am)(student))}
                </button>
                <button
                    class="btn btn_default btn_block"
                    on:click=move |_| round.go(Step::Choose)
                >
                    {texts().quiz().kiosk.not_me}
                </button>
            </div>
        </div>
    }
}
