//! Handing in: bundles that only the right people can open, and the notes that say where they are.
//!
//! Pure functions from bytes to values and back: no I/O, no clock. Keys are made from random bytes
//! that come in as arguments; only sealing draws its own, inside age. Everything that comes from
//! outside is parsed once, within bounds, into types that then need no more checks.
//!
//! `docs/formats.md` describes every format byte by byte; `tests/vectors` holds an example of each.
//!
//! # Layout
//! - [`hand_in`], [`receive`]: the way of a bundle, out and in; what the rest here is for
//! - [`write_bundle`], [`read_bundle`]: operations and ledgers as a ZIP that anyone can open
//! - [`seal`], [`open`]: age, for keys; [`seal_with_passphrase`], [`open_with_passphrase`]: for a
//!   personal backup
//! - [`Envelope`]: who hands in what, signed by the device
//! - [`SignedReceipt`], [`SignedOpened`]: a server's receipt, a teacher's note
//! - [`Invitation`]: how a device learns of its school; [`Claim`], [`Login`]: how it makes itself
//!   known there
//! - [`SignedPack`]: what a school changes of the content, signed by whoever publishes it
//! - [`Sending`], [`Receiving`]: a file as QR codes, from a screen to a camera
//! - [`write_recovery_key`], [`read_recovery_key`]: a secret key on paper
//! - [`DeviceKey`], [`ServerKey`]: who signs; [`Recipient`], [`Identity`]: who opens
//! - [`ClassRef`], [`ScopeId`], [`DevSeq`], [`BundleId`] and the other ids

mod base45;
mod bundle;
mod bytes;
mod claim;
mod envelope;
mod hand_in;
mod ids;
mod invitation;
mod keys;
mod login;
mod note;
mod opened;
mod receipt;
mod recovery;
mod school_pack;
mod scope;
mod sealing;
mod transfer;

pub use bundle::{
    Bundle, BundleError, BundleFile, FileName, FileNameError, MAX_FILES, MAX_PACKED, MAX_RATIO,
    MAX_UNPACKED, Origin, read_bundle, write_bundle,
};
pub use bytes::CutShort;
pub use claim::Claim;
pub use envelope::{Envelope, EnvelopeError, Header, MAX_ENVELOPE, Place, Standing};
pub use hand_in::{HandInError, ReceiveError, Sender, hand_in, receive};
pub use ids::{
    BundleId, Challenge, ClassId, ClassRef, DepartmentId, DevSeq, HeadHash, ParseHexError,
    SchoolId, SecretHash, Serial,
};
pub use invitation::{
    Invitation, InvitationError, InvitationSecret, Invited, Named, Role, ServerUrl, ServerUrlError,
    UnitName, UnitNameError,
};
pub use keys::{
    DeviceKey, DevicePublicKey, PublicKeyError, ServerKey, ServerPublicKey, SignatureError,
};
pub use login::Login;
pub use note::NoteError;
pub use opened::{Opened, SignedOpened};
pub use receipt::{Receipt, SignedReceipt};
pub use recovery::{RecoveryError, read_recovery_key, write_recovery_key};
pub use school_pack::{
    Judgement, MAX_CODE, MAX_SIGNED_PACK, PackVersion, SchoolPackError, SignedPack,
};
pub use scope::{ParseScopeError, ScopeId, Unit};
pub use sealing::{
    Identity, KeyTextError, MAX_RECIPIENTS, OpenError, Passphrase, Recipient, RecipientError,
    SealError, armoured, open, open_with_passphrase, seal, seal_with_passphrase, unarmoured,
};
pub use transfer::{
    FrameError, MAX_TRANSFER, Received, Receiving, Sending, SentFile, TooLargeToShow,
};
