//! Ledgers and reports out.

mod csv;
mod docx;
mod json;
mod style;
mod xlsx;

pub(crate) use csv::unguard;
use rust_xlsxwriter::XlsxError;
use thiserror::Error;
use zip::result::ZipError;

pub use csv::{write_csv, write_csv_archive};
pub use docx::{ReportError, write_report};
pub use json::write_json;
pub use xlsx::write_workbook;

/// Why no workbook was written. What a class can hold always fits.
#[derive(Debug, Error)]
pub enum WriteError {
    /// More rows than a sheet has, a bad or doubled sheet name, or memory ran out.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] XlsxError),
    /// More columns than a sheet has.
    #[error("more columns than a sheet has")]
    TooManyColumns,
    /// Doubled sheet names, or memory ran out.
    #[error("the archive cannot be written: {0}")]
    Archive(#[from] ZipError),
}

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
