//! The fold does not depend on the order, doubling or splitting of the operations, a device's
//! counters have no gaps, and what is stored or exported comes back as it went in.

#![expect(clippy::indexing_slicing, reason = "three phones, chosen by 0..3")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use wuzha_core::log::{
    Change, DeviceId, Head, Hlc, Key, Op, Registers, Snapshot, Value, decode_ops, encode_ops,
    read_jsonl, write_jsonl,
};
use wuzha_core::time::UnixMillis;

/// One step of a made-up history on three phones.
#[derive(Clone, Debug)]
enum Step {
    /// A phone writes a value under one of five keys, at a clock of its own.
    Write {
        phone: usize,
        key: usize,
        value: i64,
        clock: u64,
    },
    /// A phone takes over everything another one has.
    Sync { from: usize, to: usize },
}

#[derive(Default)]
struct Phone {
    registers: Registers,
    ops: Vec<Op>,
}

impl Phone {
    fn take(&mut self, op: &Op) {
        if self.registers.apply(op) == wuzha_core::log::Applied::New {
            self.ops.push(op.clone());
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..3usize, 0..5usize, any::<i64>(), 0..9u64)
            .prop_map(|(phone, key, value, clock)| Step::Write { phone, key, value, clock }),
        1 => (0..3usize, 0..3usize).prop_map(|(from, to)| Step::Sync { from, to }),
    ]
}

/// Plays a history and returns what each phone wrote or received, in its own order.
fn play(steps: &[Step]) -> Vec<Phone> {
    let mut phones: Vec<Phone> = (0..3).map(|_| Phone::default()).collect();
    for step in steps {
        match *step {
            Step::Write {
                phone,
                key,
                value,
                clock,
            } => {
                let device = DeviceId::from_bytes([phone as u8 + 1; 8]);
                let key = Key::new("registration", &[&key.to_string()], "status");
                let change = Change::new(key, Value::Int(value));
                let hlc = Hlc::new(UnixMillis(clock), 0);
                for op in phones[phone].registers.stamp(device, hlc, vec![change]) {
                    phones[phone].take(&op);
                }
            }
            Step::Sync { from, to } => {
                for op in phones[from].ops.clone() {
                    phones[to].take(&op);
                }
            }
        }
    }
    phones
}

fn all_ops(phones: &[Phone]) -> Vec<Op> {
    let mut ops = BTreeMap::new();
    for op in phones.iter().flat_map(|phone| &phone.ops) {
        ops.insert(op.id, op.clone());
    }
    ops.into_values().collect()
}

fn fold(ops: &[Op]) -> Registers {
    let mut registers = Registers::default();
    for op in ops {
        registers.apply(op);
    }
    registers
}

fn visible(registers: &Registers) -> BTreeMap<Key, Vec<Head>> {
    registers
        .iter()
        .map(|(key, heads)| (key.clone(), heads.to_vec()))
        .collect()
}

fn history() -> impl Strategy<Value = Vec<Op>> {
    prop::collection::vec(step(), 0..60).prop_map(|steps| all_ops(&play(&steps)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_doubling_folds_to_the_same_registers(
        (ops, shuffled) in history().prop_flat_map(|ops| {
            let doubled = [ops.clone(), ops.clone()].concat();
            (Just(ops), Just(doubled).prop_shuffle())
        })
    ) {
        prop_assert_eq!(visible(&fold(&shuffled)), visible(&fold(&ops)));
        prop_assert_eq!(fold(&shuffled), fold(&ops), "and nothing is left waiting");
    }

    #[test]
    fn phones_that_have_heard_everything_agree(steps in prop::collection::vec(step(), 0..60)) {
        let mut phones = play(&steps);
        let everything = all_ops(&phones);
        for phone in &mut phones {
            for op in &everything {
                phone.take(op);
            }
        }
        let first = visible(&phones[0].registers);
        prop_assert!(phones.iter().all(|phone| visible(&phone.registers) == first));
    }

    #[test]
    fn counters_run_without_gaps(ops in history()) {
        let mut last: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for op in &ops {
            let before = last.insert(op.id.device, op.id.ctr).unwrap_or(0);
            prop_assert_eq!(op.id.ctr, before + 1);
        }
    }

    #[test]
    fn segments_snapshots_and_lines_come_back_as_they_went_in(ops in history()) {
        prop_assert_eq!(&decode_ops(&encode_ops(&ops).unwrap()).unwrap(), &ops);
        prop_assert_eq!(&read_jsonl(&write_jsonl(&ops).unwrap()).unwrap(), &ops);
        let snapshot = Snapshot { segment: 7, registers: fold(&ops) };
        prop_assert_eq!(&Snapshot::decode(&snapshot.encode().unwrap()).unwrap(), &snapshot);
    }

    #[test]
    fn damaged_segments_are_an_error_and_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut stored = vec![1];
        stored.extend(bytes);
        let _may_fail = decode_ops(&stored);
        let _may_fail = Snapshot::decode(&stored);
    }
}

#[test]
fn two_who_did_not_see_each_other_make_a_conflict_that_a_choice_ends() {
    let key = Key::new("registration", &["2021010123"], "status");
    let write = |registers: &Registers, device: u8, ms: u64, value: &str| {
        let change = Change::new(key.clone(), value);
        let hlc = Hlc::new(UnixMillis(ms), 0);
        registers.stamp(DeviceId::from_bytes([device; 8]), hlc, vec![change])
    };
    let monitor = write(&Registers::default(), 1, 10, "registered");
    let deputy = write(&Registers::default(), 2, 20, "not_installed");
    let mut both = fold(&[monitor, deputy].concat());
    let shown: Vec<_> = both
        .heads(&key)
        .iter()
        .filter_map(|head| head.value.as_text())
        .collect();
    assert_eq!(
        shown,
        ["not_installed", "registered"],
        "the later clock first, the other kept"
    );

    let choice = write(&both, 1, 30, "registered");
    assert_eq!(choice[0].pred.len(), 2, "the choice names both");
    both.apply(&choice[0]);
    assert_eq!(both.heads(&key).len(), 1);
}

#[test]
fn what_a_newer_version_adds_is_kept_and_passed_on() {
    let line = concat!(
        r#"{"id":"0101010101010101:1","hlc":[5,0],"key":"horoscope/leo/luck","#,
        r#""value":{"stars":[1,2.5,null]},"mood":"sunny"}"#,
        "\n"
    );
    let ops = read_jsonl(line).unwrap();
    assert_eq!(ops[0].extra.get("mood"), Some(&Value::text("sunny")));
    let stored = decode_ops(&encode_ops(&ops).unwrap()).unwrap();
    assert_eq!(write_jsonl(&stored).unwrap(), line);
}

#[test]
fn a_damaged_line_is_named_and_nothing_is_taken_over() {
    let good = r#"{"id":"0101010101010101:1","hlc":[5,0],"key":"a/b/c","value":1}"#;
    let error = read_jsonl(&format!("{good}\n\n{{\"id\":\"x")).unwrap_err();
    assert_eq!(error.line, 3);
}
