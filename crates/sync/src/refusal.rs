use serde::{Deserialize, Serialize};

/// Why a server does not take a bundle, and will not take the same bytes later either unless a person
/// does something about it.
///
/// A server says so in a problem document (RFC 9457) whose `type` is [`Refusal::urn`]. The status alone
/// is not believed: the login page of a hotel's network answers 403 too, and a small proxy 413.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// 409: the server has another bundle of this device with this number, or one before or after it
    /// that does not fit to it. The device was copied, or set back to an old state.
    OtherBundle,
    /// 410: the server had it and has deleted its content after the time that the school keeps it.
    Purged,
    /// 413: larger than the server takes.
    TooLarge,
    /// 422: the envelope or its signature is not good.
    Invalid,
    /// 403: the device may no longer hand in.
    Revoked,
    /// 403: the device may not hand in for this class.
    OutOfScope,
}

/// Whom a refusal is about, and so what helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// The sealed bytes: what is in them is to be sealed anew.
    Bundle,
    /// The device: the bytes are good, a new invitation helps.
    Device,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::OtherBundle,
        Self::Purged,
        Self::TooLarge,
        Self::Invalid,
        Self::Revoked,
        Self::OutOfScope,
    ];

    /// The status of the answer.
    pub fn status(self) -> u16 {
        match self {
            Self::OtherBundle => 409,
            Self::Purged => 410,
            Self::TooLarge => 413,
            Self::Invalid => 422,
            Self::Revoked | Self::OutOfScope => 403,
        }
    }

    /// The `type` of the problem document.
    pub fn urn(self) -> &'static str {
        match self {
            Self::OtherBundle => "urn:wuzha:problem:other-bundle",
            Self::Purged => "urn:wuzha:problem:purged",
            Self::TooLarge => "urn:wuzha:problem:too-large",
            Self::Invalid => "urn:wuzha:problem:invalid",
            Self::Revoked => "urn:wuzha:problem:revoked",
            Self::OutOfScope => "urn:wuzha:problem:out-of-scope",
        }
    }

    pub(crate) fn about(self) -> About {
        match self {
            Self::OtherBundle | Self::Purged | Self::TooLarge | Self::Invalid => About::Bundle,
            Self::Revoked | Self::OutOfScope => About::Device,
        }
    }

    /// What an answer of this status with this body refuses for; `None` when it is no problem document
    /// that this version knows.
    pub(crate) fn parse(status: u16, body: &[u8]) -> Option<Self> {
        let problem: Problem = serde_json::from_slice(body).ok()?;
        let mut known = Self::ALL.into_iter();
        known.find(|refusal| refusal.status() == status && refusal.urn() == problem.urn)
    }
}

/// What is read of a problem document; the rest is for people.
#[derive(Deserialize)]
struct Problem {
    #[serde(rename = "type")]
    urn: String,
}
