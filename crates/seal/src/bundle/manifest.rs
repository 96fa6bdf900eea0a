//! `manifest.json`: what a bundle says about itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wuzha_core::log::{DeviceId, Op, VersionVector};

use super::name::FileName;
use super::{BundleError, Origin, brief, cut};
use crate::ids::{ClassRef, DevSeq};

/// The layout that this version writes. Fields may be added within it.
const FORMAT: u32 = 1;

/// `manifest.json`.
#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    class: Option<ClassRef>,
    device: DeviceId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dev_seq: Option<DevSeq>,
    /// How many operations there are.
    ops: u64,
    /// Which ones.
    carries: Vec<Run>,
    /// Every other file except the padding.
    files: Vec<Listed>,
}

/// The operations `from` to `to` of one device, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    device: DeviceId,
    from: u64,
    to: u64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Listed {
    name: String,
    bytes: u64,
    sha256: String,
}

/// Read before the rest: another format may have other fields.
#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

impl Manifest {
    pub(super) fn of(origin: &Origin, ops: &[Op], files: Vec<Listed>) -> Self {
        Self {
            format: FORMAT,
            class: origin.class,
            device: origin.device,
            dev_seq: origin.dev_seq,
            ops: ops.len() as u64,
            carries: runs(ops),
            files,
        }
    }

    pub(super) fn to_json(&self) -> Result<String, BundleError> {
        let json = serde_json::to_string_pretty(self);
        json.map_err(|error| BundleError::Write(error.to_string()))
    }

    pub(super) fn from_json(json: &[u8]) -> Result<Self, BundleError> {
        let unreadable = |error: serde_json::Error| BundleError::Manifest(brief(&error));
        let FormatOnly { format } = serde_json::from_slice(json).map_err(unreadable)?;
        if format != FORMAT {
            return Err(BundleError::Format {
                found: format,
                expected: FORMAT,
            });
        }
        serde_json::from_slice(json).map_err(unreadable)
    }

    pub(super) fn origin(&self) -> Origin {
        Origin {
            class: self.class,
            device: self.device,
            dev_seq: self.dev_seq,
        }
    }

    /// Whether exactly the files that are listed are there, unchanged.
    pub(super) fn check_files(
        &self,
        files: &BTreeMap<FileName, Vec<u8>>,
    ) -> Result<(), BundleError> {
        let by_name = files.iter().map(|(name, content)| (name.as_str(), content));
        let mut unlisted: BTreeMap<&str, &Vec<u8>> = by_name.collect();
        for listed in &self.files {
            let name = cut(&listed.name);
            let Some(content) = unlisted.remove(listed.name.as_str()) else {
                return Err(BundleError::Missing { name });
            };
            let same_size = content.len() as u64 == listed.bytes;
            if !same_size || sha256(content) != listed.sha256 {
                return Err(BundleError::Changed { name });
            }
        }
        match unlisted.keys().next() {
            Some(name) => Err(BundleError::Unlisted { name: cut(name) }),
            None => Ok(()),
        }
    }

    /// Whether exactly the operations that are declared are there.
    pub(super) fn check_ops(&self, ops: &[Op]) -> Result<(), BundleError> {
        let found = ops.len() as u64;
        if found != self.ops {
            let declared = self.ops;
            return Err(BundleError::OpCount { declared, found });
        }
        if runs(ops) != self.carries {
            return Err(BundleError::OtherOps);
        }
        Ok(())
    }
}

impl Listed {
    pub(super) fn of(name: &str, content: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            bytes: content.len() as u64,
            sha256: sha256(content),
        }
    }
}

/// The version vector of `ops`, as runs in the order of devices.
fn runs(ops: &[Op]) -> Vec<Run> {
    let mut carried = VersionVector::default();
    for op in ops {
        carried.insert(op.id);
    }
    let ranges = VersionVector::default().missing_from(&carried);
    let run = |(device, range): (DeviceId, std::ops::RangeInclusive<u64>)| Run {
        device,
        from: *range.start(),
        to: *range.end(),
    };
    ranges.into_iter().map(run).collect()
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
