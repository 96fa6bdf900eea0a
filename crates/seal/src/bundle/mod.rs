//! A bundle: operations of a class as a file that anyone can open, before it is sealed.
//!
//! | in the ZIP | what |
//! |---|---|
//! | `manifest.json` | format, class, device, which operations, and the SHA-256 of every other file |
//! | `ops.jsonl` | the operations in the order of their ids, as [`wuzha_core::log::write_jsonl`] writes them |
//! | any `….csv` | ledgers, for whoever opens the bundle without this app |
//! | `padding` | zeros, up to a multiple of 4 KiB |
//!
//! A bundle is taken over whole or refused whole. Opening judges the ZIP before it unpacks anything,
//! and every file must be listed with its hash: what is not listed was smuggled in, and what is listed
//! and unknown came from a newer version and is handed on.
//!
//! # Whose operations
//! A bundle carries operations of the class's log that its sender has: all of them or those since the
//! last bundle, its own and those it received from other phones of the class. So a dorm's phone
//! that never has a network hands in through the monitor's. Operations are not signed one by one:
//! the sender vouches for what it passes on, and [`Bundle::passed_on`] tells these apart.

mod error;
mod manifest;
mod name;
mod pack;
mod unpack;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use wuzha_core::log::{DeviceId, MAX_CTR, Op, OpId, read_jsonl, write_jsonl};

use crate::ids::{ClassRef, DevSeq};
use manifest::{Listed, Manifest};

pub use error::BundleError;
pub use name::{FileName, FileNameError};
pub use unpack::{MAX_FILES, MAX_PACKED, MAX_RATIO, MAX_UNPACKED};

const MANIFEST: &str = "manifest.json";
const OPS: &str = "ops.jsonl";
const PADDING: &str = "padding";

/// Who made a bundle, and of what class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The class; `None` for one that no school has invited yet.
    pub class: Option<ClassRef>,
    /// The device that made it.
    pub device: DeviceId,
    /// Its number among the bundles that the device hands in; `None` for one that goes to another
    /// phone or is kept as a backup.
    pub dev_seq: Option<DevSeq>,
}

/// A file beside the operations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleFile {
    /// What it is called.
    pub name: FileName,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A bundle that was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// Who made it, and of what class.
    pub origin: Origin,
    /// The operations, in the order of their ids, each once.
    pub ops: Vec<Op>,
    /// The files beside them, by name.
    pub files: Vec<BundleFile>,
}

impl Bundle {
    /// The operations of other devices, which the sender passes on and vouches for.
    pub fn passed_on(&self) -> impl Iterator<Item = &Op> {
        let sender = self.origin.device;
        self.ops.iter().filter(move |op| op.id.device != sender)
    }
}

/// `ops` and `files` as a bundle. The same operations give the same bytes, in whatever order and
/// however often they come.
///
/// # Errors
/// [`BundleError`]: too much for one bundle ([`BundleError::TooLarge`], [`BundleError::UnpacksTooLarge`],
/// [`BundleError::TooManyFiles`]), names that clash, or a value that JSON cannot hold.
pub fn write_bundle(
    origin: &Origin,
    ops: &[Op],
    files: &[BundleFile],
) -> Result<Vec<u8>, BundleError> {
    let ops = in_order(ops)?;
    let lines = write_jsonl(&ops).map_err(|error| BundleError::Write(brief(&error)))?;
    let mut content = vec![(OPS, lines.as_bytes())];
    content.extend(by_name(files)?);
    let listed = content.iter().map(|(name, bytes)| Listed::of(name, bytes));
    let manifest = Manifest::of(origin, &ops, listed.collect()).to_json()?;
    content.insert(0, (MANIFEST, manifest.as_bytes()));
    check_sizes(&content)?;
    let packed = pack::pack(&content).map_err(|error| BundleError::Write(brief(&error)))?;
    if packed.len() > MAX_PACKED {
        let bytes = packed.len() as u64;
        return Err(BundleError::TooLarge { bytes });
    }
    Ok(packed)
}

/// Opens a bundle that anyone may have made.
///
/// # Errors
/// See [`BundleError`].
pub fn read_bundle(bytes: &[u8]) -> Result<Bundle, BundleError> {
    let mut files = unpack::unpack(bytes)?;
    let manifest = files.remove(MANIFEST).ok_or(BundleError::Foreign)?;
    let manifest = Manifest::from_json(&manifest)?;
    files.remove(PADDING);
    manifest.check_files(&files)?;
    let lines = files.remove(OPS).ok_or_else(|| BundleError::Missing {
        name: OPS.to_owned(),
    })?;
    let ops = read_ops(lines)?;
    manifest.check_ops(&ops)?;
    let file = |(name, bytes)| BundleFile { name, bytes };
    Ok(Bundle {
        origin: manifest.origin(),
        ops,
        files: files.into_iter().map(file).collect(),
    })
}

/// Each operation once, in the order of the ids.
fn in_order(ops: &[Op]) -> Result<Vec<Op>, BundleError> {
    let mut by_id: BTreeMap<OpId, &Op> = BTreeMap::new();
    for op in ops {
        match by_id.insert(op.id, op) {
            Some(other) if other != op => return Err(BundleError::TwoOfOneId { id: op.id }),
            _ => {}
        }
    }
    let ops: Vec<Op> = by_id.into_values().cloned().collect();
    check_counters(&ops)?;
    Ok(ops)
}

fn check_counters(ops: &[Op]) -> Result<(), BundleError> {
    let is_counted = |op: &Op| (1..=MAX_CTR).contains(&op.id.ctr);
    match ops.iter().find(|op| !is_counted(op)) {
        Some(op) => Err(BundleError::Counter { id: op.id }),
        None => Ok(()),
    }
}

/// The files in the order of their names, if no two are one on Windows and none is the bundle's own.
fn by_name(files: &[BundleFile]) -> Result<Vec<(&str, &[u8])>, BundleError> {
    let own = [MANIFEST, OPS, PADDING];
    let found = files.len() + own.len();
    if found > MAX_FILES {
        let found = found as u64;
        return Err(BundleError::TooManyFiles { found });
    }
    let mut folded: BTreeSet<String> = own.map(str::to_owned).into();
    for BundleFile { name, .. } in files {
        if !folded.insert(name.folded()) {
            let name = name.to_string();
            return Err(BundleError::Twice { name });
        }
    }
    let content = files
        .iter()
        .map(|file| (file.name.as_str(), file.bytes.as_slice()));
    let mut content: Vec<(&str, &[u8])> = content.collect();
    content.sort_unstable();
    Ok(content)
}

fn check_sizes(files: &[(&str, &[u8])]) -> Result<(), BundleError> {
    let total: u64 = files.iter().map(|(_, content)| content.len() as u64).sum();
    // The padding counts as well when the bundle is opened.
    if total + pack::BLOCK as u64 > MAX_UNPACKED {
        return Err(BundleError::UnpacksTooLarge);
    }
    Ok(())
}

fn read_ops(lines: Vec<u8>) -> Result<Vec<Op>, BundleError> {
    let text = String::from_utf8(lines).map_err(|_| BundleError::NotText)?;
    let ops = read_jsonl(&text).map_err(|error| BundleError::Line {
        line: error.line as u64,
        reason: brief(&error.reason),
    })?;
    let ids = ops.iter().map(|op| op.id);
    match ids.clone().zip(ids.skip(1)).find(|(id, next)| id >= next) {
        Some((_, id)) => Err(BundleError::Order { id }),
        None => Ok(ops),
    }
}

/// What an error says, cut where it repeats a long text from outside.
fn brief(error: &dyn std::error::Error) -> String {
    cut(&error.to_string())
}

fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}
