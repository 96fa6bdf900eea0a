//! Logging in: a server's challenge, signed by a device. The server then lets it read for a while.

use crate::bytes::Reader;
use crate::ids::Challenge;
use crate::keys::{DeviceKey, DevicePublicKey, PUBLIC_KEY_LEN, ServerPublicKey, Signed};
use crate::note::{self, NoteError};

const KIND: &[u8; 3] = b"WZL";
const FORMAT: u8 = 1;
/// Server, challenge and key.
const FIELDS_LEN: usize = PUBLIC_KEY_LEN + Challenge::LEN + PUBLIC_KEY_LEN;

/// What a device answers to a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Login {
    /// The server that is answered, so that no other can pass its own challenge off as that one's.
    pub server: ServerPublicKey,
    /// What the server drew.
    pub challenge: Challenge,
    /// The key of the device, which it proves to have by signing.
    pub by: DevicePublicKey,
}

impl Login {
    /// The answer of the device with `key`, signed, as it is sent.
    pub fn sign(challenge: Challenge, server: ServerPublicKey, key: &DeviceKey) -> Vec<u8> {
        let mut bytes = note::begin(KIND, FORMAT, FIELDS_LEN);
        bytes.extend(server.to_bytes());
        bytes.extend(challenge.to_bytes());
        bytes.extend(key.public().to_bytes());
        bytes.extend(key.sign(Signed::Login, &bytes));
        bytes
    }

    /// Reads an answer from outside, which the device that it names must have signed. Whether the
    /// challenge is one of its own and still good, the server knows.
    ///
    /// # Errors
    /// See [`NoteError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        let mut parts = note::split(bytes, KIND, FORMAT, FIELDS_LEN)?;
        let login = Self::read(&mut parts.fields)?;
        login
            .by
            .verify(Signed::Login, parts.signed, &parts.signature)?;
        Ok(login)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, NoteError> {
        Ok(Self {
            server: ServerPublicKey::from_bytes(&reader.array()?)?,
            challenge: Challenge::from_bytes(reader.array()?),
            by: DevicePublicKey::from_bytes(&reader.array()?)?,
        })
    }
}
