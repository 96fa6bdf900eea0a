//! All operations of a class as one file that anyone can open: JSON lines in a ZIP.
//!
//! | in the ZIP | what |
//! |---|---|
//! | `ops.jsonl` | the operations, as [`wuzha_core::log::write_jsonl`] writes them |
//! | `backup.json` | format, counts and the SHA-256 of `ops.jsonl` |
//! | `请先读我.txt` | what this file is, for whoever finds it |
//!
//! A file is taken over whole or refused whole. The bare `ops.jsonl` is accepted too, so that a
//! person who unpacked the ZIP has lost nothing.

mod archive;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use wuzha_core::log::{DeviceId, Op, read_jsonl, write_jsonl};
use wuzha_core::time::UnixMillis;

pub(crate) use archive::write as write_zip;

/// The layout that this version writes. Fields may be added within it.
const FORMAT: u32 = 1;
const OPS: &str = "ops.jsonl";
const MANIFEST: &str = "backup.json";
const README: &str = "请先读我.txt";
const README_TEXT: &str = include_str!("readme.txt");
/// The most bytes of one file once unpacked: a million operations.
const MAX_BYTES: u64 = 200_000_000;
/// A ZIP's first bytes; those of one without files are foreign to us.
const ZIP: &[u8] = b"PK";

/// What a backup says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupMeta {
    /// The version of the app that wrote it.
    pub app_version: String,
    /// The class.
    pub class_name: String,
    /// When it was written.
    pub made_at: UnixMillis,
    /// On which device.
    pub device: DeviceId,
}

/// A backup that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    /// All operations, in the order in which they were written.
    pub ops: Vec<Op>,
    /// What it says about itself; nothing for bare JSON lines.
    pub meta: Option<BackupMeta>,
}

/// Why a file is not a backup that can be restored. Nothing of it is taken over.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum BackupError {
    /// Not a byte: a download that failed.
    #[error("empty")]
    Empty,
    /// Another kind of file.
    #[error("not a backup")]
    Foreign,
    /// The end is missing: a copy or download that was cut short.
    #[error("cut short")]
    Truncated,
    /// Written by a newer version of the app.
    #[error("format {found}, this version reads up to {FORMAT}")]
    Newer {
        /// Its format.
        found: u32,
    },
    /// Unpacked, it is larger than a class's log ever is.
    #[error("larger than {max_bytes} bytes")]
    TooLarge {
        /// The most bytes that are read.
        max_bytes: u64,
    },
    /// Changed since it was written: the checksum or the count does not fit.
    #[error("changed since it was written")]
    Damaged,
    /// A line that is no operation.
    #[error("line {line} is no operation: {reason}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it, for whoever looks into it.
        reason: String,
    },
    /// It could not be written.
    #[error("could not be written: {0}")]
    Write(String),
}

/// `backup.json`.
#[derive(Serialize, Deserialize)]
struct Manifest {
    format: u32,
    #[serde(flatten)]
    meta: BackupMeta,
    ops: usize,
    sha256: String,
}

/// Read before the rest: a newer format may have other fields.
#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

/// All of `ops` as a backup file.
///
/// # Errors
/// [`BackupError::Write`] when memory runs out or a value cannot be written as JSON.
pub fn write_backup(ops: &[Op], meta: &BackupMeta) -> Result<Vec<u8>, BackupError> {
    let failed = |error: serde_json::Error| BackupError::Write(error.to_string());
    let lines = write_jsonl(ops).map_err(failed)?;
    let manifest = Manifest {
        format: FORMAT,
        meta: meta.clone(),
        ops: ops.len(),
        sha256: sha256(lines.as_bytes()),
    };
    let manifest = serde_json::to_string_pretty(&manifest).map_err(failed)?;
    // The readme first: it is what most programs show first.
    let files = [
        (README, README_TEXT),
        (MANIFEST, manifest.as_str()),
        (OPS, lines.as_str()),
    ];
    archive::write(&files).map_err(|error| BackupError::Write(error.to_string()))
}

/// The operations of a backup file.
///
/// # Errors
/// See [`BackupError`].
pub fn read_backup(bytes: &[u8]) -> Result<Backup, BackupError> {
    if bytes.is_empty() {
        return Err(BackupError::Empty);
    }
    if !bytes.starts_with(ZIP) {
        return read_bare(bytes);
    }
    let mut archive = archive::Archive::open(bytes, MAX_BYTES)?;
    let manifest = archive.text(MANIFEST)?;
    let FormatOnly { format } = parse(&manifest)?;
    if format > FORMAT {
        return Err(BackupError::Newer { found: format });
    }
    let manifest: Manifest = parse(&manifest)?;
    let lines = archive.text(OPS)?;
    if sha256(lines.as_bytes()) != manifest.sha256 {
        return Err(BackupError::Damaged);
    }
    let ops = read_lines(&lines)?;
    if ops.len() != manifest.ops {
        return Err(BackupError::Damaged);
    }
    let meta = Some(manifest.meta);
    Ok(Backup { ops, meta })
}

fn read_bare(bytes: &[u8]) -> Result<Backup, BackupError> {
    if bytes.len() as u64 > MAX_BYTES {
        let max_bytes = MAX_BYTES;
        return Err(BackupError::TooLarge { max_bytes });
    }
    // Notepad puts a byte order mark in front.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(BackupError::Foreign);
    }
    let text = str::from_utf8(bytes).map_err(|error| match error.error_len() {
        // It ends within a character.
        None => BackupError::Truncated,
        Some(_) => BackupError::Damaged,
    })?;
    match read_lines(text) {
        // JSON, but none of ours.
        Err(BackupError::Line { line: 1, .. }) => Err(BackupError::Foreign),
        Err(BackupError::Line { line, .. })
            if !text.ends_with('\n') && line == text.lines().count() as u64 =>
        {
            Err(BackupError::Truncated)
        }
        read => read.map(|ops| Backup { ops, meta: None }),
    }
}

fn read_lines(text: &str) -> Result<Vec<Op>, BackupError> {
    read_jsonl(text).map_err(|error| BackupError::Line {
        line: error.line as u64,
        reason: error.reason.to_string(),
    })
}

fn parse<T: for<'de> Deserialize<'de>>(manifest: &str) -> Result<T, BackupError> {
    // Another program's `backup.json`.
    serde_json::from_str(manifest).map_err(|_| BackupError::Foreign)
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
