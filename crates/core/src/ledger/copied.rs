//! A ledger for the clipboard: what spreadsheets take, with what is text kept as text.

use std::fmt::Write;

use super::{Cell, Ledger};
use crate::measure::percent_text;
use crate::time::UtcOffset;

/// What is not known, as in the files.
const UNKNOWN: &str = "未知";

/// A table as two forms of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// For programs that take plain text: cells apart by tabs.
    pub text: String,
    /// For spreadsheets: what is text carries Excel's format for text, so that 学号 keeps its zeros and
    /// nothing is taken for a formula.
    pub html: String,
}

/// The ledger with its headings. Times are shown in `offset`.
pub fn copied(ledger: &Ledger, offset: UtcOffset) -> Copied {
    let headings = ledger
        .columns
        .iter()
        .map(|column| Cell::text(column.heading.as_str()));
    let headings: Vec<Cell> = headings.collect();
    let rows = std::iter::once(&headings).chain(&ledger.rows);
    let mut copied = Copied {
        text: String::new(),
        html: "<meta charset=\"utf-8\"><table>".to_owned(),
    };
    for row in rows {
        copied.push_row(row, offset);
    }
    copied.html.push_str("</table>");
    copied
}

impl Copied {
    fn push_row(&mut self, row: &[Cell], offset: UtcOffset) {
        self.html.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                self.text.push('\t');
            }
            let text = shown(cell, offset);
            // A tab or line end would begin another cell.
            self.text.push_str(&text.replace(['\t', '\r', '\n'], " "));
            let is_text = matches!(cell, Cell::Text(_) | Cell::Empty | Cell::Unknown);
            let format = if is_text {
                " style=\"mso-number-format:'\\@'\""
            } else {
                ""
            };
            // Writing to a String cannot fail.
            let _always_ok = write!(self.html, "<td{format}>");
            push_escaped(&mut self.html, &text);
            self.html.push_str("</td>");
        }
        self.html.push_str("</tr>");
        self.text.push('\n');
    }
}

fn shown(cell: &Cell, offset: UtcOffset) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Unknown => UNKNOWN.to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Count(n) => n.to_string(),
        Cell::Ratio { met, of } => percent_text(*met, *of).unwrap_or_else(|| UNKNOWN.to_owned()),
        Cell::Number(x) if x.is_finite() => format!("{x:.2}"),
        Cell::Number(_) => UNKNOWN.to_owned(),
        Cell::Date(date) => date.to_string(),
        Cell::Time(time) => time.to_minute_text(offset),
    }
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Column;

    #[test]
    fn text_stays_text_and_numbers_numbers() {
        let ledger = Ledger {
            name: "示例".into(),
            columns: vec![Column::new("学号", 12), Column::new("得分", 6)],
            rows: vec![
                vec![Cell::text("0210101"), Cell::Count(85)],
                vec![Cell::text("=1+1<b>\t乙"), Cell::Unknown],
            ],
        };
        let copied = copied(&ledger, UtcOffset::CHINA);
        assert_eq!(copied.text, "学号\t得分\n0210101\t85\n=1+1<b> 乙\t未知\n");
        let text = "<td style=\"mso-number-format:'\\@'\">";
        for expected in [
            format!("{text}0210101</td><td>85</td>"),
            format!("{text}=1+1&lt;b&gt;\t乙</td>{text}未知</td>"),
        ] {
            assert!(copied.html.contains(&expected), "{}", copied.html);
        }
    }
}
