//! 导入花名册.

use leptos::prelude::*;

use crate::shell::Screen;

/// 导入花名册.
#[component]
pub(crate) fn Import() -> impl IntoView {
    view! { <Screen title="Import" back="/">""</Screen> }
}
