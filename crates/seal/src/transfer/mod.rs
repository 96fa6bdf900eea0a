//! A file as QR codes without an end, from one screen to another's camera, with no network: 面对面传.
//!
//! A camera misses codes and nobody can ask for one again. So the file is cut into parts that are shown once in
//! their order; then each code shows several parts mixed (XOR) by its number. Whoever has seen about as many
//! different codes as there are parts, whichever they were, has the file: a random linear code over GF(2).
//!
//! # Layout
//! - here: the bounds, and how a file becomes the bytes that are cut
//! - `frame`: the text of one code; `mix`: which parts are in it
//! - `sending`, `receiving`: the two ends

mod frame;
mod mix;
mod receiving;
mod sending;

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::bundle::FileName;
use crate::bytes::{Reader, push_short_slice};

pub use receiving::{Received, Receiving};
pub use sending::Sending;

/// The most bytes of a file: some two minutes at five codes a second when none is missed. A class's hand-in has
/// about 40 KB; whoever has more sends the file, which is then quicker.
pub const MAX_TRANSFER: usize = 256 * 1024;
/// Bytes of a part. With what names it, 757 characters: a QR code of version 15, level L, 77 modules wide. That is
/// what the app's decoder still reads where the code fills little more than half of 640 pixels
/// (`crates/worker/src/qr.rs`).
const PART: usize = 480;
/// The most parts that a transfer from outside may have, whatever it says of their size: what is kept to put it
/// together grows with the square of their number.
const MAX_PARTS: usize = 1_024;
/// The most bytes that are cut: hash, name and file.
const MAX_WHOLE: usize = HASH_LEN + 1 + FileName::MAX_LEN + MAX_TRANSFER;
const HASH_LEN: usize = 32;

/// Which transfer a code is of: the first bytes of the hash that its bytes begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TransferId([u8; 8]);

/// A file that came or goes by codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    /// What it is called.
    pub name: FileName,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why a file does not go by codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{bytes} bytes, at most {MAX_TRANSFER} go by codes")]
pub struct TooLargeToShow {
    /// How large it is.
    pub bytes: u64,
}

/// Why a code was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FrameError {
    /// Something else: another code of the app, or of anybody.
    #[error("not a code of a transfer")]
    Foreign,
    /// Shown by another version of the app.
    #[error("format {found}, this version reads {expected}")]
    Format {
        /// Its format.
        found: u8,
        /// What this version reads.
        expected: u8,
    },
    /// It has a tag of ours and no content that we write: too short, too long, misread, or made up.
    #[error("misread")]
    Misread,
    /// Another file than the one that is being received.
    #[error("of another transfer")]
    OtherTransfer,
    /// All parts are there and do not make the file that they name. What was received is forgotten.
    #[error("the whole is not what was sent")]
    Damaged,
}

/// The bytes that are cut: the SHA-256 of all that follows, the name behind its length, the file.
fn whole_of(file: &SentFile) -> Vec<u8> {
    let mut content = Vec::with_capacity(1 + FileName::MAX_LEN + file.bytes.len());
    push_short_slice(&mut content, file.name.as_str().as_bytes());
    content.extend(&file.bytes);
    let hash: [u8; HASH_LEN] = Sha256::digest(&content).into();
    [&hash[..], &content].concat()
}

/// The file in bytes that were put together again, if they are those that were cut.
fn file_of(whole: &[u8], id: TransferId) -> Result<SentFile, FrameError> {
    let mut reader = Reader::new(whole);
    let damaged = |_cut_short| FrameError::Damaged;
    let hash: [u8; HASH_LEN] = reader.array().map_err(damaged)?;
    let is_same = hash == <[u8; HASH_LEN]>::from(Sha256::digest(reader.rest()));
    if !is_same || TransferId::of(whole) != Some(id) {
        return Err(FrameError::Damaged);
    }
    let name = reader.short_slice().map_err(damaged)?;
    let name = str::from_utf8(name).ok();
    let name = name.and_then(|name| FileName::try_from(name).ok());
    Ok(SentFile {
        name: name.ok_or(FrameError::Damaged)?,
        bytes: reader.rest().to_vec(),
    })
}

impl TransferId {
    fn of(whole: &[u8]) -> Option<Self> {
        whole.first_chunk().copied().map(Self)
    }
}
