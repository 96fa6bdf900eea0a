use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use wuzha_core::desk::{RoundCard, RoundId, RoundTitle};
use wuzha_jobs::shelf::Failure;

use super::super::problem;
use crate::app::texts;
use crate::browser::{clock, preference};
use crate::school::{School, State};
use crate::shelf;

/// The school and who publishes, kept for the next round.
const PUBLISHER: &str = "wuzha.publisher";

/// 评定快照: freezing a round, and those that were.
#[component]
pub(super) fn Rounds(
    /// Whether there is anything to freeze.
    may_freeze: Signal<bool>,
) -> impl IntoView {
    let rounds = RwSignal::new_local(None::<Result<Vec<RoundCard>, Failure>>);
    spawn_local(async move {
        let listed = shelf::rounds().await;
        let _left_meanwhile = rounds.try_set(Some(listed));
    });
    let list = move || match rounds.get() {
        None => ().into_any(),
        Some(Err(failure)) => problem((texts().overview().failure)(&failure).to_owned()),
        Some(Ok(cards)) if cards.is_empty() => {
            view! { <p class="muted small">{texts().awards().no_round}</p> }.into_any()
        }
        Some(Ok(cards)) => {
            let cards = cards.into_iter().map(|card| view! { <Round card/> });
            view! { <nav class="cells" aria-label=texts().awards().rounds>{cards.collect_view()}</nav> }
                .into_any()
        }
    };
    view! {
        <section class="stack">
            <h2 class="section-title"><span>{texts().awards().rounds}</span></h2>
            <p class="muted small">{texts().awards().rounds_note}</p>
            {list}
            {move || may_freeze.get().then(|| view! { <Freeze/> })}
        </section>
    }
}

#[component]
fn Round(card: RoundCard) -> impl IntoView {
    let [departments, classes, dorms] =
        [card.departments, card.classes, card.dorms].map(texts().awards().met_of);
    let counts = (texts().awards().round_counts)(&departments, &classes, &dorms);
    let RoundId(at) = card.id;
    view! {
        <a class="cell cell_access" href=address(card.id)>
            <span class="cell__bd">
                {card.title.title}
                <span class="cell__desc">{at.to_minute_text(clock::offset())}" · "{counts}</span>
            </span>
        </a>
    }
}

/// Where a round is shown.
pub(super) fn address(RoundId(at): RoundId) -> String {
    format!("/awards/{}", at.0)
}

/// What the round is called and who publishes it; then it is frozen.
#[component]
fn Freeze() -> impl IntoView {
    let kept: Option<(String, String)> = preference::get(PUBLISHER);
    let (school, issuer) = kept.unwrap_or_default();
    let title = RwSignal::new(String::new());
    let (school, issuer) = (RwSignal::new(school), RwSignal::new(issuer));
    let invited = expect_context::<School>();
    Effect::new(move |_| {
        let State::Joined(standing) = invited.state() else {
            return;
        };
        if school.with_untracked(String::is_empty) {
            school.set(standing.invited.school.as_str().to_owned());
        }
    });
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<&'static str>);
    let navigate = use_navigate();
    let freeze = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let head = (school.get_untracked(), issuer.get_untracked());
        // Asked again next time where it cannot be kept.
        let _kept = preference::keep(PUBLISHER, &head);
        let title = RoundTitle {
            title: title.get_untracked().trim().to_owned(),
            school: head.0,
            issuer: head.1,
        };
        is_busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let frozen = shelf::freeze(title).await;
            is_busy.try_set(false);
            match frozen {
                Ok(id) => navigate(&address(id), Default::default()),
                Err(failure) => {
                    let _left = trouble.try_set(Some((texts().overview().failure)(&failure)));
                }
            }
        });
    };
    let field = |label: &'static str, value: RwSignal<String>| {
        view! {
            <label class="field">
                <span class="field__label">{label}</span>
                <input class="field__input" maxlength="60" autocomplete="off" bind:value=value/>
            </label>
        }
    };
    view! {
        <form class="card stack" on:submit=freeze>
            <p class="strong">{texts().awards().freeze}</p>
            {field(texts().awards().round_title, title)}
            <div class="fields">
                {field(texts().awards().school_name, school)}
                {field(texts().awards().issuer, issuer)}
            </div>
            <button
                class="btn btn_primary btn_block"
                disabled=move || is_busy.get() || title.with(|title| title.trim().is_empty())
                aria-busy=move || is_busy.get().to_string()
            >
                {texts().awards().freeze}
            </button>
            {move || trouble.get().map(|text| problem(text.to_owned()))}
        </form>
    }
}
