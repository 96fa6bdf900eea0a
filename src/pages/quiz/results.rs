use leptos::prelude::*;
use wuzha_core::book::{Book, Quiz};
use wuzha_core::ident::{Slug, StudentNo};
use wuzha_core::quiz::{Outcome, PaperSpec, Score};
use wuzha_core::quiz_day::{self, DormResult, Tally};

use super::{Gone, id_in_address, paper_named, set_at, terms};
use crate::app::texts;
use crate::shell::{Screen, Tab};
use crate::store::{Saving, Store};

/// What the page says about a quiz as a whole.
#[derive(Clone, PartialEq)]
struct Overview {
    id: Slug,
    paper: PaperSpec,
    tally: Tally,
    /// The paper itself and its retakes, with how many still have to sit each.
    papers: Vec<(Slug, usize)>,
    dorms: Vec<DormResult>,
}

/// How one student stands.
#[derive(Clone, PartialEq)]
struct Standing {
    no: StudentNo,
    name: String,
    outcome: Outcome,
}

/// A quiz: its terms, how the class stands, what can be done next.
#[component]
pub(crate) fn QuizResults() -> impl IntoView {
    let store = expect_context::<Store>();
    let book = store.book();
    let id = id_in_address();
    let quiz = Memo::new(move |_| {
        let id = id.get();
        book.with(|book| Some(book.quiz_of(&paper_named(book, &id)?)?.id.clone()))
    });
    // A quiz that was just set is not in the book before it is on the disk.
    let is_being_saved = move || store.saving().get() == Saving::Saving;
    move || match quiz.get() {
        Some(id) => view! { <Results id/> }.into_any(),
        None if is_being_saved() => view! { <Waiting/> }.into_any(),
        None => view! { <Gone/> }.into_any(),
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <Screen title=texts().quiz().title back="/quiz" tab=Tab::Quiz>
            <p class="row muted" role="status">
                <span class="spinner"></span>
                {texts().storage().saving}
            </p>
        </Screen>
    }
}

#[component]
fn Results(id: Slug) -> impl IntoView {
    let book = expect_context::<Store>().book();
    let of_numbers = id.clone();
    let overview = Memo::new(move |_| book.with(|book| overview(book, &of_numbers)));
    let title = set_at(&id);
    let of_rows = id;
    let standings = Memo::new(move |_| book.with(|book| standings(book, &of_rows)));
    view! {
        <Screen title=title back="/quiz" tab=Tab::Quiz>
            {move || overview.get().map(|overview| view! { <Head overview/> })}
            <Students standings/>
            {move || overview.get().map(|overview| view! { <Dorms overview/> })}
        </Screen>
    }
}

fn overview(book: &Book, id: &Slug) -> Option<Overview> {
    let quiz = book.quiz_of(id)?;
    let ids = [quiz.id]
        .into_iter()
        .chain(quiz.retakes().map(|(id, _)| id));
    Some(Overview {
        id: quiz.id.clone(),
        paper: quiz.paper.clone(),
        tally: Tally::of(book, &quiz),
        papers: ids
            .map(|id| (id.clone(), quiz_day::due(book, id).len()))
            .collect(),
        dorms: quiz_day::by_dorm(book, &quiz),
    })
}

fn standings(book: &Book, id: &Slug) -> Vec<Standing> {
    let Some(quiz) = book.quiz_of(id) else {
        return Vec::new();
    };
    let standing = |quiz: &Quiz<'_>, no: &StudentNo, name: &str| Standing {
        no: no.clone(),
        name: name.to_owned(),
        outcome: quiz.outcome(no),
    };
    let students = book.students();
    students
        .map(|(no, student)| standing(&quiz, no, student.name_text()))
        .collect()
}

/// The terms, the numbers, and what can be done next.
#[component]
fn Head(overview: Overview) -> impl IntoView {
    let Overview {
        id,
        paper,
        tally,
        papers,
        ..
    } = overview;
    let stat = |value: u32, label: fn() -> &'static str| {
        let value = match tally.taken {
            // Nobody has sat it: not known is not 0.
            0 => view! { "—" }.into_any(),
            _ => view! { {value}<small>{format!("/{}", tally.listed)}</small> }.into_any(),
        };
        view! {
            <div class="stat">
                <span class="stat__value">{value}</span>
                <span class="stat__label">{label()}</span>
            </div>
        }
    };
    // The phone goes round with the paper that was set last.
    let current = papers
        .last()
        .map_or_else(|| id.clone(), |(id, _)| id.clone());
    let retake = (tally.taken > 0 && tally.to_retake() > 0).then(|| {
        view! {
            <a class="btn btn_default" href=format!("/quiz/new?retake={id}")>
                {texts().quiz().retake}
            </a>
        }
    });
    view! {
        <p class="section-note">{move || terms(&paper)}</p>
        <div class="stats stats_three">
            {stat(tally.taken, || texts().quiz().taken)}
            {stat(tally.passed, || texts().quiz().passed)}
            {stat(tally.absent(), || texts().quiz().absent)}
        </div>
        <div class="btn-row">
            <a class="btn btn_primary" href=format!("/quiz/{current}/kiosk")>
                {texts().quiz().pass_round}
            </a>
            {retake}
            <a class="btn btn_default" href=format!("/quiz/{id}/analysis")>
                {texts().quiz().analysis}
            </a>
        </div>
        {(papers.len() > 1).then(|| view! { <Papers papers/> })}
    }
}

/// The paper and its retakes, each of which the phone can go round with.
#[component]
fn Papers(papers: Vec<(Slug, usize)>) -> impl IntoView {
    let row = |(nth, (id, due)): (usize, (Slug, usize))| {
        let name = move || match nth {
            0 => texts().quiz().first_paper.to_owned(),
            nth => (texts().quiz().retake_paper)(nth),
        };
        view! {
            <a class="cell cell_access" href=format!("/quiz/{id}/kiosk")>
                <span class="cell__bd">
                    {name}
                    <span class="cell__desc num">{set_at(&id)}</span>
                </span>
                <span class="cell__ft small">{(texts().quiz().still_due)(due)}</span>
            </a>
        }
    };
    let rows = papers.into_iter().enumerate().map(row).collect_view();
    view! {
        <h2 class="section-title">{texts().quiz().papers}</h2>
        <nav class="cells" aria-label=texts().quiz().papers>{rows}</nav>
    }
}

/// All students, or those who have not passed.
#[component]
fn Students(standings: Memo<Vec<Standing>>) -> impl IntoView {
    let only_retakes = RwSignal::new(false);
    let needs = |standing: &Standing| standing.outcome.needs_retake();
    let all = move || standings.with(Vec::len);
    let waiting = move || standings.with(|list| list.iter().filter(|one| needs(one)).count());
    let shown = move || {
        let mut list = standings.get();
        list.retain(|standing| !only_retakes.get() || needs(standing));
        list
    };
    let nobody = move || only_retakes.get() && waiting() == 0;
    view! {
        <h2 class="section-title">{texts().quiz().students}</h2>
        <div class="filters" role="group" aria-label=texts().quiz().students>
            <button
                class="filter"
                aria-pressed=move || (!only_retakes.get()).to_string()
                on:click=move |_| only_retakes.set(false)
            >
                {texts().common().all} <span>{all}</span>
            </button>
            <button
                class="filter"
                aria-pressed=move || only_retakes.get().to_string()
                on:click=move |_| only_retakes.set(true)
            >
                {texts().quiz().to_retake} <span>{waiting}</span>
            </button>
        </div>
        <Show when=nobody>
            <p class="section-note">{texts().quiz().nobody_to_retake}</p>
        </Show>
        <ul class="cells">
            <For each=shown key=key let:standing>
                <Row standing/>
            </For>
        </ul>
    }
}

/// Changes with all that a row shows, so that a changed one is drawn anew.
fn key(standing: &Standing) -> impl Eq + std::hash::Hash + use<> {
    let score = |score: Option<Score>| score.map(|score| (score.right(), score.of()));
    let results = standing.outcome.results();
    let scores = results.map(|results| (score(results.first), score(results.retake)));
    let passed = !standing.outcome.needs_retake();
    (standing.no.clone(), standing.name.clone(), scores, passed)
}

#[component]
fn Row(standing: Standing) -> impl IntoView {
    let Standing { no, name, outcome } = standing;
    let results = outcome.results().copied();
    let score = |label: fn() -> &'static str, score: Option<Score>| {
        score.map(|score| {
            let text = format!("{}/{}", score.right(), score.of());
            view! { <span>{label()} " " {text} " "</span> }
        })
    };
    view! {
        <li class="student-row">
            <span class="student-row__name">{name}</span>
            <span class="student-row__meta">
                {no.tail().to_owned()} " "
                {score(|| texts().quiz().first, results.and_then(|results| results.first))}
                {score(|| texts().quiz().second, results.and_then(|results| results.retake))}
            </span>
            {chip(&outcome)}
        </li>
    }
}

fn chip(outcome: &Outcome) -> impl IntoView + use<> {
    let (class, label): (_, fn() -> &'static str) = match outcome {
        Outcome::Absent => ("chip", || texts().quiz().absent),
        Outcome::Passed(_) => ("chip chip_ok", || texts().quiz().passed),
        Outcome::Failed(_) => ("chip chip_bad", || texts().quiz().failed),
    };
    view! { <span class=class>{label()}</span> }
}

/// The dorms by their average; persons are never ranked.
#[component]
fn Dorms(overview: Overview) -> impl IntoView {
    let has_any = overview.tally.taken > 0 && !overview.dorms.is_empty();
    let row = |dorm| view! { <DormRow dorm/> };
    let rows: Vec<_> = overview.dorms.into_iter().map(row).collect();
    has_any.then(|| {
        view! {
            <h2 class="section-title">{texts().quiz().dorms}</h2>
            <ul class="cells">{rows}</ul>
            <p class="section-note">{texts().quiz().dorms_note}</p>
        }
    })
}

#[component]
fn DormRow(dorm: DormResult) -> impl IntoView {
    let DormResult { dorm, tally, first } = dorm;
    let average = first.map(|score| format!("{}%", score.permille() / 10));
    let detail = move || match first {
        None => texts().quiz().not_taken.to_owned(),
        Some(score) => format!(
            "{} · {}",
            (texts().quiz().right_of)(score.right(), score.of()),
            (texts().quiz().passed_of)(tally.passed, tally.listed),
        ),
    };
    view! {
        <li class="cell">
            <span class="cell__bd">
                {dorm.to_string()}
                <span class="cell__desc num">{detail}</span>
            </span>
            <span class="cell__ft num">{average.unwrap_or_else(|| "—".to_owned())}</span>
        </li>
    }
}
