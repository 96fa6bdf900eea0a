use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wuzha_core::book::{
    Activity, ActivityField, ActivityKind, ActivityText, activity_id, commands,
};
use wuzha_core::ident::Slug;
use wuzha_core::log::Change;

use super::draft::Draft;
use super::{Editing, kind_text};
use crate::app::texts;
use crate::browser::{clock, random};
use crate::components::Sheet;
use crate::shell::{SaveProblem, commit_undoable};

/// The half-screen in which an activity is added, changed or taken off the list.
#[component]
pub(super) fn ActivitySheet(editing: RwSignal<Editing>, open: RwSignal<bool>) -> impl IntoView {
    let title = move || {
        editing.with(|editing| match editing {
            Editing::New => texts().activities().add,
            Editing::Known(..) => texts().activities().edit,
        })
    };
    // Below the content, so that it stays in sight of however long a form.
    let footer = move || view! { <Buttons editing open/> };
    view! {
        <Sheet open title=title footer=footer>
            // Behind a modal dialog the page's own can be neither seen nor tapped.
            <SaveProblem/>
            <Form editing=editing.get_untracked() open/>
        </Sheet>
    }
}

/// Which form the buttons below it are of.
const FORM: &str = "activity";

#[component]
fn Buttons(editing: RwSignal<Editing>, open: RwSignal<bool>) -> impl IntoView {
    let remove = move || match editing.get() {
        Editing::New => None,
        Editing::Known(id, activity) => Some(view! { <Remove id activity=*activity open/> }),
    };
    view! {
        {remove}
        <button class="btn btn_primary" type="submit" form=FORM>
            {texts().common().save}
        </button>
    }
}

#[component]
fn Form(editing: Editing, open: RwSignal<bool>) -> impl IntoView {
    let draft = match &editing {
        Editing::New => Draft::new(),
        Editing::Known(_, activity) => Draft::of(activity),
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some((changes, said)) = written(&editing, draft) {
            commit_undoable(changes, said);
            open.set(false);
        }
    };
    view! {
        <form class="stack" id=FORM novalidate on:submit=save>
            <p class="muted small">{texts().activities().nobody}</p>
            <Kinds draft/>
            <Input draft field=ActivityField::Day value=draft.day kind="date"/>
            <Input draft field=ActivityField::Title value=draft.title/>
            <Input draft field=ActivityField::People value=draft.people kind="numeric"/>
            <Input draft field=ActivityField::Place value=draft.place/>
            <Show when=move || has_analysis(draft.kind.get()) || !draft.analysis.with(String::is_empty)>
                <Input draft field=ActivityField::Analysis value=draft.analysis/>
            </Show>
            // What is written stays to be seen when another kind is chosen.
            <Show when=move || has_partner(draft.kind.get()) || !draft.partner.with(String::is_empty)>
                <Input draft field=ActivityField::Partner value=draft.partner/>
            </Show>
            <Input draft field=ActivityField::Measures value=draft.measures/>
        </form>
    }
}

/// What is written, and what is said of it; `None` while something is wrong with what was typed.
fn written(editing: &Editing, draft: Draft) -> Option<(Vec<Change>, String)> {
    match editing {
        Editing::New => {
            let input = draft.read(true)?;
            let id = new_id()?;
            let kind = input.kind.map_or("", texts().activities().kind);
            let said = (texts().activities().added)(kind);
            Some((commands::add_activity(&id, &input), said))
        }
        Editing::Known(id, activity) => {
            let input = draft.read(false)?;
            let kind = input
                .kind
                .map_or(kind_text(activity), texts().activities().kind);
            let said = (texts().activities().changed)(kind);
            Some((commands::change_activity(activity, id, &input), said))
        }
    }
}

/// Without a source of randomness two phones would have to record in the very same second to meet.
fn new_id() -> Option<Slug> {
    let [a, b, ..] = random::random_bytes().unwrap_or_default();
    activity_id(clock::now(), clock::offset(), u16::from_be_bytes([a, b]))
}

fn has_analysis(kind: Option<ActivityKind>) -> bool {
    kind == Some(ActivityKind::WorkMeeting)
}

/// Kinds that are held with somebody from outside, and those of which nothing is known.
fn has_partner(kind: Option<ActivityKind>) -> bool {
    !matches!(
        kind,
        Some(ActivityKind::ClassMeeting | ActivityKind::WorkMeeting | ActivityKind::Family)
    )
}

#[component]
fn Kinds(draft: Draft) -> impl IntoView {
    let choice = move |kind: ActivityKind| {
        view! {
            <button
                class="filter"
                type="button"
                aria-pressed=move || (draft.kind.get() == Some(kind)).to_string()
                on:click=move |_| draft.kind.set(Some(kind))
            >
                {(texts().activities().kind)(kind)}
            </button>
        }
    };
    let choices = ActivityKind::ALL.iter().copied().map(choice);
    view! {
        <div
            class="row"
            role="group"
            aria-label=(texts().activities().field)(ActivityField::Kind, None)
        >
            {choices.collect_view()}
        </div>
        {move || said(draft, ActivityField::Kind)}
    }
}

/// A field of one line, with what is wrong with it. Its label follows the kind.
#[component]
fn Input(
    draft: Draft,
    field: ActivityField,
    value: RwSignal<String>,
    /// `date`, or `numeric` for a number typed as text, so that what is no number can be told as such.
    #[prop(default = "text")]
    kind: &'static str,
) -> impl IntoView {
    let about = format!("activity-{}", field.code());
    let is_wrong = move || draft.problem(field).is_some();
    let latest = (kind == "date").then(|| clock::now().date(clock::offset()));
    let latest = latest.flatten().map(|day| day.to_string());
    view! {
        <label class="field">
            <span class="field__label">
                {move || (texts().activities().field)(field, draft.kind.get())}
            </span>
            <input
                class="field__input"
                type=if kind == "date" { "date" } else { "text" }
                inputmode=(kind == "numeric").then_some("numeric")
                max=latest
                autocomplete="off"
                maxlength=ActivityText::MAX_CHARS
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=about.clone()
                bind:value=value
            />
            <span id=about>{move || said(draft, field)}</span>
        </label>
    }
}

/// What is wrong with a field, or else what helps to fill it in.
fn said(draft: Draft, field: ActivityField) -> Option<AnyView> {
    if let Some(problem) = draft.problem(field) {
        return Some(view! { <span class="field__error" role="alert">{problem}</span> }.into_any());
    }
    (field == ActivityField::People).then(|| {
        view! { <span class="field__hint">{texts().activities().people_hint}</span> }.into_any()
    })
}

#[component]
fn Remove(id: Slug, activity: Activity, open: RwSignal<bool>) -> impl IntoView {
    let remove = move |_| {
        let said = (texts().activities().removed)(kind_text(&activity));
        commit_undoable(commands::remove_activity(&id), said);
        open.set(false);
    };
    view! {
        <button class="btn btn_plain btn_warn" type="button" on:click=remove>
            {texts().activities().remove}
        </button>
    }
}
