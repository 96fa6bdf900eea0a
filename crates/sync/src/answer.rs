use serde::{Deserialize, Serialize};
use wuzha_seal::{ServerPublicKey, SignedReceipt};

use crate::backoff::MAX_RETRY_AFTER_MS;
use crate::refusal::Refusal;

/// The answer to an upload, as it came over the network.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    /// Its status.
    pub status: u16,
    /// Its header `Retry-After`.
    pub retry_after: Option<&'a str>,
    /// All of its body.
    pub body: &'a [u8],
}

/// What the answer to an upload means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The server has the bundle, and signs that it has: now (201) or since an earlier try (200).
    Stored(SignedReceipt),
    /// The server does not take it.
    Refused(Refusal),
    /// Nothing is decided: try again.
    Later {
        /// Why.
        trouble: Trouble,
        /// How many ms from now the server asks to be left alone, at most [`MAX_RETRY_AFTER_MS`].
        retry_after_ms: Option<u64>,
    },
}

/// Why a bundle is still waiting after it was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// No answer: no network, no server, or the connection broke.
    NoAnswer,
    /// An answer that is not this server's, or is damaged: a network's login page, a torn receipt.
    Garbled,
    /// 413, and not by this server's word: something on the way takes nothing as large.
    TooLarge,
    /// 429: too many uploads.
    TooMany,
    /// 507: the server's disk or the class's quota is full.
    DiskFull,
    /// 5xx: the server or what stands before it is ill.
    Server,
    /// A signed receipt for another bundle or in another scope.
    OtherReceipt,
    /// A receipt that contradicts one that the server gave before; see [`crate::Evidence`].
    Disputed,
}

impl Answer {
    /// No answer came.
    pub const NONE: Self = Self::later(Trouble::NoAnswer);

    /// Reads an answer. A receipt must be signed by the server with this `key`.
    pub fn parse(response: Response<'_>, key: &ServerPublicKey) -> Self {
        let Response { status, body, .. } = response;
        match status {
            200 | 201 => SignedReceipt::parse(body.to_vec(), key)
                .map_or(Self::later(Trouble::Garbled), Self::Stored),
            429 => Self::Later {
                trouble: Trouble::TooMany,
                retry_after_ms: response.retry_after_ms(),
            },
            507 => Self::Later {
                trouble: Trouble::DiskFull,
                retry_after_ms: response.retry_after_ms(),
            },
            500..=599 => Self::Later {
                trouble: Trouble::Server,
                retry_after_ms: response.retry_after_ms(),
            },
            _ => Refusal::parse(status, body).map_or(Self::later(of_others(status)), Self::Refused),
        }
    }

    const fn later(trouble: Trouble) -> Self {
        Self::Later {
            trouble,
            retry_after_ms: None,
        }
    }
}

/// What an answer means that is not this server's word.
fn of_others(status: u16) -> Trouble {
    match status {
        413 => Trouble::TooLarge,
        _ => Trouble::Garbled,
    }
}

impl Response<'_> {
    /// Seconds only. A date would be compared with this phone's clock, which may be a year off.
    fn retry_after_ms(&self) -> Option<u64> {
        let seconds: u64 = self.retry_after?.trim().parse().ok()?;
        Some(seconds.saturating_mul(1_000).min(MAX_RETRY_AFTER_MS))
    }
}
