use leptos::prelude::*;

use crate::app::texts;

/// How many screens are being loaded, given through the context.
#[derive(Clone, Copy)]
pub(crate) struct Loading(RwSignal<u32>);

impl Loading {
    /// Nothing is being loaded.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// A screen begins to load; to be followed by [`Loading::end`].
    pub(crate) fn begin() -> Self {
        let loading = expect_context::<Self>();
        loading.0.update(|count| *count += 1);
        loading
    }

    /// It is there, or has failed.
    pub(crate) fn end(self) {
        self.0.update(|count| *count = count.saturating_sub(1));
    }
}

/// The sign that a tapped screen is on its way: the one before it stays until then. Shown only for what
/// takes long enough to be noticed.
#[component]
pub(crate) fn LoadingBar() -> impl IntoView {
    let loading = expect_context::<Loading>();
    view! {
        <Show when=move || loading.0.get() != 0>
            <progress class="loadingbar" aria-label=texts().storage().opening></progress>
        </Show>
    }
}
