//! The outbox: every bundle that this device sealed, and what becomes of it.
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
mod stored;

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleId, ClassRef, DevicePublicKey, Envelope, Place, ScopeId, ServerPublicKey, SignedOpened,
    SignedReceipt, Standing,
};

use crate::answer::{Answer, Trouble};
use crate::backoff::{Hold, Jitter, retry_delay_ms};
use crate::evidence::Evidence;
use crate::ranges::OpRanges;
use crate::reader::LogReader;

pub use entry::{Body, Entry, HeldBack, Stage, State};
pub use person::{Consent, DeleteError};
pub use progress::{Counts, Progress};
pub use stored::OutboxError;

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

/// The sealed bundles of a device for one class.
#[derive(Clone, Debug, PartialEq)]
pub struct Outbox {
    enrolment: Enrolment,
    /// The last bundle that was sealed, which the next one names.
    last: Option<Place>,
    /// In the order of their numbers.
    entries: Vec<Entry>,
    /// The server asked to be left alone.
    quiet: Option<Hold>,
    evidence: Vec<Evidence>,
    /// Stored entries that this version cannot read: kept as they are, and counted.
    unreadable: Vec<Value>,
    /// Fields of a newer version.
    extra: BTreeMap<String, Value>,
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
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Upload the stored bytes of this bundle.
    Upload(BundleId),
    /// Ask again later, or after [`Outbox::wake`].
    In {
        /// How many ms from now.
        ms: u64,
    },
    /// Nothing is waiting.
    Nothing,
}

/// What an answer changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The bundle is 已送达, now or since earlier.
    Delivered,
    /// The bundle is 已查收.
    Opened,
    /// The server does not take it.
    Refused,
    /// It stays waiting.
    Waiting,
    /// The receipt is not believed; [`Outbox::evidence`] has it. What was delivered stays so.
    Disputed,
    /// It was decided before, or is no bundle of this outbox.
    Unchanged,
}

/// What a comparison with the server's log found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Bundles that the server had and lost when it was set back. They wait again, or, where their bytes
    /// were deleted, what they carry is to be sealed anew.
    pub lost: Vec<BundleId>,
    /// Bundles with a good receipt of this epoch that the server's log leaves out. The receipt proves
    /// that it had them.
    pub denied: Vec<BundleId>,
}

impl Outbox {
    /// An outbox without bundles.
    pub fn new(enrolment: Enrolment) -> Self {
        Self {
            enrolment,
            last: None,
            entries: Vec::new(),
            quiet: None,
            evidence: Vec::new(),
            unreadable: Vec::new(),
            extra: BTreeMap::new(),
        }
    }

    /// Whose outbox it is.
    pub fn device(&self) -> DeviceId {
        self.enrolment.device
    }

    /// The device's last bundle, for sealing the next.
    pub fn last(&self) -> Option<Place> {
        self.last
    }

    /// The bundles in the order of their numbers.
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
        self.unreadable.len()
    }

    /// Takes a bundle that was just sealed and `carries` these operations. Its bytes and the outbox are
    /// to be stored in one transaction. To add the last bundle once more changes nothing.
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
        match header.standing(envelope.id(), self.last) {
            Standing::Next => {}
            Standing::Earlier if self.entry(envelope.id()).is_some() => return Ok(()),
            other => return Err(AddError::NotNext(other)),
        }
        self.last = Some(envelope.place());
        self.entries.push(Entry {
            place: envelope.place(),
            carries,
            bytes: envelope.as_bytes().len() as u64,
            body: Body::Kept,
            state: State::FRESH,
            opened: None,
            past: Vec::new(),
            extra: BTreeMap::new(),
        });
        Ok(())
    }

    /// What to do now. Of several bundles that may go, the one whose turn came first: one that fails
    /// again and again goes to the back each time, and holds up no other.
    pub fn next(&mut self, now: UnixMillis) -> Next {
        let quiet = self.quiet.as_mut().map_or(0, |hold| hold.left_ms(now));
        let waiting = self.entries.iter_mut().filter_map(|entry| {
            let (left, end) = entry.left(now)?;
            Some((left, end, entry.place))
        });
        match waiting.min_by_key(|&(left, end, place)| (left, end, place.dev_seq)) {
            None => Next::Nothing,
            Some((0, _, place)) if quiet == 0 => Next::Upload(place.id),
            Some((left, _, _)) => Next::In {
                ms: left.max(quiet),
            },
        }
    }

    /// The network may be back: a page event says so, or a person asks to hand in. Bundles that got no
    /// answer may go at once. What the server asked for is kept to.
    pub fn wake(&mut self) {
        for entry in &mut self.entries {
            if let State::Waiting {
                trouble: Some(Trouble::NoAnswer),
                hold,
                ..
            } = &mut entry.state
            {
                *hold = None;
            }
        }
    }

    /// Takes the answer to an upload of the bundle `id`.
    pub fn told(&mut self, id: BundleId, answer: Answer, now: UnixMillis, jitter: Jitter) -> Told {
        match answer {
            Answer::Stored(receipt) => self.told_stored(id, receipt, now, jitter),
            Answer::Refused(why) => match self.entry_mut(id).map(|entry| &mut entry.state) {
                Some(state @ State::Waiting { .. }) => {
                    *state = State::Refused { why };
                    Told::Refused
                }
                _ => Told::Unchanged,
            },
            Answer::Later {
                trouble,
                retry_after_ms,
            } => {
                if let Some(ms) = retry_after_ms {
                    self.quiet = Some(Hold::new(now, ms).or_longer(self.quiet));
                }
                self.hold_back(id, trouble, now, jitter)
            }
        }
    }

    /// Takes a note that a bundle was opened. It counts when one of `teachers` signed it: the issuer of
    /// the invitation, or whom the school names.
    pub fn told_opened(&mut self, note: &SignedOpened, teachers: &[DevicePublicKey]) -> Told {
        let opened = note.opened();
        if !teachers.contains(&opened.by) {
            return Told::Unchanged;
        }
        let Some(entry) = self.entry_mut(opened.bundle) else {
            return Told::Unchanged;
        };
        // Of several notes the earliest, in whatever order they come.
        let earliest = entry
            .opened
            .map_or(opened.time, |known| UnixMillis(known.0.min(opened.time.0)));
        entry.opened = Some(earliest);
        Told::Opened
    }

    /// Compares with the server's log, once `reader` has listed it to its end: a server that was set
    /// back to a backup may have lost what it gave receipts for.
    pub fn reconcile(&mut self, reader: &LogReader) -> Reconciled {
        let mut found = Reconciled::default();
        if reader.scope() != self.enrolment.scope {
            return found;
        }
        for entry in &mut self.entries {
            let Some(receipt) = entry.receipt().map(SignedReceipt::receipt) else {
                continue;
            };
            if reader.denies(receipt) {
                found.denied.push(entry.place.id);
            } else if reader.has_lost(receipt) {
                entry.lose();
                found.lost.push(entry.place.id);
            }
        }
        found
    }

    fn told_stored(
        &mut self,
        id: BundleId,
        receipt: SignedReceipt,
        now: UnixMillis,
        jitter: Jitter,
    ) -> Told {
        let said = receipt.receipt();
        if (said.bundle, said.scope) != (id, self.enrolment.scope) {
            return self.hold_back(id, Trouble::OtherReceipt, now, jitter);
        }
        let known = self.entries.iter().flat_map(Entry::receipts);
        if let Some(evidence) = Evidence::against(&receipt, known) {
            if !self.evidence.contains(&evidence) {
                self.evidence.push(evidence);
            }
            self.hold_back(id, Trouble::Disputed, now, jitter);
            return Told::Disputed;
        }
        match self.entry_mut(id) {
            Some(entry) => {
                entry.acknowledge(receipt);
                Told::Delivered
            }
            None => Told::Unchanged,
        }
    }

    /// Lets a bundle that waits wait on, longer each time.
    fn hold_back(&mut self, id: BundleId, why: Trouble, now: UnixMillis, jitter: Jitter) -> Told {
        let Some(State::Waiting {
            attempts,
            trouble,
            hold,
        }) = self.entry_mut(id).map(|entry| &mut entry.state)
        else {
            return Told::Unchanged;
        };
        *attempts = attempts.saturating_add(1);
        *trouble = Some(why);
        *hold = Some(HeldBack(Hold::new(now, retry_delay_ms(*attempts, jitter))));
        Told::Waiting
    }

    fn entry_mut(&mut self, id: BundleId) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.place.id == id)
    }
}
