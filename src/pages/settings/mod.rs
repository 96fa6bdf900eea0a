//! 设置, and settling conflicts.

use leptos::prelude::*;

use crate::shell::Screen;

/// 设置.
#[component]
pub(crate) fn Settings() -> impl IntoView {
    view! { <Screen title="Settings" back="/">""</Screen> }
}

/// Settling conflicts.
#[component]
pub(crate) fn Conflicts() -> impl IntoView {
    view! { <Screen title="Conflicts" back="/">""</Screen> }
}
