//! A bundle is the same for the same operations, comes back as it went in, and opens in any program.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::collections::BTreeMap;

use crate::support::{config, deputy, file, files_of, ledger, monitor, op, ops, origin, zip};
use proptest::prelude::*;
use wuzha_core::log::{DeviceId, Op, OpId, Value, write_jsonl};
use wuzha_seal::{Bundle, BundleError, BundleFile, MAX_FILES, Origin, read_bundle, write_bundle};

const KIB_4: usize = 4096;

fn written(ops: &[Op]) -> Vec<u8> {
    write_bundle(&origin(), ops, &[ledger()]).unwrap()
}

fn random_op() -> impl Strategy<Value = Op> {
    let value = prop_oneof![
        "\\PC{0,12}".prop_map(Value::Text),
        any::<i64>().prop_map(Value::Int),
        Just(Value::Null),
    ];
    (0..3u8, 1..40u64, value)
        .prop_map(|(device, ctr, value)| op(DeviceId::from_bytes([device; 8]), ctr, value))
}

/// Operations with ids of their own.
fn random_ops() -> impl Strategy<Value = Vec<Op>> {
    prop::collection::vec(random_op(), 0..30).prop_map(|ops| {
        let by_id = ops.into_iter().map(|op| (op.id, op));
        by_id
            .collect::<BTreeMap<OpId, Op>>()
            .into_values()
            .collect()
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_bundle_comes_back_as_it_went_in(
        ops in random_ops(),
        csv in prop::collection::vec(any::<u8>(), 0..500),
        is_handed_in in any::<bool>(),
    ) {
        let origin = if is_handed_in { origin() } else { Origin { class: None, dev_seq: None, ..origin() } };
        let files = vec![file("台账.csv", &csv)];
        let bundle = write_bundle(&origin, &ops, &files).unwrap();
        prop_assert_eq!(bundle.len() % KIB_4, 0);
        prop_assert_eq!(read_bundle(&bundle), Ok(Bundle { origin, ops, files }));
    }

    #[test]
    fn the_same_operations_give_the_same_bytes(
        (ops, shuffled) in random_ops().prop_flat_map(|ops| {
            let doubled = [ops.clone(), ops.clone()].concat();
            (Just(ops), Just(doubled).prop_shuffle())
        })
    ) {
        let (a, b) = (file("a.csv", b"a"), file("b.csv", b"b"));
        let one = write_bundle(&origin(), &ops, &[a.clone(), b.clone()]).unwrap();
        let other = write_bundle(&origin(), &shuffled, &[b, a]).unwrap();
        prop_assert_eq!(one, other);
    }

}

#[test]
fn anyone_can_open_a_bundle_and_read_what_it_is() {
    let files = files_of(&written(&ops(2)));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "manifest.json",
            "ops.jsonl",
            "软件2101班_学生台账.csv",
            "padding"
        ]
    );
    let manifest: serde_json::Value = serde_json::from_slice(&files[0].1).unwrap();
    assert_eq!(manifest["format"], 1);
    assert_eq!(manifest["class"]["school"], "7363686f6f6c3031");
    assert_eq!(manifest["class"]["class"], "636c6173732d3031");
    assert_eq!(manifest["device"], monitor().public().device().to_string());
    assert_eq!(manifest["dev_seq"], 1);
    assert_eq!(manifest["ops"], 2);
    assert_eq!(manifest["carries"][0]["from"], 1);
    assert_eq!(manifest["carries"][0]["to"], 2);
    assert_eq!(manifest["files"][0]["name"], "ops.jsonl");
    assert_eq!(files[1].1, write_jsonl(&ops(2)).unwrap().into_bytes());
    assert!(files[3].1.iter().all(|&byte| byte == 0));
}

#[test]
fn the_operations_of_others_are_carried_and_told_apart() {
    let theirs = op(deputy().public().device(), 7, Value::text("no_phone"));
    let all = [ops(2), vec![theirs.clone()]].concat();
    let bundle = read_bundle(&written(&all)).unwrap();
    assert_eq!(bundle.ops.len(), 3);
    assert_eq!(bundle.passed_on().collect::<Vec<_>>(), [&theirs]);
}

#[test]
fn what_only_a_newer_version_knows_is_handed_on() {
    let photo = file("photo.jpg", b"\xff\xd8");
    let bundle = write_bundle(&origin(), &ops(5), std::slice::from_ref(&photo)).unwrap();
    assert_eq!(read_bundle(&bundle).unwrap().files, [photo]);
    let mut files = files_of(&bundle);
    let manifest = String::from_utf8(files[0].1.clone()).unwrap();
    let newer = manifest.replace("\"ops\":", "\"mood\": \"sunny\", \"ops\":");
    assert_ne!(newer, manifest);
    files[0].1 = newer.into_bytes();
    assert_eq!(read_bundle(&zip(&files)).unwrap().ops, ops(5));
}

#[test]
fn what_cannot_be_one_bundle_is_not_written() {
    let write = |ops: &[Op], files: &[BundleFile]| write_bundle(&origin(), ops, files).unwrap_err();
    let id = ops(1)[0].id;
    let rival = op(id.device, 1, Value::text("not_installed"));
    let two = [ops(1), vec![rival]].concat();
    assert_eq!(write(&two, &[]), BundleError::TwoOfOneId { id });
    for ctr in [0, u64::MAX] {
        let mut op = op(id.device, 1, Value::Null);
        op.id.ctr = ctr;
        let error = BundleError::Counter { id: op.id };
        assert_eq!(write(&[op], &[]), error);
    }
    for name in ["manifest.json", "OPS.jsonl", "Padding"] {
        let name_taken = BundleError::Twice {
            name: name.to_owned(),
        };
        assert_eq!(write(&[], &[file(name, b"")]), name_taken);
    }
    let (lower, upper) = (file("a.csv", b""), file("A.csv", b""));
    let twice = BundleError::Twice {
        name: "A.csv".to_owned(),
    };
    assert_eq!(write(&[], &[lower, upper]), twice);
    let many: Vec<BundleFile> = (0..62).map(|n| file(&format!("{n}.csv"), b"")).collect();
    assert_eq!(write(&[], &many), BundleError::TooManyFiles { found: 65 });
    let large = file("a.csv", &vec![b'a'; 32 * 1024 * 1024]);
    assert_eq!(write(&[], &[large]), BundleError::UnpacksTooLarge);
    let mut state = 1u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let noise = file("a.csv", &noise.take(9 * 1024 * 1024).collect::<Vec<u8>>());
    let error = write(&[], &[noise]);
    assert!(matches!(error, BundleError::TooLarge { .. }), "{error:?}");
}

#[test]
fn what_is_written_at_the_bounds_opens() {
    let most: Vec<BundleFile> = (0..61).map(|n| file(&format!("{n}.csv"), b"")).collect();
    let bundle = write_bundle(&origin(), &[], &most).unwrap();
    assert_eq!(read_bundle(&bundle).unwrap().files.len() + 3, MAX_FILES);
    // Would pack 1000 to 1 and be taken for a bomb.
    let dense = file("a.csv", &vec![b'a'; 1_000_000]);
    let bundle = write_bundle(&origin(), &[], std::slice::from_ref(&dense)).unwrap();
    assert_eq!(read_bundle(&bundle).unwrap().files, [dense]);
}
