//! What only a person decides.

use thiserror::Error;
use wuzha_seal::BundleId;

use super::{Body, Entry, Outbox, State};
use crate::ranges::OpRanges;
use crate::refusal::About;

/// A person's yes to deleting a bundle's bytes, after the screen said what that means.
#[derive(Debug)]
pub struct Consent(());

/// Why a bundle's bytes are not deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DeleteError {
    /// It is no bundle of this outbox.
    #[error("no bundle {0} here")]
    Unknown(BundleId),
    /// It is still to be uploaded.
    #[error("still to be handed in")]
    Waiting,
    /// Some of what it carries is in no bundle with a receipt.
    #[error("{0} operations in it have no receipt yet")]
    NoReceipt(u64),
}

impl Consent {
    /// To be made where the person's answer arrives, and nowhere else.
    pub fn given() -> Self {
        Self(())
    }
}

impl Outbox {
    /// Notes that the stored bytes of a bundle are deleted; the caller deletes them in the same
    /// transaction. The records themselves stay in the log.
    ///
    /// # Errors
    /// [`DeleteError`] while anything in it has no receipt, whatever the person said.
    pub fn delete(&mut self, id: BundleId, _: Consent) -> Result<(), DeleteError> {
        let delivered = self.delivered();
        let entry = self.entry_mut(id).ok_or(DeleteError::Unknown(id))?;
        if matches!(entry.state, State::Waiting { .. }) {
            return Err(DeleteError::Waiting);
        }
        let open = entry.carries.without(&delivered);
        if !open.is_empty() {
            return Err(DeleteError::NoReceipt(open.len()));
        }
        entry.body = Body::Deleted;
        Ok(())
    }

    /// A person asks to try again what was refused, or the device was invited anew, or the app is
    /// another version. Bundles that were refused for the device are uploaded again; what others
    /// carried is sealed anew, as if for the first time.
    pub fn retry(&mut self) {
        self.too_large = OpRanges::default();
        for entry in &mut self.entries {
            if let State::Refused { why } = entry.state {
                entry.state = match (why.about(), entry.body) {
                    (About::Device, Body::Kept) => State::FRESH,
                    _ => State::Abandoned,
                };
            }
        }
    }

    /// The stored bytes of a bundle are not where they should be. If it still had to be uploaded, what
    /// it carried is sealed anew.
    pub fn bytes_lost(&mut self, id: BundleId) {
        if let Some(entry) = self.entry_mut(id) {
            entry.body = Body::Deleted;
            if !matches!(entry.state, State::Delivered { .. }) {
                entry.state = State::Abandoned;
            }
        }
    }

    fn delivered(&self) -> OpRanges {
        let has_receipt = |entry: &&Entry| entry.receipt().is_some();
        let carried = self.entries.iter().filter(has_receipt);
        carried.flat_map(|entry| entry.carries.iter()).collect()
    }
}
