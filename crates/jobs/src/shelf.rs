//! What the shelf does: the books of many classes, for whoever reads them.
//!
//! It keeps them in a database of its own, whatever way they came: from the server through the courier, or
//! from files. Neither is needed for what is there.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::award::{Awards, Candidate, Decision, Reason, Review};
use wuzha_core::desk::{Rebuilt, RoundCard, RoundId, RoundTitle, Snapshot};
use wuzha_core::ledger::{Ledger, Workbook};
use wuzha_core::log::DeviceId;
use wuzha_core::old_ledger::OldLedgerError;
use wuzha_core::overview::{Figures, Total};
use wuzha_core::pack::PackFiles;
use wuzha_core::report::{Report, Reporter};
use wuzha_core::time::UnixMillis;
use wuzha_files::BackupError;
use wuzha_seal::ClassId;

use crate::cases::{CasesBoard, CasesJob};
use crate::old_ledgers::{Asked, Merge, Merged, SheetPlan};
use crate::privacy::{PrivacyAnswer, PrivacyJob};
use crate::{Broken, Contract, LedgerRequest};

/// The shelf.
#[derive(Clone, Copy, Debug)]
pub struct Shelf;

impl Contract for Shelf {
    const SCRIPT: &str = "/wuzha-shelf_loader.js";
    type Request = Request;
    type Response = Response;
    type Failure = Failure;
}

/// Which book on this device's shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BookId(pub u32);

impl BookId {
    /// The number after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Puts what a class handed in on the shelf. Bytes: [`wuzha_core::log::encode_ops`] of its operations.
    Take {
        /// As the school knows it.
        class: ClassId,
        /// What figures are made from.
        ledgers: LedgerRequest,
    },
    /// Puts what backup files hold on the shelf. Bytes: [`crate::pack()`] of the files.
    TakeFiles(LedgerRequest),
    /// All books.
    List,
    /// The tables of one class, to be looked at.
    Tables {
        /// Which.
        book: BookId,
        /// What they are made from.
        ledgers: LedgerRequest,
    },
    /// How all stand in their awards.
    Awards(LedgerRequest),
    /// Writes how all stand as XLSX, without anything personal.
    WriteAwards {
        /// As they stood when this round was frozen, else as they stand now.
        round: Option<RoundId>,
        /// What they are made from.
        ledgers: LedgerRequest,
    },
    /// Notes a person's decision about an award. Earlier ones stay.
    Decide {
        /// About whom.
        candidate: Candidate,
        /// What was decided.
        decision: Decision,
        /// Why.
        reason: Reason,
        /// By whom and when.
        pen: Pen,
    },
    /// Freezes how all stand now as a round.
    Freeze {
        /// What it is called, and who publishes it.
        title: RoundTitle,
        /// The pack of `ledgers` as it is kept with the round.
        files: PackFiles,
        /// What it is made from.
        ledgers: LedgerRequest,
        /// By whom and when.
        pen: Pen,
    },
    /// The frozen rounds.
    Rounds,
    /// One frozen round.
    Round(RoundId),
    /// Makes a frozen round again from the operations, and compares.
    Rebuild(RoundId),
    /// Makes a work summary.
    Summarise {
        /// Who reports, and on which classes.
        reporter: Reporter,
        /// The name of their unit.
        unit: String,
        /// What it is made from. Without the bank, cases are left to be filled in.
        ledgers: LedgerRequest,
    },
    /// Writes a report as DOCX.
    WriteReport(Box<Report>),
    /// What was changed in a class's records, the newest first.
    History {
        /// Which class.
        book: BookId,
        /// At most so many changes.
        most: u32,
        /// In which words.
        ledgers: LedgerRequest,
    },
    /// Writes the tables of one class as XLSX.
    WriteClass {
        /// Which.
        book: BookId,
        /// What they are made from.
        ledgers: LedgerRequest,
    },
    /// Writes the figures of these classes as XLSX.
    WriteOverview {
        /// Which, in order.
        books: Vec<BookId>,
        /// What they are made from.
        ledgers: LedgerRequest,
    },
    /// Writes tables as XLSX.
    WriteTables(Workbook),
    /// Takes a book off the shelf. What is with the server stays there.
    Remove(BookId),
    /// Writes the ledgers of these classes as one file.
    WriteAll {
        /// Which, in order.
        books: Vec<BookId>,
        /// Whose classes they are: stands in the file's title.
        unit: String,
        /// As what.
        format: FileFormat,
        /// What they are made from.
        ledgers: LedgerRequest,
    },
    /// Makes a bulletin.
    Bulletin {
        /// Who reports, and on which classes.
        reporter: Reporter,
        /// The name of their unit.
        unit: String,
        /// The day before which what is open is to be done, when it is set.
        #[serde(with = "wuzha_core::time::maybe_day_number")]
        deadline: Option<NaiveDate>,
        /// What it is made from. Without the bank, cases are left to be filled in.
        ledgers: LedgerRequest,
    },
    /// What taking over a sheet of an old ledger would do. Bytes: [`crate::old_ledgers::sheet`].
    PlanOld {
        /// How it is read.
        asked: Asked,
        /// As many lines of each class, and rows that are not taken over, are told.
        most: u32,
    },
    /// Takes over a sheet of an old ledger, class by class. Bytes: as above.
    MergeOld(Merge),
    /// About cases and support.
    Cases(Box<CasesJob>),
    /// About what is kept of persons.
    Privacy(PrivacyJob),
}

/// What the ledgers of many classes are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFormat {
    /// One workbook.
    Xlsx,
    /// A ZIP with a file a table.
    Csv,
    /// One object, for other programs.
    Json,
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// A book is on the shelf.
    Taken(Box<Taken>),
    /// What became of each file.
    FilesTaken(Vec<Result<Taken, Failure>>),
    /// All books.
    Books(Box<Books>),
    /// The tables of a class.
    Tables(Workbook),
    /// How all stand.
    Awards(Box<Awards>),
    /// A decision was noted.
    Decided(Review),
    /// The frozen rounds, the newest first.
    Rounds(Vec<RoundCard>),
    /// A frozen round, and what it is called.
    Round(RoundCard, Box<Snapshot>),
    /// How a frozen round came out again.
    Rebuilt(Rebuilt),
    /// A report was made.
    Report(Box<Report>),
    /// The changes as a table.
    History(Ledger),
    /// A file was written. Bytes: the file.
    File,
    /// It is done.
    Done,
    /// What taking over a sheet would do.
    OldPlan(Box<SheetPlan>),
    /// The classes that were taken over, without those that go nowhere.
    OldMerged(Vec<Merged>),
    /// Cases and support.
    Cases(Box<CasesBoard>),
    /// What is kept of persons.
    Privacy(PrivacyAnswer),
}

/// The books on the shelf, and what they make together: added up in the worker, since a school has hundreds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Books {
    /// What is known of each. The trend of a single class is left out.
    pub cards: Vec<Card>,
    /// All together.
    pub total: Total,
    /// The departments by name, without trends; see [`wuzha_core::overview::by_unit`].
    pub departments: Vec<(String, Total)>,
}

/// What is known of a book without opening it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Which book.
    pub book: BookId,
    /// As the school knows the class; nothing for one that came from files alone.
    pub class: Option<ClassId>,
    /// When something new came for it.
    pub taken_at: UnixMillis,
    /// How many records it holds.
    pub records: u64,
    /// Its figures.
    pub figures: Figures,
}

impl AsRef<Figures> for Card {
    fn as_ref(&self) -> &Figures {
        &self.figures
    }
}

/// With what something is written into the desk's own log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pen {
    /// Who will write it on a desk that has no writer yet: eight random bytes.
    pub fresh: DeviceId,
    /// When.
    pub now: UnixMillis,
}

/// What became of what was put on the shelf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// The book that it belongs to.
    pub card: Card,
    /// How many records were not there before.
    pub new_records: u64,
}

/// Why a job was not done.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Failure {
    /// The file is no backup that can be read.
    #[error("the file: {0}")]
    File(#[from] BackupError),
    /// It has no class in it.
    #[error("no class in it")]
    NoClass,
    /// The book is not there any more.
    #[error("no such book")]
    NoBook,
    /// The tables could not be made or written.
    #[error("the tables: {0}")]
    Tables(String),
    /// The round is not there, or of a newer version.
    #[error("no such round")]
    NoRound,
    /// The shelf's database could not be read or written.
    #[error("the shelf: {0}")]
    Disk(String),
    /// A sheet is no ledger of students.
    #[error("the old ledger: {0}")]
    OldLedger(#[from] OldLedgerError),
    /// No class on the shelf holds anything about the student.
    #[error("no such student")]
    NoStudent,
    /// The conversation broke off.
    #[error(transparent)]
    Broken(#[from] Broken),
}
