//! 登记 · 学生: the class list with status, batch registration and what belongs to one student.

use leptos::prelude::*;

use crate::shell::Screen;

/// 登记 · 学生.
#[component]
pub(crate) fn Students() -> impl IntoView {
    view! { <Screen title="Students" back="/">""</Screen> }
}

/// 手动添加.
#[component]
pub(crate) fn AddStudent() -> impl IntoView {
    view! { <Screen title="AddStudent" back="/">""</Screen> }
}
