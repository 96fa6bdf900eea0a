//! The outbox: every bundle that this phone sealed, and what becomes of it.
//!
//! A bundle is sealed once and uploaded byte for byte until the server's receipt is here. The caller
//! asks [`Outbox::next`], uploads, and hands the answer to [`Outbox::told`]; then it stores what
//! [`Outbox::encode`] writes. Nothing notes that an upload is under way, so one that was cut off by a
//! killed page is simply made again, and the server answers with the same receipt.
//!
//! *Architecture Invariant:* an entry is never removed, and its bytes go only when everything in it has
//! a receipt and a person agreed ([`Outbox::delete`]).

mod entry;
mod person;
mod progress;
mod sealing;
mod stored;
mod succession;
mod told;

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;
use wuzha_core::log::DeviceId;
use wuzha_seal::{BundleId, ClassRef, DevSeq, Envelope, Place, ScopeId, ServerPublicKey, Standing};

use crate::backoff::Hold;
use crate::evidence::Evidence;
use crate::ranges::OpRanges;

pub use entry::{Body, Entry, Stage, State};
pub use person::{Consent, DeleteError};
pub use progress::{Counts, Progress};
pub use stored::OutboxError;
pub use succession::{Recognised, SucceedError, reissue};
pub use told::{Next, Reconciled, Told};

/// What a device learned when it was invited, as far as handing in needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// This device.
    pub device: DeviceId,
    /// The class that it hands in.
    pub class: ClassRef,
    /// In whose order the server counts the class's bundles.
    pub scope: ScopeId,
    /// Who signs the receipts.
    pub server: ServerPublicKey,
}

/// The sealed bundles of a phone for one class: of the device that it is, and of those that it was
/// before ([`Outbox::succeed`]).
#[derive(Clone, Debug, PartialEq)]
pub struct Outbox {
    enrolment: Enrolment,
    /// The last bundle that this device sealed, which the next one names.
    last: Option<Place>,
    /// In the order in which they were sealed.
    entries: Vec<Entry>,
    /// The server asked to be left alone.
    quiet: Option<Hold>,
    /// From this number on, a copy of this device used the numbers too.
    overtaken: Option<DevSeq>,
    /// Who wrote the log when that was noticed: the copy may have given numbers of this one too.
    doubled_writer: Option<DeviceId>,
    /// Operations that are, each alone, too large for a bundle.
    too_large: OpRanges,
    evidence: Vec<Evidence>,
    unreadable: Unreadable,
    /// Fields of a newer version.
    extra: BTreeMap<String, Value>,
}

/// What is stored and cannot be read by this version: kept as it is.
#[derive(Clone, Debug, Default, PartialEq)]
struct Unreadable {
    entries: Vec<Value>,
    evidence: Vec<Value>,
}

/// A bundle that does not belong into this outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AddError {
    /// Another device signed it.
    #[error("signed by device {0}")]
    OtherDevice(DeviceId),
    /// It is of another class.
    #[error("of another class")]
    OtherClass,
    /// It does not come right after the last one: another tab has sealed one meanwhile.
    #[error("does not come next: {0:?}")]
    NotNext(Standing),
    /// The numbers of this device are not its own any more; see [`Outbox::overtaken`].
    #[error("a copy of this device has used its numbers from {0} on")]
    Overtaken(DevSeq),
}

impl Outbox {
    /// An outbox without bundles.
    pub fn new(enrolment: Enrolment) -> Self {
        Self {
            enrolment,
            last: None,
            entries: Vec::new(),
            quiet: None,
            overtaken: None,
            doubled_writer: None,
            too_large: OpRanges::default(),
            evidence: Vec::new(),
            unreadable: Unreadable::default(),
            extra: BTreeMap::new(),
        }
    }

    /// Which device this phone is.
    pub fn device(&self) -> DeviceId {
        self.enrolment.device
    }

    /// The device's last bundle, for sealing the next.
    pub fn last(&self) -> Option<Place> {
        self.last
    }

    /// The bundles in the order in which they were sealed.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The bundle with this id.
    pub fn entry(&self, id: BundleId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.place.id == id)
    }

    /// Receipts that are not believed, each with what speaks against it: to be shown and exported.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// How many stored entries this version cannot read.
    pub fn unreadable(&self) -> usize {
        self.unreadable.entries.len()
    }

    /// Takes a bundle that was just sealed and `carries` these operations. Its bytes and the outbox are
    /// to be stored in one transaction, before it is uploaded. To add a bundle once more changes nothing.
    ///
    /// # Errors
    /// See [`AddError`].
    pub fn add(&mut self, envelope: &Envelope, carries: OpRanges) -> Result<(), AddError> {
        let header = envelope.header();
        if header.device() != self.enrolment.device {
            return Err(AddError::OtherDevice(header.device()));
        }
        if header.class != self.enrolment.class {
            return Err(AddError::OtherClass);
        }
        if let Some(number) = self.overtaken {
            return Err(AddError::Overtaken(number));
        }
        match header.standing(envelope.id(), self.last) {
            Standing::Next => {}
            Standing::Earlier if self.entry(envelope.id()).is_some() => return Ok(()),
            other => return Err(AddError::NotNext(other)),
        }
        self.last = Some(envelope.place());
        self.entries.push(Entry::sealed(envelope, carries));
        Ok(())
    }

    /// What is in bundles that the server has or had.
    fn receipted(&self) -> OpRanges {
        let has_receipt = |entry: &&Entry| entry.receipts().next().is_some();
        let carried = self.entries.iter().filter(has_receipt);
        carried.flat_map(|entry| entry.carries.iter()).collect()
    }

    fn entry_mut(&mut self, id: BundleId) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.place.id == id)
    }
}
