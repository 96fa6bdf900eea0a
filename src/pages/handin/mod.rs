//! 上交: files out, backup, restore.

use leptos::prelude::*;

use crate::shell::Screen;

/// 上交.
#[component]
pub(crate) fn HandIn() -> impl IntoView {
    view! { <Screen title="HandIn" back="/">""</Screen> }
}

/// 恢复.
#[component]
pub(crate) fn Restore() -> impl IntoView {
    view! { <Screen title="Restore" back="/">""</Screen> }
}
