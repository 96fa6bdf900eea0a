//! What to do next, and what the answers change.

use wuzha_core::time::UnixMillis;
use wuzha_seal::{BundleId, DevicePublicKey, SignedOpened, SignedReceipt};

use super::{Entry, Outbox, State};
use crate::answer::{Answer, Trouble};
use crate::backoff::{Hold, Jitter, retry_delay_ms};
use crate::evidence::Evidence;
use crate::reader::LogReader;
use crate::refusal::Refusal;

/// After so many tries, when something on the way says of the last two that they are too large, it is
/// believed.
const TRIES_TOO_LARGE: u32 = 3;

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Upload the stored bytes of this bundle; when they are not there, say so
    /// ([`Outbox::bytes_lost`]).
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
    /// answer, or a login page's, may go at once, in the order in which they failed. What the server
    /// asked for is kept to.
    pub fn wake(&mut self) {
        for entry in &mut self.entries {
            if let State::Waiting {
                trouble: Some(Trouble::NoAnswer | Trouble::Garbled),
                hold: Some(hold),
                ..
            } = &mut entry.state
            {
                hold.cut_short();
            }
        }
    }

    /// Takes the answer to an upload of the bundle `id`.
    pub fn told(&mut self, id: BundleId, answer: Answer, now: UnixMillis, jitter: Jitter) -> Told {
        match answer {
            Answer::Stored(receipt) => self.told_stored(id, receipt, now, jitter),
            Answer::Refused(why) => self.told_refused(id, why),
            Answer::Later {
                trouble,
                retry_after_ms,
            } => {
                if let Some(ms) = retry_after_ms {
                    self.quiet = Some(Hold::new(now, ms).or_longer(self.quiet));
                }
                if trouble == Trouble::TooLarge && self.is_too_large_for_the_way(id) {
                    return self.told_refused(id, Refusal::TooLarge);
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

    /// Compares with the server's log, each time that `reader` has read a page: a server that was set
    /// back to a backup may have lost what it gave receipts for. Nothing is found before the list is
    /// read to its end.
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
                entry.lose(self.enrolment.device);
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
            self.keep_evidence(evidence);
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

    /// One of a kind for each bundle: a server that says something else at every try would fill the
    /// phone.
    fn keep_evidence(&mut self, evidence: Evidence) {
        let bundle = |evidence: &Evidence| evidence.later.receipt().bundle;
        let is_known = self.evidence.iter().any(|known| {
            known.contradiction == evidence.contradiction && bundle(known) == bundle(&evidence)
        });
        if !is_known {
            self.evidence.push(evidence);
        }
    }

    fn told_refused(&mut self, id: BundleId, why: Refusal) -> Told {
        let Some(entry) = self.entry_mut(id) else {
            return Told::Unchanged;
        };
        if !matches!(entry.state, State::Waiting { .. }) {
            return Told::Unchanged;
        }
        entry.state = State::Refused { why };
        let number = entry.place.dev_seq;
        if why == Refusal::OtherBundle {
            self.overtaken_from(number);
        }
        Told::Refused
    }

    /// Whether smaller bundles are the way out. What is not the server's word never ends a bundle that
    /// cannot be made smaller.
    fn is_too_large_for_the_way(&self, id: BundleId) -> bool {
        self.entry(id).is_some_and(|entry| {
            let State::Waiting {
                attempts, trouble, ..
            } = entry.state
            else {
                return false;
            };
            let again =
                attempts.saturating_add(1) >= TRIES_TOO_LARGE && trouble == Some(Trouble::TooLarge);
            again && entry.carries.halves().is_some()
        })
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
        *hold = Some(Hold::new(now, retry_delay_ms(*attempts, jitter)));
        Told::Waiting
    }
}
