use std::fmt;
use std::str::FromStr;

use bech32::Bech32;
use sha2::{Digest, Sha256};
use x25519_dalek::StaticSecret;
use zeroize::Zeroizing;

use super::bech::{self, KeyTextError};
use super::recipient::Recipient;
use crate::ids::ClassRef;

/// A secret key that opens what was sealed for its [`Recipient`]. Wiped from memory when dropped,
/// never printed by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity(Zeroizing<[u8; 32]>);

impl Identity {
    /// The key made from 32 random bytes.
    pub fn from_bytes(random: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*random))
    }

    /// The key of a class, made from the key of whoever invites it: always the same, so that it need not be
    /// kept, and of no use for finding the inviter's.
    pub fn of_class(&self, ClassRef { school, class }: ClassRef) -> Self {
        let tagged = Sha256::new()
            .chain_update(b"wuzha/v1/class-key\0")
            .chain_update(&self.0[..])
            .chain_update(school.to_bytes())
            .chain_update(class.to_bytes());
        Self(Zeroizing::new(tagged.finalize().into()))
    }

    /// The secret itself, for the device's storage and the printed recovery key.
    pub fn expose_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The secret as the program `age` reads it from a file, `AGE-SECRET-KEY-1…`.
    pub fn expose_text(&self) -> Zeroizing<String> {
        // Large enough that it never moves and leaves a copy behind.
        let mut text = Zeroizing::new(String::with_capacity(128));
        // Writing to a String cannot fail, and 32 bytes are not too long for Bech32.
        let _always_ok =
            bech32::encode_upper_to_fmt::<Bech32, _>(&mut *text, bech::SECRET, &self.0[..]);
        text
    }

    /// The public half, to seal for.
    pub fn recipient(&self) -> Recipient {
        Recipient::of(&StaticSecret::from(*self.0))
    }

    pub(super) fn to_age(&self) -> Result<age::x25519::Identity, KeyTextError> {
        self.expose_text().parse().map_err(|_| KeyTextError::Text)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity(of {})", self.recipient())
    }
}

impl FromStr for Identity {
    type Err = KeyTextError;

    fn from_str(text: &str) -> Result<Self, KeyTextError> {
        bech::decode(bech::SECRET, text.trim()).map(Self)
    }
}
