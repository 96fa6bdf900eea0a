//! School packs as far as the server knows them: bytes with a version. Pure: what is stored comes in, an
//! answer goes out. Who signed a pack and what is in it, its readers look at.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt;
use thiserror::Error;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::Unit;

use crate::Problem;

/// The most bytes of a pack.
pub const MAX_PACK: usize = 1024 * 1024;

/// The version of a pack among those of its part of the school: 1 to 2⁵³, so that every reader of JSON
/// keeps it exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "u64")]
pub struct PackVersion(u64);

/// A number that is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} is not a version from 1 to {max}", max = PackVersion::MAX)]
pub struct PackVersionError(u64);

/// What a pack is known by: the SHA-256 of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackHash([u8; 32]);

/// Which pack it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its version.
    pub version: PackVersion,
    /// What it is known by.
    pub hash: PackHash,
}

/// A pack that is published.
#[derive(Clone, Copy, Debug)]
pub struct NewPack<'a> {
    /// For which part of the school.
    pub unit: Unit,
    /// Which it is.
    pub edition: Edition,
    /// By which device.
    pub by: DeviceId,
    /// When.
    pub now: UnixMillis,
    /// Its bytes.
    pub body: &'a [u8],
}

/// What is answered to whoever publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It takes the place of what was there.
    Keep,
    /// It is there: the first answer got lost.
    Again,
    /// It is not taken.
    Refuse(Problem),
}

impl PackVersion {
    const MAX: u64 = 1 << 53;

    /// The number itself.
    pub fn get(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for PackVersion {
    type Error = PackVersionError;

    fn try_from(number: u64) -> Result<Self, PackVersionError> {
        match number {
            1..=Self::MAX => Ok(Self(number)),
            _ => Err(PackVersionError(number)),
        }
    }
}

impl PackHash {
    /// That of a pack of these bytes.
    pub fn of(body: &[u8]) -> Self {
        Self(Sha256::digest(body).into())
    }

    /// The hash with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Display for PackHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl Edition {
    /// What is answered when this is published where `before` is.
    pub fn judge(self, before: Option<Self>) -> Verdict {
        match before {
            Some(before) if before == self => Verdict::Again,
            Some(before) if before.version >= self.version => Verdict::Refuse(Problem::NotNewer),
            Some(_) | None => Verdict::Keep,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(version: u64, body: &[u8]) -> Result<Edition, PackVersionError> {
        let (version, hash) = (version.try_into()?, PackHash::of(body));
        Ok(Edition { version, hash })
    }

    #[test]
    fn versions_rise_and_the_same_again_is_no_mistake() -> Result<(), PackVersionError> {
        let not_newer = Verdict::Refuse(Problem::NotNewer);
        for (what, version, body, verdict) in [
            ("the same", 5, b"one", Verdict::Again),
            ("newer", 6, b"two", Verdict::Keep),
            ("newer, with nothing changed", 9, b"one", Verdict::Keep),
            ("another with that version", 5, b"two", not_newer),
            ("older", 4, b"two", not_newer),
            ("the same bytes, said to be older", 4, b"one", not_newer),
        ] {
            let judged = edition(version, body)?.judge(Some(edition(5, b"one")?));
            assert_eq!(judged, verdict, "{what}");
        }
        assert_eq!(edition(1, b"one")?.judge(None), Verdict::Keep, "the first");
        Ok(())
    }

    #[test]
    fn a_version_is_a_number_that_every_reader_keeps() {
        for number in [1, 1 << 53] {
            assert_eq!(
                PackVersion::try_from(number).map(PackVersion::get),
                Ok(number)
            );
        }
        for number in [0, (1 << 53) + 1, u64::MAX] {
            assert_eq!(PackVersion::try_from(number), Err(PackVersionError(number)));
        }
    }
}
