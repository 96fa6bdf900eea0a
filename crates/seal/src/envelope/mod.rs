//! The envelope around a sealed bundle: who hands in what, as the how-manieth, and the device's
//! signature. A server reads all of it and opens nothing.
//!
//! `docs/formats.md` has the bytes. A device's envelopes are numbered without gaps and each names the
//! one before, so that one that is missing, and two that claim one place, are seen by whoever has the
//! neighbours.

mod chain;
mod header;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use wuzha_core::log::DeviceId;

use crate::bytes::{CutShort, Reader};
use crate::ids::{BundleId, ClassRef, DevSeq};
use crate::keys::{DeviceKey, PublicKeyError, SIGNATURE_LEN, SignatureError, Signed};

pub use chain::{Place, Standing};
use header::HEADER_LEN;
pub use header::Header;

/// The most bytes of an envelope: what a server takes in one request.
pub const MAX_ENVELOPE: usize = 8 * 1024 * 1024;

/// Where the sealed bundle begins.
const CIPHERTEXT_AT: usize = HEADER_LEN + SIGNATURE_LEN;

/// Why bytes are no envelope, or one that nothing can be said of.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum EnvelopeError {
    /// Another kind of file.
    #[error("not a sealed bundle")]
    Foreign,
    /// A program that took the file for text changed the ends of its lines.
    #[error("line ends were changed on the way, as in a text file")]
    SentAsText,
    /// Made by another version of the app.
    #[error("format {found}, this version reads {expected}")]
    Format {
        /// Its format.
        found: u8,
        /// What this version reads.
        expected: u8,
    },
    /// Sealed or signed in a way that this version does not know.
    #[error("suite {found}, this version knows {expected}")]
    UnknownSuite {
        /// Its suite.
        found: u8,
        /// What this version knows.
        expected: u8,
    },
    /// More than a server takes.
    #[error("{bytes} bytes, at most {MAX_ENVELOPE}")]
    TooLarge {
        /// How many there are, or are said to be.
        bytes: u64,
    },
    /// The end is missing.
    #[error(transparent)]
    CutShort(#[from] CutShort),
    /// More or fewer bytes follow than the header says.
    #[error("{found} bytes are sealed, the header says {declared}")]
    Length {
        /// What the header says.
        declared: u64,
        /// How many there are.
        found: u64,
    },
    /// The device's key is none.
    #[error(transparent)]
    Key(#[from] PublicKeyError),
    /// The device's id is not that of its key.
    #[error("device {claimed} is named, the key is of {of_key}")]
    OtherDevice {
        /// Who is named.
        claimed: DeviceId,
        /// Whose key it is.
        of_key: DeviceId,
    },
    /// Bundles are numbered from 1.
    #[error("numbered 0")]
    NoNumber,
    /// The first bundle names none before it, every other names one.
    #[error(
        "number {dev_seq} names the bundle before it where there is none, or none where there is"
    )]
    Previous {
        /// Its number.
        dev_seq: u64,
    },
    /// The sealed bytes are not those that were signed.
    #[error("changed since it was signed")]
    Damaged,
    /// The header was not signed by this device.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

/// A sealed, signed bundle, checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    header: Header,
    id: BundleId,
    bytes: Vec<u8>,
}

impl Envelope {
    /// Puts what was sealed into an envelope signed by `key`, next after `previous`.
    ///
    /// # Errors
    /// [`EnvelopeError::TooLarge`].
    pub fn sign(
        sealed: &[u8],
        class: ClassRef,
        previous: Option<Place>,
        key: &DeviceKey,
    ) -> Result<Self, EnvelopeError> {
        let bytes = CIPHERTEXT_AT.saturating_add(sealed.len()) as u64;
        let len = u32::try_from(sealed.len()).map_err(|_| EnvelopeError::TooLarge { bytes })?;
        if bytes > MAX_ENVELOPE as u64 {
            return Err(EnvelopeError::TooLarge { bytes });
        }
        let header = Header {
            class,
            key: key.public(),
            dev_seq: previous.map_or(DevSeq::FIRST, |place| place.dev_seq.next()),
            previous: previous.map(|place| place.id),
            sha256: Sha256::digest(sealed).into(),
            len,
        };
        let head = header.to_bytes();
        let signature = key.sign(Signed::Envelope, &head);
        let bytes = [&head, &signature[..], sealed].concat();
        Ok(Self {
            header,
            id: BundleId::of(&bytes),
            bytes,
        })
    }

    /// Reads an envelope from outside and checks everything that can be checked without opening it.
    /// Whether the device may hand in for this class, only the server and the teacher know.
    ///
    /// # Errors
    /// See [`EnvelopeError`].
    pub fn parse(bytes: Vec<u8>) -> Result<Self, EnvelopeError> {
        let mut reader = Reader::new(&bytes);
        header::read_magic(&mut reader)?;
        if bytes.len() > MAX_ENVELOPE {
            let bytes = bytes.len() as u64;
            return Err(EnvelopeError::TooLarge { bytes });
        }
        let header = Header::read(&mut reader)?;
        let signed = bytes.get(..HEADER_LEN).unwrap_or_default();
        let signature = reader.array()?;
        let sealed = reader.rest();
        if sealed.len() as u64 != u64::from(header.len) {
            return Err(EnvelopeError::Length {
                declared: u64::from(header.len),
                found: sealed.len() as u64,
            });
        }
        header.key.verify(Signed::Envelope, signed, &signature)?;
        if <[u8; 32]>::from(Sha256::digest(sealed)) != header.sha256 {
            return Err(EnvelopeError::Damaged);
        }
        Ok(Self {
            header,
            id: BundleId::of(&bytes),
            bytes,
        })
    }

    /// Reads a file of envelopes, one behind the other: what a phone has sealed, for a reader whom no network
    /// reaches.
    ///
    /// # Errors
    /// See [`EnvelopeError`]; of the first one that is none.
    pub fn parse_all(mut bytes: &[u8]) -> Result<Vec<Self>, EnvelopeError> {
        let mut envelopes = Vec::new();
        loop {
            let mut reader = Reader::new(bytes);
            header::read_magic(&mut reader)?;
            let header = Header::read(&mut reader)?;
            let length = CIPHERTEXT_AT.saturating_add(header.len as usize);
            // The last one is as long as it is: whether it is cut short, it says itself.
            let (first, rest) = bytes.split_at_checked(length).unwrap_or((bytes, &[]));
            envelopes.push(Self::parse(first.to_vec())?);
            if rest.is_empty() {
                return Ok(envelopes);
            }
            bytes = rest;
        }
    }

    /// Who hands in what.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What the bundle is known by.
    pub fn id(&self) -> BundleId {
        self.id
    }

    /// Its place among its device's bundles, which the next one names.
    pub fn place(&self) -> Place {
        Place {
            dev_seq: self.header.dev_seq,
            id: self.id,
        }
    }

    /// What was sealed: a file that `age` opens.
    pub fn sealed(&self) -> &[u8] {
        self.bytes.get(CIPHERTEXT_AT..).unwrap_or_default()
    }

    /// All of it, as it is stored and sent.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All of it.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Envelope")
            .field("id", &self.id)
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}
