use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::{Hlc, Key, Value};

/// The identity of a device (a browser profile), 8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId([u8; 8]);

/// The highest number of an operation: more than a device ever writes, exact in every program that
/// reads JSON, and far from where counting on would fail.
pub const MAX_CTR: u64 = 1 << 53;

/// One operation's identity: its device and a counter that runs 1, 2, 3 … without gaps there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId {
    /// The device that wrote.
    pub device: DeviceId,
    /// Its running number there, from 1.
    pub ctr: u64,
}

/// One operation: at `hlc`, a device wrote `value` under `key`, replacing what `pred` names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Op {
    /// Who wrote it, and as their how-manieth operation.
    pub id: OpId,
    /// When, for display order only.
    pub hlc: Hlc,
    /// The register written.
    pub key: Key,
    /// What was written.
    pub value: Value,
    /// The operations on this key that the writer saw and replaced.
    pub pred: Vec<OpId>,
    /// Fields that a newer version added: kept and passed on, never read.
    pub extra: BTreeMap<String, Value>,
}

/// A write that has no identity yet; [`super::Registers::stamp`] makes it an [`Op`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The register to write.
    pub key: Key,
    /// What to write.
    pub value: Value,
}

/// A text that is no device or operation id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseIdError {
    /// It is written in another way.
    #[error("{0:?} is not an id of the form 16 hex digits, or those and :number")]
    Form(String),
    /// It has a number that no device reaches by counting from 1.
    #[error("{0:?} is not numbered 1 to {MAX_CTR}")]
    Counter(String),
}

impl Change {
    /// A write of `value` under `key`.
    pub fn new(key: Key, value: impl Into<Value>) -> Self {
        Self {
            key,
            value: value.into(),
        }
    }
}

impl DeviceId {
    /// A device id from its bytes (random until the device has a signing key).
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub fn to_bytes(self) -> [u8; 8] {
        self.0
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for DeviceId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        // Digit by digit: `from_str_radix`, made for any radix, took a tenth of reading a school's files.
        let digits = (text.len() == 16).then(|| {
            let mut digits = text.bytes();
            digits.try_fold(0, |number, digit| Some(number << 4 | hex(digit)?))
        });
        match digits.flatten() {
            Some(number) => Ok(Self(u64::to_be_bytes(number))),
            None => Err(ParseIdError::Form(text.to_owned())),
        }
    }
}

/// What a hexadecimal digit stands for.
fn hex(digit: u8) -> Option<u64> {
    let (first, value) = match digit {
        b'0'..=b'9' => (b'0', 0),
        b'a'..=b'f' => (b'a', 10),
        b'A'..=b'F' => (b'A', 10),
        _ => return None,
    };
    Some(u64::from(digit - first) + value)
}

impl fmt::Display for OpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.device, self.ctr)
    }
}

impl FromStr for OpId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let bad = || ParseIdError::Form(text.to_owned());
        let (device, ctr) = text.split_once(':').ok_or_else(bad)?;
        let ctr: u64 = ctr.parse().map_err(|_| bad())?;
        if !(1..=MAX_CTR).contains(&ctr) {
            return Err(ParseIdError::Counter(text.to_owned()));
        }
        Ok(Self {
            device: device.parse()?,
            ctr,
        })
    }
}

/// Parses a text where it stands, without a copy of it.
struct Parsed<T>(PhantomData<T>);

impl<T: FromStr<Err = ParseIdError>> Visitor<'_> for Parsed<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// Ids are text in JSON (`"a1b2c3d4e5f60718:12"`) and bare numbers in the binary form.
macro_rules! serde_as_text_or_binary {
    ($name:ty, $binary:ty, $to:expr, $from:expr) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    let to: fn(&$name) -> $binary = $to;
                    to(self).serialize(serializer)
                }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    deserializer.deserialize_str(Parsed(PhantomData))
                } else {
                    let from: fn($binary) -> $name = $from;
                    <$binary>::deserialize(deserializer).map(from)
                }
            }
        }
    };
}

serde_as_text_or_binary!(DeviceId, [u8; 8], |id| id.0, DeviceId);
serde_as_text_or_binary!(OpId, (DeviceId, u64), |id| (id.device, id.ctr), |(
    device,
    ctr,
)| OpId {
    device,
    ctr
});

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_numbered_from_1_to_what_a_device_can_reach() {
        let id = |ctr: u64| format!("0102030405060708:{ctr}").parse::<OpId>();
        for ctr in [1, MAX_CTR] {
            assert_eq!(id(ctr).unwrap().ctr, ctr);
        }
        for ctr in [0, MAX_CTR + 1, u64::MAX] {
            let error = id(ctr).unwrap_err();
            assert!(matches!(error, ParseIdError::Counter(_)), "{error}");
            assert!(error.to_string().contains(&MAX_CTR.to_string()), "{error}");
        }
        for text in ["", "0102030405060708", "01:1", "0102030405060708:x"] {
            let error = text.parse::<OpId>().unwrap_err();
            assert!(matches!(error, ParseIdError::Form(_)), "{error}");
        }
    }
}
