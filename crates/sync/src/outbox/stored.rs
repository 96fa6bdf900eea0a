//! The outbox as it is stored: JSON, which an older and a newer version can both read.
//!
//! Unknown fields are kept and written back. An entry that cannot be read is kept as it is and does not
//! take the others with it; what it carried then counts as in no bundle and is sealed anew, which
//! doubles nothing, since operations have ids. Receipts are verified again: the file is from outside.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{ClassRef, DevSeq, NoteError, Place, ServerPublicKey, SignedReceipt};

use super::{Body, Enrolment, Entry, Outbox, State, Unreadable};
use crate::answer::Trouble;
use crate::backoff::Hold;
use crate::evidence::Evidence;
use crate::ranges::OpRanges;
use crate::refusal::Refusal;

/// Why a stored outbox cannot be used. It is not to be overwritten then: bundles may be waiting in it.
#[derive(Debug, Error)]
pub enum OutboxError {
    /// It is damaged.
    #[error("the stored outbox cannot be read: {0}")]
    Damaged(#[from] serde_json::Error),
    /// Another device sealed what is in it, for this or another class.
    #[error("the stored outbox is of device {device} for another device or class")]
    OtherOutbox {
        /// Whose it is.
        device: DeviceId,
    },
}

#[derive(Serialize, Deserialize)]
struct StoredOutbox {
    device: DeviceId,
    class: ClassRef,
    last: Option<Place>,
    entries: Vec<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quiet: Option<Hold>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    overtaken: Option<DevSeq>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doubled_writer: Option<DeviceId>,
    #[serde(default, skip_serializing_if = "OpRanges::is_empty")]
    too_large: OpRanges,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Value>,
    #[serde(flatten)]
    extra: BTreeMap<String, Value>,
}

#[derive(Serialize, Deserialize)]
struct StoredEntry {
    device: DeviceId,
    #[serde(flatten)]
    place: Place,
    carries: OpRanges,
    bytes: u64,
    body: Body,
    state: StoredState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opened: Option<UnixMillis>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    past: Vec<ReceiptText>,
    #[serde(flatten)]
    extra: BTreeMap<String, Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StoredState {
    Waiting {
        attempts: u32,
        trouble: Option<Trouble>,
        hold: Option<Hold>,
    },
    Delivered {
        receipt: ReceiptText,
    },
    Refused {
        why: Refusal,
    },
    Abandoned,
}

#[derive(Serialize, Deserialize)]
struct StoredEvidence {
    earlier: Option<ReceiptText>,
    later: ReceiptText,
}

/// A receipt as base64, not verified yet.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct ReceiptText(String);

/// Why a stored entry, or a piece of evidence, cannot be read.
#[derive(Debug, Error)]
enum EntryError {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Base64(#[from] base64::DecodeError),
    #[error(transparent)]
    Receipt(#[from] NoteError),
    #[error("nothing speaks against the receipt")]
    NoEvidence,
}

impl Outbox {
    /// The stored form.
    ///
    /// # Errors
    /// Only if memory runs out.
    pub fn encode(&self) -> Result<String, OutboxError> {
        let entries = self.entries.iter().map(StoredEntry::of);
        let evidence = self.evidence.iter().map(StoredEvidence::of);
        let Unreadable {
            entries: other_entries,
            evidence: other_evidence,
        } = &self.unreadable;
        let stored = StoredOutbox {
            device: self.enrolment.device,
            class: self.enrolment.class,
            last: self.last,
            entries: values(entries, other_entries)?,
            quiet: self.quiet,
            overtaken: self.overtaken,
            doubled_writer: self.doubled_writer,
            too_large: self.too_large.clone(),
            evidence: values(evidence, other_evidence)?,
            extra: self.extra.clone(),
        };
        Ok(serde_json::to_string(&stored)?)
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// See [`OutboxError`].
    pub fn decode(text: &str, enrolment: Enrolment) -> Result<Self, OutboxError> {
        let stored: StoredOutbox = serde_json::from_str(text)?;
        if (stored.device, stored.class) != (enrolment.device, enrolment.class) {
            let device = stored.device;
            return Err(OutboxError::OtherOutbox { device });
        }
        let mut outbox = Self {
            last: stored.last,
            quiet: stored.quiet,
            overtaken: stored.overtaken,
            doubled_writer: stored.doubled_writer,
            too_large: stored.too_large,
            extra: stored.extra,
            ..Self::new(enrolment)
        };
        for value in stored.entries {
            match read_entry(&value, &enrolment.server) {
                Ok(entry) => outbox.entries.push(entry),
                Err(_) => outbox.unreadable.entries.push(value),
            }
        }
        for value in stored.evidence {
            match read_evidence(&value, &enrolment.server) {
                Ok(evidence) => outbox.evidence.push(evidence),
                Err(_) => outbox.unreadable.evidence.push(value),
            }
        }
        Ok(outbox)
    }
}

impl Unreadable {
    /// Whether it has the bundle at this place.
    pub(super) fn has(&self, place: Place) -> bool {
        let mut places = self
            .entries
            .iter()
            .filter_map(|value| Place::deserialize(value).ok());
        places.any(|known| known == place)
    }
}

/// What is known and what could not be read, as JSON.
fn values<T: Serialize>(
    known: impl Iterator<Item = T>,
    unreadable: &[Value],
) -> Result<Vec<Value>, serde_json::Error> {
    let known = known.map(serde_json::to_value);
    known.chain(unreadable.iter().cloned().map(Ok)).collect()
}

fn read_entry(value: &Value, server: &ServerPublicKey) -> Result<Entry, EntryError> {
    let stored = StoredEntry::deserialize(value)?;
    let past = stored.past.iter().map(|text| text.read(server));
    Ok(Entry {
        device: stored.device,
        place: stored.place,
        carries: stored.carries,
        bytes: stored.bytes,
        body: stored.body,
        state: stored.state.read(server)?,
        opened: stored.opened,
        past: past.collect::<Result<_, _>>()?,
        extra: stored.extra,
    })
}

/// What speaks against the later receipt is found anew: the two receipts are all there is to it.
fn read_evidence(value: &Value, server: &ServerPublicKey) -> Result<Evidence, EntryError> {
    let StoredEvidence { earlier, later } = StoredEvidence::deserialize(value)?;
    let earlier = earlier.map(|text| text.read(server)).transpose()?;
    Evidence::against(&later.read(server)?, &earlier).ok_or(EntryError::NoEvidence)
}

impl StoredEntry {
    fn of(entry: &Entry) -> Self {
        Self {
            device: entry.device,
            place: entry.place,
            carries: entry.carries.clone(),
            bytes: entry.bytes,
            body: entry.body,
            state: StoredState::of(&entry.state),
            opened: entry.opened,
            past: entry.past.iter().map(ReceiptText::of).collect(),
            extra: entry.extra.clone(),
        }
    }
}

impl StoredState {
    fn of(state: &State) -> Self {
        match state {
            State::Waiting {
                attempts,
                trouble,
                hold,
            } => Self::Waiting {
                attempts: *attempts,
                trouble: *trouble,
                hold: *hold,
            },
            State::Delivered { receipt } => Self::Delivered {
                receipt: ReceiptText::of(receipt),
            },
            State::Refused { why } => Self::Refused { why: *why },
            State::Abandoned => Self::Abandoned,
        }
    }

    fn read(self, server: &ServerPublicKey) -> Result<State, EntryError> {
        Ok(match self {
            Self::Waiting {
                attempts,
                trouble,
                hold,
            } => State::Waiting {
                attempts,
                trouble,
                hold,
            },
            Self::Delivered { receipt } => State::Delivered {
                receipt: receipt.read(server)?,
            },
            Self::Refused { why } => State::Refused { why },
            Self::Abandoned => State::Abandoned,
        })
    }
}

impl StoredEvidence {
    fn of(evidence: &Evidence) -> Self {
        Self {
            earlier: evidence.earlier.as_ref().map(ReceiptText::of),
            later: ReceiptText::of(&evidence.later),
        }
    }
}

impl ReceiptText {
    fn of(receipt: &SignedReceipt) -> Self {
        Self(STANDARD.encode(receipt.as_bytes()))
    }

    fn read(&self, server: &ServerPublicKey) -> Result<SignedReceipt, EntryError> {
        Ok(SignedReceipt::parse(STANDARD.decode(&self.0)?, server)?)
    }
}
