use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use wuzha_core::log::{DeviceId, Op, OpId, VersionVector};

/// The operations `from` to `to` of one device, both included; as in a bundle's manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpRange {
    /// The device that wrote them.
    pub device: DeviceId,
    /// The first.
    pub from: u64,
    /// The last.
    pub to: u64,
}

/// A set of operations as ranges, in the order of devices and counters, none touching another.
///
/// A version vector says what a replica has, which is nearly all from 1 on. A bundle carries some
/// hundred from the middle, and a hand-in is a difference of such sets: ranges hold both in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<OpRange>", into = "Vec<OpRange>")]
pub struct OpRanges {
    devices: BTreeMap<DeviceId, Ranges>,
}

type Ranges = Vec<RangeInclusive<u64>>;

impl OpRanges {
    /// The operations that a replica with this version vector has.
    pub fn of(seen: &VersionVector) -> Self {
        let ranges = VersionVector::default().missing_from(seen);
        ranges.into_iter().map(range).collect()
    }

    /// The ids of `ops`.
    pub fn of_ops<'a>(ops: impl IntoIterator<Item = &'a Op>) -> Self {
        let mut seen = VersionVector::default();
        for op in ops {
            seen.insert(op.id);
        }
        Self::of(&seen)
    }

    /// Whether `id` is among them.
    pub fn contains(&self, id: OpId) -> bool {
        let ranges = self.ranges(id.device);
        let after = ranges.partition_point(|range| *range.start() <= id.ctr);
        let candidate = after.checked_sub(1).and_then(|at| ranges.get(at));
        candidate.is_some_and(|range| range.contains(&id.ctr))
    }

    /// How many operations there are.
    pub fn len(&self) -> u64 {
        let len = |range: OpRange| (range.to - range.from).saturating_add(1);
        self.iter().map(len).fold(0, u64::saturating_add)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.devices.is_empty()
    }

    /// The ranges.
    pub fn iter(&self) -> impl Iterator<Item = OpRange> {
        self.devices.iter().flat_map(|(&device, ranges)| {
            let range = move |part: &RangeInclusive<u64>| range((device, part.clone()));
            ranges.iter().map(range)
        })
    }

    /// The first and the last operation of `device`; `None` when there is none of it.
    pub fn span(&self, device: DeviceId) -> Option<RangeInclusive<u64>> {
        let ranges = self.ranges(device);
        Some(*ranges.first()?.start()..=*ranges.last()?.end())
    }

    /// These and `others`.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        self.iter().chain(others.iter()).collect()
    }

    /// These without `others`.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        let mut left = Self::default();
        for (&device, ranges) in &self.devices {
            let ranges = difference(ranges, others.ranges(device));
            if !ranges.is_empty() {
                left.devices.insert(device, ranges);
            }
        }
        left
    }

    /// Those of these that are in `others` too.
    #[must_use]
    pub fn within(&self, others: &Self) -> Self {
        self.without(&self.without(others))
    }

    /// Those of one device.
    #[must_use]
    pub fn of_device(&self, device: DeviceId) -> Self {
        let ranges = self.ranges(device).iter();
        ranges.map(|part| range((device, part.clone()))).collect()
    }

    /// The first half of them and the second; `None` when there are not two.
    pub fn halves(&self) -> Option<(Self, Self)> {
        let mut wanted = self.len() / 2;
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for OpRange { device, from, to } in self.iter() {
            let middle = from.saturating_add(wanted);
            first.extend((middle > from).then(|| OpRange {
                device,
                from,
                to: to.min(middle.saturating_sub(1)),
            }));
            second.extend((middle <= to).then_some(OpRange {
                device,
                from: middle,
                to,
            }));
            wanted = wanted.saturating_sub((to - from).saturating_add(1));
        }
        (!first.is_empty()).then(|| (first.into(), second.into()))
    }

    fn ranges(&self, device: DeviceId) -> &[RangeInclusive<u64>] {
        self.devices.get(&device).map_or(&[], Vec::as_slice)
    }
}

impl FromIterator<OpRange> for OpRanges {
    /// In any order, overlapping or not. A range that ends before it begins holds nothing.
    fn from_iter<T: IntoIterator<Item = OpRange>>(ranges: T) -> Self {
        let mut ranges: Vec<OpRange> = ranges
            .into_iter()
            .filter(|range| range.from <= range.to)
            .collect();
        ranges.sort_unstable_by_key(|range| (range.device, range.from));
        let mut devices: BTreeMap<DeviceId, Ranges> = BTreeMap::new();
        for OpRange { device, from, to } in ranges {
            let joined = devices.entry(device).or_default();
            match joined.last_mut() {
                Some(last) if from <= last.end().saturating_add(1) => {
                    *last = *last.start()..=to.max(*last.end());
                }
                _ => joined.push(from..=to),
            }
        }
        Self { devices }
    }
}

impl From<Vec<OpRange>> for OpRanges {
    fn from(ranges: Vec<OpRange>) -> Self {
        ranges.into_iter().collect()
    }
}

impl From<OpRanges> for Vec<OpRange> {
    fn from(ranges: OpRanges) -> Self {
        ranges.iter().collect()
    }
}

fn range((device, range): (DeviceId, RangeInclusive<u64>)) -> OpRange {
    OpRange {
        device,
        from: *range.start(),
        to: *range.end(),
    }
}

/// What of `ranges` is not in `holes`; both sorted and apart.
fn difference(ranges: &[RangeInclusive<u64>], holes: &[RangeInclusive<u64>]) -> Ranges {
    let mut left = Vec::new();
    let mut holes = holes.iter().peekable();
    for range in ranges {
        // Where the part that is still undecided begins; `None` when nothing of the range is left.
        let mut from = Some(*range.start());
        while let (Some(start), Some(hole)) = (from, holes.peek()) {
            if hole.start() > range.end() {
                break;
            }
            if *hole.start() > start {
                left.push(start..=hole.start() - 1);
            }
            let after = hole.end().checked_add(1);
            from = after
                .map(|after| after.max(start))
                .filter(|from| from <= range.end());
            if from.is_none() {
                // The hole may reach into the next range.
                break;
            }
            holes.next();
        }
        left.extend(from.map(|from| from..=*range.end()));
    }
    left
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    type Ids = BTreeSet<(u8, u64)>;

    fn device(n: u8) -> DeviceId {
        DeviceId::from_bytes([n; 8])
    }

    fn ranges(ids: &Ids) -> OpRanges {
        let one = |&(n, ctr): &(u8, u64)| OpRange {
            device: device(n),
            from: ctr,
            to: ctr,
        };
        ids.iter().map(one).collect()
    }

    fn ids() -> impl Strategy<Value = Ids> {
        prop::collection::btree_set((0..3u8, 1..20u64), 0..30)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ranges_are_sets_of_operations(a in ids(), b in ids()) {
            let (x, y) = (ranges(&a), ranges(&b));
            prop_assert_eq!(x.and(&y), ranges(&a.union(&b).copied().collect()));
            prop_assert_eq!(x.without(&y), ranges(&a.difference(&b).copied().collect()));
            prop_assert_eq!(x.within(&y), ranges(&a.intersection(&b).copied().collect()));
            prop_assert_eq!(x.len(), a.len() as u64);
            prop_assert_eq!(x.is_empty(), a.is_empty());
            for (n, ctr) in (0..3).flat_map(|n| (0..21).map(move |ctr| (n, ctr))) {
                let id = OpId { device: device(n), ctr };
                prop_assert_eq!(x.contains(id), a.contains(&(n, ctr)));
                prop_assert_eq!(x.of_device(device(n)).contains(id), a.contains(&(n, ctr)));
            }
        }

        #[test]
        fn halves_are_all_of_it_in_order_and_differ_by_one_at_most(a in ids()) {
            let all = ranges(&a);
            match all.halves() {
                None => prop_assert!(a.len() < 2),
                Some((first, second)) => {
                    prop_assert_eq!(first.and(&second), all);
                    prop_assert_eq!(first.len(), a.len() as u64 / 2);
                    prop_assert!(first.within(&second).is_empty());
                    let last = first.iter().last().map(|range| (range.device, range.to));
                    prop_assert!(last < second.iter().next().map(|range| (range.device, range.from)));
                }
            }
        }

        #[test]
        fn ranges_are_stored_as_in_a_manifest(a in ids()) {
            let ranges = ranges(&a);
            let json = serde_json::to_string(&ranges).unwrap();
            prop_assert_eq!(serde_json::from_str::<OpRanges>(&json).unwrap(), ranges);
        }
    }

    #[test]
    fn touching_ranges_are_one_and_a_reversed_one_holds_nothing() {
        let json = r#"[{"device":"0101010101010101","from":4,"to":9},
            {"device":"0101010101010101","from":1,"to":3},
            {"device":"0202020202020202","from":5,"to":4}]"#;
        let ranges: OpRanges = serde_json::from_str(json).unwrap();
        assert_eq!(ranges.span(device(1)), Some(1..=9));
        assert_eq!((ranges.iter().count(), ranges.len()), (1, 9));
    }

    #[test]
    fn the_largest_counters_do_not_overflow() {
        let all = OpRange {
            device: device(1),
            from: 0,
            to: u64::MAX,
        };
        let all: OpRanges = [all, all].into_iter().collect();
        assert_eq!(all.len(), u64::MAX);
        assert!(all.without(&all).is_empty());
        let (first, second) = all.halves().unwrap();
        assert_eq!(first.and(&second), all);
    }
}
