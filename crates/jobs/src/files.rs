//! What the worker for files and pictures does.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::pack::Pack;
use wuzha_core::quiz::{Bank, BankError};
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_files::{BackupError, BackupMeta, RawTable, ReadError};

use crate::{Broken, Contract};

/// The worker for files and pictures.
#[derive(Clone, Copy, Debug)]
pub struct Files;

impl Contract for Files {
    const SCRIPT: &str = "/wuzha-worker_loader.js";
    type Request = Request;
    type Response = Response;
    type Failure = Failure;
}

/// A job for the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Reads the sheets of a roster or an old ledger. Bytes: the file.
    ReadTables,
    /// Writes all ledgers as one XLSX. Bytes: the class's [`wuzha_core::log::Snapshot`].
    WriteWorkbook(LedgerRequest),
    /// Writes each ledger as CSV. Bytes: the class's [`wuzha_core::log::Snapshot`].
    WriteCsv(LedgerRequest),
    /// Writes a backup. Bytes: [`wuzha_core::log::encode_ops`] of all operations.
    WriteBackup(BackupMeta),
    /// Reads a backup. Bytes: the file.
    ReadBackup,
    /// Looks for a QR code in a picture. Bytes: its luminance, a byte a pixel, row by row.
    DecodeQr {
        /// Pixels a row.
        width: u32,
        /// Rows.
        height: u32,
    },
}

/// What ledgers are made from, beside the class's registers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRequest {
    /// In which offset times are shown.
    pub offset: UtcOffset,
    /// Until when the records count: the moment of the export.
    pub cutoff: UnixMillis,
    /// The content pack.
    pub pack: Box<Pack>,
    /// `bank.json`, where the questions are needed.
    pub bank: Option<String>,
}

impl LedgerRequest {
    /// The questions, where the app could get at them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn read_bank(&self) -> Result<Option<Bank>, BankError> {
        let json = self.bank.as_deref();
        json.map(Bank::from_json).transpose()
    }
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// The sheets that hold anything, one at least.
    Tables(Vec<RawTable>),
    /// A file was written. Bytes: the file.
    File,
    /// Files were written. Bytes: [`crate::pack`] of them.
    Files {
        /// Their names without an ending, in the same order.
        names: Vec<String>,
    },
    /// A backup was read. Bytes: [`wuzha_core::log::encode_ops`] of its operations.
    Backup {
        /// What it says about itself; nothing for bare JSON lines.
        meta: Option<BackupMeta>,
        /// How many operations it holds.
        ops: u64,
    },
    /// The text of the first QR code in the picture, if there is one.
    Qr(Option<String>),
}

/// Why a job was not done.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Failure {
    /// The file could not be read as tables.
    #[error("the table cannot be read: {0}")]
    Read(#[from] ReadError),
    /// The backup could not be read or written.
    #[error("the backup: {0}")]
    Backup(#[from] BackupError),
    /// The ledgers could not be made or written.
    #[error("the ledgers: {0}")]
    Ledgers(String),
    /// The conversation broke off.
    #[error(transparent)]
    Broken(#[from] Broken),
}
