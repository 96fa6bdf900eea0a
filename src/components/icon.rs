use leptos::prelude::*;

/// A line icon on a 24 × 24 grid; it says nothing to screen readers, a text beside it must.
#[component]
pub(crate) fn Icon(
    /// The `d` of its path.
    path: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
}
