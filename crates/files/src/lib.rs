//! Files in and out: what people bring and what they take away.
//!
//! Pure functions from bytes to values and back; no browser, no clock. They run in the worker,
//! since a large file takes longer than a screen may stand still.
//!
//! # Layout
//! - [`read_tables`]: the sheets of a roster or an old ledger, from XLSX, XLS, CSV or text in any usual encoding
//! - [`write_workbook`], [`write_csv`], [`write_csv_archive`], [`write_json`]: ledgers out;
//!   [`write_report`]: a report as DOCX
//! - [`write_backup`], [`read_backup`]: all operations of a class as one file, and back
//! - [`file_name`]: what the files are called

mod backup;
mod names;
mod read;
mod write;

pub use backup::{Backup, BackupError, BackupMeta, read_backup, write_backup};
pub use names::file_name;
pub use read::{Limits, RawRow, RawTable, ReadError, read_tables};
pub use write::{
    Progress, ReportError, WriteError, write_csv, write_csv_archive, write_json, write_report,
    write_workbook,
};
