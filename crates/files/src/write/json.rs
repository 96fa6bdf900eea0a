//! Ledgers as JSON, for other programs. `docs/formats.md` describes it.
//!
//! What belongs nowhere has no key and what is not known is `null`, so that a program which takes both for
//! nothing still never reads a 0. Written by hand: a value is ten lines, and nothing in it can fail.

use std::fmt::Write;

use wuzha_core::ledger::{Cell, Ledger, Workbook};
use wuzha_core::time::{UnixMillis, UtcOffset};

const UNKNOWN: &str = "null";

/// `workbook` as one JSON object, UTF-8.
pub fn write_json(workbook: &Workbook) -> Vec<u8> {
    let mut out = String::from("{\"title\":");
    push_text(&mut out, &workbook.title);
    out.push_str(",\"cutoff\":");
    push_time(&mut out, workbook.cutoff, workbook.offset);
    out.push_str(",\"sheets\":[");
    for (at, ledger) in workbook.ledgers.iter().enumerate() {
        push_separator(&mut out, at);
        push_sheet(&mut out, ledger, workbook.offset);
    }
    out.push_str("]}\n");
    out.into_bytes()
}

/// A sheet, a line for each of its rows.
fn push_sheet(out: &mut String, ledger: &Ledger, offset: UtcOffset) {
    // A heading is written once for every row.
    let headings = ledger.columns.iter().map(|column| quoted(&column.heading));
    let headings: Vec<String> = headings.collect();
    out.push_str("\n{\"name\":");
    push_text(out, &ledger.name);
    out.push_str(",\"columns\":[");
    out.push_str(&headings.join(","));
    out.push_str("],\"rows\":[");
    for (at, row) in ledger.rows.iter().enumerate() {
        push_separator(out, at);
        out.push_str("\n{");
        let cells = headings.iter().zip(row);
        let cells = cells.filter(|(_, cell)| **cell != Cell::Empty);
        for (at, (heading, cell)) in cells.enumerate() {
            push_separator(out, at);
            out.push_str(heading);
            out.push(':');
            push_cell(out, cell, offset);
        }
        out.push('}');
    }
    out.push_str("]}");
}

fn push_cell(out: &mut String, cell: &Cell, offset: UtcOffset) {
    // Writing to a String cannot fail.
    let _always_ok = match cell {
        Cell::Text(text) => {
            push_text(out, text);
            Ok(())
        }
        Cell::Count(n) => write!(out, "{n}"),
        Cell::Ratio { met, of } if *of > 0 => write!(out, "{{\"met\":{met},\"of\":{of}}}"),
        Cell::Number(x) if x.is_finite() => write!(out, "{x}"),
        Cell::Date(date) => write!(out, "\"{date}\""),
        Cell::Time(time) => {
            push_time(out, *time, offset);
            Ok(())
        }
        Cell::Empty | Cell::Unknown | Cell::Ratio { .. } | Cell::Number(_) => {
            out.write_str(UNKNOWN)
        }
    };
}

/// A time that no calendar holds is not known.
fn push_time(out: &mut String, time: UnixMillis, offset: UtcOffset) {
    match time.to_rfc3339(offset) {
        Some(time) => push_text(out, &time),
        None => out.push_str(UNKNOWN),
    }
}

fn push_separator(out: &mut String, at: usize) {
    if at > 0 {
        out.push(',');
    }
}

fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _always_ok = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    push_text(&mut out, text);
    out
}
