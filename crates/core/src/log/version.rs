use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{DeviceId, OpId};

/// Exactly which operations a replica has: per device, a run 1..=n and what lies beyond a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionVector {
    devices: BTreeMap<DeviceId, Run>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    /// All of 1..=upto are here.
    upto: u64,
    /// What arrived ahead of a gap.
    beyond: BTreeSet<u64>,
}

impl VersionVector {
    /// Notes `id`; false when it was here already.
    pub fn insert(&mut self, id: OpId) -> bool {
        let run = self.devices.entry(id.device).or_default();
        if run.contains(id.ctr) {
            return false;
        }
        run.beyond.insert(id.ctr);
        while run.beyond.remove(&(run.upto + 1)) {
            run.upto += 1;
        }
        true
    }

    /// Whether `id` is here.
    pub fn contains(&self, id: OpId) -> bool {
        self.devices
            .get(&id.device)
            .is_some_and(|run| run.contains(id.ctr))
    }

    /// The number of operations here.
    pub fn len(&self) -> u64 {
        self.devices
            .values()
            .map(|run| run.upto + run.beyond.len() as u64)
            .sum()
    }

    /// Whether nothing is here.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The highest counter of `device` here, 0 for none.
    pub fn last_ctr(&self, device: DeviceId) -> u64 {
        let run = self.devices.get(&device);
        run.map_or(0, |run| run.beyond.last().copied().unwrap_or(run.upto))
    }

    /// What `other` has and this replica lacks: the ranges that a sync asks for.
    pub fn missing_from(&self, other: &Self) -> Vec<(DeviceId, RangeInclusive<u64>)> {
        let mut ranges: Vec<(DeviceId, RangeInclusive<u64>)> = Vec::new();
        for (&device, run) in &other.devices {
            let have = self.devices.get(&device);
            let from = have.map_or(0, |have| have.upto.min(run.upto));
            let theirs = (from + 1..=run.upto).chain(run.beyond.iter().copied());
            for ctr in theirs.filter(|&ctr| !have.is_some_and(|have| have.contains(ctr))) {
                match ranges.last_mut() {
                    Some((last, range)) if *last == device && range.end() + 1 == ctr => {
                        *range = *range.start()..=ctr;
                    }
                    _ => ranges.push((device, ctr..=ctr)),
                }
            }
        }
        ranges
    }
}

impl Run {
    fn contains(&self, ctr: u64) -> bool {
        ctr <= self.upto || self.beyond.contains(&ctr)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(device: u8, ctr: u64) -> OpId {
        OpId {
            device: DeviceId::from_bytes([device; 8]),
            ctr,
        }
    }

    fn vector(ids: &[(u8, u64)]) -> VersionVector {
        let mut vector = VersionVector::default();
        for &(device, ctr) in ids {
            vector.insert(id(device, ctr));
        }
        vector
    }

    #[test]
    fn a_gap_is_remembered_until_it_is_filled() {
        let mut vector = vector(&[(1, 1), (1, 3)]);
        assert!(!vector.contains(id(1, 2)));
        assert_eq!((vector.len(), vector.last_ctr(id(1, 1).device)), (2, 3));
        assert!(vector.insert(id(1, 2)));
        assert!(!vector.insert(id(1, 2)), "a second time is a duplicate");
        assert_eq!(vector, super::tests::vector(&[(1, 1), (1, 2), (1, 3)]));
    }

    #[test]
    fn missing_ranges_are_exact_and_joined() {
        let mine = vector(&[(1, 1), (1, 2), (1, 5)]);
        let theirs = vector(&[(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (2, 1)]);
        assert_eq!(
            mine.missing_from(&theirs),
            [
                (id(1, 1).device, 3..=4),
                (id(1, 1).device, 6..=6),
                (id(2, 1).device, 1..=1)
            ]
        );
        assert_eq!(theirs.missing_from(&mine), []);
    }
}
