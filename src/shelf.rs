//! The shelf, as the screens see it: the books of many classes, over the worker that keeps them.

pub(crate) mod cases;
pub(crate) mod privacy;

use chrono::NaiveDate;
use js_sys::Uint8Array;
use wuzha_core::award::{Awards, Candidate, Decision, Reason, Review};
use wuzha_core::desk::{Rebuilt, RoundCard, RoundId, RoundTitle, Snapshot};
use wuzha_core::ledger::{Ledger, Workbook};
use wuzha_core::log::DeviceId;
use wuzha_core::report::{Report, Reporter};
use wuzha_jobs::shelf::{BookId, Books, FileFormat, Pen, Request, Response, Shelf};
pub(crate) use wuzha_jobs::shelf::{Failure, Taken};
use wuzha_jobs::{Broken, Progress, pack};

use crate::browser::worker::{self, Reply};
use crate::browser::{clock, preference, random};
use crate::content;
use crate::ledgers;

pub(crate) use wuzha_jobs::courier::{ClassId, Cursor};

/// Where it is kept how far what classes handed in is on the shelf.
const REACHED: &str = "wuzha.shelf_read_to";

/// All books on the shelf.
pub(crate) async fn list() -> Result<Books, Failure> {
    match send(Request::List, None).await?.response {
        Response::Books(books) => Ok(*books),
        _ => Err(Broken::other_answer().into()),
    }
}

/// Puts what a class handed in on the shelf; `ops`: as [`crate::school::School::open`] gives them.
pub(crate) async fn take(class: ClassId, ops: Uint8Array) -> Result<Taken, Failure> {
    let ledgers = ledgers::request(clock::now());
    taken(send(Request::Take { class, ledgers }, Some(ops)).await?)
}

/// Puts what backup files hold on the shelf, all of them at once; what became of each, in their order.
pub(crate) async fn take_files(files: &[Vec<u8>]) -> Result<Vec<Result<Taken, Failure>>, Failure> {
    let ledgers = ledgers::request(clock::now());
    let packed = Uint8Array::from(pack(files.iter().map(Vec::as_slice)).as_slice());
    let reply = send(Request::TakeFiles(ledgers), Some(packed)).await?;
    match reply.response {
        Response::FilesTaken(taken) => Ok(taken),
        _ => Err(Broken::other_answer().into()),
    }
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

/// How all stand in their awards.
pub(crate) async fn awards(on_progress: impl Fn(Progress)) -> Result<Awards, Failure> {
    let ledgers = ledgers::request(clock::now());
    let reply = worker::run::<Shelf>(Request::Awards(ledgers), None, on_progress).await?;
    match reply.response {
        Response::Awards(awards) => Ok(*awards),
        _ => Err(Broken::other_answer().into()),
    }
}

/// How all stand, or stood in a round, as XLSX without anything personal.
pub(crate) async fn write_awards(round: Option<RoundId>) -> Result<Uint8Array, Failure> {
    let ledgers = ledgers::request(clock::now());
    file(Request::WriteAwards { round, ledgers }).await
}

/// Notes a person's decision about an award.
pub(crate) async fn decide(
    candidate: Candidate,
    decision: Decision,
    reason: Reason,
) -> Result<Review, Failure> {
    let request = Request::Decide {
        candidate,
        decision,
        reason,
        pen: pen()?,
    };
    match send(request, None).await?.response {
        Response::Decided(review) => Ok(review),
        _ => Err(Broken::other_answer().into()),
    }
}

/// Freezes how all stand now; which round that is.
pub(crate) async fn freeze(title: RoundTitle) -> Result<RoundId, Failure> {
    let pen = pen()?;
    let request = Request::Freeze {
        title,
        files: content::files(),
        ledgers: ledgers::request(pen.now),
        pen,
    };
    match send(request, None).await?.response {
        Response::Rounds(_) => Ok(RoundId(pen.now)),
        _ => Err(Broken::other_answer().into()),
    }
}

/// The frozen rounds, the newest first.
pub(crate) async fn rounds() -> Result<Vec<RoundCard>, Failure> {
    match send(Request::Rounds, None).await?.response {
        Response::Rounds(cards) => Ok(cards),
        _ => Err(Broken::other_answer().into()),
    }
}

/// One of them, with what it is called.
pub(crate) async fn round(id: RoundId) -> Result<(RoundCard, Box<Snapshot>), Failure> {
    match send(Request::Round(id), None).await?.response {
        Response::Round(card, snapshot) => Ok((card, snapshot)),
        _ => Err(Broken::other_answer().into()),
    }
}

/// Makes a frozen round again from the operations, and compares.
pub(crate) async fn rebuild(
    id: RoundId,
    on_progress: impl Fn(Progress),
) -> Result<Rebuilt, Failure> {
    let reply = worker::run::<Shelf>(Request::Rebuild(id), None, on_progress).await?;
    match reply.response {
        Response::Rebuilt(rebuilt) => Ok(rebuilt),
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

/// A work summary.
pub(crate) async fn summarise(reporter: Reporter, unit: String) -> Result<Report, Failure> {
    // Without the bank, what it says of cases is left to be filled in.
    let (ledgers, _says_so_itself) = ledgers::request_with_bank(clock::now()).await;
    report(Request::Summarise {
        reporter,
        unit,
        ledgers,
    })
    .await
}

/// A bulletin.
pub(crate) async fn bulletin(
    reporter: Reporter,
    unit: String,
    deadline: Option<NaiveDate>,
) -> Result<Report, Failure> {
    // As above.
    let (ledgers, _says_so_itself) = ledgers::request_with_bank(clock::now()).await;
    report(Request::Bulletin {
        reporter,
        unit,
        deadline,
        ledgers,
    })
    .await
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

/// The ledgers of these classes of `unit` as one file.
pub(crate) async fn write_all(
    books: Vec<BookId>,
    unit: String,
    format: FileFormat,
    on_progress: impl Fn(Progress),
) -> Result<Uint8Array, Failure> {
    let request = Request::WriteAll {
        books,
        unit,
        format,
        ledgers: ledgers::request(clock::now()),
    };
    let reply = worker::run::<Shelf>(request, None, on_progress).await?;
    reply.bytes.ok_or_else(|| Broken::other_answer().into())
}

/// Any tables as XLSX.
pub(crate) async fn write_tables(workbook: Workbook) -> Result<Uint8Array, Failure> {
    file(Request::WriteTables(workbook)).await
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

/// With what this desk writes into its own log.
fn pen() -> Result<Pen, Failure> {
    Ok(Pen {
        fresh: fresh_writer()?,
        now: clock::now(),
    })
}

/// A writer that nobody else is.
pub(crate) fn fresh_writer() -> Result<DeviceId, Failure> {
    let random = random::random_bytes().map(DeviceId::from_bytes);
    random.ok_or_else(|| Failure::Disk("no source of randomness".to_owned()))
}

async fn send(request: Request, bytes: Option<Uint8Array>) -> Result<Reply<Response>, Failure> {
    worker::run::<Shelf>(request, bytes, |_| {}).await
}

async fn file(request: Request) -> Result<Uint8Array, Failure> {
    let reply = send(request, None).await?;
    reply.bytes.ok_or_else(|| Broken::other_answer().into())
}

async fn report(request: Request) -> Result<Report, Failure> {
    match send(request, None).await?.response {
        Response::Report(report) => Ok(*report),
        _ => Err(Broken::other_answer().into()),
    }
}

fn taken(reply: Reply<Response>) -> Result<Taken, Failure> {
    match reply.response {
        Response::Taken(taken) => Ok(*taken),
        _ => Err(Broken::other_answer().into()),
    }
}
