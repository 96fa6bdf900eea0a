//! Bundles, the ZIP that was sealed: as they come, and with a manifest and operations that are made up in
//! a ZIP that is whole, since no made-up bytes have the right checksums.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};
use std::io::{Cursor, Write};
use wuzha_seal::{read_bundle, write_bundle};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MANIFEST: &str = r#"{"format":1,"class":{"school":"7363686f6f6c3031","class":"636c6173732d3031"},
"device":"10ba682c8ad13513","dev_seq":1,"ops":4,
"carries":[{"device":"10ba682c8ad13513","from":1,"to":3},{"device":"1325b850c2871916","from":5,"to":5}],
"files":[{"name":"ops.jsonl","bytes":BYTES,"sha256":"HASH"}]}"#;

fuzz_target!(|data: &[u8]| {
    read(data);
    read(&zipped(&honest_about(data), data));
    // What stands before the first zero byte is the manifest.
    if let Some(at) = data.iter().position(|byte| *byte == 0) {
        let (manifest, ops) = data.split_at(at);
        read(&zipped(manifest, ops));
    }
});

fn read(bytes: &[u8]) {
    if let Ok(bundle) = read_bundle(bytes) {
        let again = write_bundle(&bundle.origin, &bundle.ops, &bundle.files);
        let again = again.expect("what was read can be written");
        assert_eq!(read_bundle(&again).expect("and read"), bundle);
    }
}

/// A manifest that fits these operations, but for which they are.
fn honest_about(ops: &[u8]) -> Vec<u8> {
    let hash: String = Sha256::digest(ops)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let manifest = MANIFEST.replace("BYTES", &ops.len().to_string());
    manifest.replace("HASH", &hash).into_bytes()
}

fn zipped(manifest: &[u8], ops: &[u8]) -> Vec<u8> {
    // Compressing would take most of the time.
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("manifest.json", manifest), ("ops.jsonl", ops)] {
        zip.start_file(name, plain).expect("a plain name");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}
