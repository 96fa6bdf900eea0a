//! 登记: students, dorms, the class.

mod activities;
mod checks;
mod students;

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::guarded;
use crate::app::texts;
use checks::{ClassChecks, Dorm, Dorms};
use students::{AddStudent, Students};

/// The screens of this part.
#[derive(Clone, Copy)]
pub(crate) enum RecordPage {
    Students,
    AddStudent,
    Dorms,
    Dorm,
    Class,
}

/// Draws a screen of this part, which is loaded first.
#[wasm_split(class, fallible, preload(preload_class))]
pub(crate) fn record(page: RecordPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        RecordPage::Students => guarded(Students),
        RecordPage::AddStudent => guarded(AddStudent),
        RecordPage::Dorms => guarded(Dorms),
        RecordPage::Dorm => guarded(Dorm),
        RecordPage::Class => guarded(ClassChecks),
    })
}

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
        <nav class="segmented" aria-label=texts().common().record>
            {item(Part::Students, "/record/students", || texts().common().students)}
            {item(Part::Dorms, "/record/dorms", || texts().common().dorms)}
            {item(Part::Class, "/record/class", || texts().common().class)}
        </nav>
    }
}
