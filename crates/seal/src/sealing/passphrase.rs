//! Sealing with a passphrase, for a personal backup.

use std::fmt;

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Encryptor, scrypt};

use super::{OpenError, SealError, decrypt, decryptor, encrypt};

/// The fewest characters of a passphrase that something is sealed with.
const MIN_CHARS: usize = 8;

/// 2^16 steps of scrypt: 64 MiB of memory, under a second on a phone of 2021. age's own choice of
/// 2^18 takes 256 MiB, more than a web page gets on many phones.
const WORK_FACTOR: u8 = 16;

/// What the program `age` asks for; a file that asks for more, up to hours, is not opened.
const MAX_WORK_FACTOR: u8 = 18;

/// A passphrase as a person typed it, without white space at its ends. Wiped from memory when
/// dropped, never printed by `{:?}`.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// The passphrase that was typed.
    pub fn new(typed: &str) -> Self {
        Self(SecretString::from(typed.trim()))
    }

    fn chars(&self) -> usize {
        self.0.expose_secret().chars().count()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// Seals `plain` so that whoever knows `passphrase` can open it. Takes about a second on a phone.
///
/// # Errors
/// [`SealError::ShortPassphrase`] for fewer than 8 characters.
pub fn seal_with_passphrase(plain: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, SealError> {
    if passphrase.chars() < MIN_CHARS {
        let min = MIN_CHARS as u64;
        return Err(SealError::ShortPassphrase { min });
    }
    // `new` proposes a work factor by the clock, which a phone's browser has none of; it is replaced.
    let mut recipient = scrypt::Recipient::new(passphrase.0.clone());
    recipient.set_work_factor(WORK_FACTOR);
    let recipient: &dyn age::Recipient = &recipient;
    encrypt(
        plain,
        Encryptor::with_recipients(std::iter::once(recipient)),
    )
}

/// Opens what was sealed with `passphrase`, by this app or by the program `age`.
///
/// # Errors
/// See [`OpenError`].
pub fn open_with_passphrase(sealed: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, OpenError> {
    let decryptor = decryptor(sealed)?;
    if !decryptor.is_scrypt() {
        return Err(OpenError::NeedsKey);
    }
    let mut identity = scrypt::Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    decrypt(decryptor, &identity, sealed.len()).map_err(|error| match error {
        DecryptError::ExcessiveWork { required, .. } => OpenError::TooMuchWork {
            work_factor: required,
            max: MAX_WORK_FACTOR,
        },
        DecryptError::DecryptionFailed => OpenError::WrongPassphrase,
        _ => OpenError::Damaged,
    })
}
