use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use web_sys::File;
use wuzha_jobs::courier::{Failure, Invited, Rejection, Role};
use wuzha_jobs::{Files, Request, Response};

use super::scan::Scan;
use crate::app::texts;
use crate::browser::{clock, picture, save, worker};
use crate::i18n::place_name;
use crate::school::School;
use crate::shell::{Pending, Screen};
use crate::store::{BookName, Store};

/// An invitation has about 150 characters: its code is dense, and read from more pixels than a plain one.
const MAX_SIDE: u32 = 1_600;

#[derive(Clone)]
enum State {
    Choosing,
    Scanning,
    Reading,
    /// What it is for, and its text.
    Read(Box<Invited>, String),
    Accepting,
    NotAPicture,
    NoCode,
    Worker(wuzha_jobs::Failure),
    Failed(Failure),
    Rejected(Rejection),
}

type Step = RwSignal<State, LocalStorage>;

/// 用邀请码开通上交: from a link, a pasted text or a picture of the code to a phone that hands in.
#[component]
pub(super) fn Join() -> impl IntoView {
    let store = expect_context::<Store>();
    let state = RwSignal::new_local(State::Choosing);
    if let Some(invitation) = expect_context::<Pending>().take() {
        read(state, invitation);
    }
    let content = move || match store.shown().get() {
        BookName::Example => view! { <p class="card">{texts().school().example}</p> }.into_any(),
        BookName::Class => steps(state),
    };
    view! {
        <Screen title=texts().school().join back="/handin" class="stack">
            <p class="section-note">{texts().school().join_lead}</p>
            {content}
        </Screen>
    }
}

fn steps(state: Step) -> AnyView {
    let problem = |sentence: String| {
        view! {
            <div class="banner banner_warn" role="alert"><p>{sentence}</p></div>
            <Choose state/>
        }
        .into_any()
    };
    let wait = |text: &'static str| {
        view! { <p class="row muted" role="status"><span class="spinner"></span>{text}</p> }
            .into_any()
    };
    match state.get() {
        State::Choosing => view! { <Choose state/> }.into_any(),
        State::Scanning => {
            let on_text = Callback::new(move |text| read(state, text));
            let on_cancel = Callback::new(move |()| state.set(State::Choosing));
            view! { <Scan on_text on_cancel/> }.into_any()
        }
        State::Reading => wait(texts().school().reading),
        State::Accepting => wait(texts().school().accepting),
        State::NotAPicture => problem(texts().download().change.not_a_picture.to_owned()),
        State::NoCode => problem(texts().download().change.no_code.to_owned()),
        State::Worker(failure) => problem((texts().hand_in().failure)(&failure)),
        State::Failed(failure) => problem((texts().school().failure)(&failure)),
        State::Rejected(rejection) => problem((texts().school().rejection)(rejection).to_owned()),
        State::Read(invited, text) => view! { <Confirm state invited=*invited text/> }.into_any(),
    }
}

/// Says what an invitation is for.
fn read(state: Step, invitation: String) {
    state.set(State::Reading);
    spawn_local(async move {
        let read = match School::read(invitation.clone()).await {
            Ok(invited) => State::Read(Box::new(invited), invitation),
            Err(failure) => State::Failed(failure),
        };
        let _left_meanwhile = state.try_set(read);
    });
}

#[component]
fn Choose(state: Step) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        read(state, typed.get_untracked());
    };
    let choose = move |event| {
        if let Some(file) = save::chosen(&event_target(&event)) {
            state.set(State::Reading);
            spawn_local(async move {
                match decode(&file).await {
                    Ok(text) => read(state, text),
                    Err(problem) => {
                        let _left_meanwhile = state.try_set(problem);
                    }
                }
            });
        }
    };
    view! {
        <button class="btn btn_primary btn_block" on:click=move |_| state.set(State::Scanning)>
            {texts().school().scan}
        </button>
        <label class="upload">
            <input type="file" class="sr-only" accept="image/*" on:change=choose/>
            <span class="strong">{texts().school().picture}</span>
            <span class="muted small">{texts().school().picture_hint}</span>
        </label>
        <form class="card stack" on:submit=submit>
            <label class="field">
                <span class="field__label">{texts().school().paste}</span>
                <textarea
                    class="field__input"
                    rows="3"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                ></textarea>
            </label>
            <button
                class="btn btn_default btn_block"
                disabled=move || typed.with(|text| text.trim().is_empty())
            >
                {texts().school().read}
            </button>
        </form>
    }
}

async fn decode(file: &File) -> Result<String, State> {
    let luma = picture::luma(file, MAX_SIDE).await;
    let luma = luma.map_err(|_| State::NotAPicture)?;
    let request = Request::DecodeQr {
        width: luma.width,
        height: luma.height,
    };
    let reply = worker::run::<Files>(request, Some(luma.bytes), |_| {}).await;
    match reply.map_err(State::Worker)?.response {
        Response::Qr(Some(text)) => Ok(text),
        _ => Err(State::NoCode),
    }
}

/// Who invites for what; accepted only after a person has looked.
#[component]
fn Confirm(state: Step, invited: Invited, text: String) -> impl IntoView {
    let school = expect_context::<School>();
    let book = expect_context::<Store>().book();
    let navigate = use_navigate();
    let has_class = book.with_untracked(|book| book.has_class());
    let here = book.with_untracked(|book| book.class_name().to_owned());
    let there = invited.class.as_ref().map(|class| class.as_str());
    let differs = there
        .filter(|there| !here.is_empty() && *there != here)
        .map(|there| (texts().school().other_class)(&here, there));
    let hands_in = invited.class.is_some() && invited.role == Role::Monitor;
    let accept = move |_| {
        state.set(State::Accepting);
        let (text, navigate) = (text.clone(), navigate.clone());
        spawn_local(async move {
            match school.accept(text).await {
                Ok(hands_in) => {
                    if let Some(rejection) = school.rejection() {
                        return state.set(State::Rejected(rejection));
                    }
                    let next = match (hands_in, has_class) {
                        (false, _) => "/desk",
                        (true, true) => "/handin",
                        // It may be there now: another phone has made it. Whose phone this is, is still to say.
                        (true, false) => "/class/new",
                    };
                    navigate(next, NavigateOptions::default());
                }
                Err(failure) => {
                    let _left_meanwhile = state.try_set(State::Failed(failure));
                }
            }
        });
    };
    let until = invited.expires.to_minute_text(clock::offset());
    view! {
        <section class="card stack" role="status">
            <h2 class="muted small">{texts().school().invited_for}</h2>
            <p class="welcome__title strong wrap-anywhere">{place_name(&invited)}</p>
            <p class="muted small wrap-anywhere">{(texts().school().server)(&invited.server)}</p>
            <p class="muted small num">{(texts().school().until)(&until)}</p>
        </section>
        {differs.map(|text| view! { <div class="banner banner_warn"><p>{text}</p></div> })}
        {hands_in.then(|| view! { <p class="section-note">{texts().school().what_happens}</p> })}
        <button class="btn btn_primary btn_block" on:click=accept>{texts().school().accept}</button>
        <button class="btn btn_default btn_block" on:click=move |_| state.set(State::Choosing)>
            {texts().common().cancel}
        </button>
    }
}
