//! Writing the ZIP: the same files give the same bytes, on every phone and on every day.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::PADDING;
use super::unpack::is_too_dense;

/// A bundle's size is a multiple of this, so that whoever sees the sealed file learns little from its
/// size.
pub(super) const BLOCK: usize = 4096;

/// A local header, an entry of the directory, and the name in both.
const PADDING_ENTRY: usize = 30 + 46 + 2 * PADDING.len();

/// Packs `files`, names and contents, in the order given, and fills up to a whole number of blocks.
///
/// The filling is a file of zeros, last and stored as it is: every program that opens a ZIP knows
/// files, while some refuse or print what stands between or behind them.
pub(super) fn pack(files: &[(&str, &[u8])]) -> ZipResult<Vec<u8>> {
    let mut packed = write(files, &BTreeSet::new())?;
    let too_dense = too_dense(&packed)?;
    if !too_dense.is_empty() {
        packed = write(files, &too_dense)?;
    }
    pad(packed)
}

/// The ZIP with the files in `stored` as they are, all others deflated.
fn write(files: &[(&str, &[u8])], stored: &BTreeSet<String>) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let method = if stored.contains(*name) {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        zip.start_file(*name, options(method))?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Files that would be taken for a bomb when the bundle is opened.
fn too_dense(packed: &[u8]) -> ZipResult<BTreeSet<String>> {
    let mut zip = ZipArchive::new(Cursor::new(packed))?;
    let mut names = BTreeSet::new();
    for at in 0..zip.len() {
        let file = zip.by_index_raw(at)?;
        if is_too_dense(file.size(), file.compressed_size()) {
            names.insert(file.name()?.into_owned());
        }
    }
    Ok(names)
}

fn pad(packed: Vec<u8>) -> ZipResult<Vec<u8>> {
    let len = packed.len() + PADDING_ENTRY;
    let missing = len.next_multiple_of(BLOCK) - len;
    let mut zip = ZipWriter::new_append(Cursor::new(packed))?;
    zip.start_file(PADDING, options(CompressionMethod::Stored))?;
    zip.write_all(&vec![0; missing])?;
    Ok(zip.finish()?.into_inner())
}

/// Everything that could differ between two phones is named: the level, the date, the system.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    let level = (method == CompressionMethod::Deflated).then_some(6);
    SimpleFileOptions::default()
        .compression_method(method)
        .compression_level(level)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_a_whole_number_of_blocks_whatever_it_holds() {
        for len in (0..9000).step_by(37) {
            // Does not pack at all.
            let noise: Vec<u8> = (0..len).map(|n: u32| ((n * n * 31) >> 3) as u8).collect();
            let packed = pack(&[("ops.jsonl", &noise)]).unwrap();
            assert_eq!(packed.len() % BLOCK, 0, "{len}");
        }
    }

    #[test]
    fn what_packs_too_well_is_stored_as_it_is() {
        let (dense, usual) = (vec![b'a'; 300_000], b"usual text".repeat(100));
        let packed = pack(&[("dense", &dense), ("usual", &usual)]).unwrap();
        let mut zip = ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut method = |name| zip.by_name(name).unwrap().compression();
        assert_eq!(method("dense"), CompressionMethod::Stored);
        assert_eq!(method("usual"), CompressionMethod::Deflated);
    }
}
