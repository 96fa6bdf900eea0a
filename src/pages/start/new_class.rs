//! Making a class.

use leptos::prelude::*;

use crate::shell::Screen;

/// Making a class.
#[component]
pub(crate) fn NewClass() -> impl IntoView {
    view! { <Screen title="NewClass" back="/">""</Screen> }
}
