//! Ledgers as CSV.
//!
//! # What a program reads back, and what Excel shows
//! A UTF-8 byte order mark makes Excel and WPS read Chinese; lines end in CRLF (RFC 4180).
//!
//! Text stays as it is, long digit strings such as 学号 included: any CSV reader gets exactly what was
//! entered. The known tricks that keep Excel from taking digits for a number all change the data
//! (`="2021010123"` is a formula, a tab or `'` in front is a character more). Excel shows up to 11
//! digits in full and keeps up to 15 exact, but drops leading zeros: to be opened there, the XLSX
//! file is the right one.
//!
//! The one change is the guard against formulas: text that begins with `=`, `+`, `-`, `@`, tab or CR
//! gets a `'` in front (OWASP, CSV injection). Text that already begins with `'` before such a
//! character gets one more, so that [`unguard`] gives back exactly what was written.

use std::fmt::Write;

use wuzha_core::ledger::{Cell, Ledger, Workbook};
use wuzha_core::time::UtcOffset;

use super::{UNKNOWN, WriteError};
use crate::backup::write_zip;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One ledger with its headings. Times are shown in `offset`, shares as `93.3%`.
pub fn write_csv(ledger: &Ledger, offset: UtcOffset) -> Vec<u8> {
    text(ledger, offset).into_bytes()
}

/// All ledgers of `workbook` as one ZIP: a file each as [`write_csv`] makes it, called like the ledger.
///
/// # Errors
/// [`WriteError::Archive`]
pub fn write_csv_archive(workbook: &Workbook) -> Result<Vec<u8>, WriteError> {
    let named = |ledger: &Ledger| format!("{}.csv", ledger.name);
    let ledgers = workbook.ledgers.iter();
    let files = ledgers.map(|ledger| (named(ledger), text(ledger, workbook.offset)));
    let files: Vec<(String, String)> = files.collect();
    let files = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    Ok(write_zip(&files.collect::<Vec<_>>())?)
}

fn text(ledger: &Ledger, offset: UtcOffset) -> String {
    let mut out = String::from(BYTE_ORDER_MARK);
    let headings = ledger.columns.iter().map(|column| column.heading.as_str());
    push_line(&mut out, headings, push_text);
    for row in &ledger.rows {
        push_line(&mut out, row, |out, cell| push_cell(out, cell, offset));
    }
    out
}

/// The text that [`write_csv`] was given, from the text in the file.
pub(crate) fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest) => rest,
        _ => text,
    }
}

fn push_line<T>(
    out: &mut String,
    cells: impl IntoIterator<Item = T>,
    push: impl Fn(&mut String, T),
) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push(out, cell);
    }
    out.push_str("\r\n");
}

fn push_cell(out: &mut String, cell: &Cell, offset: UtcOffset) {
    // Writing to a String cannot fail.
    let _always_ok = match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) => {
            push_text(out, text);
            Ok(())
        }
        Cell::Count(n) => write!(out, "{n}"),
        Cell::Ratio { met, of } if *of > 0 => {
            write!(out, "{:.1}%", f64::from(*met) / f64::from(*of) * 100.0)
        }
        Cell::Number(x) if x.is_finite() => write!(out, "{x:.2}"),
        Cell::Unknown | Cell::Ratio { .. } | Cell::Number(_) => out.write_str(UNKNOWN),
        Cell::Date(date) => write!(out, "{date}"),
        Cell::Time(time) => out.write_str(&time.to_minute_text(offset)),
    };
}

fn push_text(out: &mut String, text: &str) {
    let guard = if begins_like_a_formula(text) { "'" } else { "" };
    if text.contains(['"', ',', ';', '\t', '\r', '\n']) {
        out.push('"');
        out.push_str(guard);
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(guard);
        out.push_str(text);
    }
}

/// Also after any number of guards, so that guarding can be undone.
fn begins_like_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use wuzha_core::ledger::Column;
    use wuzha_core::time::UnixMillis;

    fn csv_of(rows: Vec<Vec<Cell>>) -> String {
        let ledger = Ledger {
            name: "示例".into(),
            columns: vec![Column::new("学号", 12), Column::new("a,b", 4)],
            rows,
        };
        let bytes = write_csv(&ledger, UtcOffset::CHINA);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn every_kind_of_cell_has_one_form() {
        let date = NaiveDate::from_ymd_opt(2021, 12, 26).unwrap();
        let rows = vec![
            vec![Cell::text("2021010123"), Cell::Empty],
            vec![Cell::Unknown, Cell::Count(45)],
            vec![Cell::ratio(42, 45), Cell::ratio(0, 0)],
            vec![Cell::Number(-0.456), Cell::Number(f64::NAN)],
            vec![Cell::Date(date), Cell::Time(UnixMillis(1_640_534_700_000))],
        ];
        let expected = [
            "\u{feff}学号,\"a,b\"",
            "2021010123,",
            "未知,45",
            "93.3%,未知",
            "-0.46,未知",
            "2021-12-26,2021-12-27 00:05",
            "",
        ];
        assert_eq!(csv_of(rows), expected.join("\r\n"));
    }

    #[test]
    fn text_that_begins_like_a_formula_is_guarded_and_quoted_where_needed() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("+86", "'+86"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "\"'\tx\""),
            ("'=1", "''=1"),
            ("'tis", "'tis"),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("a\nb", "\"a\nb\""),
        ];
        for (text, written) in cases {
            let csv = csv_of(vec![vec![Cell::text(text)]]);
            assert_eq!(
                csv.split_once("\r\n").unwrap().1,
                format!("{written}\r\n"),
                "{text:?}"
            );
        }
    }
}
