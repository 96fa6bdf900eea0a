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
        while let Some(next) = run.upto.checked_add(1)
            && run.beyond.remove(&next)
        {
            run.upto = next;
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
        let runs = self.devices.values();
        runs.map(|run| run.upto.saturating_add(run.beyond.len() as u64))
            .fold(0, u64::saturating_add)
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
        let nothing = Run::default();
        let missing = other.devices.iter().flat_map(|(&device, theirs)| {
            let mine = self.devices.get(&device).unwrap_or(&nothing);
            let ranges = mine.missing_from(theirs).into_iter();
            ranges.map(move |range| (device, range))
        });
        missing.collect()
    }
}

impl Run {
    fn contains(&self, ctr: u64) -> bool {
        ctr <= self.upto || self.beyond.contains(&ctr)
    }

    /// Goes over what lies beyond gaps and not over every number: a run from outside may claim any
    /// length.
    fn missing_from(&self, other: &Self) -> Vec<RangeInclusive<u64>> {
        let mut ranges = Vec::new();
        let mut last_here = self.upto;
        for &here in self.beyond.iter().take_while(|&&here| here <= other.upto) {
            join(&mut ranges, last_here, here.saturating_sub(1));
            last_here = here;
        }
        join(&mut ranges, last_here, other.upto);
        for &ctr in other.beyond.iter().filter(|&&ctr| !self.contains(ctr)) {
            join(&mut ranges, ctr.saturating_sub(1), ctr);
        }
        ranges
    }
}

/// Adds what comes after `before`, up to and including `to`; it may touch the last range.
fn join(ranges: &mut Vec<RangeInclusive<u64>>, before: u64, to: u64) {
    if before >= to {
        return;
    }
    match ranges.last_mut() {
        Some(last) if *last.end() == before => *last = *last.start()..=to,
        _ => ranges.push(before + 1..=to),
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

    #[test]
    fn a_run_of_any_length_is_compared_at_once_and_no_number_overflows() {
        let claimed = |upto: u64| VersionVector {
            devices: [(
                id(1, 1).device,
                Run {
                    upto,
                    ..Run::default()
                },
            )]
            .into(),
        };
        let (mine, all) = (vector(&[(1, 1), (1, 4), (1, u64::MAX)]), claimed(u64::MAX));
        let device = id(1, 1).device;
        let missing = [(device, 2..=3), (device, 5..=u64::MAX - 1)];
        assert_eq!(mine.missing_from(&all), missing);
        assert_eq!(all.missing_from(&mine), []);
        assert_eq!(all.missing_from(&all), []);
        let most = VersionVector {
            devices: (1..=3)
                .map(|n| {
                    (
                        id(n, 1).device,
                        Run {
                            upto: u64::MAX,
                            ..Run::default()
                        },
                    )
                })
                .collect(),
        };
        assert_eq!(most.len(), u64::MAX);
        let mut nearly = claimed(u64::MAX - 1);
        assert!(nearly.insert(id(1, u64::MAX)));
        assert_eq!(nearly, all);
    }

    #[test]
    fn what_is_missing_is_what_a_comparison_of_sets_says() {
        // All pairs of sets of six numbers.
        let set = |bits: u32| {
            let ctrs = (1..=6u32).filter(move |ctr| bits >> (ctr - 1) & 1 == 1);
            ctrs.map(|ctr| (1, u64::from(ctr)))
        };
        for (mine, theirs) in (0..64).flat_map(|mine| (0..64).map(move |theirs| (mine, theirs))) {
            let (a, b): (Vec<_>, Vec<_>) = (set(mine).collect(), set(theirs).collect());
            let ranges = vector(&a).missing_from(&vector(&b));
            let missing = ranges.iter().flat_map(|(_, range)| range.clone());
            let expected: Vec<u64> = set(theirs & !mine).map(|(_, ctr)| ctr).collect();
            assert_eq!(missing.collect::<Vec<_>>(), expected, "{a:?} {b:?}");
            let joined = ranges
                .windows(2)
                .all(|two| two[0].1.end() + 1 < *two[1].1.start());
            assert!(joined, "{ranges:?}");
        }
    }
}
