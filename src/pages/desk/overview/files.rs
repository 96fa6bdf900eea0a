use std::sync::Arc;

use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::ledger::Ledger;
use wuzha_core::overview::{self, Figures};
use wuzha_jobs::Progress;
use wuzha_jobs::shelf::{BookId, Books as Listed, FileFormat};

use super::super::file::{CopyButton, ExportButton, Kind, save_as};
use super::super::problem;
use crate::app::texts;
use crate::browser::clock;
use crate::school::School;
use crate::shelf;

const FORMATS: [FileFormat; 3] = [FileFormat::Xlsx, FileFormat::Csv, FileFormat::Json];

/// What is shown, and in which order.
type Shown = RwSignal<Vec<BookId>>;

/// 导出文件: the overview, and the ledgers of all classes that are shown.
#[component]
pub(super) fn Files(books: Arc<Listed>, shown: Shown) -> impl IntoView {
    let copied = books.clone();
    view! {
        <section>
            <h2 class="section-title">{texts().exports().title}</h2>
            <div class="side-by-side">
                <div class="card stack">
                    <h3>{texts().exports().figures}</h3>
                    <p class="muted small">{texts().exports().figures_note}</p>
                    <ExportButton
                        label=texts().overview().export
                        tone="btn_default"
                        kind=Kind::OVERVIEW
                        of=Signal::stored(String::new())
                        is_empty=Signal::derive(move || shown.with(Vec::is_empty))
                        make=move || Box::pin(shelf::write_overview(shown.get_untracked()))
                    />
                    <CopyButton table=move || shown.with_untracked(|shown| table_of(&copied, shown))/>
                </div>
                <AllLedgers books shown/>
            </div>
        </section>
    }
}

/// The table of these classes, as it is in the file.
fn table_of(listed: &Listed, shown: &[BookId]) -> Option<Ledger> {
    let figures = figures_of(listed, shown);
    let workbook = overview::ledgers(&figures, clock::now(), clock::offset());
    workbook.ledgers.into_iter().next()
}

fn figures_of<'a>(listed: &'a Listed, shown: &[BookId]) -> Vec<&'a Figures> {
    let card = |book: &BookId| listed.cards.iter().find(|card| card.book == *book);
    let cards = shown.iter().filter_map(card);
    cards.map(|card| &card.figures).collect()
}

/// An export under way, or what came of it.
#[derive(Clone)]
enum State {
    Idle,
    /// Of so many classes.
    Running(usize, AbortHandle),
    Made(String),
    Cancelled,
    Failed(&'static str),
}

/// 全部台账.
#[component]
fn AllLedgers(books: Arc<Listed>, shown: Shown) -> impl IntoView {
    let format = RwSignal::new(FileFormat::Xlsx);
    let state = RwSignal::new_local(State::Idle);
    // Apart from the state, so that 取消 is not drawn anew under the finger.
    let so_far = RwSignal::new(None::<Progress>);
    on_cleanup(move || cancel(state));
    let school = expect_context::<School>();
    let is_running = move || state.with(|state| matches!(state, State::Running(..)));
    let export = move |_| {
        let (chosen, format) = (shown.get_untracked(), format.get_untracked());
        let unit = unit_of(&figures_of(&books, &chosen));
        // What is of no one department is the school's.
        let unit = unit.or_else(|| Some(school.invited()?.school.as_str().to_owned()));
        let unit = unit.unwrap_or_default();
        let count = chosen.len();
        let on_progress = move |progress| {
            let _left_meanwhile = so_far.try_set(Some(progress));
        };
        let (making, handle) = abortable(async move {
            let written = shelf::write_all(chosen, unit.clone(), format, on_progress).await;
            let bytes = written.map_err(|failure| (texts().overview().failure)(&failure))?;
            save_as(Kind::all_ledgers(format), &unit, &bytes)
        });
        so_far.set(None);
        state.set(State::Running(count, handle));
        spawn_local(async move {
            let ended = match making.await {
                Ok(Ok(name)) => State::Made(name),
                Ok(Err(reason)) => State::Failed(reason),
                Err(_aborted) => State::Cancelled,
            };
            let _left_meanwhile = state.try_set(ended);
        });
    };
    view! {
        <div class="card stack">
            <h3>{texts().exports().ledgers}</h3>
            <p class="muted small">{move || (texts().exports().ledgers_note)(shown.with(Vec::len))}</p>
            <p class="warn small">{texts().exports().personal}</p>
            <Formats format/>
            <button
                class="btn btn_default btn_block"
                disabled=move || is_running() || shown.with(Vec::is_empty)
                on:click=export
            >
                {texts().exports().make}
            </button>
            <div aria-live="polite">{move || show(state, so_far)}</div>
        </div>
    }
}

/// As what.
#[component]
fn Formats(format: RwSignal<FileFormat>) -> impl IntoView {
    let choose = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        if let Some(chosen) = at.and_then(|at| FORMATS.get(at)) {
            format.set(*chosen);
        }
    };
    let options = FORMATS.iter().enumerate().map(|(at, each)| {
        view! { <option value=at.to_string()>{(texts().exports().format_name)(*each)}</option> }
    });
    view! {
        <label class="field">
            <span class="field__label">{texts().exports().format}</span>
            <select class="field__input" on:change=choose>{options.collect_view()}</select>
        </label>
    }
}

/// The department, and the year where it is one, that all of these classes are of.
fn unit_of(classes: &[&Figures]) -> Option<String> {
    let department = in_common(classes.iter().map(|class| class.department.as_ref()))?;
    let grade = in_common(classes.iter().map(|class| class.grade.as_ref()));
    let parts: Vec<&str> = std::iter::once(department).chain(grade).collect();
    Some(parts.join(" "))
}

fn in_common<'a>(mut values: impl Iterator<Item = Option<&'a String>>) -> Option<&'a str> {
    let first = values.next()??;
    let are_equal = values.all(|value| value == Some(first));
    are_equal.then_some(first.as_str())
}

fn cancel(state: RwSignal<State, LocalStorage>) {
    state.try_with_untracked(|state| {
        if let State::Running(_, handle) = state {
            handle.abort();
        }
    });
}

fn show(state: RwSignal<State, LocalStorage>, so_far: RwSignal<Option<Progress>>) -> AnyView {
    match state.get() {
        State::Idle => ().into_any(),
        State::Made(name) => {
            view! { <p class="small wrap-anywhere">{(texts().exports().made)(&name)}</p> }
                .into_any()
        }
        State::Cancelled => {
            view! { <p class="muted small">{texts().exports().cancelled}</p> }.into_any()
        }
        State::Failed(reason) => problem(reason.to_owned()),
        State::Running(classes, _) => view! {
            <div class="progress">
                <span class="progress__label row">
                    <span class="spinner"></span>
                    {move || said(classes, so_far.get())}
                </span>
                <progress
                    max=move || so_far.get().map_or(1, |so_far| so_far.total.max(1)).to_string()
                    value=move || so_far.get().map_or(0, |so_far| so_far.done).to_string()
                    aria-label=texts().exports().progress
                ></progress>
                <button class="progress__cancel" on:click=move |_| cancel(state)>
                    {texts().common().cancel}
                </button>
            </div>
        }
        .into_any(),
    }
}

/// How far it is: through the classes first, then through the rows, of which a workbook has more than classes.
fn said(classes: usize, so_far: Option<Progress>) -> String {
    match so_far {
        None => texts().exports().starting.to_owned(),
        Some(Progress { done, total }) if usize::try_from(total) == Ok(classes) => {
            (texts().exports().reading)(done, total)
        }
        Some(Progress { done, total }) => (texts().exports().writing)(done, total),
    }
}
