//! Reading the ZIP of a bundle that anyone may have made.
//!
//! Whoever can seal for a teacher can send a teacher any bytes. So nothing is unpacked before its
//! size, its names and its structure have been judged, and nothing unpacks beyond what was declared.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use zip::read::{ArchiveOffset, Config};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::name::FileName;
use super::{BundleError, brief, cut};

/// The most bytes of a packed bundle: an envelope, less what sealing may add.
pub const MAX_PACKED: usize = crate::envelope::MAX_ENVELOPE - 64 * 1024;
/// The most bytes of all files together once unpacked: more than 200,000 operations. Reading them
/// takes several times as much memory, and a phone's browser ends a page at a few hundred MB.
pub const MAX_UNPACKED: u64 = 32 * 1024 * 1024;
/// The most files.
pub const MAX_FILES: usize = 64;
/// The most times that a file may be larger than it is packed. Operations and ledgers stay below 30;
/// a ZIP made to fill a memory reaches 1,000.
pub const MAX_RATIO: u64 = 100;
/// Below this size no ratio is too high: it does no harm.
const RATIO_FREE: u64 = 64 * 1024;

/// How the record at the end of a ZIP begins, and how long it is when no remark follows.
const END: &[u8] = b"PK\x05\x06";
const END_LEN: usize = 22;
/// The first file is at the first byte: nothing is hidden before it.
const FROM_THE_START: Config = Config {
    archive_offset: ArchiveOffset::Known(0),
};

/// Whether a file of `size` bytes, `packed` in so many, looks made to fill a memory.
pub(super) fn is_too_dense(size: u64, packed: u64) -> bool {
    size > RATIO_FREE && size > packed.saturating_mul(MAX_RATIO)
}

/// All files in the bundle.
pub(super) fn unpack(bytes: &[u8]) -> Result<BTreeMap<FileName, Vec<u8>>, BundleError> {
    if bytes.len() > MAX_PACKED {
        let bytes = bytes.len() as u64;
        return Err(BundleError::TooLarge { bytes });
    }
    if !bytes.starts_with(b"PK") {
        return Err(BundleError::Foreign);
    }
    if !ends_as_written(bytes) {
        let what = "cut short, or something follows its end";
        return Err(BundleError::Structure(what.to_owned()));
    }
    let mut zip = ZipArchive::with_config(FROM_THE_START, Cursor::new(bytes)).map_err(structure)?;
    if zip.len() > MAX_FILES {
        let found = zip.len() as u64;
        return Err(BundleError::TooManyFiles { found });
    }
    let names = judge(&mut zip)?;
    zip.validate_header_consistency().map_err(structure)?;
    let mut files = BTreeMap::new();
    for (at, name) in names.into_iter().enumerate() {
        let content = content(&mut zip, at, &name)?;
        files.insert(name, content);
    }
    Ok(files)
}

/// Programs look for the end of a ZIP from behind, each in its own way. Where it is the last thing,
/// all of them find the same one, and so list the same files.
fn ends_as_written(bytes: &[u8]) -> bool {
    let at = bytes.len().saturating_sub(END_LEN);
    let end = bytes.get(at..).unwrap_or_default();
    end.starts_with(END) && end.ends_with(&[0, 0])
}

/// The names of all files, if these and what is declared of the files is in order.
fn judge(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<FileName>, BundleError> {
    if zip.has_duplicate_names() {
        return Err(BundleError::Twice {
            name: String::new(),
        });
    }
    let mut names = Vec::with_capacity(zip.len());
    let mut folded = BTreeSet::new();
    let mut total: u64 = 0;
    for at in 0..zip.len() {
        let file = zip.by_index_raw(at).map_err(structure)?;
        let name = name(&file.name().map_err(structure)?)?;
        if !folded.insert(name.folded()) {
            let name = name.to_string();
            return Err(BundleError::Twice { name });
        }
        let known = [CompressionMethod::Stored, CompressionMethod::Deflated];
        if file.encrypted() || !file.is_file() || !known.contains(&file.compression()) {
            let name = name.to_string();
            return Err(BundleError::Kind { name });
        }
        if is_too_dense(file.size(), file.compressed_size()) {
            let name = name.to_string();
            return Err(BundleError::TooDense { name });
        }
        total = total.saturating_add(file.size());
        if total > MAX_UNPACKED {
            return Err(BundleError::UnpacksTooLarge);
        }
        names.push(name);
    }
    Ok(names)
}

fn name(raw: &str) -> Result<FileName, BundleError> {
    FileName::try_from(raw).map_err(|reason| BundleError::Name {
        name: cut(raw),
        reason,
    })
}

/// The content of one file. Unpacking stops at the declared size, and the ZIP's checksum must fit.
fn content(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    at: usize,
    name: &FileName,
) -> Result<Vec<u8>, BundleError> {
    let damaged = || BundleError::Damaged {
        name: name.to_string(),
    };
    let file = zip.by_index(at).map_err(structure)?;
    let size = file.size();
    let mut content = Vec::new();
    let read = file.take(size.saturating_add(1)).read_to_end(&mut content);
    read.map_err(|_| damaged())?;
    if content.len() as u64 != size {
        return Err(damaged());
    }
    Ok(content)
}

fn structure(error: ZipError) -> BundleError {
    BundleError::Structure(brief(&error))
}
