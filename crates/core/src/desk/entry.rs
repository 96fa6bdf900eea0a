use std::fmt;

use serde::{Deserialize, Serialize};

use crate::log::DeviceId;
use crate::time::UnixMillis;

/// The id of something that was entered at a desk: a case, a sealed note. Ids sort by when that was, and two
/// devices never make one and the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId(String);

impl EntryId {
    /// The id of what is entered `at` this moment on `device`.
    pub fn new(at: UnixMillis, device: DeviceId) -> Self {
        Self(format!("{}-{device}", at.0))
    }

    /// What is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id that stands in a key.
    pub(super) fn of_part(part: &str) -> Self {
        Self(part.to_owned())
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
