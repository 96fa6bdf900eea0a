//! A row of an edited sheet, whose cells are asked for by heading.

use super::{SheetFault, WrongCell};
use crate::ident::Slug;
use crate::ledger::{Cell, Column, Ledger};
use crate::pack::fault::{self, MAX_EN, MAX_ZH};
use crate::pack::{Bilingual, Wrong};
use crate::roster::{Row, Table};
use crate::text;

/// The column of ids in every sheet.
pub(super) const ID: &str = "编号";
/// The column of the English text.
pub(super) const ENGLISH: &str = "英文";

/// Rows in which the headings may stand: a person may have put a title above them.
const HEADING_ROWS: usize = 5;

/// A heading and how wide its column is.
pub(super) type Heading = (&'static str, u8);

/// A sheet's ledger.
pub(super) fn ledger(name: &str, headings: &[Heading], rows: Vec<Vec<Cell>>) -> Ledger {
    let column = |(heading, width): &Heading| Column::new(*heading, *width);
    Ledger {
        name: name.to_owned(),
        columns: headings.iter().map(column).collect(),
        rows,
    }
}

/// Where the columns of a sheet are.
pub(super) struct Columns {
    sheet: &'static str,
    at: Vec<(&'static str, usize)>,
}

/// A row below the headings.
pub(super) struct Line<'a> {
    columns: &'a Columns,
    row: &'a Row,
}

impl Columns {
    /// Finds `headings` in the first rows of `table`; returns the rows below as well. What is missing is told.
    pub(super) fn find<'t>(
        sheet: &'static str,
        headings: &[Heading],
        table: &'t Table,
        faults: &mut Vec<SheetFault>,
    ) -> Option<(Self, &'t [Row])> {
        let is_heading = |row: &Row| row.cells().iter().any(|cell| text::clean(cell) == ID);
        let at = table.rows.iter().take(HEADING_ROWS).position(is_heading);
        let Some((row, rows)) = at.and_then(|at| table.rows.get(at..)?.split_first()) else {
            faults.push(missing(sheet, 1, ID));
            return None;
        };
        let mut columns = Self {
            sheet,
            at: Vec::new(),
        };
        for (heading, _) in headings {
            match row
                .cells()
                .iter()
                .position(|cell| text::clean(cell) == *heading)
            {
                Some(at) => columns.at.push((heading, at)),
                None => faults.push(missing(sheet, row.number(), heading)),
            }
        }
        (columns.at.len() == headings.len()).then_some((columns, rows))
    }

    /// The rows that hold anything.
    pub(super) fn lines<'a>(&'a self, rows: &'a [Row]) -> impl Iterator<Item = Line<'a>> {
        let filled = rows.iter().filter(|row| !row.is_blank());
        filled.map(|row| Line { columns: self, row })
    }
}

fn missing(sheet: &'static str, row: u32, column: &'static str) -> SheetFault {
    SheetFault {
        sheet,
        row,
        column,
        wrong: WrongCell::NoColumn,
    }
}

impl Line<'_> {
    /// The cell below `heading`, without stray spaces and line ends.
    pub(super) fn cell(&self, heading: &'static str) -> String {
        let at = self.columns.at.iter().find(|(of, _)| *of == heading);
        at.map(|(_, at)| text::tidy(self.row.cell(*at)))
            .unwrap_or_default()
    }

    pub(super) fn fault(&self, column: &'static str, wrong: WrongCell) -> SheetFault {
        SheetFault {
            sheet: self.columns.sheet,
            row: self.row.number(),
            column,
            wrong,
        }
    }

    /// The row's id; `None` for a new row.
    pub(super) fn id(&self) -> Result<Option<Slug>, SheetFault> {
        match self.cell(ID) {
            id if id.is_empty() => Ok(None),
            id => self.slug(ID, &id).map(Some),
        }
    }

    pub(super) fn slug(&self, column: &'static str, text: &str) -> Result<Slug, SheetFault> {
        let slug = Slug::try_from(text);
        slug.map_err(|_| self.fault(column, WrongCell::Id(text.to_owned())))
    }

    /// A text of 1 to `max` characters.
    pub(super) fn text(&self, column: &'static str, max: usize) -> Result<String, SheetFault> {
        let text = self.cell(column);
        match fault::of_text(&text, max) {
            Some(wrong) => Err(self.fault(column, WrongCell::Text(wrong))),
            None => Ok(text),
        }
    }

    /// A text in both languages; Chinese where there is no English.
    pub(super) fn bilingual(
        &self,
        zh: &'static str,
        en: &'static str,
    ) -> Result<Bilingual, SheetFault> {
        let chinese = self.text(zh, MAX_ZH)?;
        let english = match self.cell(en) {
            english if english.is_empty() => chinese.clone(),
            _ => self.text(en, MAX_EN)?,
        };
        Ok(Bilingual {
            zh: chinese,
            en: english,
        })
    }

    /// What the word below `column` stands for, among `words`.
    pub(super) fn word<T: Copy>(
        &self,
        column: &'static str,
        words: &[(T, &'static str)],
    ) -> Result<T, SheetFault> {
        let found = self.cell(column);
        if let Some((meaning, _)) = words.iter().find(|(_, word)| *word == found) {
            return Ok(*meaning);
        }
        let allowed: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
        let allowed = allowed.join("、");
        Err(self.fault(column, WrongCell::Word { found, allowed }))
    }

    pub(super) fn empty(&self, column: &'static str) -> SheetFault {
        self.fault(column, WrongCell::Text(Wrong::Empty))
    }
}
