//! Small things this device remembers for the person, of any type: no records. As JSON, and so not for
//! what the first screen needs, which has no JSON reader.

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
