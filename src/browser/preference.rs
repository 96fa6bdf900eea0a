//! Small things this device remembers for the person: no records.
//!
//! Where the browser refuses localStorage (a private window, site data switched off), nothing is
//! remembered and nothing breaks.

use gloo_storage::{LocalStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::local;

/// What was kept under `key`; nothing, too, for what cannot be read any more.
pub(crate) fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    local::is_available()
        .then(|| LocalStorage::get(key).ok())
        .flatten()
}

/// Keeps `value` under `key`; whether that succeeded.
#[must_use]
pub(crate) fn keep<T: Serialize>(key: &str, value: &T) -> bool {
    local::is_available() && LocalStorage::set(key, value).is_ok()
}

/// Forgets what was kept under `key`.
pub(crate) fn forget(key: &str) {
    if local::is_available() {
        LocalStorage::delete(key);
    }
}
