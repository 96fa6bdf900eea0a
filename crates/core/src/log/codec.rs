//! The compact binary form of operations and snapshots on the phone.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Op, Registers};

/// First byte of a stored segment: the layout of what follows.
const OPS_FORMAT: u8 = 1;
/// First byte of a stored snapshot. A snapshot of another format is ignored and folded anew.
const SNAPSHOT_FORMAT: u8 = 1;

/// Why stored bytes could not be read or written.
#[derive(Debug, Error)]
pub enum CodecError {
    /// Written by a version with another layout.
    #[error("stored in format {found:?}, this version reads {expected}")]
    Format {
        /// The first byte, if there was one.
        found: Option<u8>,
        /// What this version reads.
        expected: u8,
    },
    /// The bytes are damaged.
    #[error("damaged: {0}")]
    Damaged(#[from] postcard::Error),
}

/// The fold of the segments up to and including `segment`, so that opening a book costs one read
/// plus the tail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The last segment in this fold.
    pub segment: u32,
    /// The fold.
    pub registers: Registers,
}

/// One segment: the operations of one or more commits.
///
/// # Errors
/// [`CodecError::Damaged`] only if memory runs out.
pub fn encode_ops(ops: &[Op]) -> Result<Vec<u8>, CodecError> {
    Ok(postcard::to_extend(ops, vec![OPS_FORMAT])?)
}

/// The operations of a segment, as this device wrote it: what comes from others comes as JSON lines, which
/// nest 128 deep at most, while this form has no bound and would use up the stack at some ten thousand.
///
/// # Errors
/// See [`CodecError`].
pub fn decode_ops(bytes: &[u8]) -> Result<Vec<Op>, CodecError> {
    Ok(postcard::from_bytes(body(bytes, OPS_FORMAT)?)?)
}

impl Snapshot {
    /// The stored form.
    ///
    /// # Errors
    /// [`CodecError::Damaged`] only if memory runs out.
    pub fn encode(&self) -> Result<Vec<u8>, CodecError> {
        Ok(postcard::to_extend(self, vec![SNAPSHOT_FORMAT])?)
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// See [`CodecError`]; the caller folds the segments instead.
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        Ok(postcard::from_bytes(body(bytes, SNAPSHOT_FORMAT)?)?)
    }
}

fn body(bytes: &[u8], expected: u8) -> Result<&[u8], CodecError> {
    match bytes.split_first() {
        Some((&format, body)) if format == expected => Ok(body),
        other => Err(CodecError::Format {
            found: other.map(|(&first, _)| first),
            expected,
        }),
    }
}
