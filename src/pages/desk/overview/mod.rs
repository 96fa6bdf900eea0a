//! 总览: many classes at a glance.
//!
//! # Layout
//! - here: the screen, and the books on the shelf
//! - `intake`: from files, from codes and from the server onto the shelf, `items`: what that is; `receive`: the camera
//!   for the codes; `old`: old ledgers, merged after a preview
//! - `files`: what leaves as files
//! - `totals`, `trend`, `units`: classes together; `table`: one line a class, with its order and filter

mod files;
mod intake;
mod items;
mod old;
mod receive;
mod table;
mod totals;
mod trend;
mod units;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_jobs::shelf::{Books as Listed, Failure};

use super::frame::{DeskScreen, Place};
use super::{problem, waiting};
use crate::app::texts;
use crate::browser::boot;
use crate::shelf;
use files::Files;
use intake::{ByCamera, Intake};
use old::{Dropped, OldLedgers};
use table::Classes;
use totals::Totals;
use trend::Trend;
use units::Units;

/// The books on the shelf, as far as they are known.
#[derive(Clone)]
pub(super) enum Shelf {
    Opening,
    Listed(Arc<Listed>),
    Failed(Failure),
}

type Books = RwSignal<Shelf, LocalStorage>;

/// 总览.
#[component]
pub(super) fn Overview() -> impl IntoView {
    let books: Books = RwSignal::new_local(Shelf::Opening);
    spawn_local(load(books));
    boot::keep_all();
    let dropped: Dropped = RwSignal::new(Vec::new());
    let by_camera = RwSignal::new(ByCamera::No);
    // While old ledgers wait, or the camera is on, they are the only thing on the screen.
    let is_hidden = Memo::new(move |_| {
        by_camera.get() != ByCamera::No || dropped.with(|dropped| !dropped.is_empty())
    });
    let content = move || match books.get() {
        _ if is_hidden.get() => ().into_any(),
        Shelf::Opening => waiting(texts().overview().opening),
        Shelf::Failed(failure) => problem((texts().overview().failure)(&failure).to_owned()),
        Shelf::Listed(listed) if listed.cards.is_empty() => view! {
            <div class="empty empty_card">
                <p class="empty__title">{texts().overview().nothing}</p>
                <p>{texts().overview().nothing_next}</p>
            </div>
        }
        .into_any(),
        Shelf::Listed(listed) => view! { <Content listed/> }.into_any(),
    };
    view! {
        <DeskScreen place=Place::Overview>
            <p class="section-note">{texts().overview().lead}</p>
            // What a teacher comes for every day.
            <Intake books dropped by_camera/>
            {move || {
                let sheets = dropped.get();
                (!sheets.is_empty()).then(|| view! { <OldLedgers sheets dropped books/> })
            }}
            {content}
        </DeskScreen>
    }
}

#[component]
fn Content(listed: Arc<Listed>) -> impl IntoView {
    // What is shown, in the order in which it is shown.
    let shown = RwSignal::new(Vec::new());
    let (below, exported) = (listed.clone(), listed.clone());
    view! {
        <Totals total=listed.total.clone()/>
        <Classes books=listed shown/>
        <Files books=exported shown/>
        {next_frame(move || view! {
            <div class="side-by-side">
                <Trend total=&below.total/>
                <Units departments=&below.departments/>
            </div>
        })}
    }
}

/// Draws what is further down a frame later.
fn next_frame<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> impl IntoView {
    let is_due = RwSignal::new(false);
    request_animation_frame(move || {
        set_timeout(
            move || {
                let _left_meanwhile = is_due.try_set(true);
            },
            Duration::ZERO,
        );
    });
    move || is_due.get().then(&draw)
}

/// Reads anew what is on the shelf.
async fn load(books: Books) {
    let listed = match shelf::list().await {
        Ok(listed) => Shelf::Listed(Arc::new(listed)),
        Err(failure) => Shelf::Failed(failure),
    };
    let _left_meanwhile = books.try_set(listed);
}
