//! Old ledgers, as the screens see them: one worker reads the files, the shelf's plans and merges their sheets.

use std::sync::Arc;

use js_sys::Uint8Array;
use web_sys::File;
use wuzha_core::old_ledger::OWN_SHEET;
use wuzha_files::RawTable;
use wuzha_jobs::files::{self, Files};
use wuzha_jobs::old_ledgers::{self, Asked, Merge, Merged, SheetPlan};
use wuzha_jobs::shelf::{Request, Response, Shelf};
use wuzha_jobs::{Broken, Progress};

use crate::browser::{clock, worker};
use crate::ledgers;
use crate::shelf::{self, Failure};
use crate::spreadsheet;

/// What the names of spreadsheets end in.
const ENDINGS: [&str; 3] = [".xlsx", ".xls", ".csv"];

/// A sheet of an old ledger. Kept as bytes: it goes to a worker again and again.
#[derive(Clone)]
pub(crate) struct Sheet {
    /// The name of its file.
    pub(crate) file: String,
    /// Its own; `None` for a text file.
    pub(crate) name: Option<String>,
    /// The file's other sheets, where only this one is of interest.
    pub(crate) others: Vec<String>,
    table: Arc<[u8]>,
}

/// Whether a file may be an old ledger, by its name.
pub(crate) fn is_spreadsheet(file: &str) -> bool {
    let file = file.to_lowercase();
    ENDINGS.iter().any(|ending| file.ends_with(ending))
}

/// The sheets of a file. Of our own workbooks it is the one of the students.
pub(crate) async fn read(file: &File) -> Result<Vec<Sheet>, files::Failure> {
    let bytes = spreadsheet::bytes(file).await?;
    let reply = worker::run::<Files>(files::Request::ReadTables, Some(bytes), |_| {}).await?;
    let files::Response::Tables(tables) = reply.response else {
        return Err(Broken::other_answer().into());
    };
    let (tables, others) = of_interest(tables);
    let sheet = |mut table: RawTable| {
        Ok(Sheet {
            file: file.name(),
            name: table.sheet.take(),
            others: others.clone(),
            table: old_ledgers::sheet(&table.into())?.into(),
        })
    };
    tables.into_iter().map(sheet).collect()
}

/// What taking a sheet over would do; up to `most` lines a class.
pub(crate) async fn plan(
    sheet: &Sheet,
    asked: Asked,
    most: u32,
    on_progress: impl Fn(Progress),
) -> Result<SheetPlan, Failure> {
    let request = Request::PlanOld { asked, most };
    let reply = worker::run::<Shelf>(request, Some(sheet.bytes()), on_progress).await?;
    match reply.response {
        Response::OldPlan(plan) => Ok(*plan),
        _ => Err(Broken::other_answer().into()),
    }
}

/// Takes a sheet of so many classes over.
pub(crate) async fn merge(
    sheet: &Sheet,
    asked: Asked,
    classes: usize,
    on_progress: impl Fn(Progress),
) -> Result<Vec<Merged>, Failure> {
    let writers = (0..classes).map(|_| shelf::fresh_writer());
    let request = Request::MergeOld(Merge {
        asked,
        writers: writers.collect::<Result<_, _>>()?,
        ledgers: ledgers::request(clock::now()),
    });
    let reply = worker::run::<Shelf>(request, Some(sheet.bytes()), on_progress).await?;
    match reply.response {
        Response::OldMerged(merged) => Ok(merged),
        _ => Err(Broken::other_answer().into()),
    }
}

impl Sheet {
    fn bytes(&self) -> Uint8Array {
        Uint8Array::from(&*self.table)
    }
}

/// The tables to look at, and the names of the others.
fn of_interest(mut tables: Vec<RawTable>) -> (Vec<RawTable>, Vec<String>) {
    let is_own = |table: &RawTable| table.sheet.as_deref() == Some(OWN_SHEET);
    let Some(at) = tables.iter().position(is_own) else {
        return (tables, Vec::new());
    };
    let own = tables.swap_remove(at);
    let others = tables.into_iter().filter_map(|table| table.sheet);
    (vec![own], others.collect())
}
