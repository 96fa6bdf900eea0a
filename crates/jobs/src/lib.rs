//! What the app and its workers say to each other.
//!
//! # A conversation
//! ```text
//! worker → app   "ready"                              before it, messages would be lost
//! app → worker   [request as postcard, bytes?]        one job; the bytes are transferred, not copied
//! worker → app   [Message::Progress as postcard]      any number of times
//! worker → app   [Message::Done as postcard, bytes?]  or Message::Failed
//! worker → app   any other text                       it has crashed, and says what about
//! ```
//! A worker does one job at a time and keeps nothing in memory between two, so jobs need no numbers, and
//! to cancel one is to end its worker: at once, in the middle of whatever it does.
//!
//! Large contents (files, pictures, operations) are the bytes beside a message; which, each request and
//! response says.
//!
//! # Layout
//! - [`files`]: rosters, ledgers, backups, codes in pictures
//! - [`courier`]: invitations and handing in
//! - [`shelf`]: the books of many classes; [`cases`], [`privacy`]: parts of what it is asked; [`old_ledgers`]: a
//!   college's spreadsheets into them
//! - [`pack`]: several contents beside one message
//! - `listening`: the worker's side, in a browser; `turn`: one worker of a kind at a time

pub mod cases;
pub mod courier;
pub mod files;
#[cfg(target_family = "wasm")]
pub mod listening;
pub mod old_ledgers;
mod pack;
pub mod privacy;
pub mod shelf;
#[cfg(target_family = "wasm")]
pub mod turn;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use files::{Failure, Files, LedgerRequest, Request, Response};
pub use pack::{pack, unpack};

/// What a worker posts when it listens.
pub const READY: &str = "ready";

/// A worker, and what is said to it and by it.
pub trait Contract {
    /// What starts it. Not hashed: it names the worker's other two files itself.
    const SCRIPT: &str;
    /// A job.
    type Request: Serialize + DeserializeOwned;
    /// What came of one.
    type Response: Serialize + DeserializeOwned;
    /// Why one was not done.
    type Failure: Serialize + DeserializeOwned + From<Broken>;
}

/// What a worker posts during and after a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Message<R = Response, F = Failure> {
    /// It is so far.
    Progress(Progress),
    /// It is done.
    Done(R),
    /// It could not be done.
    Failed(F),
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows done.
    pub done: u32,
    /// Of how many.
    pub total: u32,
}

/// Why a conversation with a worker ended without an answer.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Broken {
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

impl Broken {
    /// The answer to a request was one to something else.
    pub fn other_answer() -> Self {
        Self::Message("another answer".to_owned())
    }
}

/// The bytes of a request or [`Message`].
///
/// # Errors
/// [`Broken::Message`] only if memory runs out.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, Broken> {
    postcard::to_allocvec(message).map_err(not_understood)
}

/// A request or [`Message`] from its bytes.
///
/// # Errors
/// [`Broken::Message`] when the other side is of another version.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Broken> {
    postcard::from_bytes(bytes).map_err(not_understood)
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err takes")]
fn not_understood(error: postcard::Error) -> Broken {
    Broken::Message(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuzha_core::pack::Pack;
    use wuzha_core::report::Reporter;
    use wuzha_core::time::{UnixMillis, UtcOffset};
    use wuzha_files::RawRow;
    use wuzha_files::{BackupError, RawTable};

    /// The pack that ships.
    fn pack() -> Pack {
        let read = Pack::from_json(
            include_str!("../../../content/default/campaign.json"),
            include_str!("../../../content/default/checklists.json"),
            include_str!("../../../content/default/criteria.json"),
        );
        read.unwrap()
    }

    #[test]
    fn messages_arrive_as_they_were_sent() {
        let request = Request::WriteCsv(LedgerRequest {
            offset: UtcOffset::CHINA,
            cutoff: UnixMillis(1_640_534_700_000),
            pack: Box::new(pack()),
            bank: Some("{}".to_owned()),
        });
        assert_eq!(decode(&encode(&request).unwrap()), Ok(request));

        let table = RawTable {
            rows: vec![RawRow {
                number: 2,
                cells: vec![String::new(), "张示例".into()],
            }],
            sheet: Some("名单".into()),
        };
        let failure = Failure::Backup(BackupError::Newer { found: 2 });
        let messages = [
            Message::Progress(Progress { done: 1, total: 2 }),
            Message::Done(Response::Tables(vec![table])),
            Message::Failed(failure),
        ];
        for message in messages {
            assert_eq!(decode(&encode(&message).unwrap()), Ok(message));
        }
    }

    #[test]
    fn a_deadline_arrives_as_the_day_that_it_is_and_none_as_none() {
        for deadline in [chrono::NaiveDate::from_ymd_opt(2022, 1, 7), None] {
            let request = shelf::Request::Bulletin {
                reporter: Reporter::Department(Some("软件系（示例）".into())),
                unit: "软件系（示例）".into(),
                deadline,
                ledgers: LedgerRequest {
                    offset: UtcOffset::CHINA,
                    cutoff: UnixMillis(1_640_534_700_000),
                    pack: Box::new(pack()),
                    bank: None,
                },
            };
            assert_eq!(decode(&encode(&request).unwrap()), Ok(request));
        }
    }

    #[test]
    fn another_versions_message_is_a_failure_and_not_a_panic() {
        let newer: Result<Message, Broken> = decode(&[200, 1, 2, 3]);
        assert!(matches!(newer, Err(Broken::Message(_))), "{newer:?}");
    }
}
