//! Reports: they say what the figures say, and ask for the rest.

#![expect(clippy::panic, reason = "a test says what it expects by failing")]

mod bulletin;
mod edits;
mod honest;
mod printed;
mod reporter;
mod said;

use std::sync::LazyLock;

use chrono::NaiveDate;
use wuzha_core::ledger::Cell;
use wuzha_core::overview::{Average, Figures};
use wuzha_core::pack::Pack;
use wuzha_core::report::{
    Author, Body, BulletinInput, Report, ReportSource, SummaryInput, bulletin, work_summary,
};
use wuzha_core::time::UtcOffset;

use crate::overview::{class, share};
use crate::support::{self, NOW};

static PACK: LazyLock<Pack> = LazyLock::new(support::pack);

/// The campaign of the notice, as `author` of 信息工程系 sees it.
fn source<'a>(author: Author, classes: &'a [&'a Figures]) -> ReportSource<'a> {
    ReportSource {
        author,
        unit: "信息工程系",
        pack: &PACK,
        classes,
        cutoff: NOW,
        offset: UtcOffset::CHINA,
    }
}

/// Of two departments: a class that does well, one that is behind, one of which only the list is known,
/// and one that has written nothing. No two numbers in them are alike by chance.
fn classes() -> [Figures; 4] {
    let good = Figures {
        students: 47,
        dorms: 9,
        registered: share(46, 0, 0, 1),
        warning_on: share(43, 3, 0, 1),
        pledge: share(47, 0, 0, 0),
        notice: share(41, 6, 0, 0),
        quiz_taken: share(47, 0, 0, 0),
        quiz_passed: share(44, 3, 0, 0),
        average: Some(Average {
            sum_percent: 406_550,
            count: 47,
        }),
        dorms_inspected: share(9, 0, 0, 0),
        dorms_met: share(5, 3, 1, 0),
        last_record: Some(NOW),
        campaign_start: NaiveDate::from_ymd_opt(2021, 12, 21),
        ..class("软件2101班", Some("软件系"), Some("2021级"))
    };
    let behind = Figures {
        students: 38,
        dorms: 7,
        registered: share(19, 11, 8, 0),
        warning_on: share(13, 17, 8, 0),
        pledge: share(29, 9, 0, 0),
        conflicts: 2,
        last_record: Some(NOW),
        ..class("软件2102班", Some("软件系"), Some("2021级"))
    };
    let listed = Figures {
        students: 31,
        registered: share(0, 0, 31, 0),
        warning_on: share(0, 0, 31, 0),
        pledge: share(0, 0, 31, 0),
        notice: share(0, 0, 31, 0),
        last_record: Some(NOW),
        ..class("会计2101班", Some("会计系"), None)
    };
    [good, behind, listed, Figures::default()]
}

fn summary(author: Author, classes: &[Figures]) -> Report {
    let classes: Vec<&Figures> = classes.iter().collect();
    work_summary(&source(author, &classes), &SummaryInput::default())
}

/// The bulletin of the same, with nothing told beside the figures.
fn bare_bulletin(author: Author, classes: &[Figures]) -> Report {
    let classes: Vec<&Figures> = classes.iter().collect();
    bulletin(&source(author, &classes), &BulletinInput::default())
}

/// Every kind of report.
fn every_kind(author: Author, classes: &[Figures]) -> [Report; 2] {
    [summary(author, classes), bare_bulletin(author, classes)]
}

/// Everything that is printed, tables included.
fn printed(report: &Report) -> String {
    let texts = report.texts().map(|(_, text)| text.to_owned());
    let cells = tables(report).flat_map(|table| table.rows.iter().flatten());
    let cells = cells.map(|cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => format!("{number:.1}"),
        Cell::Unknown => "未知".to_owned(),
        Cell::Ratio { met, of } => tenths(*met, *of),
        other => panic!("{other:?} is in no report"),
    });
    let all: Vec<String> = texts.chain(cells).collect();
    all.join("\n")
}

/// A percentage as a spreadsheet rounds it, worked out with floats; all is 100 and none is 0.
fn tenths(met: u32, of: u32) -> String {
    let percent = (f64::from(met) * 1000.0 / f64::from(of)).round() / 10.0;
    format!("{percent:.1}")
}

/// The text of the paragraph `id`.
fn text<'a>(report: &'a Report, id: &str) -> &'a str {
    let found = report.texts().find(|(known, _)| *known == id);
    found.map_or("", |(_, text)| text)
}

/// All ids in order, the tables' too.
fn ids(report: &Report) -> Vec<&str> {
    let paragraphs = report
        .sections
        .iter()
        .flat_map(|section| &section.paragraphs);
    paragraphs.map(|paragraph| paragraph.id.as_str()).collect()
}

/// Every table in the text and behind it.
fn tables(report: &Report) -> impl Iterator<Item = &wuzha_core::ledger::Ledger> {
    let paragraphs = report
        .sections
        .iter()
        .flat_map(|section| &section.paragraphs);
    let in_text = paragraphs.filter_map(|paragraph| match &paragraph.body {
        Body::Table(ledger) => Some(ledger),
        Body::Text(_) => None,
    });
    in_text.chain(&report.attachments)
}
