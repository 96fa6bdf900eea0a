use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::app::texts;

/// A half-screen over the page, as a modal `<dialog>`: the browser keeps the focus inside, closes it
/// on Escape and gives the focus back.
#[component]
pub(crate) fn Sheet(
    /// Whether it is open; set to false when the person closes it.
    open: RwSignal<bool>,
    #[prop(into)] title: TextProp,
    /// A second, smaller line of the title.
    #[prop(optional, into)]
    subtitle: Option<TextProp>,
    /// What stands below the content, e.g. buttons.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// Made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    follow(dialog, open);
    let children = StoredValue::new(children);
    let subtitle = subtitle.map(|text| view! { <small>{move || text.get()}</small> });
    let label = title.clone();
    view! {
        <dialog
            class="sheet"
            node_ref=dialog
            aria-label=move || label.get()
            on:close=move |_| open.set(false)
        >
            <header class="sheet__hd">
                <h2 class="sheet__title">{move || title.get()} {subtitle}</h2>
                <button class="sheet__close" on:click=move |_| open.set(false)>
                    {texts().common().close}
                </button>
            </header>
            <div class="sheet__bd">
                <Show when=move || open.get()>{move || children.with_value(|make| make())}</Show>
            </div>
            {footer.map(|footer| view! { <footer class="sheet__ft">{footer.run()}</footer> })}
        </dialog>
    }
}

/// A question in the middle of the screen, as a modal `<dialog>`.
#[component]
pub(crate) fn Ask(
    /// Whether it is open; set to false when the person answers or leaves.
    open: RwSignal<bool>,
    #[prop(into)] title: TextProp,
    #[prop(into)] text: TextProp,
    /// The label of the button that does it.
    #[prop(into)]
    yes: TextProp,
    #[prop(into)] on_yes: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    follow(dialog, open);
    let label = title.clone();
    let agree = move |_| {
        open.set(false);
        on_yes.run(());
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-label=move || label.get()
            on:close=move |_| open.set(false)
        >
            <h2 class="dialog__title">{move || title.get()}</h2>
            <p class="dialog__bd">{move || text.get()}</p>
            <footer class="dialog__ft">
                <button class="btn btn_default" on:click=move |_| open.set(false)>
                    {texts().common().cancel}
                </button>
                <button class="btn btn_warn" on:click=agree>{move || yes.get()}</button>
            </footer>
        </dialog>
    }
}

/// Opens and closes the dialog as the signal says.
fn follow(dialog: NodeRef<Dialog>, open: RwSignal<bool>) {
    Effect::new(move |_| {
        let (Some(dialog), open) = (dialog.get(), open.get()) else {
            return;
        };
        if open && !dialog.open() {
            // Fails only for a dialog that is open or out of the page, which it is not.
            let _shown = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
}
