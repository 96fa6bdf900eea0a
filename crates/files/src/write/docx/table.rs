//! Ledgers as tables.

use wuzha_core::ledger::{Cell, Ledger};
use wuzha_core::report::{Report, printed_cell};

use super::super::UNKNOWN;
use super::page::Page;
use super::style::Style;
use super::xml::{paragraph_with, run};

const UNKNOWN_GREY: &str = r#"<w:color w:val="6B6B6B"/>"#;
const HEADING_FILL: &str = r#"<w:shd w:val="clear" w:color="auto" w:fill="E2F0E6"/>"#;
/// More rows than these do not stay on one page.
const ROWS_TOGETHER: usize = 20;
const SIDES: [&str; 6] = ["top", "left", "bottom", "right", "insideH", "insideV"];

/// `ledger` as wide as the text of `page`; its columns share that as they would in a workbook.
pub(super) fn table(ledger: &Ledger, report: &Report, page: Page) -> String {
    if ledger.columns.is_empty() {
        // Word refuses a row without cells.
        return String::new();
    }
    let widths = widths(ledger, page.text_width());
    let grid = widths
        .iter()
        .map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#));
    let grid: String = grid.collect();
    let headings = ledger.columns.iter().map(|column| run("", &column.heading));
    let row = |cells, style| row(cells, &widths, style, together(ledger, page));
    let headings = row(headings.collect(), Style::TableHeading);
    let rows = ledger.rows.iter().map(|cells| {
        let cells = cells.iter().map(|cell| shown(cell, report));
        row(cells.collect(), Style::TableText)
    });
    let rows: String = rows.collect();
    let look = look(page.text_width());
    format!("<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{headings}{rows}</w:tbl>")
}

fn look(width: u32) -> String {
    let lines = SIDES
        .map(|side| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#));
    let lines = lines.concat();
    format!(
        r#"<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>"#
    )
}

fn widths(ledger: &Ledger, width: u32) -> Vec<u32> {
    let asked = ledger.columns.iter().map(|column| u32::from(column.width));
    let sum: u32 = asked.clone().sum();
    asked
        .map(|asked| (asked * width).checked_div(sum).unwrap_or_default())
        .collect()
}

/// A small table within the text stays on one page; an attachment may go on from any row.
fn together(ledger: &Ledger, page: Page) -> &'static str {
    match page {
        Page::Upright if ledger.rows.len() <= ROWS_TOGETHER => "<w:keepNext/>",
        Page::Upright | Page::Sideways => "",
    }
}

/// No row is cut at the end of a page; the headings are shown again on the next.
fn row(cells: Vec<String>, widths: &[u32], style: Style, together: &str) -> String {
    let (repeated, fill) = match style {
        Style::TableHeading => ("<w:tblHeader/>", HEADING_FILL),
        _ => ("", ""),
    };
    let cells = cells.iter().zip(widths).map(|(runs, width)| {
        let paragraph = paragraph_with(style, together, runs);
        format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}<w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>"#
        )
    });
    let cells: String = cells.collect();
    format!("<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>")
}

fn shown(cell: &Cell, report: &Report) -> String {
    match printed_cell(cell, report.offset) {
        None => run(UNKNOWN_GREY, UNKNOWN),
        Some(text) if text.is_empty() => String::new(),
        Some(text) => run("", &text),
    }
}
