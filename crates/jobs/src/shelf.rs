//! What the shelf does: the books of many classes, for whoever reads them.
//!
//! It keeps them in a database of its own, whatever way they came: from the server through the courier, or
//! from files. Neither is needed for what is there.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::award::{self, Assessment, Review};
use wuzha_core::ledger::{Ledger, Workbook};
use wuzha_core::measure::Standing;
use wuzha_core::overview::Figures;
use wuzha_core::report::{Author, Report};
use wuzha_core::time::UnixMillis;
use wuzha_files::BackupError;
use wuzha_seal::ClassId;

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
    /// Puts what a file holds on the shelf. Bytes: the file, a backup.
    TakeFile(LedgerRequest),
    /// All books.
    List,
    /// The tables of one class, to be looked at.
    Tables {
        /// Which.
        book: BookId,
        /// What they are made from.
        ledgers: LedgerRequest,
    },
    /// How each class stands in its award.
    Awards(LedgerRequest),
    /// Writes how each class stands as XLSX, without anything personal.
    WriteAwards(LedgerRequest),
    /// Notes a person's decision about a class's award. Earlier ones stay.
    Review {
        /// Which class.
        book: BookId,
        /// What was decided, and why.
        review: Review,
    },
    /// Makes a work summary of all classes.
    Summarise {
        /// Who reports.
        author: Author,
        /// The name of their unit.
        unit: String,
        /// What it is made from.
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
    /// Takes a book off the shelf. What is with the server stays there.
    Remove(BookId),
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// A book is on the shelf.
    Taken(Box<Taken>),
    /// All books.
    Books(Vec<Card>),
    /// The tables of a class.
    Tables(Workbook),
    /// How the classes stand.
    Awards(Vec<Assessed>),
    /// A report was made.
    Report(Box<Report>),
    /// The changes as a table.
    History(Ledger),
    /// A file was written. Bytes: the file.
    File,
    /// It is done.
    Done,
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

/// How a class stands in its award.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessed {
    /// What is known of its book.
    pub card: Card,
    /// What its records say.
    pub assessment: Assessment,
    /// What people decided, the last decision first.
    pub reviews: Vec<Review>,
}

impl Assessed {
    /// Whether it has the award: as somebody decided last, else as the gates say.
    pub fn standing(&self) -> Standing {
        award::standing(self.assessment.outcome, self.reviews.first())
    }
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
    /// The shelf's database could not be read or written.
    #[error("the shelf: {0}")]
    Disk(String),
    /// The conversation broke off.
    #[error(transparent)]
    Broken(#[from] Broken),
}
