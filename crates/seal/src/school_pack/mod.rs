//! A school pack: the files of the content that a school changes, signed by the device that publishes them.
//!
//! A class's phone gets it with the hand-in, as a file, or, where only `school.json` is in it, from a QR code.
//! Everything about the school is in clear: it is what hangs on its walls. What is protected is that nobody
//! else can put a download code or a criterion in the school's name.

mod files;
mod judge;

use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::pack::{MAX_PACK, PackFile, PackFiles};
use wuzha_core::time::UnixMillis;

use crate::base45::{self, NotBase45};
use crate::bytes::{CutShort, Reader};
use crate::keys::{
    DeviceKey, DevicePublicKey, PUBLIC_KEY_LEN, PublicKeyError, SIGNATURE_LEN, SignatureError,
    Signed,
};

pub use judge::Judgement;

const KIND: &[u8; 3] = b"WZP";
const FORMAT: u8 = 1;
/// Kind, format, version, time, issuer, and how large the files are.
const HEAD_LEN: usize = KIND.len() + 1 + 4 + 8 + PUBLIC_KEY_LEN + 4;
/// The most bytes of a signed pack: that of its files, and room for what deflating and the rest may add.
pub const MAX_SIGNED_PACK: usize = MAX_PACK + 16 * 1024;
/// The most characters of a pack as a code: what a phone's camera still reads from another's screen.
pub const MAX_CODE: usize = 2_048;
/// What the text of a code begins with; all of it is of the code's alphanumeric mode.
const CODE: &str = "WUZHA-PACK:";

/// The number of a pack among those of its issuer: 1, 2, 3 … It rises with each that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PackVersion(NonZeroU32);

/// Why bytes or a text are no signed pack, or why one cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum SchoolPackError {
    /// Something else.
    #[error("not a school pack")]
    Foreign,
    /// Made by another version of the app.
    #[error("format {found}, this version reads {expected}")]
    Format {
        /// Its format.
        found: u8,
        /// What this version reads.
        expected: u8,
    },
    /// Larger than any pack.
    #[error("{bytes} bytes, at most {max}")]
    TooLarge {
        /// How large it is.
        bytes: u64,
        /// How large it may be.
        max: u64,
    },
    /// Too large for a QR code: to be sent as a file.
    #[error("{chars} characters, a code has at most {MAX_CODE}")]
    TooLargeForACode {
        /// How many there would be.
        chars: u64,
    },
    /// A character that a code does not have in this place.
    #[error("misread at character {at}")]
    Character {
        /// Which, from 0, without what stands before the pack.
        at: u64,
    },
    /// The end is missing.
    #[error(transparent)]
    CutShort(#[from] CutShort),
    /// Packs are numbered from 1.
    #[error("numbered 0")]
    NoVersion,
    /// The issuer's key is none.
    #[error(transparent)]
    Key(#[from] PublicKeyError),
    /// Changed since it was signed, or signed by another.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// What is signed cannot be unpacked, or is larger or smaller than it says.
    #[error("its files cannot be unpacked")]
    Damaged,
    /// It changes nothing.
    #[error("no files")]
    NoFiles,
    /// A file that only a newer version of the app knows.
    #[error("{name:?} is a file of a newer version")]
    UnknownFile {
        /// Its name, at most its first 40 characters.
        name: String,
    },
    /// One file stands there twice, or they are not in their order.
    #[error("{file} is out of order, or there twice")]
    Order {
        /// The file's name.
        file: String,
    },
    /// A file is not text.
    #[error("{file} is not UTF-8")]
    NotText {
        /// The file's name.
        file: String,
    },
}

/// The files that a school changes, signed.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedPack {
    version: PackVersion,
    issued_at: UnixMillis,
    issuer: DevicePublicKey,
    files: PackFiles,
    bytes: Vec<u8>,
}

impl PackVersion {
    /// The number of an issuer's first pack.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// The number `n`; `None` for 0.
    pub fn new(n: u32) -> Option<Self> {
        NonZeroU32::new(n).map(Self)
    }

    /// The number itself.
    pub fn get(self) -> u32 {
        self.0.get()
    }

    /// The number after this one. It stands still at the end of all numbers, which nobody reaches.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for PackVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl SignedPack {
    /// The pack of `files`, signed by the device with `key`. Whether they are a sound pack, their reader
    /// has found out before (`WholePack`).
    ///
    /// # Errors
    /// [`SchoolPackError::NoFiles`] and [`SchoolPackError::TooLarge`].
    pub fn sign(
        files: PackFiles,
        version: PackVersion,
        issued_at: UnixMillis,
        key: &DeviceKey,
    ) -> Result<Self, SchoolPackError> {
        let unpacked = files::write(&files)?;
        let issuer = key.public();
        let mut bytes = Vec::from(KIND);
        bytes.push(FORMAT);
        bytes.extend(version.get().to_be_bytes());
        bytes.extend(issued_at.0.to_be_bytes());
        bytes.extend(issuer.to_bytes());
        // `write` has bounded it.
        let len = u32::try_from(unpacked.len()).unwrap_or(u32::MAX);
        bytes.extend(len.to_be_bytes());
        bytes.extend(files::deflate(&unpacked));
        bytes.extend(key.sign(Signed::Pack, &bytes));
        Ok(Self {
            version,
            issued_at,
            issuer,
            files,
            bytes,
        })
    }

    /// Reads a pack from outside, which the device that it names must have signed. Whether that device is
    /// one to be listened to, [`SignedPack::judge`] says.
    ///
    /// # Errors
    /// See [`SchoolPackError`].
    pub fn parse(bytes: Vec<u8>) -> Result<Self, SchoolPackError> {
        if !bytes.starts_with(KIND) {
            return Err(SchoolPackError::Foreign);
        }
        if bytes.len() > MAX_SIGNED_PACK {
            let (bytes, max) = (bytes.len() as u64, MAX_SIGNED_PACK as u64);
            return Err(SchoolPackError::TooLarge { bytes, max });
        }
        let mut reader = Reader::new(&bytes);
        reader.slice(KIND.len())?;
        let found = reader.u8()?;
        if found != FORMAT {
            let expected = FORMAT;
            return Err(SchoolPackError::Format { found, expected });
        }
        let version = PackVersion::new(reader.u32()?).ok_or(SchoolPackError::NoVersion)?;
        let issued_at = UnixMillis(reader.u64()?);
        let issuer = DevicePublicKey::from_bytes(&reader.array()?)?;
        let len = reader.u32()?;
        let at = bytes.len() as u64;
        let (packed, signature) = reader
            .rest()
            .split_last_chunk::<SIGNATURE_LEN>()
            .ok_or(CutShort { at })?;
        let signed = bytes.get(..HEAD_LEN + packed.len()).unwrap_or_default();
        issuer.verify(Signed::Pack, signed, signature)?;
        let files = files::read(&files::inflate(packed, len)?)?;
        Ok(Self {
            version,
            issued_at,
            issuer,
            files,
            bytes,
        })
    }

    /// The text of a QR code.
    ///
    /// # Errors
    /// [`SchoolPackError::TooLargeForACode`]; a pack of `school.json` alone fits, unless it lists classes.
    pub fn to_code(&self) -> Result<String, SchoolPackError> {
        let code = format!("{CODE}{}", base45::encode(&self.bytes));
        if code.len() > MAX_CODE {
            let chars = code.len() as u64;
            return Err(SchoolPackError::TooLargeForACode { chars });
        }
        Ok(code)
    }

    /// Reads the text of a QR code.
    ///
    /// # Errors
    /// See [`SchoolPackError`].
    pub fn parse_code(text: &str) -> Result<Self, SchoolPackError> {
        // Not white space: a space is a character of Base45.
        let text = text.trim_matches(['\r', '\n', '\t']);
        let code = text.strip_prefix(CODE).ok_or(SchoolPackError::Foreign)?;
        if text.len() > MAX_CODE {
            let chars = text.len() as u64;
            return Err(SchoolPackError::TooLargeForACode { chars });
        }
        let bytes = base45::decode(code);
        let bytes = bytes.map_err(|NotBase45 { at }| SchoolPackError::Character { at });
        Self::parse(bytes?)
    }

    /// Reads what a person was given: a file, or the text of a QR code.
    ///
    /// # Errors
    /// See [`SchoolPackError`].
    pub fn parse_given(bytes: &[u8]) -> Result<Self, SchoolPackError> {
        match str::from_utf8(bytes) {
            Ok(text) if text.starts_with(CODE) => Self::parse_code(text),
            _ => Self::parse(bytes.to_vec()),
        }
    }

    /// Its number among its issuer's.
    pub fn version(&self) -> PackVersion {
        self.version
    }

    /// When it was signed, by the issuer's clock.
    pub fn issued_at(&self) -> UnixMillis {
        self.issued_at
    }

    /// The device that published it.
    pub fn issuer(&self) -> DevicePublicKey {
        self.issuer
    }

    /// The files, to be laid over those that ship.
    pub fn files(&self) -> &PackFiles {
        &self.files
    }

    /// All of it, as it is stored and sent.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for SignedPack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = self.files.iter().map(|(file, _)| file);
        f.debug_struct("SignedPack")
            .field("version", &self.version)
            .field("issued_at", &self.issued_at)
            .field("issuer", &self.issuer)
            .field("files", &files.collect::<Vec<PackFile>>())
            .finish_non_exhaustive()
    }
}
