//! What to seal next, in how many bundles, and what is not sealed again by itself.

use wuzha_core::log::{OpId, VersionVector};

use super::{Entry, Outbox, State};
use crate::ranges::{OpRange, OpRanges};
use crate::reader::LogReader;
use crate::refusal::Refusal;

/// In so many bundles that a server refused for themselves, an operation is not sealed yet again by
/// itself: a server that takes nothing this version makes would fill the phone with bundles.
const MOST_REFUSALS: usize = 3;

impl Outbox {
    /// What a phone has `seen` and nobody handed in, its own and what it was given by phones that never
    /// have a network: what the next bundles carry, one each. After a bundle that was too large for the
    /// server, its two halves come apart; what is sealed and too large before it is uploaded
    /// (`wuzha_seal::HandInError`) the caller takes apart itself ([`OpRanges::halves`]), down to one
    /// operation ([`Outbox::give_up`]). Nothing while the device is overtaken, or the log not written anew
    /// ([`Outbox::doubled`]).
    pub fn to_hand_in(&self, seen: &VersionVector, reader: &LogReader) -> Vec<OpRanges> {
        if self.overtaken.is_some() || self.doubled_writer.is_some() {
            return Vec::new();
        }
        let under_way = self.entries.iter().filter(|entry| entry.is_under_way());
        let sealed: OpRanges = under_way.flat_map(|entry| entry.carries.iter()).collect();
        let open = OpRanges::of(seen).without(&sealed).without(&reader.held());
        self.batches(open.without(&self.given_up()))
    }

    /// What is not sealed again until a person asks for it ([`Outbox::retry`]): single operations that
    /// are too large for a bundle or for the server, and what the server refused again and again.
    pub fn given_up(&self) -> OpRanges {
        let alone = self.refused(Refusal::TooLarge);
        let alone = alone.filter(|entry| entry.carries.len() == 1);
        let alone: OpRanges = alone.flat_map(|entry| entry.carries.iter()).collect();
        alone.and(&self.too_large).and(&self.refused_too_often())
    }

    /// A single operation that is too large to be sealed. It stays here and in backups.
    pub fn give_up(&mut self, OpId { device, ctr }: OpId) {
        let (from, to) = (ctr, ctr);
        let one = OpRanges::from_iter([OpRange { device, from, to }]);
        self.too_large = self.too_large.and(&one);
    }

    /// The newest refusal of an operation is that of the smallest bundle it was in.
    fn batches(&self, mut open: OpRanges) -> Vec<OpRanges> {
        let mut batches = Vec::new();
        let too_large: Vec<&Entry> = self.refused(Refusal::TooLarge).collect();
        for Entry { carries, .. } in too_large.into_iter().rev() {
            let refused = open.within(carries);
            open = open.without(carries);
            match refused.halves() {
                Some((first, second)) => batches.extend([first, second]),
                None => batches.push(refused),
            }
        }
        batches.push(open);
        batches.retain(|batch| !batch.is_empty());
        batches
    }

    fn refused_too_often(&self) -> OpRanges {
        let refusals = self.refused(Refusal::Invalid);
        let refusals = refusals.chain(self.refused(Refusal::Purged));
        // At each place what was refused once more than at the place before.
        let mut times = vec![OpRanges::default(); MOST_REFUSALS];
        for Entry { carries, .. } in refusals {
            let mut again = carries.clone();
            for refused in &mut times {
                let more = refused.within(&again);
                *refused = refused.and(&again);
                again = more;
            }
        }
        times.pop().unwrap_or_default()
    }

    fn refused(&self, reason: Refusal) -> impl Iterator<Item = &Entry> {
        let entries = self.entries.iter();
        entries.filter(move |entry| entry.state == State::Refused { why: reason })
    }
}
