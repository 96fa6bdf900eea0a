//! The header: what is signed.

use crate::bytes::Reader;
use crate::ids::{BundleId, ClassId, ClassRef, DevSeq, SchoolId};
use crate::keys::DevicePublicKey;

use super::EnvelopeError;
use wuzha_core::log::DeviceId;

/// As in PNG: the first byte is no text, and both kinds of line end show what changes them.
const MAGIC: [u8; 8] = *b"\x89WZB\r\n\x1a\n";
/// The magic's first bytes, which nothing that changes line ends touches.
const MAGIC_BEFORE_LINE_ENDS: &[u8] = b"\x89WZB";
const FORMAT: u8 = 1;
/// Sealed by age v1 for X25519 keys; Ed25519 over SHA-256.
const SUITE: u8 = 1;
/// In the place of the bundle before the first.
const NONE_BEFORE: [u8; BundleId::LEN] = [0; BundleId::LEN];

/// How many bytes a header has.
pub(super) const HEADER_LEN: usize = 142;

/// Who hands in what. The device signs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The class that is handed in.
    pub class: ClassRef,
    /// The key of the device that hands it in.
    pub key: DevicePublicKey,
    /// Its number among this device's bundles.
    pub dev_seq: DevSeq,
    /// The device's bundle before this one; `None` for the first, and only for it.
    pub previous: Option<BundleId>,
    /// The SHA-256 of what is sealed.
    pub sha256: [u8; 32],
    /// How many bytes are sealed.
    pub len: u32,
}

impl Header {
    /// Who hands it in.
    pub fn device(&self) -> DeviceId {
        self.key.device()
    }

    pub(super) fn to_bytes(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER_LEN);
        out.extend(MAGIC);
        out.extend([FORMAT, SUITE]);
        out.extend(self.class.school.to_bytes());
        out.extend(self.class.class.to_bytes());
        out.extend(self.key.device_bytes());
        out.extend(self.key.to_bytes());
        out.extend(self.dev_seq.get().to_be_bytes());
        out.extend(self.previous.map_or(NONE_BEFORE, BundleId::to_bytes));
        out.extend(self.sha256);
        out.extend(self.len.to_be_bytes());
        out
    }

    /// What follows the magic.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, EnvelopeError> {
        read_versions(reader)?;
        let class = ClassRef {
            school: SchoolId::from_bytes(reader.array()?),
            class: ClassId::from_bytes(reader.array()?),
        };
        let claimed = DeviceId::from_bytes(reader.array()?);
        let key = DevicePublicKey::from_bytes(&reader.array()?)?;
        let of_key = key.device();
        if claimed != of_key {
            return Err(EnvelopeError::OtherDevice { claimed, of_key });
        }
        let dev_seq = DevSeq::new(reader.u64()?).ok_or(EnvelopeError::NoNumber)?;
        let previous: [u8; BundleId::LEN] = reader.array()?;
        if (dev_seq == DevSeq::FIRST) != (previous == NONE_BEFORE) {
            let dev_seq = dev_seq.get();
            return Err(EnvelopeError::Previous { dev_seq });
        }
        Ok(Self {
            class,
            key,
            dev_seq,
            previous: (dev_seq != DevSeq::FIRST).then_some(BundleId::from_bytes(previous)),
            sha256: reader.array()?,
            len: reader.u32()?,
        })
    }
}

/// What says that it is an envelope at all.
pub(super) fn read_magic(reader: &mut Reader<'_>) -> Result<(), EnvelopeError> {
    let begins_like_one = reader.rest().starts_with(MAGIC_BEFORE_LINE_ENDS);
    match reader.array() {
        Ok(MAGIC) => Ok(()),
        Ok(_) if begins_like_one => Err(EnvelopeError::SentAsText),
        Err(cut_short) if begins_like_one => Err(cut_short.into()),
        _ => Err(EnvelopeError::Foreign),
    }
}

fn read_versions(reader: &mut Reader<'_>) -> Result<(), EnvelopeError> {
    let found = reader.u8()?;
    if found != FORMAT {
        let expected = FORMAT;
        return Err(EnvelopeError::Format { found, expected });
    }
    let found = reader.u8()?;
    if found != SUITE {
        let expected = SUITE;
        return Err(EnvelopeError::UnknownSuite { found, expected });
    }
    Ok(())
}
