use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::log::{MAX_CTR, OpId};

use super::name::FileNameError;
use super::{MAX_FILES, MAX_PACKED, MAX_RATIO, MAX_UNPACKED};

/// Why a bundle was not written or not opened. Nothing of it is taken over.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum BundleError {
    /// Another kind of file.
    #[error("not a bundle")]
    Foreign,
    /// Larger than anything that is handed in.
    #[error("{bytes} bytes, at most {MAX_PACKED}")]
    TooLarge {
        /// How large it is.
        bytes: u64,
    },
    /// The ZIP contradicts itself, or its end is missing.
    #[error("a damaged ZIP: {0}")]
    Structure(String),
    /// More files than a bundle ever has.
    #[error("{found} files, at most {MAX_FILES}")]
    TooManyFiles {
        /// How many there are.
        found: u64,
    },
    /// Unpacked, it would be larger than a class's log ever is.
    #[error("larger than {MAX_UNPACKED} bytes when unpacked")]
    UnpacksTooLarge,
    /// A file that unpacks to much more than it is: made to fill a memory.
    #[error("{name} unpacks to over {MAX_RATIO} times its size")]
    TooDense {
        /// The file.
        name: String,
    },
    /// A name that is none, or that leads elsewhere.
    #[error("{name:?} is no name for a file: {reason}")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        reason: FileNameError,
    },
    /// Two files of one name: which one a program shows is its own choice.
    #[error("two files are called {name:?}")]
    Twice {
        /// The name; empty where both are written the same, and the ZIP no longer tells which.
        name: String,
    },
    /// A folder, a link, or packed or encrypted in another way.
    #[error("{name} is not a plain file")]
    Kind {
        /// Its name.
        name: String,
    },
    /// The ZIP's own size or checksum does not fit.
    #[error("{name} is damaged")]
    Damaged {
        /// The file.
        name: String,
    },
    /// Without it nothing can be said of the rest.
    #[error("{name} is missing")]
    Missing {
        /// The file.
        name: String,
    },
    /// It stands in the ZIP and not in the manifest.
    #[error("{name} is not listed in the manifest")]
    Unlisted {
        /// The file.
        name: String,
    },
    /// Made by a newer version of the app.
    #[error("format {found}, this version reads {expected}")]
    Format {
        /// Its format.
        found: u32,
        /// What this version reads.
        expected: u32,
    },
    /// The manifest is not as it should be.
    #[error("the manifest cannot be read: {0}")]
    Manifest(String),
    /// Size or SHA-256 are not those in the manifest.
    #[error("{name} is not the file that the manifest lists")]
    Changed {
        /// The file.
        name: String,
    },
    /// `ops.jsonl` is not text.
    #[error("the operations are not UTF-8")]
    NotText,
    /// A line that is no operation.
    #[error("line {line} is no operation: {reason}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it, for whoever looks into it.
        reason: String,
    },
    /// The operations are not in the order of their ids, or one stands there twice.
    #[error("operation {id} is out of order, or there twice")]
    Order {
        /// The operation.
        id: OpId,
    },
    /// An operation to be written has a number that no device reaches by counting from 1.
    #[error("operation {id} is not numbered 1 to {MAX_CTR}")]
    Counter {
        /// The operation.
        id: OpId,
    },
    /// There are more or fewer operations than the manifest says.
    #[error("{found} operations, the manifest says {declared}")]
    OpCount {
        /// What the manifest says.
        declared: u64,
        /// How many there are.
        found: u64,
    },
    /// They are others than the manifest says.
    #[error("other operations than the manifest says")]
    OtherOps,
    /// Two different operations with one id were to be written: a device that was copied.
    #[error("two different operations are called {id}")]
    TwoOfOneId {
        /// The id.
        id: OpId,
    },
    /// It could not be written.
    #[error("could not be written: {0}")]
    Write(String),
}
