//! 总览: many classes at a glance.
//!
//! # Layout
//! - here: the screen, and the books on the shelf
//! - `intake`: from files and from the server onto the shelf
//! - `totals`, `trend`, `units`: classes together; `table`: one line a class, with its order and filter

mod intake;
mod table;
mod totals;
mod trend;
mod units;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::overview;
use wuzha_jobs::shelf::{Card, Failure};

use super::file::{ExportButton, Kind};
use super::{problem, waiting};
use crate::app::texts;
use crate::browser::boot;
use crate::shelf;
use crate::shell::Screen;
use intake::Intake;
use table::Classes;
use totals::Totals;
use trend::Trend;
use units::Units;

/// The books on the shelf, as far as they are known.
#[derive(Clone)]
pub(super) enum Shelf {
    Opening,
    Listed(Vec<Card>),
    Failed(Failure),
}

pub(super) type Books = RwSignal<Shelf, LocalStorage>;

/// 总览.
#[component]
pub(super) fn Overview() -> impl IntoView {
    let books: Books = RwSignal::new_local(Shelf::Opening);
    spawn_local(load(books));
    boot::keep_all();
    let content = move || match books.get() {
        Shelf::Opening => waiting(texts().overview().opening),
        Shelf::Failed(failure) => problem((texts().overview().failure)(&failure).to_owned()),
        Shelf::Listed(cards) if cards.is_empty() => view! {
            <div class="empty empty_card">
                <p class="empty__title">{texts().overview().nothing}</p>
                <p>{texts().overview().nothing_next}</p>
            </div>
        }
        .into_any(),
        Shelf::Listed(cards) => view! { <Content cards/> }.into_any(),
    };
    view! {
        <Screen title=texts().overview().title back="/teacher" class="stack wide">
            <p class="section-note">{texts().overview().lead}</p>
            {content}
            <Intake books/>
        </Screen>
    }
}

#[component]
fn Content(cards: Vec<Card>) -> impl IntoView {
    let total = overview::total(cards.iter().map(|card| &card.figures));
    // What is shown, in the order in which it is shown.
    let shown = RwSignal::new(Vec::new());
    view! {
        <Totals total=total.clone()/>
        <Classes cards=cards.clone() shown/>
        <ExportButton
            label=texts().overview().export
            tone="btn_default"
            kind=Kind::OVERVIEW
            of=Signal::stored(String::new())
            is_empty=Signal::derive(move || shown.with(Vec::is_empty))
            make=move || Box::pin(shelf::write_overview(shown.get_untracked()))
        />
        <nav class="cells" aria-label=texts().awards().title>
            <a class="cell cell_access" href="/awards">
                <span class="cell__bd">
                    {texts().awards().title}
                    <span class="cell__desc">{texts().awards().desc}</span>
                </span>
            </a>
            <a class="cell cell_access" href="/report">
                <span class="cell__bd">
                    {texts().report().title}
                    <span class="cell__desc">{texts().report().desc}</span>
                </span>
            </a>
        </nav>
        <div class="side-by-side">
            <Trend total/>
            <Units cards/>
        </div>
    }
}

/// Reads anew what is on the shelf.
async fn load(books: Books) {
    let listed = match shelf::list().await {
        Ok(cards) => Shelf::Listed(cards),
        Err(failure) => Shelf::Failed(failure),
    };
    let _left_meanwhile = books.try_set(listed);
}
