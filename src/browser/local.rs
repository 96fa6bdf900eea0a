//! Texts kept beside the database: the sentinel, what the person prefers, which book is shown.
//!
//! gloo-storage panics where the browser refuses localStorage (a private window, site data switched
//! off), so every access here asks first; nothing is remembered then and nothing breaks. Its `get` and
//! `set` take any type as JSON: see [`super::preference`], which the first screen does without.

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use leptos::prelude::window;
use wuzha_core::storage::Sentinel;

const EXAMPLE_SHOWN: &str = "wuzha.example";

/// Whether the browser lets this page keep anything here.
pub(super) fn is_available() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// The text kept under `key`.
pub(crate) fn text(key: &str) -> Option<String> {
    let kept = is_available().then(|| LocalStorage::raw().get_item(key));
    kept?.ok().flatten()
}

/// Keeps `text` under `key`; whether that succeeded.
#[must_use]
pub(crate) fn keep_text(key: &str, text: &str) -> bool {
    is_available() && LocalStorage::raw().set_item(key, text).is_ok()
}

/// Forgets what was kept under `key`.
pub(crate) fn forget(key: &str) {
    if is_available() {
        LocalStorage::delete(key);
    }
}

/// The sentinel of the book `name`.
pub(crate) fn sentinel(name: &str) -> Option<Sentinel> {
    text(&sentinel_key(name))?.parse().ok()
}

/// Keeps the sentinel of the book `name`. Where that fails the book is as safe as before, only its
/// loss would not be noticed.
pub(crate) fn keep_sentinel(name: &str, sentinel: Sentinel) {
    let _kept = keep_text(&sentinel_key(name), &sentinel.to_string());
}

/// Forgets the sentinel of the book `name`: it is gone on purpose.
pub(crate) fn forget_sentinel(name: &str) {
    forget(&sentinel_key(name));
}

/// Whether this tab showed the example before it was reloaded.
pub(crate) fn example_was_shown() -> bool {
    let kept = session_is_available().then(|| SessionStorage::raw().get_item(EXAMPLE_SHOWN));
    matches!(kept, Some(Ok(Some(_))))
}

/// Remembers for this tab whether it shows the example.
pub(crate) fn remember_example(shown: bool) {
    if !session_is_available() {
        return;
    }
    if shown {
        let _full_at_worst = SessionStorage::raw().set_item(EXAMPLE_SHOWN, "shown");
    } else {
        SessionStorage::delete(EXAMPLE_SHOWN);
    }
}

fn session_is_available() -> bool {
    matches!(window().session_storage(), Ok(Some(_)))
}

fn sentinel_key(name: &str) -> String {
    format!("{name}.sentinel")
}
