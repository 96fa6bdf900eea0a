//! Old ledgers: the spreadsheets that a college has kept by hand, taken over into class books.
//!
//! A file becomes a [`Table`](crate::roster::Table) of text. [`read`] finds its headings, says of each
//! column what becomes of it ([`Column`]), and makes of each row what it says of a student, class by
//! class. [`plan`] compares one of these classes with its book, if there is one: what is new, what
//! fills an unknown, what differs. Nothing is written here: a person looks at the [`Plan`], and its
//! changes are stamped then.
//!
//! What is not understood is [`Unread`], with its row, its column and its text; it is never guessed.
//! An empty cell is unknown, not 否.
//!
//! # What is left out, and why
//! - 备注, identity cards, telephones, addresses, bank data: the least personal data. Such columns are
//!   named in the preview and their cells go nowhere.
//! - Scores: a score in the book belongs to a paper and to the answers from which the analysis of its
//!   questions is made. One without them would count as a sitting in which nothing was answered.
//! - Who verified and when: a record of the book names the device that wrote it. Our own ledger, read
//!   back, names those who take it over.
//!
//! # Layout
//! - `column`: what a heading says its column holds
//! - `words`: what cells say: yes, no, nothing
//! - `app`: where a student stands with the app, from one column or several
//! - `classes`: which class a row belongs to
//! - `read`: the file as a whole
//! - `compare`: a student beside the book's
//! - `plan`: what taking it over would do to a book

mod app;
mod classes;
mod column;
mod compare;
mod plan;
mod read;
mod words;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::book::{Status, Verification};
use crate::ledger::students;
use crate::roster::{self, RosterError};

pub use app::AppColumn;
pub use column::{Column, Holds, LeftOut, Use};
pub use compare::{Differences, Effect, Fact, Outcome};
pub use plan::{ClassEffect, Counts, Line, Plan, affinity, plan};
pub use read::read;

/// The sheet of our own workbooks that [`read`] understands: the one to ask for first.
pub const OWN_SHEET: &str = students::NAME;

/// The most rows that are read: a large college's year.
pub const MAX_ROWS: usize = 5_000;

/// What a person knows about a file that it does not say itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The class of all rows, where no column names it; empty if nobody has said.
    pub class_name: String,
    /// What 是 stands for in a column that asks no more than whether there is the app.
    pub app_yes: AppYes,
}

/// What 是 stands for under 国家反诈中心APP or 是否下载, in a file that has no column 是否注册.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppYes {
    /// Nobody has said. Installed is not registered, and 已安装未注册 claims that it is not: the
    /// status stays unknown.
    #[default]
    NotSaid,
    /// Whoever kept the file wrote 是 only for those who had registered.
    Registered,
}

/// A file as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldLedger {
    /// Every column with a heading, left to right, and what becomes of it.
    pub columns: Vec<Column>,
    /// The classes in the order of their first rows.
    pub classes: Vec<OldClass>,
    /// What is not taken over, by row.
    pub unread: Vec<Unread>,
}

/// A class of an old ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldClass {
    /// 系部; empty if the file does not say.
    pub department: String,
    /// 年级; empty if the file does not say.
    pub grade: String,
    /// 班级; empty if neither the file nor a person has said.
    pub name: String,
    /// The students in the order of their rows, each number once.
    pub students: Vec<OldStudent>,
}

/// What an old ledger says of a student; `None` is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldStudent {
    /// The row it stands in.
    pub row: u32,
    /// 学号, 姓名, 寝室
    pub person: roster::Student,
    /// Where the student stands with the app.
    pub status: Option<Status>,
    /// How that was verified, where the file says so.
    pub verification: Option<Verification>,
    /// Why the student cannot install.
    pub reason: Option<String>,
    /// 地区是否选对
    pub region: Option<bool>,
    /// 近期已登录
    pub login: Option<bool>,
    /// 承诺书
    pub pledge: Option<bool>,
    /// 家长回执
    pub notice: Option<bool>,
}

/// A row or a cell that is not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The row's number in the file.
    pub row: u32,
    /// The column's number from 1; `None` if it is about the row as a whole.
    pub column: Option<u32>,
    /// What stands there, shortened; long runs of digits in columns that hold none are masked.
    pub text: String,
    /// Why it is not taken over.
    pub why: Why,
}

/// Why a row or a cell is not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// The row is no student, or none that can be told apart.
    Row(roster::Reason),
    /// The row names no class, in a file that has a column for it.
    NoClass,
    /// The cell says something that its column has no word for.
    NotUnderstood,
    /// The cell says too little to know the status: 已安装 without whether registered, 未注册 without
    /// whether installed.
    NotEnough,
    /// Two cells of the row cannot both be true: 未安装 and 已注册.
    Contradiction,
}

/// Why a file as a whole cannot be taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum OldLedgerError {
    /// No row has 学号 or 姓名 as a heading. What a column without a heading says is not guessed.
    #[error("no headings")]
    NoHeadings,
    /// The rows are none or too many, or numbers or names are missing.
    #[error(transparent)]
    Roster(#[from] RosterError),
}

impl OldLedger {
    /// Whether a person could say more by [`AppYes`]: cells that ask for no more than the app leave the
    /// status open, and no other column asks for the registration.
    pub fn asks_for_app_yes(&self) -> bool {
        let asks = |unread: &Unread| {
            let column = unread.column.and_then(|number| self.column(number));
            unread.why == Why::NotEnough && column.is_some_and(Column::asks_for_app_alone)
        };
        !column::ask_for_registration(&self.columns) && self.unread.iter().any(asks)
    }

    /// The heading over what was not read; `None` if it is about a row.
    pub fn heading_of(&self, unread: &Unread) -> Option<&str> {
        let column = self.column(unread.column?);
        column.map(|column| column.heading.as_str())
    }

    fn column(&self, number: u32) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }
}
