//! Ledgers and reports out.

mod csv;
mod docx;
mod style;
mod xlsx;

pub(crate) use csv::unguard;
pub use csv::write_csv;
pub use docx::{ReportError, write_report};
pub use xlsx::{WriteError, write_workbook};

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows written.
    pub done: u32,
    /// Of how many.
    pub total: u32,
}

/// For what is not known; never left blank and never 0.
const UNKNOWN: &str = "未知";
/// Before the time until which the records count.
const AS_OF: &str = "截至";
