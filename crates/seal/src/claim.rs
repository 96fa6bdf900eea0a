//! A claim: the secret of an invitation, with the key of the device that holds it. A server takes it
//! once; from then on the device is what the invitation made it.

use wuzha_core::log::DeviceId;

use crate::bytes::Reader;
use crate::ids::{SchoolId, Serial};
use crate::invitation::{Invitation, InvitationSecret};
use crate::keys::{DeviceKey, DevicePublicKey, PUBLIC_KEY_LEN, ServerPublicKey, Signed};
use crate::note::{self, NoteError};

const KIND: &[u8; 3] = b"WZC";
const FORMAT: u8 = 1;
/// Server, school, serial, secret and key.
const FIELDS_LEN: usize =
    PUBLIC_KEY_LEN + SchoolId::LEN + Serial::LEN + InvitationSecret::LEN + PUBLIC_KEY_LEN;

/// What a device says to become what its invitation makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The server that the invitation names, so that no other can pass the claim on.
    pub server: ServerPublicKey,
    /// The school.
    pub school: SchoolId,
    /// Which invitation.
    pub serial: Serial,
    /// What only a holder of the invitation knows.
    pub secret: InvitationSecret,
    /// The key of the device, which it proves to have by signing.
    pub by: DevicePublicKey,
}

impl Claim {
    /// The claim of the device with `key`, signed, as it is sent.
    pub fn sign(invitation: &Invitation, key: &DeviceKey) -> Vec<u8> {
        let mut bytes = note::begin(KIND, FORMAT, FIELDS_LEN);
        bytes.extend(invitation.server_key.to_bytes());
        bytes.extend(invitation.place.school.id.to_bytes());
        bytes.extend(invitation.serial.to_bytes());
        bytes.extend(invitation.secret.expose_bytes());
        bytes.extend(key.public().to_bytes());
        bytes.extend(key.sign(Signed::Claim, &bytes));
        bytes
    }

    /// Reads a claim from outside, which the device that it names must have signed. Whether the
    /// secret fits, the server knows.
    ///
    /// # Errors
    /// See [`NoteError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        let mut parts = note::split(bytes, KIND, FORMAT, FIELDS_LEN)?;
        let claim = Self::read(&mut parts.fields)?;
        claim
            .by
            .verify(Signed::Claim, parts.signed, &parts.signature)?;
        Ok(claim)
    }

    /// Who claims.
    pub fn device(&self) -> DeviceId {
        self.by.device()
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, NoteError> {
        Ok(Self {
            server: ServerPublicKey::from_bytes(&reader.array()?)?,
            school: SchoolId::from_bytes(reader.array()?),
            serial: Serial::from_bytes(reader.array()?),
            secret: InvitationSecret::from_bytes(reader.array()?),
            by: DevicePublicKey::from_bytes(&reader.array()?)?,
        })
    }
}
