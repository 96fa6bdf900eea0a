//! A scope's log as the server lists it, page by page.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_seal::{BundleId, HeadHash};

/// How far a reader has listed: `{epoch}:{seq}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Which life of the server's store.
    pub epoch: u64,
    /// The last number listed; 0 before the first.
    pub seq: u64,
}

/// A text that is no cursor.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is no cursor of the form epoch:seq")]
pub struct ParseCursorError(String);

/// A part of a scope's log, in the order in which the bundles were committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The epoch that the server is in.
    pub epoch: u64,
    /// The bundles after the cursor that was asked for, when that was of this epoch.
    pub items: Vec<Listed>,
    /// Whether more follow or these were all.
    pub rest: Rest,
}

/// What comes after a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rest {
    /// More bundles.
    More,
    /// Nothing, at the time of the answer.
    End,
}

/// A bundle in a scope's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// The bundle.
    pub id: BundleId,
    /// How many bytes it has.
    pub bytes: u64,
    /// The hash over all bundles up to and including it.
    pub head: HeadHash,
}

/// Why a page is not believed. Nothing of it is taken over; ask again.
#[derive(Debug, Error)]
pub enum PageError {
    /// It is no page.
    #[error("the list cannot be read: {0}")]
    Damaged(#[from] serde_json::Error),
    /// It leaves bundles out, or has them in another order.
    #[error("number {expected} comes next, the list has {found}")]
    Order {
        /// The number that comes next.
        expected: u64,
        /// The one in its place.
        found: u64,
    },
    /// One bundle stands in the log under two numbers.
    #[error("bundle {0} is listed twice")]
    Twice(BundleId),
}

impl Page {
    /// Reads what the server sent.
    ///
    /// # Errors
    /// [`PageError::Damaged`].
    pub fn from_json(json: &[u8]) -> Result<Self, PageError> {
        Ok(serde_json::from_slice(json)?)
    }

    /// What a server sends.
    ///
    /// # Errors
    /// Only if memory runs out.
    pub fn to_json(&self) -> Result<String, PageError> {
        Ok(serde_json::to_string(self)?)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.epoch, self.seq)
    }
}

impl FromStr for Cursor {
    type Err = ParseCursorError;

    fn from_str(text: &str) -> Result<Self, ParseCursorError> {
        let bad = || ParseCursorError(text.to_owned());
        let (epoch, seq) = text.split_once(':').ok_or_else(bad)?;
        Ok(Self {
            epoch: number(epoch).ok_or_else(bad)?,
            seq: number(seq).ok_or_else(bad)?,
        })
    }
}

/// Digits only: Rust itself would read `+1` too.
fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
