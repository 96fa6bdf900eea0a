//! What stands on paper around the texts: the same in a file and in what a browser prints.

use super::Report;
use crate::ledger::Cell;
use crate::measure::percent_text;
use crate::time::UtcOffset;

/// A cell of a report's table as it is printed; `None` where something is not known.
pub fn printed_cell(cell: &Cell, offset: UtcOffset) -> Option<String> {
    match cell {
        Cell::Empty => Some(String::new()),
        Cell::Text(text) => Some(text.clone()),
        Cell::Count(count) => Some(count.to_string()),
        Cell::Ratio { met, of } => percent_text(*met, *of),
        Cell::Number(number) => number.is_finite().then(|| format!("{number:.1}")),
        Cell::Date(date) => Some(date.to_string()),
        Cell::Time(time) => Some(time.to_minute_text(offset)),
        Cell::Unknown => None,
    }
}

/// `（2021年12月21日至2022年2月26日）`, below the title; an empty period has no line.
pub fn period_line(period: &str) -> Option<String> {
    let period = period.trim();
    (!period.is_empty()).then(|| format!("（{period}）"))
}

impl Report {
    /// `截至2021-12-27 19:05`: until when its tables count.
    pub fn as_of(&self) -> String {
        format!("截至{}", self.cutoff.to_minute_text(self.offset))
    }

    /// The list of the attachments, before the signature: `附件：1.各班一览表`.
    pub fn enclosed(&self) -> Vec<String> {
        let attachments = self.attachments.iter().enumerate();
        let lines = attachments.map(|(at, ledger)| match (at, self.attachments.len()) {
            (_, 1) => format!("附件：{}", ledger.name),
            (0, _) => format!("附件：1.{}", ledger.name),
            (at, _) => format!("附件：{}.{}", at + 1, ledger.name),
        });
        lines.collect()
    }

    /// What stands at the top of an attachment's page: `附件2`, or `附件` where there is one. `at` counts from 0.
    pub fn attachment_mark(&self, at: usize) -> String {
        match self.attachments.len() {
            1 => "附件".to_owned(),
            _ => format!("附件{}", at + 1),
        }
    }
}
