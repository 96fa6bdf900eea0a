//! What is sealed with a passphrase, so that the program `age` opens it too: any file, and the keys of a device
//! that reads, for the day when the device is lost or replaced.
//!
//! There are no backups of keys for a class's phone: two phones with one key would number their bundles alike,
//! and another invitation is as good.

use serde::{Deserialize, Serialize};
use wuzha_jobs::courier::{Failure, SealedError};
use wuzha_seal::{
    ClassId, Identity, Invitation, Named, OpenError, Passphrase, SealError, open_with_passphrase,
    seal_with_passphrase,
};
use zeroize::Zeroizing;

use crate::desk::Desk;
use crate::keys::Keys;
use crate::member::Member;

const FORMAT: &str = "wuzha-keys/1";

/// What is sealed, as JSON; `docs/formats.md` describes it.
#[derive(Serialize, Deserialize)]
struct Backup {
    format: String,
    /// The link.
    invitation: String,
    /// The secret key that signs, in hex.
    device: Zeroizing<String>,
    /// The secret key that opens, as `age` reads it.
    identity: Zeroizing<String>,
    classes: Vec<Named<ClassId>>,
}

/// The sealed keys of a desk.
///
/// # Errors
/// [`SealedError::ShortPassphrase`].
pub(crate) fn write(desk: &Desk, passphrase: &str) -> Result<Vec<u8>, Failure> {
    let Member {
        invitation, keys, ..
    } = desk.member();
    let backup = Backup {
        format: FORMAT.to_owned(),
        invitation: invitation.to_link()?,
        device: Zeroizing::new(hex::encode(keys.expose_device())),
        identity: keys.identity.expose_text(),
        classes: desk.named().collect(),
    };
    let json = serde_json::to_vec(&backup).map(Zeroizing::new);
    let json = json.map_err(|error| Failure::Stored(error.to_string()))?;
    sealed(&json, passphrase)
}

/// The desk whose keys were sealed. What its classes handed in is fetched anew.
///
/// # Errors
/// [`Failure::Sealed`].
pub(crate) async fn read(sealed: &[u8], passphrase: &str) -> Result<Desk, Failure> {
    let json = Zeroizing::new(opened(sealed, passphrase)?);
    let backup: Backup = serde_json::from_slice(&json).map_err(|_| SealedError::Foreign)?;
    if backup.format != FORMAT {
        return Err(SealedError::Foreign.into());
    }
    let mut device = Zeroizing::new([0; 32]);
    hex::decode_to_slice(backup.device.as_bytes(), &mut *device)
        .map_err(|_| SealedError::Damaged)?;
    let identity: Identity = backup.identity.parse().map_err(|_| SealedError::Damaged)?;
    let invitation = Invitation::parse(&backup.invitation)?;
    let member = Member::of_keys(invitation, Keys::new(&device, &identity)).await?;
    Ok(Desk::of_classes(member, backup.classes))
}

/// Seals with a passphrase.
///
/// # Errors
/// [`SealedError::ShortPassphrase`].
pub(crate) fn sealed(plain: &[u8], passphrase: &str) -> Result<Vec<u8>, Failure> {
    let sealed = seal_with_passphrase(plain, &Passphrase::new(passphrase));
    sealed.map_err(|error| match error {
        SealError::ShortPassphrase { min } => SealedError::ShortPassphrase { min }.into(),
        other => Failure::Seal(other.to_string()),
    })
}

/// Opens what was sealed with a passphrase.
///
/// # Errors
/// All of [`SealedError`] but the first.
pub(crate) fn opened(sealed: &[u8], passphrase: &str) -> Result<Vec<u8>, SealedError> {
    let opened = open_with_passphrase(sealed, &Passphrase::new(passphrase));
    opened.map_err(|error| match error {
        OpenError::WrongPassphrase => SealedError::WrongPassphrase,
        OpenError::Damaged | OpenError::Head => SealedError::Damaged,
        _ => SealedError::Foreign,
    })
}
