//! 案件与帮扶: cases without persons, what counts of them, support in numbers, sealed notes.
//!
//! # Layout
//! - here: the screen, and what is written from it
//! - `list`: the cases; `form`, `draft`: one of them, entered or corrected; `policy`: what counts
//! - `support`: how many of a class are looked after; `notes`: what only the counsellor opens
//! - `field`: fields that the forms have

mod draft;
mod field;
mod form;
mod list;
mod notes;
mod policy;
mod support;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::desk::EntryId;
use wuzha_jobs::cases::{CasesBoard, CasesChange, ShownCase};
use wuzha_jobs::shelf::Failure;

use super::book::PrivacyLink;
use super::file::{ExportButton, Kind};
use super::frame::{DeskScreen, Place};
use super::{problem, waiting};
use crate::app::texts;
use crate::shelf;
use crate::shell::Toaster;
use form::CaseForm;
use list::CaseList;
use policy::PolicyForm;
use support::Support;

/// How far the reading is.
#[derive(Clone, PartialEq)]
enum Stage {
    Reading,
    /// [`Shown::board`] has it.
    Read,
    Failed(Failure),
}

/// What the form is about.
#[derive(Clone)]
enum Editing {
    New,
    Case(Box<ShownCase>),
}

/// What is shown.
#[derive(Clone, Copy)]
struct Shown {
    board: RwSignal<CasesBoard, LocalStorage>,
    editing: RwSignal<Option<Editing>, LocalStorage>,
    opened: RwSignal<Option<EntryId>>,
    toaster: Toaster,
}

/// How a form's saving goes.
#[derive(Clone, Copy)]
struct Saving {
    is_busy: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
}

/// 案件与帮扶.
#[component]
pub(super) fn CasesView() -> impl IntoView {
    let shown = Shown {
        board: RwSignal::new_local(CasesBoard::default()),
        editing: RwSignal::new_local(None),
        opened: RwSignal::new(None),
        toaster: expect_context(),
    };
    let stage = RwSignal::new(Stage::Reading);
    spawn_local(async move {
        let read = match shelf::cases::read().await {
            Ok(board) => {
                let _left_meanwhile = shown.board.try_set(board);
                Stage::Read
            }
            Err(failure) => Stage::Failed(failure),
        };
        let _left_meanwhile = stage.try_set(read);
    });
    let content = move || match stage.get() {
        Stage::Reading => waiting(texts().overview().opening),
        Stage::Failed(failure) => problem((texts().overview().failure)(&failure).to_owned()),
        Stage::Read => view! {
            <Cases shown/>
            <PolicyForm shown/>
            <Support shown/>
            <PrivacyLink/>
        }
        .into_any(),
    };
    view! {
        <DeskScreen place=Place::Cases>
            <p class="section-note">{texts().cases().lead}</p>
            {content}
        </DeskScreen>
    }
}

/// The cases, and the form above them while one is written.
#[component]
fn Cases(shown: Shown) -> impl IntoView {
    let form = move || match shown.editing.get() {
        None => view! {
            <button
                class="btn btn_primary btn_block"
                on:click=move |_| shown.editing.set(Some(Editing::New))
            >
                {texts().cases().enter}
            </button>
        }
        .into_any(),
        Some(editing) => view! { <CaseForm shown editing/> }.into_any(),
    };
    view! {
        <section class="stack">
            <h2 class="section-title"><span>{texts().cases().cases}</span></h2>
            {form}
            <CaseList shown/>
            <p class="muted small">{texts().cases().export_note}</p>
            <ExportButton
                label=texts().cases().export
                tone="btn_default"
                kind=Kind::CASES
                of=Signal::stored(String::new())
                is_empty=Signal::derive(move || shown.board.with(|board| board.cases.is_empty()))
                make=|| Box::pin(shelf::cases::write_counts())
            />
        </section>
    }
}

impl Shown {
    /// Writes something, shows how all is then, and does what comes after.
    fn write(self, change: CasesChange, saving: Saving, then: impl FnOnce() + 'static) {
        saving.begin();
        spawn_local(async move {
            let written = shelf::cases::change(change).await;
            saving.is_busy.try_set(false);
            match written {
                Ok(board) => {
                    self.toaster.say(texts().cases().saved);
                    if self.board.try_set(board).is_none() {
                        then();
                    }
                }
                Err(failure) => saving.fail((texts().overview().failure)(&failure).to_owned()),
            }
        });
    }
}

impl Saving {
    fn new() -> Self {
        Self {
            is_busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
        }
    }

    fn begin(self) {
        self.is_busy.set(true);
        self.trouble.set(None);
    }

    /// Says why; what was typed stays.
    fn fail(self, text: String) {
        let _left_meanwhile = self.trouble.try_set(Some(text));
    }

    /// What went wrong, where something did.
    fn said(self) -> impl IntoView {
        move || self.trouble.get().map(problem)
    }
}
