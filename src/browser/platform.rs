//! Which kind of phone this is, as far as it says so.

use leptos::prelude::window;

/// The app stores differ by platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    Android,
    /// iPhone, PC, HarmonyOS NEXT and all others: they search their own store.
    Other,
}

/// The platform by the user agent.
pub(crate) fn platform() -> Platform {
    match window().navigator().user_agent() {
        Ok(agent) if agent.contains("Android") => Platform::Android,
        _ => Platform::Other,
    }
}

/// Whether this is WeChat's own browser, which blocks downloads and links into app stores.
pub(crate) fn in_wechat() -> bool {
    let agent = window().navigator().user_agent();
    agent.is_ok_and(|agent| agent.contains("MicroMessenger"))
}

/// How many cores there are, as far as the browser says.
pub(crate) fn cores() -> usize {
    // A whole number, whatever type it comes in.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few"
    )]
    let cores = window().navigator().hardware_concurrency() as usize;
    cores
}
