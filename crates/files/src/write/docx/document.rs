//! What stands where in the document.

use wuzha_core::ledger::Ledger;
use wuzha_core::report::{Body, Level, Report, period_line};

use super::package::NAMESPACES;
use super::page::Page;
use super::style::Style;
use super::table::table;
use super::xml::{lines, paragraph, paragraph_with, run};

/// The document's part.
pub(super) fn part(report: &Report) -> String {
    let (head, body, foot) = (head(report), body(report), foot(report));
    let end = match report.attachments.as_slice() {
        [] => Page::Upright.section(),
        attachments => attached(report, attachments),
    };
    format!("<w:document {NAMESPACES}><w:body>{head}{body}{foot}{end}</w:body></w:document>")
}

/// The unit's name, the title, and the days it is about.
fn head(report: &Report) -> String {
    let period = period_line(&report.period).unwrap_or_default();
    [
        lines(&report.unit, Style::Title),
        lines(&report.title, Style::Title),
        lines(&period, Style::Subtitle),
    ]
    .concat()
}

fn body(report: &Report) -> String {
    let sections = report.numbered().into_iter().map(|(heading, section)| {
        let style = match section.level {
            Level::Chapter => Style::Chapter,
            Level::Part => Style::Part,
        };
        let paragraphs = section.paragraphs.iter();
        let paragraphs = paragraphs.map(|paragraph| match &paragraph.body {
            Body::Text(text) => lines(text, Style::Body),
            Body::Table(ledger) => captioned(ledger, report),
        });
        lines(&heading, style) + &paragraphs.collect::<String>()
    });
    sections.collect()
}

/// A table with its name above it and until when it counts.
fn captioned(ledger: &Ledger, report: &Report) -> String {
    let caption = format!("{}（{}）", ledger.name, report.as_of());
    [
        lines(&caption, Style::Caption),
        table(ledger, report, Page::Upright),
        paragraph(Style::Gap, ""),
    ]
    .concat()
}

/// The list of attachments, who signs, and the date.
fn foot(report: &Report) -> String {
    let names = report.enclosed().into_iter().enumerate();
    let names = names.map(|(at, line)| match at {
        0 => lines(&line, Style::Enclosed),
        _ => lines(&line, Style::Body),
    });
    let names: String = names.collect();
    let signature = lines(&report.signature, Style::Signature);
    names + &signature + &lines(&report.date, Style::Date)
}

/// The attachments, each on pages of its own, after the section before them is ended.
fn attached(report: &Report, attachments: &[Ledger]) -> String {
    let ends = attachments.iter().skip(1).map(|_| page_break());
    let ends = ends.chain([Page::Sideways.section()]);
    let attachments = attachments.iter().enumerate().zip(ends);
    let attachments = attachments.map(|((at, ledger), end)| {
        [
            lines(&report.attachment_mark(at), Style::Mark),
            lines(&ledger.name, Style::AttachmentTitle),
            lines(&report.as_of(), Style::Note),
            table(ledger, report, Page::Sideways),
            // A document does not end with a table.
            paragraph(Style::Gap, ""),
            end,
        ]
        .concat()
    });
    section_end(Page::Upright) + &attachments.collect::<String>()
}

/// The last paragraph of a section carries its properties.
fn section_end(page: Page) -> String {
    paragraph_with(Style::Gap, &page.section(), "")
}

fn page_break() -> String {
    paragraph(Style::Gap, r#"<w:r><w:br w:type="page"/></w:r>"#)
}

/// The footer's part: `— 1 —`.
pub(super) fn footer() -> String {
    let number = r#"<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>"#;
    let runs = [&run("", "— "), number, &run("", " —")].concat();
    let paragraph = paragraph(Style::Footer, &runs);
    format!("<w:ftr {NAMESPACES}>{paragraph}</w:ftr>")
}
