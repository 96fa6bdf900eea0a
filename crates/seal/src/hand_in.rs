//! Handing in and receiving: a bundle, sealed, in its envelope, and back.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::log::Op;

use crate::bundle::{Bundle, BundleError, BundleFile, Origin, read_bundle, write_bundle};
use crate::envelope::{Envelope, EnvelopeError, Place};
use crate::ids::{ClassRef, DevSeq};
use crate::keys::DeviceKey;
use crate::sealing::{Identity, OpenError, Recipient, SealError, open, seal};

/// Who hands in, and what came before.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// The device's key.
    pub key: &'a DeviceKey,
    /// The class that is handed in.
    pub class: ClassRef,
    /// The device's last bundle; `None` before its first.
    pub previous: Option<Place>,
}

/// Why nothing was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum HandInError {
    /// The bundle could not be written.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// It does not fit into an envelope.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
}

/// Why a bundle that was handed in was not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ReceiveError {
    /// It could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// What was sealed is not a bundle that can be taken over.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// Someone put another's sealed bundle, or an earlier one, into an envelope of their own.
    #[error("the sealed bundle is another than the envelope says")]
    OtherOrigin {
        /// What the envelope says.
        envelope: Origin,
        /// What the bundle says.
        bundle: Origin,
    },
}

/// `ops` and `files`, sealed for `recipients` and signed, next after what the sender handed in
/// before. Sealing is never twice the same: keep these bytes and send exactly them, however often.
///
/// # Errors
/// See [`HandInError`].
pub fn hand_in(
    ops: &[Op],
    files: &[BundleFile],
    sender: Sender<'_>,
    recipients: &[Recipient],
) -> Result<Envelope, HandInError> {
    let Sender {
        key,
        class,
        previous,
    } = sender;
    let origin = Origin {
        class: Some(class),
        device: key.public().device(),
        dev_seq: Some(previous.map_or(DevSeq::FIRST, |place| place.dev_seq.next())),
    };
    let sealed = seal(&write_bundle(&origin, ops, files)?, recipients)?;
    Ok(Envelope::sign(&sealed, class, previous, key)?)
}

/// Opens what was handed in.
///
/// # Errors
/// See [`ReceiveError`].
pub fn receive(envelope: &Envelope, identity: &Identity) -> Result<Bundle, ReceiveError> {
    let bundle = read_bundle(&open(envelope.sealed(), identity)?)?;
    let header = envelope.header();
    let said = Origin {
        class: Some(header.class),
        device: header.device(),
        dev_seq: Some(header.dev_seq),
    };
    if bundle.origin != said {
        return Err(ReceiveError::OtherOrigin {
            envelope: said,
            bundle: bundle.origin,
        });
    }
    Ok(bundle)
}
