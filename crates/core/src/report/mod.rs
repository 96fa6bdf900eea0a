//! Reports: documents that a person goes over. The work summary (工作总结) is due at the end of a campaign; the
//! bulletin (通报) says during it how far the units have come.
//!
//! They say what the figures say and nothing else. What the book cannot know is a blank, 【请填写：…】, and
//! a figure that is not known is called 未知. The words are Chinese whatever language the app shows.
//!
//! # Layout
//! - `source`: what a report is made from; `reporter`: who reports on which classes
//! - `summary`, `bulletin`: the outlines; `case_types`: what they tell of cases; `decided`: what of awards
//! - `opening`, `practice`, `results`, `outlook`: the chapters of the summary, parts of which the bulletin has too
//! - `phrases`, `held`: how figures and activities are said; `behind`: which units are behind; `tables`: figures as tables
//! - `blank`: what a person has to fill in; `edits`: what a person wrote instead
//! - `printed`: what stands around the texts on paper

mod behind;
mod blank;
mod bulletin;
mod case_types;
mod decided;
mod edits;
mod held;
mod opening;
mod outlook;
mod phrases;
mod practice;
mod printed;
mod reporter;
mod results;
mod source;
mod summary;
mod tables;

use serde::{Deserialize, Serialize};

use crate::ledger::Ledger;
use crate::time::{UnixMillis, UtcOffset};

pub(crate) use phrases::day;

pub use blank::{Piece, pieces};
pub use bulletin::{BulletinInput, bulletin};
pub use case_types::case_types;
pub use decided::{Confirmed, SummaryInput};
pub use edits::{Edit, Edits};
pub(crate) use phrases::day as day_text;
pub use printed::{period_line, printed_cell};
pub use reporter::Reporter;
pub use source::{Author, ReportSource};
pub use summary::work_summary;

/// A document of numbered sections.
///
/// Every text in it may be changed by a person ([`Edits`]) and may hold blanks ([`pieces`]); one that is
/// empty is not printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The title, without the unit's name.
    pub title: String,
    /// Whose report it is; stands above the title.
    pub unit: String,
    /// Of which days, e.g. `2021年12月21日至2022年2月26日`; stands below the title.
    pub period: String,
    /// The sections in order, chapters and their parts.
    pub sections: Vec<Section>,
    /// 附件: the tables that follow the document; a ledger's name is the attachment's.
    pub attachments: Vec<Ledger>,
    /// 落款: who signs.
    pub signature: String,
    /// The date below it, e.g. `2021年12月27日`.
    pub date: String,
    /// Until when the records count.
    pub cutoff: UnixMillis,
    /// In which offset times are shown.
    pub offset: UtcOffset,
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The heading without its number, see [`Report::numbered`].
    pub heading: String,
    /// Chapter or part.
    pub level: Level,
    /// What stands below it, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// How deep a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// 一、二、三、
    Chapter,
    /// （一）（二）（三） of the chapter before it.
    Part,
}

/// A text or a table of a section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Which one it is. The same in every report of one kind, whatever the figures.
    pub id: String,
    /// What it holds.
    pub body: Body,
}

/// What a paragraph holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// Text; each line of it is a paragraph on paper.
    Text(String),
    /// A table; the ledger's name is its caption.
    Table(Ledger),
}

impl Report {
    /// The sections, each with its heading as it is printed: `一、背景与目标`, `（一）防范教育`.
    pub fn numbered(&self) -> Vec<(String, &Section)> {
        let (mut chapter, mut part) = (0, 0);
        let sections = self.sections.iter();
        sections
            .map(|section| {
                let number = match section.level {
                    Level::Chapter => {
                        (chapter, part) = (chapter + 1, 0);
                        format!("{}、", phrases::numeral(chapter))
                    }
                    Level::Part => {
                        part += 1;
                        format!("（{}）", phrases::numeral(part))
                    }
                };
                (number + &section.heading, section)
            })
            .collect()
    }

    /// The texts that a person may change, by their ids: the lines around the sections, and the paragraphs.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let lines = [
            ("title", self.title.as_str()),
            ("unit", &self.unit),
            ("period", &self.period),
            ("signature", &self.signature),
            ("date", &self.date),
        ];
        let paragraphs = self.sections.iter().flat_map(|section| &section.paragraphs);
        let texts = paragraphs.filter_map(|paragraph| match &paragraph.body {
            Body::Text(text) => Some((paragraph.id.as_str(), text.as_str())),
            Body::Table(_) => None,
        });
        lines.into_iter().chain(texts)
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = (&str, &mut String)> {
        let lines = [
            ("title", &mut self.title),
            ("unit", &mut self.unit),
            ("period", &mut self.period),
            ("signature", &mut self.signature),
            ("date", &mut self.date),
        ];
        let sections = self.sections.iter_mut();
        let paragraphs = sections.flat_map(|section| &mut section.paragraphs);
        let texts = paragraphs.filter_map(|paragraph| match &mut paragraph.body {
            Body::Text(text) => Some((paragraph.id.as_str(), text)),
            Body::Table(_) => None,
        });
        lines.into_iter().chain(texts)
    }
}

impl Section {
    fn chapter(heading: &str, paragraphs: Vec<Paragraph>) -> Self {
        Self {
            heading: heading.to_owned(),
            level: Level::Chapter,
            paragraphs,
        }
    }

    fn part(heading: &str, paragraphs: Vec<Paragraph>) -> Self {
        Self {
            level: Level::Part,
            ..Self::chapter(heading, paragraphs)
        }
    }
}

impl Paragraph {
    fn text(id: &str, text: impl Into<String>) -> Self {
        Self {
            id: id.to_owned(),
            body: Body::Text(text.into()),
        }
    }

    fn table(id: &str, ledger: Ledger) -> Self {
        Self {
            id: id.to_owned(),
            body: Body::Table(ledger),
        }
    }
}
