//! What bundles, receipts and invitations name things by.
//!
//! A server sees all of these, so none of them is made of a name: the ids of a school and its parts
//! are eight random bytes, drawn once by whoever sets the part up.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// A text that is not so many bytes in hex.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{text:?} is not {bytes} bytes in hex")]
pub struct ParseHexError {
    /// The text.
    pub text: String,
    /// How many bytes it should be.
    pub bytes: usize,
}

macro_rules! bytes_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; $len]);

        impl $name {
            /// How many bytes it has.
            pub const LEN: usize = $len;

            /// The id of these bytes.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// Its bytes.
            pub const fn to_bytes(self) -> [u8; $len] {
                self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
        impl FromStr for $name {
            type Err = ParseHexError;
            fn from_str(text: &str) -> Result<Self, ParseHexError> {
                parse_hex(text).map(Self)
            }
        }
        impl TryFrom<String> for $name {
            type Error = ParseHexError;
            fn try_from(text: String) -> Result<Self, ParseHexError> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    };
}

bytes_id!(
    /// A school.
    SchoolId,
    8
);
bytes_id!(
    /// A department (系部) of a school.
    DepartmentId,
    8
);
bytes_id!(
    /// A class: one book.
    ClassId,
    8
);
bytes_id!(
    /// An invitation, for the server and the issuer to speak of it without its secret.
    Serial,
    8
);
bytes_id!(
    /// A handed-in bundle: the SHA-256 of all its bytes, what `sha256sum` prints for the file.
    BundleId,
    32
);
bytes_id!(
    /// What a server keeps of an invitation's secret: its SHA-256.
    SecretHash,
    32
);
bytes_id!(
    /// What a server drew for a device to sign; what is in it, only that server knows.
    Challenge,
    40
);
bytes_id!(
    /// The hash over all bundles of a scope up to one of them, in the server's order.
    HeadHash,
    32
);

/// A class within its school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassRef {
    /// The school.
    pub school: SchoolId,
    /// The class there.
    pub class: ClassId,
}

/// The running number of a device's bundles: 1, 2, 3 … without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DevSeq(NonZeroU64);

impl BundleId {
    /// The id of a bundle of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl DevSeq {
    /// The number of a device's first bundle.
    pub const FIRST: Self = Self(NonZeroU64::MIN);

    /// The number `n`; `None` for 0.
    pub fn new(n: u64) -> Option<Self> {
        NonZeroU64::new(n).map(Self)
    }

    /// The number itself.
    pub fn get(self) -> u64 {
        self.0.get()
    }

    /// The number after this one. It stands still at the end of all numbers, which no device reaches.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for DevSeq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn parse_hex<const N: usize>(text: &str) -> Result<[u8; N], ParseHexError> {
    let bad = || ParseHexError {
        text: text.to_owned(),
        bytes: N,
    };
    if text.len() != N * 2 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(bad());
    }
    let mut bytes = [0; N];
    for (byte, at) in bytes.iter_mut().zip((0..text.len()).step_by(2)) {
        let pair = text.get(at..at + 2).ok_or_else(bad)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_from_the_text_it_is_shown_as() {
        let id = ClassId::from_bytes([0, 1, 2, 0x0f, 0x10, 0xa0, 0xfe, 0xff]);
        assert_eq!(id.to_string(), "0001020f10a0feff");
        assert_eq!("0001020f10a0feff".parse(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, r#""0001020f10a0feff""#);
        assert_eq!(serde_json::from_str::<ClassId>(&json).unwrap(), id);
    }

    #[test]
    fn other_texts_are_no_id() {
        for text in [
            "",
            "0001020f10a0fe",
            "0001020f10a0feff00",
            "0001020f10a0fe+f",
            "班班",
            "000102班班f",
        ] {
            assert!(text.parse::<ClassId>().is_err(), "{text}");
        }
    }

    #[test]
    fn bundles_are_numbered_from_1() {
        assert_eq!(DevSeq::new(0), None);
        assert!(serde_json::from_str::<DevSeq>("0").is_err());
        assert_eq!(DevSeq::FIRST.next(), DevSeq::new(2).unwrap());
    }
}
