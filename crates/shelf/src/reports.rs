//! What leaves the desk about many classes: their ledgers, and documents from their figures.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use wuzha_core::award::ClassMark;
use wuzha_core::desk::{self, Desk, Snapshot};
use wuzha_core::ledger::{Many, Rounds, Source, Workbook};
use wuzha_core::log::Op;
use wuzha_core::overview::{Figures, total};
use wuzha_core::pack::Pack;
use wuzha_core::report::{
    self, BulletinInput, Confirmed, Report, ReportSource, Reporter, SummaryInput,
};
use wuzha_files::write_report;
use wuzha_jobs::LedgerRequest;
use wuzha_jobs::listening::Answer;
use wuzha_jobs::shelf::{BookId, Failure, Response, Shelf};

use crate::awards;
use crate::book::{Back, fold};
use crate::disk::Disk;
use crate::jobs::{book_of, written};

/// From more classes than these, each has its latest round of inspections alone: a department keeps all of
/// them, and a school's do not fit into what a browser gives a worker.
const ALL_ROUNDS_UP_TO: usize = 64;

/// The ledgers of these classes in this order. One book at a time is read; `progress` is told the classes so far.
pub(crate) async fn all(
    disk: &Disk,
    books: &[BookId],
    unit: &str,
    ledgers: &LedgerRequest,
    progress: impl Fn(u32, u32),
) -> Result<Workbook, Failure> {
    let pack = &*ledgers.pack;
    let backs = disk.backs().await?.into_iter();
    let mut figures: BTreeMap<BookId, Figures> = backs
        .map(|back| (back.card.book, back.card.figures))
        .collect();
    let mut many = Many::new(unit, rounds_of(books.len()), ledgers.cutoff, ledgers.offset);
    let total = u32::try_from(books.len()).unwrap_or(u32::MAX);
    for (done, book) in (0..).zip(books) {
        progress(done, total);
        let ops = disk.book(*book).await?.ok_or(Failure::NoBook)?;
        let figures = figures.remove(book).ok_or(Failure::NoBook)?;
        let source = Source {
            book: &book_of(&ops),
            pack,
            // There is no item analysis in it.
            bank: None,
            cutoff: ledgers.cutoff,
            offset: ledgers.offset,
        };
        many.add(figures, &source);
    }
    progress(total, total);
    Ok(many.finish())
}

fn rounds_of(classes: usize) -> Rounds {
    match classes {
        0..=ALL_ROUNDS_UP_TO => Rounds::All,
        _ => Rounds::Latest,
    }
}

/// A work summary.
pub(crate) async fn summary(
    disk: &Disk,
    reporter: &Reporter,
    unit: &str,
    ledgers: &LedgerRequest,
) -> Result<Response, Failure> {
    let own = Own::of(disk, reporter, ledgers).await?;
    let (_, log) = disk.desk().await?;
    let (cases, confirmed) = (own.cases(&log, ledgers)?, own.confirmed(&log, ledgers)?);
    let input = SummaryInput {
        confirmed: confirmed.as_ref(),
        cases: cases.as_deref(),
    };
    let report = own.report(unit, ledgers, |source| report::work_summary(source, &input));
    Ok(Response::Report(Box::new(report)))
}

/// A bulletin, with the cases that the desk's log tells of.
pub(crate) async fn bulletin(
    disk: &Disk,
    reporter: &Reporter,
    unit: &str,
    deadline: Option<NaiveDate>,
    ledgers: &LedgerRequest,
) -> Result<Response, Failure> {
    let own = Own::of(disk, reporter, ledgers).await?;
    let (_, log) = disk.desk().await?;
    let cases = own.cases(&log, ledgers)?;
    let input = BulletinInput {
        cases: cases.as_deref(),
        deadline,
    };
    let report = own.report(unit, ledgers, |source| report::bulletin(source, &input));
    Ok(Response::Report(Box::new(report)))
}

/// A report as DOCX.
pub(crate) fn document(report: &Report) -> Answer<Shelf> {
    written(write_report(report))
}

/// The classes that somebody reports on.
struct Own<'a> {
    reporter: &'a Reporter,
    pack: Pack,
    backs: Vec<Back>,
}

impl<'a> Own<'a> {
    async fn of(
        disk: &Disk,
        reporter: &'a Reporter,
        ledgers: &LedgerRequest,
    ) -> Result<Self, Failure> {
        let pack = (*ledgers.pack).clone();
        let mut backs = disk.backs().await?;
        backs.retain(|back| reporter.holds(&back.card.figures));
        Ok(Self {
            reporter,
            pack,
            backs,
        })
    }

    fn report(
        &self,
        unit: &str,
        ledgers: &LedgerRequest,
        make: impl Fn(&ReportSource<'_>) -> Report,
    ) -> Report {
        let classes: Vec<&Figures> = self.figures().collect();
        make(&ReportSource {
            author: self.reporter.author(),
            unit,
            pack: &self.pack,
            classes: &classes,
            cutoff: ledgers.cutoff,
            offset: ledgers.offset,
        })
    }

    /// How many cases of which type; nothing where the types cannot be named, since the bank was not to be had.
    fn cases(
        &self,
        log: &[Op],
        ledgers: &LedgerRequest,
    ) -> Result<Option<Vec<(String, u32)>>, Failure> {
        let bank = ledgers.read_bank();
        let Some(bank) = bank.map_err(|error| Failure::Tables(error.to_string()))? else {
            return Ok(None);
        };
        let marks = self.marks();
        let start = total(self.figures()).figures.campaign_start;
        Ok(report::case_types(
            &Desk::fold(log),
            self.reporter,
            &marks,
            start,
            bank.categories(),
        ))
    }

    /// What the newest frozen round gave to these classes.
    fn confirmed(&self, log: &[Op], ledgers: &LedgerRequest) -> Result<Option<Confirmed>, Failure> {
        let registers = fold(log);
        let Some(card) = desk::rounds(&registers).into_iter().next() else {
            return Ok(None);
        };
        let snapshot = Snapshot::read(&registers, card.id).map_err(awards::failed)?;
        let marks = self.marks();
        let (awards, offset) = (&snapshot.awards, ledgers.offset);
        Ok(Some(Confirmed::of(
            &card,
            awards,
            self.reporter,
            &marks,
            offset,
        )))
    }

    fn marks(&self) -> BTreeSet<ClassMark> {
        self.backs.iter().flat_map(Back::marks).collect()
    }

    fn figures(&self) -> impl Iterator<Item = &Figures> {
        self.backs.iter().map(|back| &back.card.figures)
    }
}
