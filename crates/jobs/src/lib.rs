//! What the app and its worker say to each other.
//!
//! # A conversation
//! ```text
//! worker → app   "ready"                              before it, messages would be lost
//! app → worker   [Request as postcard, bytes?]        one job; the bytes are transferred, not copied
//! worker → app   [Message::Progress as postcard]      any number of times
//! worker → app   [Message::Done as postcard, bytes?]  or Message::Failed
//! ```
//! A worker does one job at a time and keeps nothing between two, so jobs need no numbers, and to
//! cancel one is to end its worker: at once, in the middle of whatever it does.
//!
//! Large contents (files, pictures, operations) are the bytes beside a message; which, each
//! [`Request`] and [`Response`] says.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_files::{BackupError, BackupMeta, RawTable, ReadError};

/// What the worker posts when it listens.
pub const READY: &str = "ready";

/// A job for the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Reads the rows of a roster. Bytes: the file.
    ReadRoster,
    /// Writes all ledgers as one XLSX. Bytes: the class's [`wuzha_core::log::Snapshot`].
    WriteWorkbook(LedgerRequest),
    /// Writes one ledger as CSV. Bytes: the class's [`wuzha_core::log::Snapshot`].
    WriteCsv {
        /// How the ledgers are made.
        ledgers: LedgerRequest,
        /// Which of them, from 0, in the order of the workbook's sheets.
        sheet: u32,
    },
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
    /// The content pack: the JSON text of its files by name, e.g. `checklists.json`.
    pub pack: BTreeMap<String, String>,
}

/// What the worker posts during and after a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Message {
    /// It is so far.
    Progress(Progress),
    /// It is done.
    Done(Response),
    /// It could not be done.
    Failed(Failure),
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows done.
    pub done: u32,
    /// Of how many.
    pub total: u32,
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// The rows of a roster.
    Rows(RawTable),
    /// A file was written. Bytes: the file.
    File,
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
    /// The roster could not be read.
    #[error("the table cannot be read: {0}")]
    Read(#[from] ReadError),
    /// The backup could not be read or written.
    #[error("the backup: {0}")]
    Backup(#[from] BackupError),
    /// The ledgers could not be made or written.
    #[error("the ledgers: {0}")]
    Ledgers(String),
    /// The app and its worker do not understand each other: a defect, or two versions mixed.
    #[error("the message is not understood: {0}")]
    Message(String),
    /// The person cancelled it.
    #[error("cancelled")]
    Cancelled,
    /// The worker could not be started: its files are not here and there is no network, or the
    /// browser refuses workers.
    #[error("the worker did not start: {0}")]
    NotStarted(String),
    /// The worker ended in the middle: a defect, or memory ran out.
    #[error("the worker crashed: {0}")]
    Crashed(String),
}

/// The bytes of a [`Request`] or [`Message`].
///
/// # Errors
/// [`Failure::Message`] only if memory runs out.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, Failure> {
    postcard::to_allocvec(message).map_err(not_understood)
}

/// A [`Request`] or [`Message`] from its bytes.
///
/// # Errors
/// [`Failure::Message`] when the other side is of another version.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    postcard::from_bytes(bytes).map_err(not_understood)
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err takes")]
fn not_understood(error: postcard::Error) -> Failure {
    Failure::Message(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuzha_files::RawRow;

    #[test]
    fn messages_arrive_as_they_were_sent() {
        let request = Request::WriteCsv {
            ledgers: LedgerRequest {
                offset: UtcOffset::CHINA,
                cutoff: UnixMillis(1_640_534_700_000),
                pack: BTreeMap::from([("campaign.json".into(), "{}".into())]),
            },
            sheet: 1,
        };
        assert_eq!(decode(&encode(&request).unwrap()), Ok(request));

        let table = RawTable {
            rows: vec![RawRow {
                number: 2,
                cells: vec![String::new(), "张示例".into()],
            }],
            sheet: Some("名单".into()),
            other_sheets: vec!["说明".into()],
        };
        let failure = Failure::Backup(BackupError::Newer { found: 2 });
        let messages = [
            Message::Progress(Progress { done: 1, total: 2 }),
            Message::Done(Response::Rows(table)),
            Message::Failed(failure),
        ];
        for message in messages {
            assert_eq!(decode(&encode(&message).unwrap()), Ok(message));
        }
    }

    #[test]
    fn another_versions_message_is_a_failure_and_not_a_panic() {
        let newer: Result<Message, Failure> = decode(&[200, 1, 2, 3]);
        assert!(matches!(newer, Err(Failure::Message(_))), "{newer:?}");
    }
}
