//! How a device's bundles follow each other.

use serde::{Deserialize, Serialize};

use super::Header;
use crate::ids::{BundleId, DevSeq};

/// The place of a bundle among those of its device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its number.
    pub dev_seq: DevSeq,
    /// Its id, which the next one names.
    pub id: BundleId,
}

/// How a bundle stands to the last one known of its device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It comes next.
    Next,
    /// Bundles between the two are missing: so many.
    Gap(u64),
    /// It comes next and names another one before it, or it claims the same place: the device was
    /// copied, or set back to an old state.
    Fork,
    /// It is the last one known, or one before it.
    Earlier,
}

impl Header {
    /// How the bundle with this header and `id` stands to `last`, the last one known of its device;
    /// `None` when none is.
    pub fn standing(&self, id: BundleId, last: Option<Place>) -> Standing {
        let number = self.dev_seq.get();
        let last_number = last.map_or(0, |place| place.dev_seq.get());
        let last_id = last.map(|place| place.id);
        if number == last_number {
            let same = last_id == Some(id);
            return if same {
                Standing::Earlier
            } else {
                Standing::Fork
            };
        }
        match number.checked_sub(last_number) {
            None => Standing::Earlier,
            Some(1) if self.previous == last_id => Standing::Next,
            Some(1) => Standing::Fork,
            Some(ahead) => Standing::Gap(ahead.saturating_sub(1)),
        }
    }
}
