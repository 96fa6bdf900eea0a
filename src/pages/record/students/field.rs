use leptos::html::Input;
use leptos::prelude::*;
use wuzha_core::ident::{DormName, IdentError};
use wuzha_core::text;

use crate::app::texts;
use crate::store::Store;

/// The `id` of the list of dorms that [`DormNames`] offers.
const DORMS: &str = "known-dorms";

/// A line to type, with its label, a hint, and what is wrong with it.
#[component]
pub(super) fn Field(
    /// Unique on the page.
    id: &'static str,
    label: fn() -> &'static str,
    #[prop(optional)] hint: Option<fn() -> &'static str>,
    typed: RwSignal<String>,
    /// What is wrong, if anything.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// Runs when the person has left the field after a change.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    #[prop(optional)] suggest: Suggest,
    #[prop(optional)] node_ref: NodeRef<Input>,
) -> impl IntoView {
    let about = format!("{id}-about");
    let describes = about.clone();
    let described = move || {
        let problem = problem.get();
        match (problem, hint) {
            (Some(problem), _) => {
                Some(view! { <p class="field__error" role="alert">{problem}</p> }.into_any())
            }
            (None, Some(hint)) => Some(view! { <p class="field__hint">{hint()}</p> }.into_any()),
            (None, None) => None,
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>{label()}</label>
            <input
                class="field__input"
                id=id
                type="text"
                autocomplete="off"
                list=(suggest == Suggest::Dorms).then_some(DORMS)
                aria-describedby=describes
                aria-invalid=move || problem.get().is_some().then_some("true")
                prop:value=move || typed.get()
                on:input:target=move |event| typed.set(event.target().value())
                on:change=move |_| {
                    if let Some(on_leave) = on_leave {
                        on_leave.run(());
                    }
                }
                node_ref=node_ref
            />
            <div id=about>{described}</div>
        </div>
    }
}

/// What a [`Field`] suggests while typing.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Suggest {
    #[default]
    Nothing,
    /// The dorms of the class; needs [`DormNames`] on the page.
    Dorms,
}

/// The dorms of the class, to be suggested.
#[component]
pub(super) fn DormNames() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let dorms = move || {
        let option = |dorm: &DormName| view! { <option value=dorm.as_str().to_owned()></option> };
        book.with(|book| book.dorms().into_keys().map(option).collect_view())
    };
    view! { <datalist id=DORMS>{dorms}</datalist> }
}

/// Reads a dorm that may be left empty.
pub(super) fn read_dorm(typed: &str) -> Result<Option<DormName>, IdentError> {
    if text::clean(typed).is_empty() {
        return Ok(None);
    }
    DormName::try_from(typed).map(Some)
}

/// What is wrong with a dorm, in words.
pub(super) fn dorm_problem(error: &IdentError) -> String {
    (texts().students().dorm_error)(error)
}
