//! What a teacher needs to know.

use leptos::prelude::*;

use crate::shell::Screen;

/// What a teacher needs to know.
#[component]
pub(crate) fn Teacher() -> impl IntoView {
    view! { <Screen title="Teacher" back="/">""</Screen> }
}
