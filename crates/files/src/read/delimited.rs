//! CSV and text whose cells are parted by tabs, commas or semicolons.

use super::sheet::Rows;
use super::{Limits, RawTable, ReadError};
use crate::write::unguard;

const SEPARATORS: [char; 3] = ['\t', ',', ';'];
/// How many lines tell which separator it is; titles above the headings hold none.
const SAMPLE_LINES: usize = 20;
const QUOTE: char = '"';

/// The rows of `text`.
pub(super) fn read(text: &str, limits: &Limits) -> Result<RawTable, ReadError> {
    let rows = match split(text, Quotes::Enclose, limits)? {
        Some(rows) => rows,
        // A quotation mark that is never closed was not meant as one.
        None => split(text, Quotes::AreText, limits)?.unwrap_or_default(),
    };
    Ok(RawTable {
        rows: rows.into_rows(),
        ..RawTable::default()
    })
}

/// What parts the cells of the first lines most often; what stands between quotation marks parts
/// nothing.
fn separator(text: &str, quotes: Quotes) -> char {
    let sample = text.split_inclusive('\n').take(SAMPLE_LINES);
    let mut inside = false;
    let mut counts = SEPARATORS.map(|separator| (0, separator));
    for c in sample.flat_map(str::chars) {
        inside ^= c == QUOTE && quotes == Quotes::Enclose;
        for (count, separator) in &mut counts {
            *count += usize::from(c == *separator && !inside);
        }
    }
    // The first of equals: a tab is hardly ever part of a cell.
    let most = counts.into_iter().rev().max_by_key(|(count, _)| *count);
    most.map_or(',', |(_, separator)| separator)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Enclose,
    AreText,
}

/// The rows of `text`, or `None` when a quotation mark is never closed.
fn split(text: &str, quotes: Quotes, limits: &Limits) -> Result<Option<Rows>, ReadError> {
    let separator = separator(text, quotes);
    let mut rows = Rows::new(limits);
    let (mut row, mut column) = (0, 0);
    let mut rest = text;
    while !rest.is_empty() {
        let encloses = quotes == Quotes::Enclose && rest.starts_with(QUOTE);
        let (cell, after) = if encloses {
            match enclosed(rest, separator) {
                Some(parts) => parts,
                None => return Ok(None),
            }
        } else {
            let (cell, after) = rest.split_at(end_of_cell(rest, separator));
            (cell.to_owned(), after)
        };
        rows.put(row, column, unguard(&cell).to_owned())?;
        (row, column, rest) = next(after, separator, row, column);
    }
    Ok(Some(rows))
}

/// The cell that begins with a quotation mark, and what follows it.
fn enclosed(text: &str, separator: char) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text.strip_prefix(QUOTE)?;
    loop {
        let (inside, after) = rest.split_once(QUOTE)?;
        cell.push_str(inside);
        match after.strip_prefix(QUOTE) {
            Some(more) => {
                cell.push(QUOTE);
                rest = more;
            }
            None => {
                // As spreadsheet programs do: `"a"b` is `ab`.
                let (tail, after) = after.split_at(end_of_cell(after, separator));
                cell.push_str(tail);
                return Some((cell, after));
            }
        }
    }
}

fn end_of_cell(text: &str, separator: char) -> usize {
    text.find([separator, '\r', '\n']).unwrap_or(text.len())
}

/// Where the cell after the separator or line end at the beginning of `text` stands.
fn next(text: &str, separator: char, row: u32, column: u32) -> (u32, u32, &str) {
    if let Some(rest) = text.strip_prefix(separator) {
        return (row, column.saturating_add(1), rest);
    }
    let rest = text
        .strip_prefix("\r\n")
        .or_else(|| text.strip_prefix(['\r', '\n']))
        .unwrap_or(text);
    (row.saturating_add(1), 0, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let table = read(text, &Limits::ROSTER).unwrap();
        let rows = table.rows.into_iter();
        rows.map(|row| (row.number, row.cells)).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_parts_most() {
        let texts = [
            "a,b;c,d\n1,2",
            "a\tb;c\td\n1\t2",
            "a;b;d\n1;2",
            "\"\t\t\",\"\t\"\n1,2",
        ];
        for text in texts {
            let read = rows(text);
            let last = read.last().map(|(_, cells)| cells.join("|"));
            assert_eq!(last.as_deref(), Some("1|2"), "{text:?}");
        }
    }

    #[test]
    fn rows_keep_the_numbers_of_their_lines() {
        let text = "软件2101班名单\r\n\r\n学号,姓名\r2021010123,\n,,\n,x";
        let expected: [(u32, &[&str]); 4] = [
            (1, &["软件2101班名单"]),
            (3, &["学号", "姓名"]),
            (4, &["2021010123"]),
            (6, &["", "x"]),
        ];
        let expected: Vec<(u32, Vec<String>)> = expected
            .iter()
            .map(|(number, cells)| (*number, cells.iter().map(|c| (*c).to_owned()).collect()))
            .collect();
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn quotation_marks_enclose_unless_they_are_never_closed() {
        assert_eq!(
            rows("\"a,\r\n\"\"b\"\"\",\"c\"d\n"),
            [(1, vec!["a,\r\n\"b\"".into(), "cd".into()])]
        );
        assert_eq!(
            rows("\"a,b\nc,d"),
            [
                (1, vec!["\"a".into(), "b".into()]),
                (2, vec!["c".into(), "d".into()])
            ]
        );
    }
}
