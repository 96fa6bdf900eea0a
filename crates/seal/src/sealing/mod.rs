//! Sealing: what only the holder of a key, or who knows a passphrase, can open.
//!
//! The sealed form is age v1, so that any IT person can open it with the program `age`. Sealing
//! draws its own random numbers: sealing twice gives different bytes. So a bundle is sealed once,
//! and what was sealed is kept and sent.
//!
//! Opening takes files from anyone. The bytes that come out are never more than those that went in,
//! so that the caller's bound on the file bounds the work too; what age itself leaves unbounded is
//! bounded here.

mod armour;
mod bech;
mod identity;
mod passphrase;
mod recipient;

use std::io::{Read, Write};

use age::{DecryptError, Decryptor, EncryptError, Encryptor};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use armour::{armoured, unarmoured};
pub use bech::KeyTextError;
pub use identity::Identity;
pub use passphrase::{Passphrase, open_with_passphrase, seal_with_passphrase};
pub use recipient::{Recipient, RecipientError};

/// The most recipients of one sealed file: teacher, department, school and class, four times over.
pub const MAX_RECIPIENTS: usize = 16;

/// The most bytes of a sealed file's head, which lists who can open it. age reads it anew with every
/// line, so that a head of megabytes would take hours.
const MAX_HEAD: usize = 16 * 1024;

/// How the last line of the head begins.
const LAST_LINE: &[u8] = b"\n--- ";

/// Why nothing was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum SealError {
    /// Nobody could open it.
    #[error("no recipient")]
    NoRecipient,
    /// More than a head holds.
    #[error("{found} recipients, at most {MAX_RECIPIENTS}")]
    TooManyRecipients {
        /// How many were given.
        found: u64,
    },
    /// Too easily guessed by trying.
    #[error("the passphrase has fewer than {min} characters")]
    ShortPassphrase {
        /// The fewest characters.
        min: u64,
    },
    /// Memory ran out.
    #[error("could not be sealed")]
    Failed,
}

/// Why a sealed file was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum OpenError {
    /// Another kind of file.
    #[error("not sealed by age")]
    Foreign,
    /// Sealed by a newer age.
    #[error("sealed in a form that this version does not know")]
    Newer,
    /// The list of recipients has no end, or not soon enough.
    #[error("the list of recipients is longer than {MAX_HEAD} bytes, or cut short")]
    Head,
    /// Sealed for others.
    #[error("sealed for other keys than this one")]
    OtherKey,
    /// Sealed with a passphrase, and a key was given.
    #[error("sealed with a passphrase, not for a key")]
    NeedsPassphrase,
    /// Sealed for keys, and a passphrase was given.
    #[error("sealed for a key, not with a passphrase")]
    NeedsKey,
    /// Another passphrase.
    #[error("the passphrase does not fit")]
    WrongPassphrase,
    /// Trying a passphrase would take longer, and more memory, than a phone has.
    #[error("opening takes 2^{work_factor} steps, at most 2^{max} are taken")]
    TooMuchWork {
        /// What the file asks for.
        work_factor: u8,
        /// The most that is taken.
        max: u8,
    },
    /// Changed or cut short since it was sealed.
    #[error("changed or cut short since it was sealed")]
    Damaged,
}

/// Seals `plain` so that each of `recipients` can open it, and nobody else.
///
/// # Errors
/// See [`SealError`].
pub fn seal(plain: &[u8], recipients: &[Recipient]) -> Result<Vec<u8>, SealError> {
    if recipients.len() > MAX_RECIPIENTS {
        let found = recipients.len() as u64;
        return Err(SealError::TooManyRecipients { found });
    }
    let keys = recipients.iter().map(|recipient| recipient.to_age());
    let keys: Vec<age::x25519::Recipient> = keys
        .collect::<Result<_, _>>()
        .map_err(|_| SealError::Failed)?;
    let encryptor = Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient));
    encrypt(plain, encryptor)
}

/// Opens what was sealed for `identity`, among others.
///
/// # Errors
/// See [`OpenError`].
pub fn open(sealed: &[u8], identity: &Identity) -> Result<Vec<u8>, OpenError> {
    let decryptor = decryptor(sealed)?;
    if decryptor.is_scrypt() {
        return Err(OpenError::NeedsPassphrase);
    }
    // A key that age does not take opens nothing.
    let key = identity.to_age().map_err(|_| OpenError::OtherKey)?;
    decrypt(decryptor, &key, sealed.len()).map_err(|error| match error {
        DecryptError::NoMatchingKeys => OpenError::OtherKey,
        _ => OpenError::Damaged,
    })
}

fn encrypt(plain: &[u8], encryptor: Result<Encryptor, EncryptError>) -> Result<Vec<u8>, SealError> {
    let encryptor = encryptor.map_err(|error| match error {
        EncryptError::MissingRecipients => SealError::NoRecipient,
        _ => SealError::Failed,
    })?;
    let write = || -> std::io::Result<Vec<u8>> {
        let mut writer = encryptor.wrap_output(Vec::with_capacity(plain.len()))?;
        writer.write_all(plain)?;
        writer.finish()
    };
    write().map_err(|_| SealError::Failed)
}

fn decryptor(sealed: &[u8]) -> Result<Decryptor<&[u8]>, OpenError> {
    let version = sealed.strip_prefix(b"age-encryption.org/");
    let version = version.ok_or(OpenError::Foreign)?;
    if !version.starts_with(b"v1\n") {
        return Err(OpenError::Newer);
    }
    let head = sealed.get(..MAX_HEAD).unwrap_or(sealed);
    if !head.windows(LAST_LINE.len()).any(|line| line == LAST_LINE) {
        return Err(OpenError::Head);
    }
    Decryptor::new_buffered(sealed).map_err(|_| OpenError::Damaged)
}

fn decrypt(
    decryptor: Decryptor<&[u8]>,
    key: &dyn age::Identity,
    capacity: usize,
) -> Result<Vec<u8>, DecryptError> {
    let mut reader = decryptor.decrypt(std::iter::once(key))?;
    let mut plain = Vec::with_capacity(capacity);
    reader.read_to_end(&mut plain)?;
    Ok(plain)
}
