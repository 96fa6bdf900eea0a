//! A teacher's note: this bundle was opened. The monitor's phone then shows 已查收.

use wuzha_core::time::UnixMillis;

use crate::bytes::Reader;
use crate::ids::BundleId;
use crate::keys::{DeviceKey, DevicePublicKey, PUBLIC_KEY_LEN, Signed};
use crate::note::{self, NoteError};

const KIND: &[u8; 3] = b"WZO";
const FORMAT: u8 = 1;
/// Bundle, key and time.
const FIELDS_LEN: usize = BundleId::LEN + PUBLIC_KEY_LEN + 8;

/// What a teacher says about a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The bundle.
    pub bundle: BundleId,
    /// The key of the device that opened it. Whether it is a teacher's, the phone knows from its
    /// invitation, or the server from its list.
    pub by: DevicePublicKey,
    /// When, by that device's clock.
    pub time: UnixMillis,
}

/// A note that its device signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedOpened {
    opened: Opened,
    bytes: Vec<u8>,
}

impl Opened {
    fn fields(&self) -> Vec<u8> {
        let mut out = note::begin(KIND, FORMAT, FIELDS_LEN);
        out.extend(self.bundle.to_bytes());
        out.extend(self.by.to_bytes());
        out.extend(self.time.0.to_be_bytes());
        out
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, NoteError> {
        Ok(Self {
            bundle: BundleId::from_bytes(reader.array()?),
            by: DevicePublicKey::from_bytes(&reader.array()?)?,
            time: UnixMillis(reader.u64()?),
        })
    }
}

impl SignedOpened {
    /// The note that the device with `key` opened `bundle` at `time`.
    pub fn sign(bundle: BundleId, time: UnixMillis, key: &DeviceKey) -> Self {
        let by = key.public();
        let opened = Opened { bundle, by, time };
        let mut bytes = opened.fields();
        bytes.extend(key.sign(Signed::Opened, &bytes));
        Self { opened, bytes }
    }

    /// Reads a note from outside, which the device that it names must have signed.
    ///
    /// # Errors
    /// See [`NoteError`].
    pub fn parse(bytes: Vec<u8>) -> Result<Self, NoteError> {
        let mut parts = note::split(&bytes, KIND, FORMAT, FIELDS_LEN)?;
        let opened = Opened::read(&mut parts.fields)?;
        let verified = opened
            .by
            .verify(Signed::Opened, parts.signed, &parts.signature);
        verified?;
        Ok(Self { opened, bytes })
    }

    /// What the teacher says.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// All of it, as it is stored and sent.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}
