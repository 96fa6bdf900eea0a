//! The table of text cells that every source of a roster becomes.

use serde::{Deserialize, Serialize};

use super::paste;
use crate::text;

/// The columns that are read, from the left. Files whose last used cell lies far to the right by
/// accident would otherwise cost as much as a real table of that width.
pub const MAX_COLUMNS: usize = 64;

/// A table of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The rows from top to bottom; blank ones may be left out.
    pub rows: Vec<Row>,
}

/// A row of a [`Table`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    number: u32,
    cells: Vec<String>,
}

impl Table {
    /// Reads text pasted from a spreadsheet or a chat: one student a line, the fields separated by
    /// tabs, else commas (`,，、;；`), else spaces, whichever most lines have. Blank lines are left out
    /// and counted.
    pub fn from_text(pasted: &str) -> Self {
        let rows = (1..).zip(paste::records(pasted));
        Self {
            rows: rows
                .map(|(number, cells)| Row::new(number, cells))
                .filter(|row| !row.is_blank())
                .collect(),
        }
    }

    /// How many columns the widest row has, at most [`MAX_COLUMNS`].
    pub fn width(&self) -> usize {
        let widths = self.rows.iter().map(|row| row.cells.len());
        widths.max().unwrap_or(0)
    }

    /// The row with this number in the source.
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.iter().find(|row| row.number == number)
    }
}

impl Row {
    /// The row `number` of the source, counted from 1. Cells beyond [`MAX_COLUMNS`] are dropped.
    pub fn new(number: u32, mut cells: Vec<String>) -> Self {
        cells.truncate(MAX_COLUMNS);
        Self { number, cells }
    }

    /// The row's number in the source, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The cells as they came, left to right.
    pub fn cells(&self) -> &[String] {
        &self.cells
    }

    /// The cell of a column, counted from 0; empty where the row is too short.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Whether no cell holds anything that can be seen.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| is_blank(cell))
    }
}

/// Whether nothing in `cell` can be seen.
pub(crate) fn is_blank(cell: &str) -> bool {
    cell.is_empty() || text::clean(cell).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_columns_are_dropped() {
        let mut cells = vec![String::new(); 16_000];
        cells.push("far".into());
        let row = Row::new(7, cells);
        assert_eq!(row.cells().len(), MAX_COLUMNS);
        assert!(row.is_blank());
        assert_eq!(row.cell(16_000), "");
    }

    #[test]
    fn blank_lines_are_left_out_and_counted() {
        let table = Table::from_text("\n2021010101,张三\n \u{200b}\n,,\n2021010102,李四\n\n");
        let numbers: Vec<u32> = table.rows.iter().map(Row::number).collect();
        assert_eq!(numbers, [2, 5]);
        assert_eq!(table.row(5).map(|row| row.cell(1)), Some("李四"));
        assert_eq!(table.row(3), None);
        assert_eq!(table.width(), 2);
    }

    #[test]
    fn nothing_pasted_is_a_table_without_rows() {
        for pasted in ["", " \n\u{3000}\n", "\u{feff}", "\t\t\r\n\t"] {
            assert_eq!(Table::from_text(pasted), Table::default(), "{pasted:?}");
        }
    }
}
