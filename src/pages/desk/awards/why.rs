use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::award::{Candidate, Decision, Reason, Review, Ruling};

use super::super::problem;
use super::Shown;
use crate::app::texts;
use crate::browser::clock;
use crate::content;
use crate::pages::{GateRow, GateStanding};
use crate::shelf;

/// What a candidate was decided by: each gate with its numbers, and what people decided.
#[component]
pub(super) fn Why(shown: Shown, candidate: Candidate, ruling: Ruling) -> impl IntoView {
    let criteria = content::pack().criteria(shown.level.get_untracked());
    let assessment = ruling.assessment;
    let gates = criteria.gates.iter().zip(&assessment.gates);
    let rows = gates.map(|(gate, standing)| {
        let standing: GateStanding = *standing;
        let by = assessment.cases_of(gate).map(texts().cases().tally);
        view! { <GateRow gate=gate.clone() standing by/> }
    });
    let is_reviewed = !ruling.reviews.is_empty();
    let reviews = ruling.reviews.into_iter().map(|review| {
        let time = review.at.to_minute_text(clock::offset());
        let line = (texts().awards().decided)(&time, review.decision, review.reason.as_str());
        view! { <li class="wrap-anywhere">{line}</li> }
    });
    let reviews = reviews.collect_view();
    view! {
        <ul class="cells cells_plain">{rows.collect_view()}</ul>
        {is_reviewed.then(|| view! {
            <h3 class="strong small">{texts().awards().earlier}</h3>
            <ul class="plain-list small">{reviews}</ul>
        })}
        <ReviewForm shown candidate is_reviewed/>
    }
}

/// 人工复核.
#[component]
fn ReviewForm(
    shown: Shown,
    candidate: Candidate,
    /// Whether there is a decision that can be taken back.
    is_reviewed: bool,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<&'static str>);
    let is_empty = move || reason.with(|reason| reason.trim().is_empty());
    let candidate = StoredValue::new(candidate);
    let decide = move |decision: Decision| {
        // The field takes no more than a reason has, and the buttons need something in it.
        let Ok(reason) = Reason::try_from(reason.get_untracked()) else {
            return;
        };
        let candidate = candidate.get_value();
        spawn_local(async move {
            match shelf::decide(candidate.clone(), decision, reason).await {
                Ok(review) => note(shown, &candidate, review),
                Err(failure) => {
                    let _left = trouble.try_set(Some((texts().overview().failure)(&failure)));
                }
            }
        });
    };
    let button = |decision| {
        view! {
            <button
                class="btn btn_default"
                type="button"
                disabled=is_empty
                on:click=move |_| decide(decision)
            >
                {(texts().awards().decide)(decision)}
            </button>
        }
    };
    view! {
        <div class="stack">
            <label class="field">
                <span class="field__label">{texts().awards().review}" · "{texts().awards().reason}</span>
                <input
                    class="field__input"
                    maxlength=Reason::MAX_CHARS.to_string()
                    autocomplete="off"
                    bind:value=reason
                />
                <span class="field__hint">{texts().awards().review_hint}</span>
            </label>
            <div class="btn-row">
                {button(Decision::Given)}
                {button(Decision::Refused)}
                {is_reviewed.then(|| button(Decision::ByGates))}
            </div>
            {move || trouble.get().map(|text| problem(text.to_owned()))}
        </div>
    }
}

/// Shows a decision that was stored, and what follows from it above.
fn note(shown: Shown, candidate: &Candidate, review: Review) {
    shown.awards.try_update(|awards| {
        if let Some(awards) = awards {
            awards.note(candidate, review, content::pack());
        }
    });
}
