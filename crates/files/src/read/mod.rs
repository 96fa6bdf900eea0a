//! Rosters and old ledgers in: bytes of any usual kind to rows of text.
//!
//! What a file is, its first bytes say; its name may lie. Values become text as a person sees them,
//! and what they mean is decided by `wuzha_core`.

mod delimited;
mod encoding;
mod ole;
mod sheet;
mod value;
mod xls;
mod xlsx;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::roster::{Row, Table};

/// The rows of a sheet that hold anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawTable {
    /// The rows, top to bottom.
    pub rows: Vec<RawRow>,
    /// The sheet they come from. `None` for text files.
    pub sheet: Option<String>,
}

/// A row with at least one cell that is not blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawRow {
    /// The row's number from 1, as spreadsheet programs show it.
    pub number: u32,
    /// The cells from the first column on; blank ones at the end are left out.
    pub cells: Vec<String>,
}

impl From<RawTable> for Table {
    fn from(raw: RawTable) -> Self {
        let rows = raw.rows.into_iter();
        Self {
            rows: rows.map(|row| Row::new(row.number, row.cells)).collect(),
        }
    }
}

/// Why a file could not be read as a table.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ReadError {
    /// A picture, a document, an archive, or a kind of spreadsheet that is not read (ODS, XLSB).
    #[error("neither XLSX, XLS, CSV nor text")]
    NotASpreadsheet,
    /// Needs a password to be opened.
    #[error("protected by a password")]
    PasswordProtected,
    /// Begins like a spreadsheet but cannot be read to the end.
    #[error("damaged: {0}")]
    Damaged(String),
    /// No cell holds anything.
    #[error("empty")]
    Empty,
    /// More rows than any class, or a whole school, has.
    #[error("more than {max} rows")]
    TooManyRows {
        /// The most rows that are read.
        max: u32,
    },
    /// More bytes, packed or unpacked, than a roster ever has.
    #[error("larger than {max_bytes} bytes")]
    TooLarge {
        /// The most bytes that are read.
        max_bytes: u64,
    },
    /// Text that is neither UTF-8, UTF-16 with a mark, nor GB 18030.
    #[error("text in an unknown encoding")]
    Encoding,
}

/// How much is read before giving up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of the file.
    pub bytes: u64,
    /// The most bytes of an XLSX file once unpacked, as it declares them itself, and of the text in
    /// the cells of a sheet.
    pub unpacked_bytes: u64,
    /// The most rows that hold anything.
    pub rows: u32,
    /// Cells beyond this many columns are passed over: stray ones stand in column XFD.
    pub columns: u32,
}

impl Limits {
    /// For a roster: a large college's year, and many times what a class needs.
    pub const ROSTER: Limits = Limits {
        bytes: 20_000_000,
        unpacked_bytes: 200_000_000,
        rows: 5_000,
        columns: 64,
    };
}

/// The first bytes of a ZIP, as XLSX is one.
const ZIP: &[u8] = b"PK\x03\x04";
/// The first bytes of an OLE compound file: XLS, or XLSX with a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

impl ReadError {
    /// The error as one of all sheets, where it was met with what the sheets before had left.
    fn within(self, limits: &Limits) -> Self {
        match self {
            Self::TooManyRows { .. } => Self::TooManyRows { max: limits.rows },
            Self::TooLarge { .. } => Self::TooLarge {
                max_bytes: limits.unpacked_bytes,
            },
            other => other,
        }
    }
}

/// All visible sheets of the file `bytes` that hold anything, in their order; a text file is one without a
/// name. `limits` holds for all of them together.
///
/// # Errors
/// See [`ReadError`].
pub fn read_tables(bytes: &[u8], limits: &Limits) -> Result<Vec<RawTable>, ReadError> {
    check_size(bytes, limits)?;
    let tables = if bytes.starts_with(ZIP) {
        xlsx::read(bytes, limits)?
    } else if bytes.starts_with(OLE) {
        xls::read(bytes, limits)?
    } else {
        let table = delimited::read(&encoding::decode(bytes)?, limits)?;
        vec![table]
    };
    if tables.iter().all(|table| table.rows.is_empty()) {
        return Err(ReadError::Empty);
    }
    Ok(tables)
}

fn check_size(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    if bytes.len() as u64 > limits.bytes {
        let max_bytes = limits.bytes;
        return Err(ReadError::TooLarge { max_bytes });
    }
    Ok(())
}
