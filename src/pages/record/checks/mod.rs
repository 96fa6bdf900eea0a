//! 登记 · 寝室 and 班级: checklists by rounds, and the gates of the awards.

use leptos::prelude::*;

use crate::shell::Screen;

/// 登记 · 寝室.
#[component]
pub(crate) fn Dorms() -> impl IntoView {
    view! { <Screen title="Dorms" back="/">""</Screen> }
}

/// One dorm and its checklist.
#[component]
pub(crate) fn Dorm() -> impl IntoView {
    view! { <Screen title="Dorm" back="/">""</Screen> }
}

/// 登记 · 班级.
#[component]
pub(crate) fn ClassChecks() -> impl IntoView {
    view! { <Screen title="ClassChecks" back="/">""</Screen> }
}
