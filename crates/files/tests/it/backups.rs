//! A backup comes back whole or is refused with the reason.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use wuzha_core::log::{DeviceId, Hlc, Key, Op, OpId, Value, write_jsonl};
use wuzha_core::time::UnixMillis;
use wuzha_files::{Backup, BackupError, BackupMeta, read_backup, write_backup};

fn op(ctr: u64, value: Value) -> Op {
    let device = DeviceId::from_bytes([7; 8]);
    Op {
        id: OpId { device, ctr },
        hlc: Hlc::new(UnixMillis(1_640_534_700_000 + ctr), 0),
        key: Key::new("registration", &[&ctr.to_string()], "status"),
        value,
        pred: vec![],
        extra: BTreeMap::new(),
    }
}

fn ops(n: u64) -> Vec<Op> {
    (1..=n).map(|ctr| op(ctr, Value::text("已注册"))).collect()
}

fn meta() -> BackupMeta {
    BackupMeta {
        app_version: "0.1.0".into(),
        class_name: "软件2101班（示例）".into(),
        made_at: UnixMillis(1_640_534_700_000),
        device: DeviceId::from_bytes([7; 8]),
    }
}

fn files(backup: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(backup)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A backup in which the text of one file is changed, well packed.
fn tampered(name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut files = files(&write_backup(&ops(3), &meta()).unwrap());
    for (file, bytes) in &mut files {
        if file == name {
            let text = String::from_utf8(std::mem::take(bytes)).unwrap();
            *bytes = change(text).into_bytes();
        }
    }
    zip(&files)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2021),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_backup_comes_back_as_it_went_in(
        texts in prop::collection::vec("\\PC{0,12}", 0..20),
        class_name in "\\PC{0,12}"
    ) {
        let ops: Vec<Op> = (1..).zip(texts).map(|(ctr, t)| op(ctr, Value::Text(t))).collect();
        let meta = BackupMeta { class_name, ..meta() };
        let written = write_backup(&ops, &meta).unwrap();
        prop_assert_eq!(read_backup(&written), Ok(Backup { ops, meta: Some(meta) }));
    }
}

#[test]
fn anyone_can_open_a_backup_and_read_what_it_is() {
    let files = files(&write_backup(&ops(2), &meta()).unwrap());
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["请先读我.txt", "backup.json", "ops.jsonl"]);
    let manifest: serde_json::Value = serde_json::from_slice(&files[1].1).unwrap();
    assert_eq!(manifest["format"], 1);
    assert_eq!(manifest["ops"], 2);
    assert_eq!(manifest["class_name"], "软件2101班（示例）");
    assert_eq!(files[2].1, write_jsonl(&ops(2)).unwrap().into_bytes());
}

#[test]
fn two_backups_of_one_state_are_equal() {
    let write = || write_backup(&ops(5), &meta()).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn the_bare_lines_are_accepted() {
    let lines = write_jsonl(&ops(2)).unwrap();
    let backup = Backup {
        ops: ops(2),
        meta: None,
    };
    assert_eq!(read_backup(lines.as_bytes()), Ok(backup.clone()));
    let from_notepad = format!("\u{feff}{}", lines.replace('\n', "\r\n"));
    assert_eq!(read_backup(from_notepad.as_bytes()), Ok(backup));
}

#[test]
fn each_kind_of_bad_file_has_its_own_reason() {
    let whole = write_backup(&ops(100), &meta()).unwrap();
    let newer = tampered("backup.json", |json| {
        json.replace("\"format\": 1", "\"format\": 2")
    });
    let changed = tampered("ops.jsonl", |lines| lines.replace("已注册", "未安装"));
    let shorter = tampered("ops.jsonl", |lines| {
        lines
            .lines()
            .take(2)
            .map(|line| format!("{line}\n"))
            .collect()
    });
    let other_json = tampered("backup.json", |_| "{\"format\":1}".into());
    let cases: [(&str, &[u8], BackupError); 10] = [
        ("nothing", b"", BackupError::Empty),
        ("a picture", b"\x89PNG\r\n\x1a\n", BackupError::Foreign),
        ("other text", b"hello", BackupError::Foreign),
        ("other JSON", b"{\"a\":1}", BackupError::Foreign),
        (
            "another ZIP",
            &zip(&[("a".into(), vec![1])]),
            BackupError::Foreign,
        ),
        ("another backup.json", &other_json, BackupError::Foreign),
        (
            "cut short",
            &whole[..whole.len() / 2],
            BackupError::Truncated,
        ),
        (
            "from a newer version",
            &newer,
            BackupError::Newer { found: 2 },
        ),
        ("changed by hand", &changed, BackupError::Damaged),
        ("lines removed", &shorter, BackupError::Damaged),
    ];
    for (what, bytes, error) in cases {
        assert_eq!(read_backup(bytes), Err(error), "{what}");
    }
}

#[test]
fn bare_lines_tell_a_damaged_line_from_a_missing_end() {
    let lines = write_jsonl(&ops(3)).unwrap();
    for missing in 2..30 {
        let cut = &lines.as_bytes()[..lines.len() - missing];
        assert_eq!(read_backup(cut), Err(BackupError::Truncated), "{missing}");
    }
    let damaged = lines.replacen("7:2\"", "7:0\"", 1);
    let error = read_backup(damaged.as_bytes()).unwrap_err();
    assert!(
        matches!(error, BackupError::Line { line: 2, .. }),
        "{error:?}"
    );
}

#[test]
fn a_flipped_bit_is_noticed_wherever_it_is() {
    let whole = write_backup(&ops(20), &meta()).unwrap();
    let expected = read_backup(&whole).unwrap();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        // The readme and the dates of files may change; the operations never do.
        if let Ok(read) = read_backup(&changed) {
            assert_eq!(read.ops, expected.ops, "byte {at}");
        }
    }
}
