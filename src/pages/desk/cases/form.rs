use leptos::prelude::*;
use wuzha_core::desk::{AmountBand, CaseStatus, Channel, Course};
use wuzha_jobs::cases::CasesChange;

use super::draft::Draft;
use super::field::{Line, Select, Words};
use super::{Editing, Saving, Shown};
use crate::app::texts;

/// A case, entered or corrected.
#[component]
pub(super) fn CaseForm(shown: Shown, editing: Editing) -> impl IntoView {
    let (title, case) = match editing {
        Editing::New => (texts().cases().enter, None),
        Editing::Case(case) => (texts().cases().correct, Some(*case)),
    };
    let draft = shown
        .board
        .with_untracked(|board| Draft::of(board, case.as_ref()));
    let case = StoredValue::new(case);
    let saving = Saving::new();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let facts = match draft.facts() {
            Ok(facts) => facts,
            Err(text) => return saving.fail(text),
        };
        let change = match case.get_value() {
            None => CasesChange::Record(facts),
            Some(of) => CasesChange::Correct(of.case, facts),
        };
        shown.write(change, saving, move || shown.editing.set(None));
    };
    view! {
        <form class="card stack" aria-label=title on:submit=save>
            <p class="strong">{title}</p>
            <p class="small">{texts().cases().nobody}</p>
            <When draft/>
            <What draft/>
            <Where draft/>
            <div class="fields">
                <Line label=texts().cases().reported_school kind="date" value=draft.reported_school hint=texts().cases().not_reported_hint/>
                <Line label=texts().cases().reported_police kind="date" value=draft.reported_police hint=texts().cases().not_reported_hint/>
            </div>
            <Select
                label=texts().cases().status
                options=names(CaseStatus::ALL, texts().cases().status_of)
                chosen=draft.status
            />
            <Words label=texts().cases().follow_up value=draft.follow_up hint=texts().cases().nobody/>
            <Words label=texts().cases().lessons value=draft.lessons hint=texts().cases().nobody/>
            {saving.said()}
            <div class="btn-row">
                <button class="btn btn_default" type="button" on:click=move |_| shown.editing.set(None)>
                    {texts().common().cancel}
                </button>
                <button class="btn btn_primary" disabled=move || saving.is_busy.get()>
                    {texts().common().save}
                </button>
            </div>
        </form>
    }
}

#[component]
fn When(draft: Draft) -> impl IntoView {
    view! {
        <div class="fields">
            <Line label=texts().cases().day kind="date" value=draft.day/>
            <Line label=texts().cases().time kind="time" value=draft.time/>
        </div>
    }
}

#[component]
fn What(draft: Draft) -> impl IntoView {
    view! {
        <div class="fields">
            <Select label=texts().cases().kind options=draft.kind_names() chosen=draft.kind/>
            <Select
                label=texts().cases().band
                options=names(AmountBand::ALL, texts().cases().band_of)
                chosen=draft.band
            />
            <Select
                label=texts().cases().channel
                options=names(Channel::ALL, texts().cases().channel_of)
                chosen=draft.channel
            />
            <Select
                label=texts().cases().course
                options=names(Course::ALL, texts().cases().course_of)
                chosen=draft.course
            />
        </div>
    }
}

#[component]
fn Where(draft: Draft) -> impl IntoView {
    view! {
        <div class="fields">
            <Select
                label=texts().cases().class
                options=draft.class_names()
                chosen=draft.class
                on_choose=Callback::new(move |at| draft.follow_class(at))
            />
            <Line label=texts().cases().department kind="text" value=draft.department/>
        </div>
    }
}

/// The names of all of a kind, in their order.
fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|of| name(*of).to_owned()).collect()
}
