//! What each job does.

use std::collections::BTreeMap;
use std::fmt::Display;

use wuzha_core::book::Book;
use wuzha_core::history;
use wuzha_core::ledger::{Ledger, Source, Workbook};
use wuzha_core::log::Op;
use wuzha_core::overview::{self, Figures};
use wuzha_files::{write_csv_archive, write_json, write_workbook};
use wuzha_jobs::LedgerRequest;
use wuzha_jobs::listening::Answer;
use wuzha_jobs::shelf::{BookId, Books, Card, Failure, FileFormat, Request, Response, Shelf};

use crate::book::{Back, fold};
use crate::disk::Disk;
use crate::{awards, cases, intake, old_ledgers, privacy, reports};

/// Does the job that `request` encodes, with the `bytes` beside it. `progress` is told rows done and rows in
/// all.
pub(crate) async fn run(
    request: &[u8],
    bytes: &[u8],
    progress: impl Fn(u32, u32),
) -> Answer<Shelf> {
    let disk = Disk::open().await?;
    match wuzha_jobs::decode(request)? {
        Request::Take { class, ledgers } => {
            let taken = intake::take(&disk, class, bytes, &ledgers).await?;
            said(Response::Taken(Box::new(taken)))
        }
        Request::TakeFiles(ledgers) => {
            let files = wuzha_jobs::unpack(bytes)?;
            let taken = intake::take_files(&disk, files, &ledgers).await?;
            said(Response::FilesTaken(taken))
        }
        Request::List => said(Response::Books(Box::new(books(&disk).await?))),
        Request::Tables { book, ledgers } => {
            said(Response::Tables(tables(&disk, book, &ledgers).await?))
        }
        Request::Awards(ledgers) => {
            let awards = awards::awards(&disk, &ledgers, progress).await?;
            said(Response::Awards(Box::new(awards)))
        }
        Request::WriteAwards { round, ledgers } => {
            file(&awards::workbook(&disk, round, &ledgers).await?, progress)
        }
        Request::Decide {
            candidate,
            decision,
            reason,
            pen,
        } => {
            let review = awards::decide(&disk, &candidate, decision, reason, pen).await?;
            said(Response::Decided(review))
        }
        Request::Freeze {
            title,
            files,
            ledgers,
            pen,
        } => said(awards::freeze(&disk, &title, files, &ledgers, pen, progress).await?),
        Request::Rounds => said(awards::rounds(&disk).await?),
        Request::Round(id) => said(awards::round(&disk, id).await?),
        Request::Rebuild(id) => said(Response::Rebuilt(
            awards::rebuild(&disk, id, progress).await?,
        )),
        Request::Summarise {
            reporter,
            unit,
            ledgers,
        } => said(reports::summary(&disk, &reporter, &unit, &ledgers).await?),
        Request::WriteReport(report) => reports::document(&report),
        Request::History {
            book,
            most,
            ledgers,
        } => said(Response::History(
            changes(&disk, book, most as usize, &ledgers).await?,
        )),
        Request::WriteClass { book, ledgers } => {
            file(&tables(&disk, book, &ledgers).await?, progress)
        }
        Request::WriteOverview { books, ledgers } => {
            let cards = chosen(disk.backs().await?, &books);
            let figures: Vec<&Figures> = cards.iter().map(|card| &card.figures).collect();
            let workbook = overview::ledgers(&figures, ledgers.cutoff, ledgers.offset);
            file(&workbook, progress)
        }
        Request::WriteTables(workbook) => file(&workbook, progress),
        Request::Remove(book) => {
            disk.remove(&disk.turn().await?, book).await?;
            said(Response::Done)
        }
        Request::WriteAll {
            books,
            unit,
            format,
            ledgers,
        } => {
            let workbook = reports::all(&disk, &books, &unit, &ledgers, &progress).await?;
            match format {
                FileFormat::Xlsx => file(&workbook, progress),
                FileFormat::Csv => written(write_csv_archive(&workbook)),
                FileFormat::Json => Ok((Response::File, Some(write_json(&workbook)))),
            }
        }
        Request::Bulletin {
            reporter,
            unit,
            deadline,
            ledgers,
        } => said(reports::bulletin(&disk, &reporter, &unit, deadline, &ledgers).await?),
        Request::PlanOld { asked, most } => {
            let plan = old_ledgers::plan(&disk, bytes, &asked, most as usize, progress).await?;
            said(Response::OldPlan(Box::new(plan)))
        }
        Request::MergeOld(merge) => {
            let merged = old_ledgers::merge(&disk, bytes, &merge, progress).await?;
            said(Response::OldMerged(merged))
        }
        Request::Cases(job) => cases::run(&disk, *job, progress).await,
        Request::Privacy(job) => privacy::run(&disk, job, progress).await,
    }
}

/// All books, and what they make together.
async fn books(disk: &Disk) -> Result<Books, Failure> {
    let backs = disk.backs().await?.into_iter();
    let mut cards: Vec<Card> = backs.map(|back| back.card).collect();
    let figures = || cards.iter().map(|card| &card.figures);
    let total = overview::total(figures());
    let mut departments = overview::by_unit(figures(), overview::Unit::Department);
    for (_, total) in &mut departments {
        total.figures.registered_by_day.clear();
    }
    for card in &mut cards {
        card.figures.registered_by_day.clear();
    }
    Ok(Books {
        cards,
        total,
        departments,
    })
}

async fn changes(
    disk: &Disk,
    book: BookId,
    most: usize,
    ledgers: &LedgerRequest,
) -> Result<Ledger, Failure> {
    let ops = disk.book(book).await?.ok_or(Failure::NoBook)?;
    let pack = &*ledgers.pack;
    Ok(history::ledger(&ops, &book_of(&ops), pack, most))
}

async fn tables(disk: &Disk, book: BookId, ledgers: &LedgerRequest) -> Result<Workbook, Failure> {
    let ops = disk.book(book).await?.ok_or(Failure::NoBook)?;
    let pack = &*ledgers.pack;
    let bank = ledgers.read_bank();
    let bank = bank.map_err(|error| Failure::Tables(error.to_string()))?;
    let source = Source {
        book: &book_of(&ops),
        pack,
        bank: bank.as_ref(),
        cutoff: ledgers.cutoff,
        offset: ledgers.offset,
    };
    Ok(source.workbook())
}

fn chosen(backs: Vec<Back>, books: &[BookId]) -> Vec<Card> {
    let mut by_book: BTreeMap<BookId, Card> = backs
        .into_iter()
        .map(|back| (back.card.book, back.card))
        .collect();
    books
        .iter()
        .filter_map(|book| by_book.remove(book))
        .collect()
}

pub(crate) fn book_of(ops: &[Op]) -> Book {
    Book::fold(&fold(ops))
}

pub(crate) fn said(response: Response) -> Answer<Shelf> {
    Ok((response, None))
}

pub(crate) fn file(workbook: &Workbook, progress: impl Fn(u32, u32)) -> Answer<Shelf> {
    let so_far = |so_far: wuzha_files::Progress| progress(so_far.done, so_far.total);
    written(write_workbook(workbook, so_far))
}

/// A file, or why it was not written.
pub(crate) fn written<E: Display>(file: Result<Vec<u8>, E>) -> Answer<Shelf> {
    let file = file.map_err(|error| Failure::Tables(error.to_string()))?;
    Ok((Response::File, Some(file)))
}
