//! What must hold when nothing moves any more.

use std::collections::{BTreeMap, BTreeSet};

use wuzha_core::log::{DeviceId, Head, Key, Registers};
use wuzha_seal::BundleId;
use wuzha_sync::{Oddity, OpRanges, Refusal, State};

use super::phone::Phone;
use super::replica::{by_id, open};
use super::world::World;

impl World {
    pub fn judge(&mut self) {
        let bundles = self.server.bundles();
        let handed_in: Vec<_> = bundles.iter().flat_map(|bundle| open(bundle)).collect();
        let stored = by_id(&handed_in);
        let logs = self.phones.iter().flat_map(|phone| phone.replica.log());
        let written = by_id(logs.chain(self.teacher.log()));

        assert_eq!(
            stored, written,
            "everything written is handed in, nothing else is"
        );
        for phone in &self.phones {
            let missing = phone
                .acknowledged
                .iter()
                .find(|id| !stored.contains_key(id));
            assert_eq!(missing, None, "acknowledged and not stored");
        }

        let mut all = Registers::default();
        for op in stored.values() {
            all.apply(op);
        }
        let expected = visible(&all);
        let replicas = self.phones.iter().map(|phone| &phone.replica);
        for replica in replicas.chain([&self.teacher]) {
            assert_eq!(visible(&replica.registers), expected, "a replica differs");
        }
        let conflicts = expected.values().filter(|heads| heads.len() > 1);
        self.tally.conflicts += conflicts.count() as u64;

        let ids: BTreeSet<BundleId> = bundles.iter().map(|bundle| bundle.id()).collect();
        assert_eq!(ids.len(), bundles.len(), "a bundle is stored twice");
        for phone in &self.phones {
            judge_outbox(phone, &ids);
        }
        self.tally.crashes += self.phones.iter().map(|phone| phone.crashes).sum::<u64>();
        let passed_on = bundles.iter().filter(|bundle| {
            let sender = bundle.header().device();
            open(bundle).iter().any(|op| op.id.device != sender)
        });
        self.tally.passed_on += passed_on.count() as u64;
        self.judge_gaps();
    }

    /// The only numbers that a teacher misses are of bundles that the phone itself shows as refused or
    /// abandoned, or has forgotten.
    fn judge_gaps(&mut self) {
        let mut explained: BTreeSet<(DeviceId, u64)> = BTreeSet::new();
        for phone in &self.phones {
            for entry in phone.outbox.entries() {
                if matches!(entry.state, State::Refused { .. } | State::Abandoned) {
                    explained.insert((entry.device, entry.place.dev_seq.get()));
                }
            }
        }
        self.tally.refused += explained.len() as u64;
        for odd in self.teacher.reader.oddities() {
            let Oddity::Gap {
                device, from, to, ..
            } = odd
            else {
                panic!("{odd:?}");
            };
            let mut phones = self.phones.iter();
            let is_forgotten = phones.any(|phone| phone.forgetful.contains(&device));
            for number in from..=to {
                assert!(
                    is_forgotten || explained.contains(&(device, number)),
                    "{device} {number} is missing"
                );
                self.tally.gaps += 1;
            }
        }
    }
}

fn judge_outbox(phone: &Phone, stored: &BTreeSet<BundleId>) {
    assert_eq!(phone.outbox.evidence(), [], "an honest server");
    for entry in phone.outbox.entries() {
        let id = entry.place.id;
        match &entry.state {
            State::Waiting { .. } => panic!("{id} is still waiting"),
            State::Delivered { .. } => assert!(stored.contains(&id), "{id} has a receipt only"),
            State::Refused { why } => assert_eq!(*why, Refusal::Invalid, "{id}"),
            // Unless an upload from before came late, and stored it again.
            State::Abandoned => {}
        }
    }
    let seen = OpRanges::of(phone.replica.registers.seen());
    let progress = phone.outbox.progress(&seen, &phone.replica.reader.held());
    let counts = progress.counts();
    assert_eq!(
        (counts.local, counts.waiting, counts.delivered),
        (0, 0, 0),
        "{counts:?}"
    );
    assert_eq!(counts.opened + counts.by_others, seen.len());
}

/// Everything a screen could show of them.
fn visible(registers: &Registers) -> BTreeMap<Key, Vec<Head>> {
    let cells = registers.iter();
    cells
        .map(|(key, heads)| (key.clone(), heads.to_vec()))
        .collect()
}
