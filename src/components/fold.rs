use leptos::prelude::*;

/// A card that opens: its head says what it is and how that stands; the rest is drawn when it is opened.
#[component]
pub(crate) fn Fold(
    #[prop(into)] is_open: Signal<bool>,
    #[prop(into)] toggle: Callback<()>,
    /// What it is.
    #[prop(into)]
    title: ViewFn,
    /// Small, below the title.
    #[prop(into)]
    below: ViewFn,
    /// At the end of the head.
    #[prop(into)]
    end: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <div class="card fold">
            <button
                class="fold__hd"
                type="button"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| toggle.run(())
            >
                <span class="strong wrap-anywhere">
                    {title.run()}
                    <span class="muted small table__sub">{below.run()}</span>
                </span>
                <span class="fold__end">{end.run()}</span>
            </button>
            {move || is_open.get().then(|| children())}
        </div>
    }
}
