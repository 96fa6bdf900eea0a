use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// One of several, chosen by its place.
#[component]
pub(super) fn Select(
    label: &'static str,
    options: Vec<String>,
    chosen: RwSignal<usize>,
    /// What follows from another choice.
    #[prop(optional, into)]
    on_choose: Option<Callback<usize>>,
) -> impl IntoView {
    let choose = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            chosen.set(at);
            if let Some(on_choose) = on_choose {
                on_choose.run(at);
            }
        }
    };
    let options = options.into_iter().enumerate().map(|(at, option)| {
        view! {
            <option value=at.to_string() selected=move || chosen.get() == at>{option}</option>
        }
    });
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select class="field__input" on:change=choose>{options.collect_view()}</select>
        </label>
    }
}

/// A field of one line.
#[component]
pub(super) fn Line(
    label: &'static str,
    /// As in HTML: `text`, `date`, `time`, `number`.
    kind: &'static str,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: TextProp,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input class="field__input" type=kind min=(kind == "number").then_some("0") autocomplete="off" bind:value=value/>
            <span class="field__hint">{move || hint.get()}</span>
        </label>
    }
}

/// A field of several lines.
#[component]
pub(super) fn Words(
    label: &'static str,
    value: RwSignal<String>,
    hint: &'static str,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <textarea class="field__input" rows="3" bind:value=value></textarea>
            <span class="field__hint">{hint}</span>
        </label>
    }
}
