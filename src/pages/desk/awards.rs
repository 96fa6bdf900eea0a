//! 达标评定: which classes have their award, gate by gate, and a person's decision.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::award::{Decision, Reason, Review};
use wuzha_core::measure::Standing;
use wuzha_core::pack::Scope;
use wuzha_jobs::Progress;
use wuzha_jobs::shelf::{Assessed, BookId, Failure};

use super::file::{ExportButton, Kind};
use super::problem;
use crate::app::{bilingual, texts};
use crate::browser::clock;
use crate::content;
use crate::pages::{GateRow, GateStanding};
use crate::shelf;
use crate::shell::Screen;

/// The classes, as far as they are assessed.
#[derive(Clone)]
enum State {
    Reading,
    Assessed(Vec<Assessed>),
    Failed(Failure),
}

type Classes = RwSignal<State, LocalStorage>;

/// 达标评定.
#[component]
pub(super) fn Awards() -> impl IntoView {
    let classes: Classes = RwSignal::new_local(State::Reading);
    let so_far = RwSignal::new(None::<Progress>);
    // Here, so that a decision, after which the list is drawn anew, does not widen it.
    let chosen = RwSignal::new(None::<Standing>);
    spawn_local(read(classes, so_far));
    let content = move || match classes.get() {
        State::Reading => view! {
            <p class="row muted" role="status">
                <span class="spinner"></span>
                {move || {
                    so_far.get().map_or_else(
                        || texts().overview().opening.to_owned(),
                        |Progress { done, total }| (texts().awards().reading)(done, total),
                    )
                }}
            </p>
        }
        .into_any(),
        State::Failed(failure) => problem((texts().overview().failure)(&failure).to_owned()),
        State::Assessed(assessed) if assessed.is_empty() => view! {
            <div class="empty empty_card">
                <p class="empty__title">{texts().overview().nothing}</p>
                <p>{texts().overview().nothing_next}</p>
            </div>
        }
        .into_any(),
        State::Assessed(assessed) => view! { <Content classes assessed chosen/> }.into_any(),
    };
    view! {
        <Screen title=texts().awards().title back="/overview" class="stack wide">
            <p class="section-note">{texts().awards().lead}</p>
            {content}
        </Screen>
    }
}

async fn read(classes: Classes, so_far: RwSignal<Option<Progress>>) {
    let on_progress = move |progress| {
        let _left_meanwhile = so_far.try_set(Some(progress));
    };
    let read = match shelf::awards(on_progress).await {
        Ok(assessed) => State::Assessed(assessed),
        Err(failure) => State::Failed(failure),
    };
    let _left_meanwhile = classes.try_set(read);
}

#[component]
fn Content(
    classes: Classes,
    assessed: Vec<Assessed>,
    chosen: RwSignal<Option<Standing>>,
) -> impl IntoView {
    let count = |standing| {
        assessed
            .iter()
            .filter(|each| each.standing() == standing)
            .count()
    };
    let filter = |of: Option<Standing>, label: &'static str, count: usize| {
        view! {
            <button
                class="filter"
                aria-pressed=move || (chosen.get() == of).to_string()
                on:click=move |_| chosen.set(of)
            >
                {label}" "<span class="filter__n">{count}</span>
            </button>
        }
    };
    let standings = [Standing::Unmet, Standing::Unknown, Standing::Met];
    let filters = standings.map(|standing| {
        let label = (texts().awards().standing)(standing);
        filter(Some(standing), label, count(standing))
    });
    let all = filter(None, texts().awards().all, assessed.len());
    let assessed = StoredValue::new(assessed);
    let shown = move || {
        let of = chosen.get();
        let is_shown = |each: &&Assessed| of.is_none_or(|of| each.standing() == of);
        let views = assessed.with_value(|assessed| {
            let shown = assessed.iter().filter(is_shown).cloned();
            shown
                .map(|each| view! { <Class classes each/> })
                .collect::<Vec<_>>()
        });
        match views.is_empty() {
            true => view! { <p class="muted">{texts().awards().none}</p> }.into_any(),
            false => views.into_any(),
        }
    };
    let criteria = content::pack().criteria(Scope::Class);
    view! {
        <h2 class="section-title">
            <span>
                {bilingual(&criteria.title).to_owned()}
                " "
                {criteria.example.then(|| view! {
                    <span class="chip chip_warn">{texts().common().example}</span>
                })}
            </span>
        </h2>
        <div class="filters" role="group" aria-label=texts().awards().title>{all}{filters.into_iter().collect_view()}</div>
        {shown}
        <section class="stack">
            <p class="muted small">{texts().awards().export_note}</p>
            <ExportButton
                label=texts().awards().export
                tone="btn_default"
                kind=Kind::AWARDS
                of=Signal::stored(String::new())
                make=|| Box::pin(shelf::write_awards())
            />
        </section>
    }
}

/// One class; what it was decided by is drawn when it is opened.
#[component]
fn Class(classes: Classes, each: Assessed) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let standing = each.standing();
    let tone = match standing {
        Standing::Met => "chip chip_ok",
        Standing::Unmet => "chip chip_bad",
        Standing::Unknown | Standing::Apart => "chip chip_info",
    };
    let is_reviewed = !each.reviews.is_empty();
    let figures = &each.card.figures;
    let unit = [&figures.department, &figures.grade];
    let unit: Vec<&str> = unit.into_iter().flatten().map(String::as_str).collect();
    let (name, unit) = (figures.class.clone(), unit.join(" · "));
    let each = StoredValue::new(each);
    view! {
        <details class="card award" on:toggle=move |_| is_open.set(true)>
            <summary class="award__hd">
                <span class="strong wrap-anywhere">
                    {name}
                    <span class="muted small table__sub">{unit}</span>
                </span>
                <span>
                    {is_reviewed.then(|| view! { <span class="muted small">{texts().awards().by_person}" "</span> })}
                    <span class=tone>{(texts().awards().standing)(standing)}</span>
                </span>
            </summary>
            {move || is_open.get().then(|| view! { <Why classes each=each.get_value()/> })}
        </details>
    }
}

#[component]
fn Why(classes: Classes, each: Assessed) -> impl IntoView {
    let gates = content::pack().criteria(Scope::Class).gates.iter();
    let rows = gates.zip(each.assessment.gates).map(|(gate, standing)| {
        let standing: GateStanding = standing;
        view! { <GateRow gate=gate.clone() standing/> }
    });
    let reviews = each.reviews.into_iter().map(|review| {
        let time = review.at.to_minute_text(clock::offset());
        let line = (texts().awards().decided)(&time, review.decision, review.reason.as_str());
        view! { <li class="wrap-anywhere">{line}</li> }
    });
    let reviews: Vec<_> = reviews.collect();
    view! {
        <ul class="cells cells_plain">{rows.collect_view()}</ul>
        {(!reviews.is_empty()).then(|| view! {
            <h3 class="strong small">{texts().awards().earlier}</h3>
            <ul class="plain-list small">{reviews}</ul>
        })}
        <ReviewForm classes book=each.card.book/>
    }
}

/// 人工复核.
#[component]
fn ReviewForm(classes: Classes, book: BookId) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<&'static str>);
    let is_empty = move || reason.with(|reason| reason.trim().is_empty());
    let decide = move |decision: Decision| {
        // The field takes no more than a reason has, and the buttons need something in it.
        let Ok(reason) = Reason::try_from(reason.get_untracked()) else {
            return;
        };
        let review = Review {
            decision,
            reason,
            at: clock::now(),
        };
        spawn_local(async move {
            match shelf::review(book, review.clone()).await {
                Ok(()) => note(classes, book, review),
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
            <div class="btn-row">{button(Decision::Given)}{button(Decision::Refused)}</div>
            {move || trouble.get().map(|text| problem(text.to_owned()))}
        </div>
    }
}

/// Shows a decision that was stored.
fn note(classes: Classes, book: BookId, review: Review) {
    classes.try_update(|classes| {
        let State::Assessed(assessed) = classes else {
            return;
        };
        if let Some(each) = assessed.iter_mut().find(|each| each.card.book == book) {
            each.reviews.insert(0, review);
        }
    });
}
