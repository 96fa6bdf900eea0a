//! Ledgers: the one table model that screens and files render, so that a number on the screen and
//! in a file cannot differ.

mod activities;
mod awards;
mod copied;
mod inspections;
mod many;
mod quizzes;
pub(crate) mod students;
mod summary;
pub(crate) mod words;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::measure::Share;
use crate::pack::Pack;
use crate::quiz::Bank;
use crate::time::{UnixMillis, UtcOffset};

pub use awards::awards;
pub use copied::{Copied, copied};
pub use inspections::Rounds;
pub use many::Many;

/// A table with typed columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// The sheet's name, e.g. `学生台账`: at most 31 characters, none of `[]:*?/\`.
    pub name: String,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows; each holds one cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a [`Ledger`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// The width in half-width characters; a Han character takes two.
    pub width: u8,
}

/// A cell of a [`Ledger`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing belongs here.
    Empty,
    /// Something belongs here and is not known. Never shown as 0.
    Unknown,
    /// Text, numbers that are names (学号) included.
    Text(String),
    /// A number of things.
    Count(u32),
    /// A share as a percentage; `of` is never 0, see [`Cell::ratio`].
    Ratio {
        /// How many meet it.
        met: u32,
        /// Of how many.
        of: u32,
    },
    /// A number with one decimal, e.g. the discrimination of a question.
    Number(f64),
    /// A calendar date.
    Date(#[serde(with = "crate::time::day_number")] NaiveDate),
    /// A moment, shown in the ledgers' offset to the minute.
    Time(UnixMillis),
}

/// The ledgers of a class, or of many, as one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// What the file is about, e.g. `软件2101班 反诈台账`.
    pub title: String,
    /// The sheets in order.
    pub ledgers: Vec<Ledger>,
    /// Until when the records count.
    pub cutoff: UnixMillis,
    /// In which offset times are shown.
    pub offset: UtcOffset,
}

impl Ledger {
    /// The columns of what is to be told apart on a narrow screen, by their places: all but 系部, 年级 and 班级 where
    /// these are the same in all rows, as in the ledgers of one class.
    pub fn telling_columns(&self) -> Vec<usize> {
        let is_of_title = |heading: &str| ["系部", "年级", "班级"].contains(&heading);
        let is_same = |at: usize| {
            self.rows
                .windows(2)
                .all(|two| matches!(two, [a, b] if a.get(at) == b.get(at)))
        };
        let columns = self.columns.iter().enumerate();
        let telling =
            columns.filter(|(at, column)| !(is_of_title(&column.heading) && is_same(*at)));
        telling.map(|(at, _)| at).collect()
    }
}

impl Column {
    /// A column of `heading`, `width` half-width characters wide.
    pub fn new(heading: impl Into<String>, width: u8) -> Self {
        Self {
            heading: heading.into(),
            width,
        }
    }
}

impl Cell {
    /// Text; an empty one is [`Cell::Empty`].
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// `met` of `of` as a percentage; of none is unknown.
    pub fn ratio(met: u32, of: u32) -> Self {
        if of == 0 {
            Self::Unknown
        } else {
            Self::Ratio { met, of }
        }
    }

    /// A cell of what may not be known.
    pub fn known<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Unknown, cell)
    }
}

/// What a class's ledgers are made from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The records.
    pub book: &'a Book,
    /// The checklists and criteria.
    pub pack: &'a Pack,
    /// The questions; without them there is no item analysis.
    pub bank: Option<&'a Bank>,
    /// Until when the records count: now.
    pub cutoff: UnixMillis,
    /// In which offset times are shown.
    pub offset: UtcOffset,
}

impl Source<'_> {
    /// All ledgers of the class as one file.
    pub fn workbook(&self) -> Workbook {
        let mut ledgers = vec![summary::ledger(self)];
        ledgers.extend(self.records(Rounds::All));
        ledgers.extend([quizzes::analysis(self), summary::explanation(self)]);
        Workbook {
            title: title(self.book.class_name()),
            ledgers,
            cutoff: self.cutoff,
            offset: self.offset,
        }
    }

    /// What was recorded, row by row: the tables that those of other classes can be put under.
    fn records(&self, rounds: Rounds) -> [Ledger; 5] {
        [
            students::ledger(self),
            inspections::dorms(self, rounds),
            inspections::class(self, rounds),
            quizzes::results(self),
            activities::ledger(self),
        ]
    }

    /// 系部, 年级 and 班级, each unknown until somebody has written it.
    fn place(&self) -> [Cell; 3] {
        let profile = &self.book.profile;
        [&profile.department, &profile.grade, &profile.name]
            .map(|part| Cell::known(part.get(), Cell::text))
    }
}

/// The columns of [`Source::place`].
const PLACE: [(&str, u8); 3] = [("系部", 16), ("年级", 8), ("班级", 14)];

fn columns<'a>(headings: impl IntoIterator<Item = (&'a str, u8)>) -> impl Iterator<Item = Column> {
    let headings = headings.into_iter();
    headings.map(|(heading, width)| Column::new(heading, width))
}

/// `软件2101班 反诈台账`, of a class or a unit.
fn title(of: &str) -> String {
    format!("{of} 反诈台账").trim_start().to_owned()
}

/// `达到 39/45，未知 2，另列 1`.
fn share_text(share: Share) -> String {
    let mut text = format!("达到 {}/{}", share.met, share.of());
    if share.unknown > 0 {
        text += &format!("，未知 {}", share.unknown);
    }
    if share.apart > 0 {
        text += &format!("，另列 {}", share.apart);
    }
    text
}
