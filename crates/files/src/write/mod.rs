//! Ledgers out.

mod csv;
mod style;
mod xlsx;

pub(crate) use csv::unguard;
pub use csv::write_csv;
pub use xlsx::{WriteError, write_workbook};

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows written.
    pub done: u32,
    /// Of how many.
    pub total: u32,
}

/// The few words that a file says by itself, in the person's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// For what is not known; never left blank and never 0.
    pub unknown: &'static str,
    /// Before the time until which the records count.
    pub as_of: &'static str,
}

impl Words {
    /// Chinese.
    pub const ZH: Words = Words {
        unknown: "未知",
        as_of: "截至",
    };
    /// English.
    pub const EN: Words = Words {
        unknown: "Unknown",
        as_of: "As of",
    };
}
