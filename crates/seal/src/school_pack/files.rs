//! The files within a signed pack, as bytes.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use wuzha_core::pack::{MAX_PACK, PackFile, PackFiles};

use super::SchoolPackError;
use crate::bytes::{Reader, push_short_slice};

/// The most bytes of the files with their names and lengths.
const MAX_UNPACKED: usize = MAX_PACK + 1024;
/// The most characters that an error says of a name.
const NAME_SHOWN: usize = 40;

/// Name, length and text of each file, one behind the other.
pub(super) fn write(files: &PackFiles) -> Result<Vec<u8>, SchoolPackError> {
    if files.is_empty() {
        return Err(SchoolPackError::NoFiles);
    }
    if files.bytes() > MAX_PACK {
        let (bytes, max) = (files.bytes() as u64, MAX_PACK as u64);
        return Err(SchoolPackError::TooLarge { bytes, max });
    }
    let mut out = Vec::with_capacity(files.bytes());
    for (file, text) in files.iter() {
        push_short_slice(&mut out, file.name().as_bytes());
        // Bounded above.
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        out.extend(len.to_be_bytes());
        out.extend(text.as_bytes());
    }
    Ok(out)
}

/// Reads what [`write`] wrote.
pub(super) fn read(bytes: &[u8]) -> Result<PackFiles, SchoolPackError> {
    let mut reader = Reader::new(bytes);
    let mut files: Vec<(PackFile, String)> = Vec::new();
    while !reader.rest().is_empty() {
        let name = String::from_utf8_lossy(reader.short_slice()?);
        let Some(file) = PackFile::from_name(&name) else {
            let name = name.chars().take(NAME_SHOWN).collect();
            return Err(SchoolPackError::UnknownFile { name });
        };
        let len = usize::try_from(reader.u32()?).unwrap_or(usize::MAX);
        let text = reader.slice(len)?;
        let name = || file.name().to_owned();
        let text = str::from_utf8(text);
        let text = text.map_err(|_| SchoolPackError::NotText { file: name() })?;
        if files.last().is_some_and(|(before, _)| *before >= file) {
            return Err(SchoolPackError::Order { file: name() });
        }
        files.push((file, text.to_owned()));
    }
    if files.is_empty() {
        return Err(SchoolPackError::NoFiles);
    }
    Ok(files.into_iter().collect())
}

/// `bytes` as small as they get.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    // Memory takes whatever is written to it.
    let _written = deflate.write_all(bytes);
    deflate.finish().unwrap_or_default()
}

/// Exactly `len` bytes, made from all of `packed`. No more than that is ever unpacked.
pub(super) fn inflate(packed: &[u8], len: u32) -> Result<Vec<u8>, SchoolPackError> {
    let len = usize::try_from(len).unwrap_or(usize::MAX);
    if len > MAX_UNPACKED {
        let (bytes, max) = (len as u64, MAX_UNPACKED as u64);
        return Err(SchoolPackError::TooLarge { bytes, max });
    }
    let mut inflate = DeflateDecoder::new(packed);
    let mut bytes = Vec::new();
    let one_more = len as u64 + 1;
    let read = inflate.by_ref().take(one_more).read_to_end(&mut bytes);
    if read.is_err() || bytes.len() != len || inflate.total_in() != packed.len() as u64 {
        return Err(SchoolPackError::Damaged);
    }
    Ok(bytes)
}
