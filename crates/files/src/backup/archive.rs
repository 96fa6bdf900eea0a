//! The ZIP around a backup.

use std::io::{Cursor, Read, Write};

use zip::result::{ZipError, ZipResult};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::BackupError;

/// How a ZIP's first file begins; what begins so and cannot be opened has lost its end, where the
/// list of files stands.
const FIRST_FILE: &[u8] = b"PK\x03\x04";

/// Packs `files`, names and contents. They carry no date: two backups of one state are equal.
pub(crate) fn write(files: &[(&str, &str)]) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A ZIP from outside, of which no file is unpacked beyond `max_bytes`.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    max_bytes: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8], max_bytes: u64) -> Result<Self, BackupError> {
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(zip) => Ok(Self { zip, max_bytes }),
            Err(_) if bytes.starts_with(FIRST_FILE) => Err(BackupError::Truncated),
            Err(_) => Err(BackupError::Foreign),
        }
    }

    /// The text of the file `name`. Unpacking stops at the bound, whatever size the ZIP declares.
    pub(super) fn text(&mut self, name: &str) -> Result<String, BackupError> {
        let max_bytes = self.max_bytes;
        let file = self.zip.by_name(name).map_err(|error| match error {
            ZipError::FileNotFound => BackupError::Foreign,
            _ => BackupError::Damaged,
        })?;
        let mut bytes = Vec::new();
        let read = file
            .take(max_bytes.saturating_add(1))
            .read_to_end(&mut bytes);
        if bytes.len() as u64 > max_bytes {
            return Err(BackupError::TooLarge { max_bytes });
        }
        // The ZIP's own checksum does not fit.
        read.map_err(|_| BackupError::Damaged)?;
        String::from_utf8(bytes).map_err(|_| BackupError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_not_unpacked_beyond_the_bound() {
        let text = " ".repeat(50_000);
        let bomb = write(&[("ops.jsonl", &text)]).unwrap();
        assert!(bomb.len() < 1_000, "it is small while packed");
        let unpacked = |max| Archive::open(&bomb, max).unwrap().text("ops.jsonl");
        let max_bytes = 49_999;
        let too_large = Err(BackupError::TooLarge { max_bytes });
        assert_eq!(unpacked(max_bytes), too_large);
        assert_eq!(unpacked(50_000), Ok(text));
    }
}
