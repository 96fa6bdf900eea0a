//! Whether a phone takes a pack over.

use serde::{Deserialize, Serialize};

use super::{PackVersion, SignedPack};
use crate::keys::DevicePublicKey;

/// What a phone makes of a signed pack that it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Judgement {
    /// From the device that invited this one, and newer than what it has.
    Accept,
    /// Nobody invited this device: a person looks at what changes and at whose pack it is, and decides.
    Ask,
    /// Not from the device that invited this one. It is not taken over, whatever a person thinks: the teacher
    /// publishes it, or invites again.
    NotTheInviter,
    /// This device has this very pack.
    Known,
    /// The issuer has published a newer one, which this device has.
    Older {
        /// The version that this device has.
        held: PackVersion,
    },
    /// The issuer signed another pack with this number: its device was set back, or copied. The next number
    /// ends it.
    OtherOfThisVersion,
}

impl SignedPack {
    /// What a device makes of it that `inviter` invited (`None`: nobody did) and that has `held`.
    ///
    /// Versions are an issuer's own: a class that is invited by another teacher takes that teacher's pack,
    /// whatever its number.
    pub fn judge(&self, inviter: Option<&DevicePublicKey>, held: Option<&Self>) -> Judgement {
        if inviter.is_some_and(|inviter| *inviter != self.issuer) {
            return Judgement::NotTheInviter;
        }
        if let Some(held) = held.filter(|held| held.issuer == self.issuer) {
            if held.version > self.version {
                let held = held.version;
                return Judgement::Older { held };
            }
            if held.version == self.version {
                return if held.bytes == self.bytes {
                    Judgement::Known
                } else {
                    Judgement::OtherOfThisVersion
                };
            }
        }
        match inviter {
            Some(_) => Judgement::Accept,
            None => Judgement::Ask,
        }
    }
}
