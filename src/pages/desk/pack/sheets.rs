use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;
use wuzha_core::pack::WholePack;
use wuzha_core::pack::sheets::{self, Sheet, SheetsError};
use wuzha_jobs::{Broken, Failure, Files, Request, Response};

use super::super::file::{ExportButton, Kind, Making};
use super::super::problem;
use super::{Draft, Section};
use crate::app::texts;
use crate::browser::{clock, save, worker};
use crate::pages::explain_trouble;
use crate::school::PackTrouble;
use crate::shelf;
use crate::spreadsheet;

/// Why a spreadsheet was not taken over.
#[derive(Clone)]
enum Trouble {
    /// The file could not be read.
    File(Failure),
    /// What is in it cannot be understood.
    Sheets(SheetsError),
}

/// What came of an import.
#[derive(Clone)]
enum State {
    Idle,
    Taken,
    Failed(Trouble),
}

/// All lists through a spreadsheet and back.
#[component]
pub(super) fn Sheets(draft: Draft, redraw: Callback<()>) -> impl IntoView {
    let state = RwSignal::new_local(State::Idle);
    let write = move || -> Making {
        let pack = draft.pack.get_untracked();
        let workbook = sheets::workbook(&pack, clock::now(), clock::offset());
        Box::pin(shelf::write_tables(workbook))
    };
    let choose = move |event| {
        let Some(file) = save::chosen(&event_target(&event)) else {
            return;
        };
        let base = draft.pack.get_untracked();
        spawn_local(async move {
            let outcome = match read(&file, &base).await {
                Ok(pack) => {
                    draft.edit(|edited| *edited = pack);
                    redraw.run(());
                    State::Taken
                }
                Err(trouble) => State::Failed(trouble),
            };
            let _left_meanwhile = state.try_set(outcome);
        });
    };
    let outcome = move || match state.get() {
        State::Idle => ().into_any(),
        State::Taken => view! { <p class="strong">{texts().packs().sheets_taken}</p> }.into_any(),
        State::Failed(trouble) => explain(trouble),
    };
    view! {
        <Section title=texts().packs().by_sheets>
            <p class="muted small">{texts().packs().by_sheets_hint}</p>
            <ExportButton
                label=texts().packs().export_sheets
                tone="btn_default"
                kind=Kind::PACK
                of=Signal::stored(String::new())
                make=write
            />
            <label class="upload">
                <input type="file" class="sr-only" accept=".xlsx,.xls" on:change=choose/>
                <span class="strong">{texts().packs().import_sheets}</span>
            </label>
            <div aria-live="polite">{outcome}</div>
        </Section>
    }
}

/// The pack with the lists of a spreadsheet in the place of its own.
async fn read(file: &File, base: &WholePack) -> Result<WholePack, Trouble> {
    let bytes = spreadsheet::bytes(file).await;
    let bytes = bytes.map_err(|error| Trouble::File(error.into()))?;
    let reply = worker::run::<Files>(Request::ReadTables, Some(bytes), |_| {}).await;
    let Response::Tables(tables) = reply.map_err(Trouble::File)?.response else {
        return Err(Trouble::File(Broken::other_answer().into()));
    };
    let sheets = tables.into_iter().map(|mut table| Sheet {
        name: table.sheet.take().unwrap_or_default(),
        table: table.into(),
    });
    let sheets: Vec<Sheet> = sheets.collect();
    sheets::read(base, &sheets).map_err(Trouble::Sheets)
}

fn explain(trouble: Trouble) -> AnyView {
    match trouble {
        Trouble::File(failure) => problem((texts().hand_in().failure)(&failure)),
        Trouble::Sheets(SheetsError::Foreign) => problem(texts().packs().foreign_sheets.to_owned()),
        Trouble::Sheets(SheetsError::Pack(faults)) => explain_trouble(&PackTrouble::Faulty(faults)),
        Trouble::Sheets(SheetsError::Cells(faults)) => {
            let lines = faults.iter().map(|fault| {
                view! { <li class="wrap-anywhere">{(texts().packs().sheet_fault)(fault)}</li> }
            });
            let lines: Vec<_> = lines.collect();
            view! {
                <div class="banner banner_warn" role="alert">
                    <p>{texts().packs().faulty}</p>
                    <ul class="plain-list small">{lines}</ul>
                </div>
            }
            .into_any()
        }
    }
}
