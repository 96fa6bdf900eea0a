//! 登记 · 学生: the class list with status, batch registration and what belongs to one student.
//!
//! # Layout
//! - `narrowing`: search and filters, and whom they leave
//! - `list`: the rows, drawn bit by bit and redrawn one by one
//! - `batch`: 批量登记: one status for every name that is tapped
//! - `sheet`, `marks`, `person`: the half-screen of one student
//! - `add`: 手动添加
//! - `field`: an input with what is wrong with it

mod add;
mod batch;
mod field;
mod list;
mod marks;
mod narrowing;
mod person;
mod sheet;

use leptos::prelude::*;
use wuzha_core::book::Status;
use wuzha_core::ident::StudentNo;

use self::batch::{Batch, BatchBar};
use self::list::List;
use self::narrowing::{DormFilter, Filters, Narrowing, SearchBar};
use self::sheet::StudentSheet;
use super::{Part, Parts};
use crate::app::texts;
use crate::shell::{HelpLink, SaveMark, Screen, Tab};
use crate::store::Store;

pub(crate) use add::AddStudent;

/// 登记 · 学生.
#[component]
pub(crate) fn Students() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let is_empty = Memo::new(move |_| book.with(|book| book.students().next().is_none()));
    view! {
        <Screen title=texts().common().record tab=Tab::Record actions=Actions>
            <Parts current=Part::Students/>
            <Show when=move || !is_empty.get() fallback=Nobody>
                <Roll/>
            </Show>
        </Screen>
    }
}

#[component]
fn Actions() -> impl IntoView {
    view! {
        <SaveMark/>
        <HelpLink/>
        <a
            class="topbar__action"
            href="/record/students/new"
            aria-label=texts().students().add
        >
            {texts().students().add_short}
        </a>
    }
}

/// Before anybody is on the list.
#[component]
fn Nobody() -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty__title">{texts().students().empty}</p>
            <p>{texts().students().empty_next}</p>
            <a class="btn btn_primary" href="/import">{texts().students().import}</a>
            <a class="btn btn_default" href="/record/students/new">
                {texts().students().add}
            </a>
        </div>
    }
}

/// The class list and what is done with it.
#[component]
fn Roll() -> impl IntoView {
    let store = expect_context::<Store>();
    let batch = RwSignal::new(None::<Batch>);
    let narrowing = Narrowing::new();
    let shown = Memo::new(move |_| {
        let batch = batch.read();
        let kept = |no: &StudentNo| batch.as_ref().is_some_and(|batch| batch.keeps(no));
        store.book().with(|book| narrowing.leaves(book, kept))
    });
    let chosen = RwSignal::new(None::<StudentNo>);
    let open = RwSignal::new(false);
    let tap = Callback::new(move |no: StudentNo| {
        if batch.with_untracked(Option::is_some) {
            batch::tap(store, batch, no);
        } else {
            chosen.set(Some(no));
            open.set(true);
        }
    });
    view! {
        <SearchBar narrowing/>
        <Filters narrowing/>
        <div class="btn-row">
            <DormFilter narrowing/>
            <Show when=move || batch.with(Option::is_none)>
                <button
                    class="btn btn_primary"
                    on:click=move |_| batch.set(Some(Batch::default()))
                >
                    {texts().students().batch}
                </button>
            </Show>
        </div>
        <BatchBar batch shown/>
        <List narrowing shown batch on_tap=tap/>
        <Roster/>
        <StudentSheet chosen open/>
    }
}

/// Where the list itself comes from.
#[component]
fn Roster() -> impl IntoView {
    view! {
        <nav class="cells" aria-label=texts().students().update_roster>
            <a class="cell cell_access" href="/import">
                <span class="cell__bd">
                    {texts().students().update_roster}
                    <span class="cell__desc">{texts().students().update_roster_note}</span>
                </span>
            </a>
            <a class="cell cell_access" href="/record/students/new">
                <span class="cell__bd">{texts().students().add}</span>
            </a>
        </nav>
    }
}

/// The colour of a status: `""` where it is not known.
fn tone(status: Option<Status>) -> &'static str {
    match status {
        None => "",
        Some(Status::NotInstalled) => "bad",
        Some(Status::Installed) => "warn",
        Some(Status::Registered | Status::WarningOn) => "ok",
        Some(Status::Unable | Status::Declined) => "info",
    }
}
