//! When this device was set back to an old state, or copied: it goes on as another device.
//!
//! A phone that was restored from a backup gives out numbers that it has given out before: of bundles,
//! which the server notices, and of operations, which is worse. Of two operations with one id every
//! replica takes the second for a repetition of the first, and it is gone. To skip numbers would mend
//! the bundles only, and nobody offline knows how many to skip. So a device that finds a copy of itself
//! ahead seals and uploads nothing more under its numbers, and a person is told. With a new key, and
//! invited anew, the phone goes on as another device; what it wrote and has no receipt for gets new ids.
//!
//! What is not noticed: the copy handed in nothing under its own name, and others passed on what it wrote.
//! Then only the contents of two operations of one id differ, and here ids are compared.

use std::collections::BTreeMap;

use thiserror::Error;
use wuzha_core::log::{DeviceId, Op, OpId, VersionVector};
use wuzha_seal::{DevSeq, Envelope};

use super::{Enrolment, Outbox, State};
use crate::ranges::OpRanges;
use crate::refusal::Refusal;

/// Whether what arrives may be taken over. If not, it may after [`Outbox::succeed`]; before, what has
/// the same ids here would hide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// It may.
    Fine,
    /// It may not: a copy of this device signed it. The device is overtaken.
    OfACopy,
    /// It may not: it has operations in the name of this device that are not here. A copy wrote them,
    /// or someone made them up, since operations are not signed one by one. Nobody shall stop a phone
    /// that way: a person who knows that it was restored says so ([`Outbox::set_back`]).
    Doubtful,
}

/// Why a phone does not go on as this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SucceedError {
    /// It is or was that one already.
    #[error("device {0} has been used here")]
    Used(DeviceId),
    /// It is invited for another class.
    #[error("of another class")]
    OtherClass,
}

impl Outbox {
    /// From which number on a copy of this device has used the numbers too: to be told to the person,
    /// who asks for a new invitation. Until then nothing more is sealed.
    pub fn overtaken(&self) -> Option<DevSeq> {
        self.overtaken
    }

    /// Looks at a bundle from the server's log that `carries` these operations, before it is taken over.
    pub fn recognise(
        &mut self,
        envelope: &Envelope,
        carries: &OpRanges,
        seen: &VersionVector,
    ) -> Recognised {
        let is_own = envelope.header().device() == self.enrolment.device;
        if is_own && !self.is_here(envelope) {
            self.overtaken_from(envelope.place().dev_seq);
            return Recognised::OfACopy;
        }
        self.recognise_ops(carries, seen)
    }

    /// A person says that the phone was restored from a backup.
    pub fn set_back(&mut self) {
        // Which bundles the copy sealed, nobody knows.
        self.overtaken_from(DevSeq::FIRST);
    }

    /// Looks at operations that come from another phone or a backup, before they are taken over. What
    /// this device wrote, it has `seen`, unless it was set back.
    pub fn recognise_ops(&self, carries: &OpRanges, seen: &VersionVector) -> Recognised {
        let own = carries.of_device(self.enrolment.device);
        if own.without(&OpRanges::of(seen)).is_empty() {
            Recognised::Fine
        } else {
            Recognised::Doubtful
        }
    }

    /// Which operations of the log, written by `writer`, are to be written anew, with [`reissue`], by a
    /// writer that succeeds it: those that are in no bundle with a receipt, and so perhaps in none that
    /// anybody has. `None` when there is no copy, or another writes the log since it was noticed. Before,
    /// nothing is sealed, and nothing may be taken over: what has the same ids here would hide it.
    pub fn doubled(&mut self, seen: &VersionVector, writer: DeviceId) -> Option<OpRanges> {
        match (self.overtaken, self.doubled_writer) {
            (Some(_), None) => self.doubled_writer = Some(writer),
            // Once the key is another too, the next copy can be noticed.
            (None, Some(doubled)) if doubled != writer => self.doubled_writer = None,
            _ => {}
        }
        let own = || OpRanges::of(seen).of_device(writer);
        (self.doubled_writer == Some(writer)).then(|| own().without(&self.receipted()))
    }

    /// Goes on as another device. The bundles that have a receipt stay; what the others carried is
    /// sealed anew. To be stored in one transaction with the new key and the log in which
    /// [`reissue`]d operations take the place of those in [`Outbox::doubled`].
    ///
    /// # Errors
    /// See [`SucceedError`].
    pub fn succeed(&mut self, enrolment: Enrolment) -> Result<(), SucceedError> {
        let device = enrolment.device;
        let was_used = self.entries.iter().any(|entry| entry.device == device);
        if was_used || device == self.enrolment.device {
            return Err(SucceedError::Used(device));
        }
        if enrolment.class != self.enrolment.class {
            return Err(SucceedError::OtherClass);
        }
        for entry in &mut self.entries {
            if !matches!(entry.state, State::Delivered { .. }) {
                entry.state = State::Abandoned;
            }
        }
        self.enrolment = enrolment;
        self.last = None;
        self.overtaken = None;
        Ok(())
    }

    /// The copy's bundles before `number` are this device's own; what it sealed from there on would
    /// stand beside another of the same number, or after one that the server does not have.
    pub(super) fn overtaken_from(&mut self, number: DevSeq) {
        let first = self.overtaken.map_or(number, |known| known.min(number));
        self.overtaken = Some(first);
        // Those of a former device are delivered or abandoned.
        let why = Refusal::OtherBundle;
        for entry in &mut self.entries {
            let is_open = matches!(entry.state, State::Waiting { .. } | State::Refused { .. });
            if is_open && entry.place.dev_seq >= first {
                entry.state = State::Refused { why };
            }
        }
    }

    fn is_here(&self, envelope: &Envelope) -> bool {
        self.entry(envelope.id()).is_some() || self.unreadable.has(envelope.place())
    }
}

/// The operations of `log` that are in `ranges`, as operations of `device`, numbered on from those it
/// has there, in their order. What they replaced is named by its new id where it got one.
pub fn reissue(log: &[Op], ranges: &OpRanges, device: DeviceId) -> Vec<Op> {
    let numbers = log.iter().filter(|op| op.id.device == device);
    let last = numbers.map(|op| op.id.ctr).max().unwrap_or_default();
    let picked = log.iter().filter(|op| ranges.contains(op.id));
    let by_id: BTreeMap<OpId, &Op> = picked.map(|op| (op.id, op)).collect();
    let ids = by_id.keys().zip(1..);
    let anew = ids.map(|(&id, nth)| {
        let ctr = last.saturating_add(nth);
        (id, OpId { device, ctr })
    });
    let anew: BTreeMap<OpId, OpId> = anew.collect();
    let renamed = |id: &OpId| anew.get(id).copied().unwrap_or(*id);
    let ops = by_id.into_values().map(|op| Op {
        id: renamed(&op.id),
        pred: op.pred.iter().map(renamed).collect(),
        ..op.clone()
    });
    ops.collect()
}
