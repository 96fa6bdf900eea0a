use std::fmt;
use std::str::FromStr;

use bech32::Bech32;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use x25519_dalek::{PublicKey, StaticSecret};

use super::bech::{self, KeyTextError};

/// A public key to seal for, `age1…`. A class's teacher, department and school each have one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Recipient([u8; 32]);

/// Why something is no public key to seal for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum RecipientError {
    /// The text is no key.
    #[error(transparent)]
    Text(#[from] KeyTextError),
    /// Whatever is sealed for it, everybody can open; age panics on such a key.
    #[error("a key that keeps nothing secret")]
    Weak,
}

impl Recipient {
    /// The key of these bytes.
    ///
    /// # Errors
    /// [`RecipientError::Weak`].
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, RecipientError> {
        // With such a key every secret agrees on the same point, so that any secret finds it out.
        let any = StaticSecret::from([1; 32]);
        if any
            .diffie_hellman(&PublicKey::from(bytes))
            .was_contributory()
        {
            Ok(Self(bytes))
        } else {
            Err(RecipientError::Weak)
        }
    }

    /// Its bytes.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    /// The public half of a secret, which is never weak.
    pub(super) fn of(secret: &StaticSecret) -> Self {
        Self(PublicKey::from(secret).to_bytes())
    }

    pub(super) fn to_age(self) -> Result<age::x25519::Recipient, KeyTextError> {
        self.to_string().parse().map_err(|_| KeyTextError::Text)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        bech32::encode_lower_to_fmt::<Bech32, _>(f, bech::PUBLIC, &self.0).map_err(|_| fmt::Error)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({self})")
    }
}

impl FromStr for Recipient {
    type Err = RecipientError;

    fn from_str(text: &str) -> Result<Self, RecipientError> {
        Self::from_bytes(*bech::decode(bech::PUBLIC, text.trim())?)
    }
}

impl TryFrom<String> for Recipient {
    type Error = RecipientError;

    fn try_from(text: String) -> Result<Self, RecipientError> {
        text.parse()
    }
}

impl From<Recipient> for String {
    fn from(recipient: Recipient) -> String {
        recipient.to_string()
    }
}
