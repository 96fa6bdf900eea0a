//! 登记: students, dorms, the class.

pub(crate) mod checks;
pub(crate) mod students;

use leptos::prelude::*;

use crate::app::texts;

/// The three parts of 登记.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Students,
    Dorms,
    Class,
}

/// Switches between the parts.
#[component]
pub(crate) fn Parts(current: Part) -> impl IntoView {
    let item = |part: Part, href, label: fn() -> &'static str| {
        view! {
            <a class="segmented__item" href=href aria-current=(part == current).then_some("page")>
                {label()}
            </a>
        }
    };
    view! {
        <nav class="segmented" aria-label=texts().common.record>
            {item(Part::Students, "/record/students", || texts().common.students)}
            {item(Part::Dorms, "/record/dorms", || texts().common.dorms)}
            {item(Part::Class, "/record/class", || texts().common.class)}
        </nav>
    }
}
