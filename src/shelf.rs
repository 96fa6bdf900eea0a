//! The shelf, as the screens see it: the books of many classes, over the worker that keeps them.

use js_sys::Uint8Array;
use wuzha_core::award::Review;
use wuzha_core::ledger::{Ledger, Workbook};
use wuzha_core::report::{Author, Report};
use wuzha_jobs::shelf::{Assessed, BookId, Card, Request, Response, Shelf};
pub(crate) use wuzha_jobs::shelf::{Failure, Taken};
use wuzha_jobs::{Broken, Progress};

use crate::browser::worker::{self, Reply};
use crate::browser::{clock, preference};
use crate::ledgers;

pub(crate) use wuzha_jobs::courier::{ClassId, Cursor};

/// Where it is kept how far what classes handed in is on the shelf.
const REACHED: &str = "wuzha.shelf_reached";

/// All books on the shelf.
pub(crate) async fn list() -> Result<Vec<Card>, Failure> {
    match send(Request::List, None).await?.response {
        Response::Books(cards) => Ok(cards),
        _ => Err(Broken::other_answer().into()),
    }
}

/// Puts what a class handed in on the shelf; `ops`: as [`crate::school::School::open`] gives them.
pub(crate) async fn take(class: ClassId, ops: Uint8Array) -> Result<Taken, Failure> {
    let ledgers = ledgers::request(clock::now());
    taken(send(Request::Take { class, ledgers }, Some(ops)).await?)
}

/// Puts what a file holds on the shelf.
pub(crate) async fn take_file(file: Uint8Array) -> Result<Taken, Failure> {
    let ledgers = ledgers::request(clock::now());
    taken(send(Request::TakeFile(ledgers), Some(file)).await?)
}

/// The tables of a class.
pub(crate) async fn tables(book: BookId) -> Result<Workbook, Failure> {
    let (ledgers, _says_so_itself) = ledgers::request_with_bank(clock::now()).await;
    match send(Request::Tables { book, ledgers }, None)
        .await?
        .response
    {
        Response::Tables(workbook) => Ok(workbook),
        _ => Err(Broken::other_answer().into()),
    }
}

/// How each class stands in its award.
pub(crate) async fn awards(on_progress: impl Fn(Progress)) -> Result<Vec<Assessed>, Failure> {
    let ledgers = ledgers::request(clock::now());
    let reply = worker::run::<Shelf>(Request::Awards(ledgers), None, on_progress).await?;
    match reply.response {
        Response::Awards(assessed) => Ok(assessed),
        _ => Err(Broken::other_answer().into()),
    }
}

/// How each class stands, as XLSX without anything personal.
pub(crate) async fn write_awards() -> Result<Uint8Array, Failure> {
    let ledgers = ledgers::request(clock::now());
    file(Request::WriteAwards(ledgers)).await
}

/// Notes a person's decision about a class's award.
pub(crate) async fn review(book: BookId, review: Review) -> Result<(), Failure> {
    match send(Request::Review { book, review }, None).await?.response {
        Response::Done => Ok(()),
        _ => Err(Broken::other_answer().into()),
    }
}

/// What was changed in a class's records, the newest first; at most so many changes.
pub(crate) async fn history(book: BookId, most: u32) -> Result<Ledger, Failure> {
    let request = Request::History {
        book,
        most,
        ledgers: ledgers::request(clock::now()),
    };
    match send(request, None).await?.response {
        Response::History(ledger) => Ok(ledger),
        _ => Err(Broken::other_answer().into()),
    }
}

/// A work summary of all classes.
pub(crate) async fn summarise(author: Author, unit: String) -> Result<Report, Failure> {
    let request = Request::Summarise {
        author,
        unit,
        ledgers: ledgers::request(clock::now()),
    };
    match send(request, None).await?.response {
        Response::Report(report) => Ok(*report),
        _ => Err(Broken::other_answer().into()),
    }
}

/// A report as DOCX.
pub(crate) async fn write_report(report: Report) -> Result<Uint8Array, Failure> {
    file(Request::WriteReport(Box::new(report))).await
}

/// The tables of a class as XLSX.
pub(crate) async fn write_class(book: BookId) -> Result<Uint8Array, Failure> {
    let (ledgers, _says_so_itself) = ledgers::request_with_bank(clock::now()).await;
    file(Request::WriteClass { book, ledgers }).await
}

/// The figures of these classes as XLSX.
pub(crate) async fn write_overview(books: Vec<BookId>) -> Result<Uint8Array, Failure> {
    let ledgers = ledgers::request(clock::now());
    file(Request::WriteOverview { books, ledgers }).await
}

/// How far what the school's classes handed in is on the shelf.
pub(crate) fn reached() -> Cursor {
    preference::get(REACHED).unwrap_or_default()
}

/// Remembers how far. Where it cannot be kept, all is read again, which changes nothing.
pub(crate) fn keep_reached(cursor: Cursor) {
    let _kept = preference::keep(REACHED, &cursor);
}

/// Takes a book off the shelf.
pub(crate) async fn remove(book: BookId) -> Result<(), Failure> {
    // Should its class come back, all of it does.
    keep_reached(Cursor::default());
    match send(Request::Remove(book), None).await?.response {
        Response::Done => Ok(()),
        _ => Err(Broken::other_answer().into()),
    }
}

async fn send(request: Request, bytes: Option<Uint8Array>) -> Result<Reply<Response>, Failure> {
    worker::run::<Shelf>(request, bytes, |_| {}).await
}

async fn file(request: Request) -> Result<Uint8Array, Failure> {
    let reply = send(request, None).await?;
    reply.bytes.ok_or_else(|| Broken::other_answer().into())
}

fn taken(reply: Reply<Response>) -> Result<Taken, Failure> {
    match reply.response {
        Response::Taken(taken) => Ok(*taken),
        _ => Err(Broken::other_answer().into()),
    }
}
