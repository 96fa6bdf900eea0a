//! Old ledgers on their way to the shelf: how a person wants one read, what taking it over would do, and what it did.
//!
//! A sheet is sent with every job, since a worker keeps nothing; [`sheet`] has its bytes.

use serde::{Deserialize, Serialize};
use wuzha_core::log::DeviceId;
use wuzha_core::old_ledger::{Column, Counts, Differences, Plan, Reading, Unread};
use wuzha_core::roster::Table;

use crate::shelf::BookId;
use crate::{Broken, LedgerRequest};

/// How a person wants a sheet read, and its classes taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What the sheet does not say itself.
    pub reading: Reading,
    /// The classes in their order; where there are fewer, the others are as by default.
    pub choices: Vec<Choice>,
}

/// What becomes of a class of an old ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Into which book.
    pub home: Home,
    /// What becomes of facts that differ.
    pub differences: Differences,
}

/// Into which book a class of an old ledger goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Home {
    /// The one that has its students, else the one of its name, else a new one.
    #[default]
    Found,
    /// A new one.
    New,
    /// This one.
    Book(BookId),
    /// Into none.
    Nowhere,
}

/// Who asks, and with what a merge is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merge {
    /// What is taken over.
    pub asked: Asked,
    /// Eight random bytes for each class: nobody else writes as these, and what one import wrote into a class
    /// stays apart.
    pub writers: Vec<DeviceId>,
    /// What figures are made from; its cut-off is when it is written.
    pub ledgers: LedgerRequest,
}

/// A sheet as it was understood, and what taking it over would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SheetPlan {
    /// Its columns, and what becomes of each.
    pub columns: Vec<Column>,
    /// Whether it would help to know what 是 stands for.
    pub asks_for_app_yes: bool,
    /// Its classes, in the order of their first rows.
    pub classes: Vec<ClassPlan>,
    /// What is not taken over; as many as were asked for.
    pub unread: Vec<NotTaken>,
    /// How many there are in all.
    pub unread_in_all: u32,
}

/// A class of a sheet, and what taking it over would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassPlan {
    /// Its name; empty if the file does not say.
    pub name: String,
    /// How many students the file has.
    pub students: u32,
    /// The book it goes into; `None` for a new one or none.
    pub book: Option<BookId>,
    /// What would be done. Its changes are left out: they are made anew when they are written.
    pub plan: Plan,
    /// How many records would be written.
    pub records: u32,
}

/// What is not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotTaken {
    /// What stands over its column.
    pub heading: Option<String>,
    /// Where it is, and why.
    pub unread: Unread,
}

/// A class that was taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// Its name on the shelf.
    pub name: String,
    /// What became of it.
    pub into: Into,
    /// How many students came to what.
    pub counts: Counts,
    /// How many records were written.
    pub records: u64,
}

/// What a class of an old ledger became.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Into {
    /// A book of its own.
    NewBook,
    /// Part of a book that was there.
    Book,
}

/// The bytes of a sheet, as they go beside a request.
///
/// # Errors
/// [`Broken::Message`] only if memory runs out.
pub fn sheet(table: &Table) -> Result<Vec<u8>, Broken> {
    crate::encode(table)
}
