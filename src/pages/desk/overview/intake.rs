use std::pin::pin;

use futures_util::future::{AbortHandle, abortable};
use futures_util::{StreamExt, stream};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, HtmlInputElement};
use wuzha_jobs::courier::{Class, Failure, Role};

use super::super::problem;
use super::items::{Item, Taken, files_of};
use super::old::Dropped;
use super::receive::Receive;
use super::{Books, Shelf, load};
use crate::app::texts;
use crate::browser::{platform, save};
use crate::old_ledgers::Sheet;
use crate::school::School;
use crate::shelf::ClassId;

/// More workers than this wait for the disk.
const MOST_WORKERS: usize = 4;

/// What came of taking in several.
#[derive(Clone, Default)]
struct Outcome {
    /// Classes with records that were not here.
    new: usize,
    /// Files and classes with nothing new.
    known: usize,
    /// Sheets of old ledgers, which wait for a person.
    sheets: usize,
    /// What was handed in and cannot be opened here.
    aside: u64,
    /// What was not taken in, and why.
    refused: Vec<(String, String)>,
}

/// Taking in, or what came of it.
#[derive(Clone)]
enum State {
    Idle,
    Running {
        done: usize,
        total: usize,
        cancel: AbortHandle,
    },
    Ended(Outcome),
    Cancelled,
    /// The server could not be asked.
    Failed(Failure),
}

impl State {
    fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }
}

/// Whether classes are received by the camera, one after the other. Nothing else is taken in meanwhile: what the
/// camera brings would find its place taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ByCamera {
    No,
    Looking,
    /// One came; what came of it is shown.
    Received,
}

/// From files, from a phone's screen and from the school's server onto the shelf.
#[component]
pub(super) fn Intake(
    books: Books,
    dropped: Dropped,
    by_camera: RwSignal<ByCamera>,
) -> impl IntoView {
    let state = RwSignal::new_local(State::Idle);
    on_cleanup(move || cancel(state));
    let content = move || match by_camera.get() {
        ByCamera::No => view! { <Ways state books dropped by_camera/> }.into_any(),
        ByCamera::Looking => {
            let on_file = move |file| {
                by_camera.set(ByCamera::Received);
                take_in(state, books, dropped, files_of(vec![file]));
            };
            view! { <Receive on_file on_cancel=move || by_camera.set(ByCamera::No)/> }.into_any()
        }
        ByCamera::Received => ().into_any(),
    };
    let outcome = move || (by_camera.get() != ByCamera::Looking).then(|| show(state, dropped));
    view! {
        <section class="card stack intake">
            {content}
            <div aria-live="polite">{outcome}</div>
            {move || (by_camera.get() == ByCamera::Received).then(|| view! {
                <AfterReceiving state by_camera/>
            })}
        </section>
    }
}

/// What follows on a class that came by the camera: the next one, or the overview.
#[component]
fn AfterReceiving(
    state: RwSignal<State, LocalStorage>,
    by_camera: RwSignal<ByCamera>,
) -> impl IntoView {
    view! {
        <button
            class="btn btn_primary btn_block"
            disabled=move || state.with(State::is_running)
            on:click=move |_| by_camera.set(ByCamera::Looking)
        >
            {texts().face_to_face().receive_next}
        </button>
        <button class="btn btn_default btn_block" on:click=move |_| by_camera.set(ByCamera::No)>
            {texts().face_to_face().done}
        </button>
    }
}

/// The ways in: files, a phone's screen, the server.
#[component]
fn Ways(
    state: RwSignal<State, LocalStorage>,
    books: Books,
    dropped: Dropped,
    by_camera: RwSignal<ByCamera>,
) -> impl IntoView {
    let school = expect_context::<School>();
    let choose = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into().ok());
        let files = input.map(|input: HtmlInputElement| save::all_chosen(&input));
        take_in(state, books, dropped, files_of(files.unwrap_or_default()));
    };
    let drop = move |event: DragEvent| {
        take_in(state, books, dropped, files_of(save::all_dropped(&event)));
    };
    let update = move |_| {
        spawn_local(async move {
            let items = match school.role().await {
                // They have invited the classes themselves.
                Ok(Some(Role::Teacher)) => new_at_the_server(books).await,
                Ok(_) => Ok(vec![Item::School]),
                Err(failure) => Err(failure),
            };
            // The camera was turned on meanwhile: what it brings is not to find its place taken.
            if by_camera.try_get_untracked() != Some(ByCamera::No) {
                return;
            }
            match items {
                Ok(items) if items.is_empty() => {
                    let _left_meanwhile = state.try_set(State::Ended(Outcome::default()));
                }
                Ok(items) => take_in(state, books, dropped, items),
                Err(failure) => {
                    let _left_meanwhile = state.try_set(State::Failed(failure));
                }
            }
        });
    };
    view! {
            <label class="upload" on:dragover=|event| event.prevent_default() on:drop=drop>
                <input type="file" class="sr-only" multiple accept=".zip,.wzb,.jsonl,.xlsx,.xls,.csv,application/zip" on:change=choose/>
                <span class="strong">{texts().overview().choose_files}</span>
                <span class="muted small">{texts().overview().choose_hint}</span>
            </label>
            <button
                class="btn btn_default btn_block"
                disabled=move || state.with(State::is_running)
                on:click=move |_| by_camera.set(ByCamera::Looking)
            >
                {texts().face_to_face().receive}
            </button>
            {move || school.is_invited().then(|| view! {
                <button class="btn btn_default btn_block" on:click=update>{texts().overview().update}</button>
            })}
    }
}

/// The classes of which the server has what is not on the shelf.
async fn new_at_the_server(books: Books) -> Result<Vec<Item>, Failure> {
    let known: Vec<ClassId> = books.with_untracked(|books| match books {
        Shelf::Listed(listed) => listed.cards.iter().filter_map(|card| card.class).collect(),
        Shelf::Opening | Shelf::Failed(_) => Vec::new(),
    });
    let classes = School::classes().await?;
    let is_new =
        |class: &Class| class.listed > 0 && (class.unopened > 0 || !known.contains(&class.id));
    let new = classes.into_iter().filter(is_new);
    Ok(new.map(Item::Class).collect())
}

/// Takes in what there is; nothing while that is under way.
fn take_in(state: RwSignal<State, LocalStorage>, books: Books, dropped: Dropped, items: Vec<Item>) {
    let is_running = state.with_untracked(State::is_running);
    if is_running || items.is_empty() {
        return;
    }
    let total = items.iter().map(Item::len).sum();
    let (taking, handle) = abortable(take_all(state, items));
    state.set(State::Running {
        done: 0,
        total,
        cancel: handle,
    });
    spawn_local(async move {
        let (ended, sheets) = match taking.await {
            Ok((outcome, sheets)) => (State::Ended(outcome), sheets),
            Err(_) => (State::Cancelled, Vec::new()),
        };
        if state.try_set(ended).is_none() {
            load(books).await;
            if !sheets.is_empty() {
                dropped.try_update(|dropped| dropped.extend(sheets));
            }
        }
    });
}

/// Backups by several workers, all else one after the other: of the keys and of old ledgers there is one worker.
async fn take_all(state: RwSignal<State, LocalStorage>, items: Vec<Item>) -> (Outcome, Vec<Sheet>) {
    let is_backups = |item: &Item| matches!(item, Item::Backups(_));
    let (backups, others): (Vec<Item>, Vec<Item>) = items.into_iter().partition(is_backups);
    let backups = stream::iter(backups).map(Item::take).buffered(workers());
    let others = stream::iter(others).then(Item::take);
    let mut taken = pin!(backups.chain(others));
    let mut outcome = Outcome::default();
    let mut sheets = Vec::new();
    while let Some(some) = taken.next().await {
        let newly_done = some.len();
        for (name, one) in some {
            sheets.extend(outcome.add(name, one));
        }
        state.update(|state| {
            if let State::Running { done, .. } = state {
                *done += newly_done;
            }
        });
    }
    (outcome, sheets)
}

/// One for each core, up to where the disk is the slowest.
fn workers() -> usize {
    platform::cores().clamp(1, MOST_WORKERS)
}

fn cancel(state: RwSignal<State, LocalStorage>) {
    state.try_with_untracked(|state| {
        if let State::Running { cancel, .. } = state {
            cancel.abort();
        }
    });
}

impl Outcome {
    /// Counts what came of one; the sheets of it that wait for a person.
    fn add(&mut self, name: String, taken: Result<Taken, String>) -> Vec<Sheet> {
        match taken {
            Ok(taken) => {
                self.new += taken.new;
                self.known += taken.known;
                self.aside += taken.aside;
                self.sheets += taken.sheets.len();
                taken.sheets
            }
            Err(reason) => {
                self.refused.push((name, reason));
                Vec::new()
            }
        }
    }

    /// What was taken in; nothing where there are old ledgers alone.
    fn said(&self) -> Option<String> {
        match self.new + self.known {
            0 if self.sheets > 0 => None,
            0 => Some(texts().overview().nothing_new.to_owned()),
            _ => Some((texts().overview().taken)(self.new, self.known)),
        }
    }
}

fn show(state: RwSignal<State, LocalStorage>, dropped: Dropped) -> AnyView {
    match state.get() {
        State::Idle => ().into_any(),
        State::Cancelled => view! { <p class="muted small">{texts().overview().cancelled}</p> }.into_any(),
        State::Running { done, total, .. } => view! {
            <div class="progress">
                <span class="progress__label row">
                    <span class="spinner"></span>
                    {(texts().overview().reading)(done, total)}
                </span>
                <progress max=total.to_string() value=done.to_string() aria-label=texts().overview().choose_files></progress>
                <button class="progress__cancel" on:click=move |_| cancel(state)>
                    {texts().common().cancel}
                </button>
            </div>
        }
        .into_any(),
        State::Ended(outcome) => view! { <Ended outcome dropped/> }.into_any(),
        State::Failed(failure) => problem((texts().school().failure)(&failure)),
    }
}

#[component]
fn Ended(outcome: Outcome, dropped: Dropped) -> impl IntoView {
    let said = outcome.said();
    let refused = outcome.refused.into_iter();
    let refused = refused.map(|(name, reason)| {
        view! { <li class="wrap-anywhere">{(texts().overview().not_taken)(&name, &reason)}</li> }
    });
    let refused: Vec<_> = refused.collect();
    view! {
        {said.map(|text| view! { <p class="small">{text}</p> })}
        // No longer when they are put away.
        {move || match dropped.with(Vec::len) {
            0 => None,
            sheets => Some(view! { <p class="small">{(texts().old_ledgers().found)(sheets)}</p> }),
        }}
        {(outcome.aside > 0).then(|| problem((texts().overview().aside)(outcome.aside)))}
        {(!refused.is_empty()).then(|| view! {
            <div class="banner banner_warn" role="alert"><ul class="plain-list small">{refused}</ul></div>
        })}
    }
}
