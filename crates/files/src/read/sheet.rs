//! The sheets of a workbook, and cells as they come, gathered into rows of bounded number and width.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use calamine::{Dimensions, Sheet, SheetType, SheetVisible};

use super::{Limits, RawRow, RawTable, ReadError};

/// Every one of `sheets` that holds anything. All of them together stay within the limits of one: `read` is
/// told what the sheets before have left.
pub(super) fn filled(
    sheets: Vec<String>,
    limits: &Limits,
    mut read: impl FnMut(&str, &Limits) -> Result<Rows, ReadError>,
) -> Result<Vec<RawTable>, ReadError> {
    let mut left = *limits;
    let mut tables = Vec::new();
    for name in sheets {
        let rows = read(&name, &left).map_err(|error| error.within(limits))?;
        left.unpacked_bytes = left.unpacked_bytes.saturating_sub(rows.text.bytes);
        let rows = rows.into_rows();
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        left.rows = left.rows.saturating_sub(count);
        if !rows.is_empty() {
            tables.push(RawTable {
                rows,
                sheet: Some(name),
            });
        }
    }
    Ok(tables)
}

/// Names of the sheets with cells (not charts) that a person sees.
pub(super) fn visible_sheets(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// The rows so far, by their number from 0. Only cells that hold something take memory, so that a
/// cell in the last row and column of a sheet costs one cell.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: BTreeMap<u32, Cells>,
    max_rows: u32,
    max_columns: u32,
    text: Text,
}

impl Rows {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            rows: BTreeMap::new(),
            max_rows: limits.rows,
            max_columns: limits.columns,
            text: Text {
                bytes: 0,
                max_bytes: limits.unpacked_bytes,
            },
        }
    }

    /// Puts `text` at `row` and `column`, both from 0. Blank text and far columns are passed over.
    pub(super) fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), ReadError> {
        if column >= self.max_columns || text.trim().is_empty() {
            return Ok(());
        }
        self.text.add(&text)?;
        self.rows.entry(row).or_default().put(column, text);
        if self.rows.len() > self.max_rows as usize {
            let max = self.max_rows;
            return Err(ReadError::TooManyRows { max });
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Repeats the value of cells that are merged downwards (a dorm beside its students) in the rows
    /// below that hold something themselves. Of regions that overlap, which no program makes, the upper
    /// one counts: a file may list a million over the same rows.
    pub(super) fn fill_merged(&mut self, regions: &[Dimensions]) -> Result<(), ReadError> {
        let downwards = regions
            .iter()
            .filter(|region| region.start.0 < region.end.0);
        let mut columns: Vec<_> = downwards
            .map(|Dimensions { start, end }| (start.1, start.0, end.0))
            .collect();
        columns.sort_unstable();
        let mut filled_to = None;
        for (column, first, last) in columns {
            if filled_to >= Some((column, first)) {
                continue;
            }
            let above = self.rows.get(&first).and_then(|cells| cells.get(column));
            if let Some(text) = above.map(str::to_owned) {
                self.repeat(&text, column, first.saturating_add(1)..=last)?;
                filled_to = Some((column, last));
            }
        }
        Ok(())
    }

    fn repeat(
        &mut self,
        text: &str,
        column: u32,
        rows: RangeInclusive<u32>,
    ) -> Result<(), ReadError> {
        for (_, cells) in self.rows.range_mut(rows) {
            if cells.get(column).is_none() {
                self.text.add(text)?;
                cells.put(column, text.to_owned());
            }
        }
        Ok(())
    }

    pub(super) fn into_rows(self) -> Vec<RawRow> {
        let rows = self.rows.into_iter();
        rows.map(|(row, cells)| RawRow {
            number: row.saturating_add(1),
            cells: cells.0,
        })
        .collect()
    }
}

/// How much text the cells hold. A workbook keeps a text once that a million cells show.
#[derive(Debug, Default)]
struct Text {
    bytes: u64,
    max_bytes: u64,
}

impl Text {
    fn add(&mut self, text: &str) -> Result<(), ReadError> {
        self.bytes += text.len() as u64;
        if self.bytes > self.max_bytes {
            let max_bytes = self.max_bytes;
            return Err(ReadError::TooLarge { max_bytes });
        }
        Ok(())
    }
}

/// The cells of a row from the first column on, blanks between them as empty text. They are few:
/// far columns are passed over before.
#[derive(Debug, Default)]
struct Cells(Vec<String>);

impl Cells {
    fn get(&self, column: u32) -> Option<&str> {
        let text = self.0.get(column as usize)?;
        (!text.is_empty()).then_some(text)
    }

    fn put(&mut self, column: u32, text: String) {
        let column = column as usize;
        if self.0.len() <= column {
            self.0.resize(column + 1, String::new());
        }
        if let Some(cell) = self.0.get_mut(column) {
            *cell = text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits {
        rows: 3,
        columns: 2,
        ..Limits::ROSTER
    };

    fn cells(rows: Rows) -> Vec<(u32, Vec<String>)> {
        let rows = rows.into_rows().into_iter();
        rows.map(|row| (row.number, row.cells)).collect()
    }

    #[test]
    fn far_columns_and_blanks_take_nothing() {
        let mut rows = Rows::new(&SMALL);
        rows.put(1_048_575, 1, "b".into()).unwrap();
        rows.put(0, 16_383, "stray".into()).unwrap();
        rows.put(5, 0, " \u{3000}".into()).unwrap();
        assert_eq!(cells(rows), [(1_048_576, vec![String::new(), "b".into()])]);
    }

    #[test]
    fn one_row_too_many_stops_the_reading() {
        let mut rows = Rows::new(&SMALL);
        for row in 0..3 {
            rows.put(row, 0, "x".into()).unwrap();
        }
        assert_eq!(rows.put(2, 1, "y".into()), Ok(()));
        let error = ReadError::TooManyRows { max: 3 };
        assert_eq!(rows.put(3, 0, "x".into()), Err(error));
    }

    #[test]
    fn merged_cells_fill_the_rows_that_hold_something() {
        let mut rows = Rows::new(&SMALL);
        for (row, column, text) in [(0, 0, "3-312"), (0, 1, "甲"), (2, 1, "乙")] {
            rows.put(row, column, text.into()).unwrap();
        }
        let whole_column = Dimensions::new((0, 0), (1_048_575, 0));
        let across = Dimensions::new((0, 1), (0, 5));
        rows.fill_merged(&[whole_column, across]).unwrap();
        let row = |name: &str| vec!["3-312".to_owned(), name.to_owned()];
        assert_eq!(cells(rows), [(1, row("甲")), (3, row("乙"))]);
    }

    #[test]
    fn of_merged_cells_that_overlap_the_upper_count() {
        let mut rows = Rows::new(&Limits::ROSTER);
        for (row, column, text) in [
            (0, 0, "a"),
            (2, 0, "b"),
            (0, 1, "c"),
            (3, 1, "d"),
            (5, 1, "e"),
        ] {
            rows.put(row, column, text.into()).unwrap();
        }
        let region = |first, last| Dimensions::new((first, 0), (last, 0));
        let regions = [region(2, 9), region(0, 3), region(0, 3), region(1, 9)];
        rows.fill_merged(&regions).unwrap();
        let column: Vec<_> = cells(rows)
            .into_iter()
            .map(|(_, row)| row[0].clone())
            .collect();
        assert_eq!(column, ["a", "b", "a", ""]);
    }
}
