//! The small things kept beside the database: the sentinel, and which book is shown.
//!
//! gloo-storage panics where the browser refuses localStorage (a private window, site data switched
//! off), so every access here asks first.

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use leptos::prelude::window;
use wuzha_core::storage::Sentinel;

const EXAMPLE_SHOWN: &str = "wuzha.example";

/// Whether the browser lets this page keep preferences.
pub(crate) fn is_available() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// The sentinel of the book `name`.
pub(crate) fn sentinel(name: &str) -> Option<Sentinel> {
    is_available()
        .then(|| LocalStorage::get(sentinel_key(name)).ok())
        .flatten()
}

/// Keeps the sentinel of the book `name`. Where that fails the book is as safe as before, only its
/// loss would not be noticed.
pub(crate) fn keep_sentinel(name: &str, sentinel: Sentinel) {
    if is_available() {
        let _ = LocalStorage::set(sentinel_key(name), sentinel);
    }
}

/// Forgets the sentinel of the book `name`: it is gone on purpose.
pub(crate) fn forget_sentinel(name: &str) {
    if is_available() {
        LocalStorage::delete(sentinel_key(name));
    }
}

/// Whether this tab showed the example before it was reloaded.
pub(crate) fn example_was_shown() -> bool {
    session_is_available() && SessionStorage::get(EXAMPLE_SHOWN).unwrap_or(false)
}

/// Remembers for this tab whether it shows the example.
pub(crate) fn remember_example(shown: bool) {
    if session_is_available() {
        let _ = SessionStorage::set(EXAMPLE_SHOWN, shown);
    }
}

fn session_is_available() -> bool {
    matches!(window().session_storage(), Ok(Some(_)))
}

fn sentinel_key(name: &str) -> String {
    format!("{name}.sentinel")
}
