//! A class roster, from a table of text cells to a draft that a person reviews.
//!
//! What is pasted or read from a file becomes a [`Table`] of text. [`Mapping::guess`] says which
//! column holds what, from the headings or, without any, from the contents; the person may correct
//! it. [`Draft::new`] then reads every row against what the book has already ([`Existing`]) and says
//! what would be added, changed, left as it is or refused, and why. Nothing is written here: the
//! [accepted](Draft::accepted) students go to the book's `import` command.
//!
//! Importing updates and never removes. A row that cannot be read is refused alone; the rest of the
//! table stays usable.

mod dorm;
mod draft;
mod heading;
mod mapping;
mod paste;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ident::{DormName, PersonName, StudentNo};

pub use dorm::normal_dorm;
pub use draft::{
    Change, Counts, Draft, Field, Line, MAX_ROWS, Outcome, Reason, RosterError, SameName,
};
pub(crate) use heading::{Headings, heading, word};
pub use mapping::{DormColumns, Mapping};
pub(crate) use table::is_blank;
pub use table::{MAX_COLUMNS, Row, Table};

/// A student as a roster gives one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// 学号
    pub no: StudentNo,
    /// 姓名
    pub name: PersonName,
    /// 寝室, if known.
    pub dorm: Option<DormName>,
}

/// The students on the class list before the import, with their name and dorm.
pub type Existing = BTreeMap<StudentNo, (PersonName, Option<DormName>)>;
