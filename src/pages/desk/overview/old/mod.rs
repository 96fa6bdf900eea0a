//! 旧台账: what merging the sheets that were dropped would do, and doing it.
//!
//! # Layout
//! - here: the preview as a whole, and the merge
//! - `card`: what is known and chosen of one sheet; `sheet`: its part of the preview
//! - `class`: a class of it; `lines`: its students

mod card;
mod class;
mod lines;
mod sheet;

use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_jobs::Progress;
use wuzha_jobs::old_ledgers::{Into, Merged};
use wuzha_jobs::shelf::BookId;

use super::super::problem;
use super::{Books, Shelf, load};
use crate::app::texts;
use crate::old_ledgers::{self, Sheet};
use card::Card;
use sheet::SheetView;

/// The sheets that were dropped and wait in the preview.
pub(super) type Dropped = RwSignal<Vec<Sheet>>;

/// The books on the shelf by name, as a class may be merged into any of them.
type Names = StoredValue<Vec<(BookId, String)>>;

/// What came of merging.
#[derive(Clone, Default)]
struct Outcome {
    made: usize,
    added_to: usize,
    unchanged: usize,
    records: u64,
    /// Sheets that were not merged, and why.
    refused: Vec<(String, &'static str)>,
}

#[derive(Clone)]
enum Stage {
    Preview,
    Merging {
        so_far: Progress,
        cancel: AbortHandle,
    },
    Merged(Outcome),
    Cancelled,
}

type Stages = RwSignal<Stage, LocalStorage>;

/// The preview of these sheets, and what came of merging them.
#[component]
pub(super) fn OldLedgers(sheets: Vec<Sheet>, dropped: Dropped, books: Books) -> impl IntoView {
    let names: Names = StoredValue::new(names(books));
    let cards: Vec<Card> = sheets.into_iter().map(Card::new).collect();
    let cards = StoredValue::new(cards);
    let stage: Stages = RwSignal::new_local(Stage::Preview);
    let planning = plan_all(cards);
    on_cleanup(move || {
        planning.abort();
        cancel(stage);
    });
    let content = move || match stage.get() {
        Stage::Preview => view! { <Preview cards names stage dropped books/> }.into_any(),
        Stage::Merging { .. } => view! { <Merging stage/> }.into_any(),
        Stage::Cancelled => view! {
            <p role="status">{texts().old_ledgers().cancelled}</p>
            <Back dropped label=texts().old_ledgers().back tone="btn_primary"/>
        }
        .into_any(),
        Stage::Merged(outcome) => view! {
            <Done outcome/>
            <Back dropped label=texts().old_ledgers().back tone="btn_primary"/>
        }
        .into_any(),
    };
    view! {
        <section class="stack" aria-labelledby="old-ledgers">
            <h2 class="section-title" id="old-ledgers">{texts().old_ledgers().title}</h2>
            {content}
        </section>
    }
}

/// Every sheet with what merging it would do, and the button that does it.
#[component]
fn Preview(
    cards: StoredValue<Vec<Card>>,
    names: Names,
    stage: Stages,
    dropped: Dropped,
    books: Books,
) -> impl IntoView {
    let all = cards.get_value();
    let sheets = all
        .iter()
        .map(|card| view! { <SheetView card=*card names/> });
    let sheets = sheets.collect_view();
    let is_ready = {
        let all = all.clone();
        Memo::new(move |_| all.iter().all(|card| card.is_ready()))
    };
    let records = Memo::new(move |_| all.iter().map(|card| card.records()).sum::<u32>());
    let is_nothing_new = move || is_ready.get() && records.get() == 0;
    view! {
        <p class="section-note">{texts().old_ledgers().lead}</p>
        {sheets}
        <div role="status">
            {move || is_nothing_new().then(|| view! {
                <p class="small">{texts().old_ledgers().nothing_new}</p>
            })}
        </div>
        <button
            class="btn btn_primary btn_block"
            disabled=move || !is_ready.get() || records.get() == 0
            on:click=move |_| merge(cards, stage, dropped, books)
        >
            {texts().old_ledgers().merge}
        </button>
        <Back dropped label=texts().old_ledgers().put_away tone="btn_plain"/>
    }
}

#[component]
fn Merging(stage: Stages) -> impl IntoView {
    let so_far = move || match stage.get() {
        Stage::Merging { so_far, .. } => so_far,
        Stage::Preview | Stage::Merged(_) | Stage::Cancelled => Progress { done: 0, total: 1 },
    };
    let label = move || {
        let Progress { done, total } = so_far();
        (texts().old_ledgers().merging)(done, total)
    };
    view! {
        <div class="progress" role="status">
            <span class="progress__label row"><span class="spinner"></span>{label}</span>
            <progress
                aria-label=texts().old_ledgers().merge
                max=move || so_far().total.to_string()
                value=move || so_far().done.to_string()
            ></progress>
            <button class="progress__cancel" on:click=move |_| cancel(stage)>
                {texts().common().cancel}
            </button>
        </div>
    }
}

#[component]
fn Done(outcome: Outcome) -> impl IntoView {
    let texts = texts();
    let refused = outcome.refused.iter();
    let refused = refused.map(|(sheet, why)| problem((texts.overview().not_taken)(sheet, why)));
    view! {
        <div role="status">
            <p>{(texts.old_ledgers().merged)(outcome.made, outcome.added_to, outcome.records)}</p>
            {(outcome.unchanged > 0).then(|| view! {
                <p class="muted small">{(texts.old_ledgers().unchanged)(outcome.unchanged)}</p>
            })}
        </div>
        {refused.collect_view()}
    }
}

/// Puts the preview away: the overview is there again.
#[component]
fn Back(dropped: Dropped, label: &'static str, tone: &'static str) -> impl IntoView {
    view! {
        <button class=format!("btn {tone} btn_block") on:click=move |_| dropped.set(Vec::new())>
            {label}
        </button>
    }
}

/// Plans one sheet after the other.
fn plan_all(cards: StoredValue<Vec<Card>>) -> AbortHandle {
    let all = cards.get_value();
    let (planning, handle) = abortable(async move {
        for card in all {
            card.plan(card.asked()).await;
        }
    });
    spawn_local(async move {
        let _left_meanwhile = planning.await;
    });
    handle
}

/// Merges one sheet after the other, and reads the shelf anew. What was merged waits no more.
fn merge(cards: StoredValue<Vec<Card>>, stage: Stages, dropped: Dropped, books: Books) {
    let mut cards = cards.get_value();
    // Those that are no ledgers say so already.
    cards.retain(|card| card.classes() > 0);
    let total = cards.iter().map(|card| card.classes()).sum();
    let (merging, cancel) = abortable(async move {
        let mut outcome = Outcome::default();
        let mut before = 0;
        for card in cards {
            let classes = card.classes();
            let on_progress = move |progress: Progress| {
                let done = before + progress.done;
                stage.try_update(|stage| {
                    if let Stage::Merging { so_far, .. } = stage {
                        so_far.done = done;
                    }
                });
            };
            let (sheet, asked) = (card.sheet(), card.asked());
            let merged = old_ledgers::merge(&sheet, asked, classes as usize, on_progress).await;
            outcome.add(card, merged);
            before += classes;
        }
        outcome
    });
    let so_far = Progress { done: 0, total };
    stage.set(Stage::Merging { so_far, cancel });
    spawn_local(async move {
        let ended = merging.await.map_or(Stage::Cancelled, Stage::Merged);
        // Left meanwhile: the overview reads the shelf itself when it is opened again.
        if stage.try_set(ended).is_none() {
            dropped.update_untracked(Vec::clear);
            load(books).await;
        }
    });
}

fn cancel(stage: Stages) {
    stage.try_with_untracked(|stage| {
        if let Stage::Merging { cancel, .. } = stage {
            cancel.abort();
        }
    });
}

impl Outcome {
    fn add(&mut self, card: Card, merged: Result<Vec<Merged>, crate::shelf::Failure>) {
        let classes = match merged {
            Ok(classes) => classes,
            Err(failure) => {
                let why = (texts().overview().failure)(&failure);
                return self.refused.push((card.title(), why));
            }
        };
        for class in classes {
            self.records += class.records;
            *match (class.into, class.records) {
                (_, 0) => &mut self.unchanged,
                (Into::NewBook, _) => &mut self.made,
                (Into::Book, _) => &mut self.added_to,
            } += 1;
        }
    }
}

/// The classes on the shelf, sorted by name.
fn names(books: Books) -> Vec<(BookId, String)> {
    books.with_untracked(|books| {
        let Shelf::Listed(listed) = books else {
            return Vec::new();
        };
        let cards = listed.cards.iter();
        let mut names: Vec<(BookId, String)> = cards
            .map(|card| (card.book, card.figures.class.clone()))
            .collect();
        names.sort_by(|(_, a), (_, b)| a.cmp(b));
        names
    })
}
