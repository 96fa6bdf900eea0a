use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use wuzha_core::measure::Share;
use wuzha_core::overview::{Column, Figures};
use wuzha_jobs::courier::{self, Class, ClassId, Invitee};
use wuzha_jobs::shelf::{self as contract, Card};

use super::book::BookTables;
use super::invite::{Invitation, InvitationView, Inviting, invite};
use super::{figure, held_text, problem, waiting};
use crate::app::texts;
use crate::school::School;
use crate::shelf;
use crate::shell::Screen;

/// A class, opened.
#[derive(Clone)]
enum State {
    Opening,
    Opened {
        class: Class,
        card: Box<Card>,
    },
    /// It has handed in nothing that names a class.
    Empty(Class),
    /// What is at the server could not be opened.
    Failed(courier::Failure),
    /// What was opened could not be put on the shelf.
    NotShelved(contract::Failure),
}

/// One class: what it handed in, and its tables.
#[component]
pub(super) fn ClassView() -> impl IntoView {
    let params = use_params_map();
    let id = params
        .with_untracked(|params| params.get("id"))
        .unwrap_or_default();
    let state = RwSignal::new_local(State::Opening);
    let title = move || match state.get() {
        State::Opened { class, .. } | State::Empty(class) => class.name.as_str().to_owned(),
        _ => texts().desk().title.to_owned(),
    };
    match id.parse() {
        Ok(id) => open(state, id),
        Err(_) => state.set(State::Failed(courier::Failure::UnknownClass)),
    }
    let content = move || match state.get() {
        State::Opening => waiting(texts().desk().opening),
        State::Failed(failure) => problem((texts().school().failure)(&failure)),
        State::NotShelved(failure) => problem((texts().overview().failure)(&failure).to_owned()),
        State::Empty(class) => view! {
            <div class="empty empty_card">
                <p class="empty__title">{texts().desk().nothing_yet}</p>
                <p>{texts().desk().nothing_next}</p>
            </div>
            <Further state class/>
        }
        .into_any(),
        State::Opened { class, card } => view! {
            <FiguresView figures=card.figures/>
            <Further state class/>
            <BookTables book=card.book/>
        }
        .into_any(),
    };
    view! {
        <Screen title=title back="/desk" class="stack wide">{content}</Screen>
    }
}

fn open(state: RwSignal<State, LocalStorage>, id: ClassId) {
    spawn_local(async move {
        let opened = fetch(id).await;
        let _left_meanwhile = state.try_set(opened);
    });
}

/// From the server, or as it was opened before, onto the shelf.
async fn fetch(id: ClassId) -> State {
    let (class, ops) = match School::open(id).await {
        Ok(opened) => opened,
        Err(failure) => return State::Failed(failure),
    };
    match shelf::take(id, ops).await {
        Ok(taken) if taken.card.figures.class.is_empty() => State::Empty(class),
        Ok(taken) => State::Opened {
            class,
            card: Box::new(taken.card),
        },
        Err(contract::Failure::NoClass) => State::Empty(class),
        Err(failure) => State::NotShelved(failure),
    }
}

/// What could not be opened, asking again, inviting another phone.
#[component]
fn Further(state: RwSignal<State, LocalStorage>, class: Class) -> impl IntoView {
    let id = class.id;
    let inviting: Invitation = RwSignal::new_local(Inviting::Idle);
    let aside = (class.aside > 0).then(|| problem((texts().desk().aside)(class.aside)));
    view! {
        {aside}
        <InvitationView state=inviting/>
        <div class="btn-row">
            <button
                class="btn btn_default"
                on:click=move |_| {
                    state.set(State::Opening);
                    open(state, id);
                }
            >
                {texts().desk().refresh}
            </button>
            <button
                class="btn btn_default"
                on:click=move |_| invite(inviting, Invitee::Phone(id), || ())
            >
                {texts().desk().invite_phone}
            </button>
        </div>
    }
}

/// What the class's book says.
#[component]
fn FiguresView(figures: Figures) -> impl IntoView {
    view! {
        <section class="card stack">
            <h2 class="strong wrap-anywhere">{figures.class.clone()}</h2>
            <dl class="stages">
                {figure(texts().desk().students, figures.students.to_string())}
                {figure(texts().today().registered, of(figures.registered))}
                {figure(texts().today().quiz_passed, of(figures.quiz_passed))}
                {figure((texts().overview().heading)(Column::Activities), held_text(figures.activities.all))}
            </dl>
        </section>
    }
}

/// `3/45`, or a dash as long as nobody is known either way.
fn of(share: Share) -> String {
    match share.is_known() {
        false => "–".to_owned(),
        true => format!("{}/{}", share.met, share.of()),
    }
}
