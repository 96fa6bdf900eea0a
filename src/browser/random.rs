//! The browser's source of randomness.

use leptos::prelude::window;

/// Eight random bytes, or `None` where the browser has no source of them.
pub(crate) fn random_bytes() -> Option<[u8; 8]> {
    let mut bytes = [0; 8];
    let crypto = window().crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
