//! Where the app runs, as far as the browser says so: what can be kept and installed how.

use leptos::prelude::window;

/// What the app runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surroundings {
    /// WeChat's own view, which may clear what is stored.
    WeChat,
    /// A browser of iPhone or iPad.
    Ios,
    /// A browser of Android.
    Android,
    /// A computer, or a phone that does not say.
    Other,
}

/// What the app runs in, by the user agent.
pub(crate) fn surroundings() -> Surroundings {
    let agent = window().navigator().user_agent().unwrap_or_default();
    let says = |word: &str| agent.contains(word);
    if says("MicroMessenger") {
        Surroundings::WeChat
    } else if says("iPhone") || says("iPad") {
        Surroundings::Ios
    } else if says("Android") {
        Surroundings::Android
    } else {
        Surroundings::Other
    }
}

/// Whether the app was opened from the home screen.
pub(crate) fn is_installed() -> bool {
    let query = window().match_media("(display-mode: standalone)");
    matches!(query, Ok(Some(list)) if list.matches())
}
