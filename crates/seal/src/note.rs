//! What receipts, opened notes, claims and logins have in common: a few signed bytes, of a kind and a format.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::bytes::{CutShort, Reader};
use crate::keys::{PublicKeyError, SIGNATURE_LEN, SignatureError};

/// Why bytes are no receipt, opened note, claim or login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum NoteError {
    /// Something else.
    #[error("not of this kind")]
    Foreign,
    /// Made by another version.
    #[error("format {found}, this version reads {expected}")]
    Format {
        /// Its format.
        found: u8,
        /// What this version reads.
        expected: u8,
    },
    /// The end is missing.
    #[error(transparent)]
    CutShort(#[from] CutShort),
    /// Something follows that was not signed.
    #[error("{0} bytes too many")]
    TooLong(u64),
    /// A part of a school that this version does not know.
    #[error("for an unknown part of a school")]
    Scope,
    /// Bundles are numbered from 1 in their scope too.
    #[error("numbered 0")]
    NoNumber,
    /// The signer's key is none.
    #[error(transparent)]
    Key(#[from] PublicKeyError),
    /// Not signed by this key.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

/// A note from outside: what is signed, without kind and format, and the signature.
pub(crate) struct Parts<'a> {
    /// What the signature is over: kind and format too.
    pub(crate) signed: &'a [u8],
    /// The fields.
    pub(crate) fields: Reader<'a>,
    /// The signature, not verified yet.
    pub(crate) signature: [u8; SIGNATURE_LEN],
}

/// The first bytes of a note of this `kind`, with room for `len` bytes of fields.
pub(crate) fn begin(kind: &[u8; 3], format: u8, len: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(kind.len() + 1 + len);
    bytes.extend(kind);
    bytes.push(format);
    bytes
}

/// Takes a note of this `kind`, whose fields are `len` bytes, apart.
pub(crate) fn split<'a>(
    bytes: &'a [u8],
    kind: &[u8; 3],
    format: u8,
    len: usize,
) -> Result<Parts<'a>, NoteError> {
    let mut reader = Reader::new(bytes);
    if !bytes.starts_with(kind) {
        return Err(NoteError::Foreign);
    }
    reader.slice(kind.len())?;
    let found = reader.u8()?;
    if found != format {
        let expected = format;
        return Err(NoteError::Format { found, expected });
    }
    reader.slice(len)?;
    let signed = bytes.get(..reader.taken()).unwrap_or_default();
    let signature = reader.array()?;
    match reader.rest().len() {
        0 => {}
        more => return Err(NoteError::TooLong(more as u64)),
    }
    // Once more, now that it is known to be whole.
    let mut fields = Reader::new(signed);
    fields.slice(kind.len() + 1)?;
    Ok(Parts {
        signed,
        fields,
        signature,
    })
}
