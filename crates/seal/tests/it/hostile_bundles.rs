//! Whoever made a bundle, it is taken over whole or refused with the reason, and never costs more
//! than an honest one.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

use std::io::{Cursor, Write};

use crate::support::{config, files_of, ledger, ops, origin, zip};
use proptest::prelude::*;
use wuzha_core::log::{Op, write_jsonl};
use wuzha_seal::{BundleError, FileNameError, MAX_PACKED, read_bundle, write_bundle};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

fn written(ops: &[Op]) -> Vec<u8> {
    write_bundle(&origin(), ops, &[ledger()]).unwrap()
}

/// A bundle in which the text of one file is changed, well packed.
fn tampered(name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut files = files_of(&written(&ops(5)));
    for (file, bytes) in &mut files {
        if file == name {
            let text = String::from_utf8(std::mem::take(bytes)).unwrap();
            *bytes = change(text).into_bytes();
        }
    }
    zip(&files)
}

/// A bundle with more files than are listed in its manifest.
fn with_files(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut files = files_of(&written(&ops(5)));
    files.extend(
        more.iter()
            .map(|(name, bytes)| (name.to_string(), bytes.to_vec())),
    );
    zip(&files)
}

/// `bytes` with every `from` replaced, of the same length: what no writer of ZIPs would write.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let found: Vec<usize> = (0..bytes.len())
        .filter(|&at| bytes[at..].starts_with(from))
        .collect();
    assert!(!found.is_empty(), "nothing to patch");
    for at in found {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

fn named(name: &str) -> String {
    name.to_owned()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _may_fail = read_bundle(&bytes);
        let _may_fail = read_bundle(&[b"PK\x03\x04", &bytes[..]].concat());
    }

    #[test]
    fn no_change_makes_it_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = written(&ops(3));
        for (at, to) in changes {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        if let Ok(bundle) = read_bundle(&bytes) {
            prop_assert_eq!(bundle.ops, ops(3), "what it takes over is what was written");
        }
    }
}

#[test]
fn a_file_that_is_no_bundle_says_so() {
    for (what, bytes) in [
        ("nothing", &b""[..]),
        ("a picture", b"\x89PNG\r\n\x1a\n"),
        ("text", b"hello"),
    ] {
        assert_eq!(read_bundle(bytes), Err(BundleError::Foreign), "{what}");
    }
    let another_zip = zip(&[(named("a.txt"), vec![1])]);
    assert_eq!(read_bundle(&another_zip), Err(BundleError::Foreign));
    let cut = &written(&ops(5))[..1000];
    let error = read_bundle(cut).unwrap_err();
    assert!(matches!(error, BundleError::Structure(_)), "{error:?}");
}

#[test]
fn each_lie_in_a_manifest_has_its_own_reason() {
    let manifest = |from: &str, to: &str| {
        let bytes = tampered("manifest.json", |json| {
            let changed = json.replacen(from, to, 1);
            assert_ne!(changed, json, "{from} is not there");
            changed
        });
        read_bundle(&bytes).unwrap_err()
    };
    let newer = BundleError::Format {
        found: 2,
        expected: 1,
    };
    assert_eq!(manifest("\"format\": 1", "\"format\": 2"), newer);
    let count = BundleError::OpCount {
        declared: 6,
        found: 5,
    };
    assert_eq!(manifest("\"ops\": 5", "\"ops\": 6"), count);
    assert_eq!(manifest("\"to\": 5", "\"to\": 6"), BundleError::OtherOps);
    let changed = BundleError::Changed {
        name: named("ops.jsonl"),
    };
    assert_eq!(manifest("\"sha256\": \"", "\"sha256\": \"0"), changed);
    assert_eq!(manifest("\"bytes\": ", "\"bytes\": 1"), changed);
    let missing = BundleError::Missing {
        name: named("ops.json"),
    };
    assert_eq!(manifest("ops.jsonl", "ops.json"), missing);
    for (from, to) in [
        ("\"dev_seq\": 1", "\"dev_seq\": 0"),
        ("\"school\": \"73", "\"school\": \"7"),
        ("\"format\": 1", "\"format\": \"1\""),
        ("{", "["),
    ] {
        let error = manifest(from, to);
        assert!(matches!(error, BundleError::Manifest(_)), "{to}: {error:?}");
    }
    let long = tampered("manifest.json", |_| {
        format!("{{\"format\":1,\"device\":\"{}\"}}", "x".repeat(10_000))
    });
    let Err(BundleError::Manifest(reason)) = read_bundle(&long) else {
        panic!("a manifest that is none");
    };
    assert!(
        reason.len() <= 200,
        "a long text from outside is not repeated"
    );
}

#[test]
fn each_change_of_the_operations_has_its_own_reason() {
    let changed = tampered("ops.jsonl", |lines| {
        lines.replace("registered", "installed")
    });
    let error = BundleError::Changed {
        name: named("ops.jsonl"),
    };
    assert_eq!(read_bundle(&changed), Err(error));
    // From here on the sender itself lies: the manifest fits.
    let of = |lines: &str| read_bundle(&honest_about(lines.as_bytes())).unwrap_err();
    let lines = write_jsonl(&ops(3)).unwrap();
    let second = ops(2)[1].id;
    let (first, rest) = lines.split_once('\n').unwrap();
    let doubled = format!("{first}\n{}\n{rest}", rest.lines().next().unwrap());
    assert_eq!(of(&doubled), BundleError::Order { id: second });
    let turned: String = lines
        .lines()
        .rev()
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(of(&turned), BundleError::Order { id: second });
    let error = of(&lines.replacen("\"id\"", "\"di\"", 1));
    assert!(
        matches!(error, BundleError::Line { line: 1, .. }),
        "{error:?}"
    );
    let far = of(&lines.replacen(":1\"", &format!(":{}\"", u64::MAX), 1));
    assert!(
        matches!(&far, BundleError::Line { line: 1, reason } if reason.contains("is not numbered 1 to")),
        "{far:?}"
    );
    assert_eq!(
        read_bundle(&honest_about(b"\xff")),
        Err(BundleError::NotText)
    );
}

/// A bundle whose manifest fits the operations in `lines`, whatever these are.
fn honest_about(lines: &[u8]) -> Vec<u8> {
    use sha2::Digest;
    let mut files = files_of(&written(&ops(3)));
    let old = sha256_of(&files[1].1);
    let size = files[1].1.len();
    let new: String = sha2::Sha256::digest(lines)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let manifest = String::from_utf8(files[0].1.clone()).unwrap();
    let manifest = manifest.replace(&old, &new).replace(
        &format!("\"bytes\": {size}"),
        &format!("\"bytes\": {}", lines.len()),
    );
    files[0].1 = manifest.into_bytes();
    files[1].1 = lines.to_vec();
    zip(&files)
}

fn sha256_of(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn a_file_that_is_not_listed_is_refused() {
    let error = BundleError::Unlisted {
        name: named("病毒.exe"),
    };
    assert_eq!(read_bundle(&with_files(&[("病毒.exe", b"MZ")])), Err(error));
    let mut files = files_of(&written(&ops(5)));
    files.retain(|(name, _)| name != "ops.jsonl");
    let error = BundleError::Missing {
        name: named("ops.jsonl"),
    };
    assert_eq!(read_bundle(&zip(&files)), Err(error));
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for (name, reason) in [
        ("../台账.csv", FileNameError::Path),
        ("/etc/cron.d/x", FileNameError::Path),
        ("a\\..\\..\\b.csv", FileNameError::Path),
        ("C:\\x.csv", FileNameError::Path),
        ("folder/a.csv", FileNameError::Path),
        ("a\u{202e}vsc.exe", FileNameError::Character('\u{202e}')),
        ("a\0.csv", FileNameError::Character('\0')),
        ("nul.csv", FileNameError::Device),
    ] {
        let error = BundleError::Name {
            name: named(name),
            reason,
        };
        assert_eq!(
            read_bundle(&with_files(&[(name, b"x")])),
            Err(error),
            "{name:?}"
        );
    }
}

#[test]
fn two_files_of_one_name_are_refused() {
    let upper = with_files(&[("OPS.JSONL", b"x")]);
    let error = BundleError::Twice {
        name: named("OPS.JSONL"),
    };
    assert_eq!(read_bundle(&upper), Err(error));
    let same = patched(
        with_files(&[("zps.jsonl", b"x")]),
        b"zps.jsonl",
        b"ops.jsonl",
    );
    let error = BundleError::Twice {
        name: String::new(),
    };
    assert_eq!(read_bundle(&same), Err(error));
}

#[test]
fn what_is_made_to_fill_a_memory_is_refused_while_it_is_packed() {
    let bomb = with_files(&[("a.csv", &vec![0; 1_000_000])]);
    let error = BundleError::TooDense {
        name: named("a.csv"),
    };
    assert_eq!(read_bundle(&bomb), Err(error));
    // No file alone, but all together.
    let part: Vec<u8> = (0..3_000_000u32)
        .map(|n| (n / 90 * 31 % 251) as u8)
        .collect();
    let names: Vec<String> = (0..12).map(|n| format!("{n}.csv")).collect();
    let parts: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), &part[..]))
        .collect();
    let together = with_files(&parts);
    assert!(together.len() < MAX_PACKED);
    assert_eq!(read_bundle(&together), Err(BundleError::UnpacksTooLarge));
    let empty: Vec<String> = (0..61).map(|n| format!("{n}.csv")).collect();
    let many: Vec<(&str, &[u8])> = empty.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let error = BundleError::TooManyFiles { found: 65 };
    assert_eq!(read_bundle(&with_files(&many)), Err(error));
    let bytes = vec![b'P'; MAX_PACKED + 1];
    let error = BundleError::TooLarge {
        bytes: MAX_PACKED as u64 + 1,
    };
    assert_eq!(read_bundle(&bytes), Err(error));
}

/// A ZIP of one deflated file of 100,000 bytes whose declared size is changed to `size` everywhere.
fn lying_about_its_size(size: u32) -> Vec<u8> {
    let part: Vec<u8> = (0..100_000u32).map(|n| (n / 90 * 31 % 251) as u8).collect();
    let bytes = with_files(&[("a.csv", &part)]);
    patched(bytes, &100_000u32.to_le_bytes(), &size.to_le_bytes())
}

#[test]
fn a_file_that_is_not_as_large_as_it_says_is_refused() {
    for size in [99_999, 100_001, 0, 50] {
        let error = read_bundle(&lying_about_its_size(size)).unwrap_err();
        let damaged = BundleError::Damaged {
            name: named("a.csv"),
        };
        assert_eq!(error, damaged, "{size}");
    }
}

#[test]
fn only_plain_files_are_taken() {
    let mut zip = zip::ZipWriter::new_append(Cursor::new(written(&ops(1)))).unwrap();
    zip.add_symlink("link.csv", "/etc/passwd", SimpleFileOptions::default())
        .unwrap();
    let link = zip.finish().unwrap().into_inner();
    let error = BundleError::Kind {
        name: named("link.csv"),
    };
    assert_eq!(read_bundle(&link), Err(error));

    let mut zip = zip::ZipWriter::new_append(Cursor::new(written(&ops(1)))).unwrap();
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("a.csv", stored).unwrap();
    zip.write_all(b"x").unwrap();
    let plain = zip.finish().unwrap().into_inner();
    // In the directory: method 12 (bzip2), then flag 1 (encrypted).
    let entry = plain
        .windows(46 + 5)
        .rposition(|entry| entry.ends_with(b"a.csv"))
        .unwrap();
    for (offset, value) in [(10, 12), (8, 1)] {
        let mut other = plain.clone();
        other[entry + offset] = value;
        let error = BundleError::Kind {
            name: named("a.csv"),
        };
        assert_eq!(read_bundle(&other), Err(error), "{offset}");
    }
}

#[test]
fn a_zip_that_two_programs_could_read_differently_is_refused() {
    let whole = written(&ops(5));
    let remark = {
        let mut bytes = whole.clone();
        let len = bytes.len();
        bytes[len - 2] = 4;
        [bytes, b"note".to_vec()].concat()
    };
    let second_name = {
        // The directory calls the ledger otherwise than the file itself does.
        let at = whole
            .windows(4)
            .position(|sign| sign == b"PK\x01\x02")
            .unwrap();
        let (files, directory) = whole.split_at(at);
        let directory = patched(directory.to_vec(), b"padding", b"Padding");
        [files.to_vec(), directory].concat()
    };
    let mut unlisted = whole.clone();
    {
        // One entry fewer in the directory than there are files.
        let at = whole
            .windows(4)
            .rposition(|sign| sign == b"PK\x01\x02")
            .unwrap();
        let end = whole.len() - 22;
        unlisted.drain(at..end);
        let end = unlisted.len() - 22;
        unlisted[end + 8] = 3;
        unlisted[end + 10] = 3;
        let size = u32::from_le_bytes(unlisted[end + 12..end + 16].try_into().unwrap());
        let size = size - 46 - 7;
        unlisted[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
    }
    for (what, bytes) in [
        ("something before it", [b"PK-before", &whole[..]].concat()),
        ("something behind it", [&whole[..], b"behind"].concat()),
        ("a remark behind it", remark),
        ("two names for one file", second_name),
        ("a file that the directory does not list", unlisted),
    ] {
        let error = read_bundle(&bytes).unwrap_err();
        assert!(
            matches!(error, BundleError::Structure(_)),
            "{what}: {error:?}"
        );
    }
}
