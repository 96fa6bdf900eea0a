//! An invitation: what a QR code or a link on one person's screen gives to another's phone, so that
//! it knows the server, for whom to seal, and how to prove once that it was invited.
//!
//! The keys go from screen to screen, face to face, so that a server cannot put its own in their
//! place. The QR code holds [`Invitation::to_code`]: Base45, which scanners hand on unchanged. The
//! link of [`Invitation::to_link`] carries the same bytes behind `#`, which browsers do not send to
//! the server.

mod binary;
mod parts;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::time::UnixMillis;

use crate::base45::{self, NotBase45};
use crate::bytes::CutShort;
use crate::ids::Serial;
use crate::keys::{DevicePublicKey, PublicKeyError, ServerPublicKey};
use crate::sealing::{Identity, MAX_RECIPIENTS, Recipient, RecipientError};

pub use parts::{
    InvitationSecret, Invited, Named, Role, ServerUrl, ServerUrlError, UnitName, UnitNameError,
};

/// What the text of a code begins with.
const CODE: &str = "WZI:";
/// What stands before the invitation in a link.
const FRAGMENT: &str = "#i=";
/// More characters than any invitation has.
const MAX_TEXT: usize = 4096;

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The school's server.
    pub server: ServerUrl,
    /// The key with which the server signs receipts.
    pub server_key: ServerPublicKey,
    /// What the invitation is known by.
    pub serial: Serial,
    /// What proves once that someone holds it.
    pub secret: InvitationSecret,
    /// What whoever accepts it becomes.
    pub role: Role,
    /// For which part of the school.
    pub place: Invited,
    /// From when it is no longer accepted.
    pub expires: UnixMillis,
    /// For whom to seal what is handed in, besides the class itself: teacher, department, school.
    pub recipients: Vec<Recipient>,
    /// The class's own key, with which its phones open each other's bundles.
    pub class_key: Option<Identity>,
    /// The device that invites, whose notes of opened bundles then count; `None` for the first
    /// invitation of a school, which the server itself makes.
    pub issuer: Option<DevicePublicKey>,
}

/// Why a text is no invitation, or why one cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum InvitationError {
    /// Another code or link.
    #[error("not an invitation")]
    Foreign,
    /// More than an invitation can have.
    #[error("too long for an invitation")]
    TooLong,
    /// A character that an invitation does not have in this place.
    #[error("misread at character {at}")]
    Character {
        /// Which, from 0, without what stands before the invitation.
        at: u64,
    },
    /// The check bytes do not fit: misread, or not copied whole.
    #[error("misread, or not copied whole")]
    Misread,
    /// Made by another version of the app.
    #[error("format {found}, this version reads {expected}")]
    Format {
        /// Its format.
        found: u8,
        /// What this version reads.
        expected: u8,
    },
    /// A field has no end.
    #[error(transparent)]
    CutShort(#[from] CutShort),
    /// Something follows after the last field.
    #[error("{0} bytes too many")]
    TooMuch(u64),
    /// A role that this version does not know.
    #[error("unknown role {0}")]
    UnknownRole(u8),
    /// Parts that this version does not know.
    #[error("unknown parts {0:#010b}")]
    UnknownParts(u8),
    /// A role for a part of the school that it is not given for.
    #[error("no {0:?} for this part of the school")]
    Role(Role),
    /// A name or address that is no text.
    #[error("a text that is not UTF-8")]
    NotText,
    /// Not the address of a server.
    #[error("server: {0}")]
    Server(#[from] ServerUrlError),
    /// Not the name of a part of a school.
    #[error("name: {0}")]
    Name(#[from] UnitNameError),
    /// A server's or issuer's key that is none.
    #[error(transparent)]
    Key(#[from] PublicKeyError),
    /// A recipient's key that is none.
    #[error(transparent)]
    Recipient(#[from] RecipientError),
    /// Nobody to seal for, or more than fit.
    #[error("{0} recipients; 1 to {MAX_RECIPIENTS} are needed")]
    Recipients(u64),
}

impl Invitation {
    /// The text of the QR code, all of it in the code's alphanumeric mode.
    ///
    /// # Errors
    /// [`InvitationError::Role`] and [`InvitationError::Recipients`] for an invitation that nobody
    /// could use.
    pub fn to_code(&self) -> Result<String, InvitationError> {
        Ok(format!("{CODE}{}", base45::encode(&self.to_bytes()?)))
    }

    /// The link that opens the app of the school's server.
    ///
    /// # Errors
    /// As [`Invitation::to_code`].
    pub fn to_link(&self) -> Result<String, InvitationError> {
        let bytes = URL_SAFE_NO_PAD.encode(self.to_bytes()?);
        Ok(format!("{}/{FRAGMENT}{bytes}", self.server))
    }

    /// Reads a scanned code, or a text in which the link stands.
    ///
    /// # Errors
    /// See [`InvitationError`].
    pub fn parse(text: &str) -> Result<Self, InvitationError> {
        if text.len() > MAX_TEXT {
            return Err(InvitationError::TooLong);
        }
        // Not white space: a space is a character of Base45.
        let text = text.trim_matches(['\r', '\n', '\t']);
        if let Some(code) = text.strip_prefix(CODE) {
            let bytes = base45::decode(code);
            let bytes = bytes.map_err(|NotBase45 { at }| InvitationError::Character { at });
            return Self::from_bytes(&bytes?);
        }
        let (_, rest) = text.split_once(FRAGMENT).ok_or(InvitationError::Foreign)?;
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let bytes = rest.get(..end).unwrap_or_default();
        let bytes = URL_SAFE_NO_PAD.decode(bytes);
        Self::from_bytes(&bytes.map_err(|_| InvitationError::Misread)?)
    }

    /// For whom to seal what is handed in, the class included.
    pub fn seal_for(&self) -> Vec<Recipient> {
        let class = self.class_key.as_ref().map(Identity::recipient);
        self.recipients.iter().copied().chain(class).collect()
    }

    /// Whether it is still accepted at `now`.
    pub fn is_valid_at(&self, now: UnixMillis) -> bool {
        now < self.expires
    }
}
