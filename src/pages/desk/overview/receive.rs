use std::ops::ControlFlow;
use std::time::Duration;

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;
use wuzha_jobs::courier::Failure;
use wuzha_seal::{FrameError, Received, Receiving, SentFile};

use super::super::problem;
use crate::app::texts;
use crate::browser::save;
use crate::components::{PassphraseField, is_short};
use crate::pages::{Hints, Viewfinder};
use crate::school::School;

/// Between two looks. Codes change five times a second, and each look reads one in about two of three.
const PAUSE: Duration = Duration::from_millis(30);
/// What the name of a file ends in that is sealed with a passphrase.
const WITH_PASSPHRASE: &str = ".age";
/// What a file is to the browser that made it from codes.
const UNKNOWN: &str = "application/octet-stream";

/// How far it is: so many of so many parts.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct SoFar {
    seen: u32,
    of: u32,
}

#[derive(Clone)]
enum State {
    Looking,
    /// All of it is here, sealed with a passphrase; what stood in the way of opening it.
    Sealed(File, Option<Failure>),
    Opening,
    /// The browser could not make a file of it.
    Failed,
}

type Step = RwSignal<State, LocalStorage>;

/// 扫码接收: the codes of a class's phone, until they are a file.
#[component]
pub(super) fn Receive(
    on_file: impl Fn(File) + Copy + Send + 'static,
    on_cancel: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let state: Step = RwSignal::new_local(State::Looking);
    let on_sent = move |sent: SentFile| match file_of(&sent) {
        Some(file) if file.name().ends_with(WITH_PASSPHRASE) => {
            state.set(State::Sealed(file, None));
        }
        Some(file) => on_file(file),
        None => state.set(State::Failed),
    };
    let step = move || {
        match state.get() {
        State::Looking => view! { <Looking on_sent/> }.into_any(),
        State::Sealed(file, failure) => {
            view! { <Unseal state file failure on_file/> }.into_any()
        }
        State::Opening => view! {
            <p class="row muted" role="status"><span class="spinner"></span>{texts().overview().opening}</p>
        }
        .into_any(),
        State::Failed => problem(texts().overview().no_file.to_owned()),
    }
    };
    view! {
        {step}
        <button class="btn btn_default btn_block" on:click=move |_| on_cancel()>
            {texts().common().cancel}
        </button>
    }
}

/// The camera, and how much of the file it has seen.
#[component]
fn Looking(on_sent: impl Fn(SentFile) + 'static) -> impl IntoView {
    let receiving = StoredValue::new_local(Receiving::default());
    let so_far = RwSignal::new(SoFar::default());
    let trouble = RwSignal::new(None::<FrameError>);
    let on_code = move |text: String| {
        let taken = receiving.try_update_value(|receiving| receiving.take(&text));
        match taken {
            // The person has left.
            None => return ControlFlow::Break(()),
            Some(Ok(Received::Whole(sent))) => {
                on_sent(sent);
                return ControlFlow::Break(());
            }
            Some(Ok(Received::Parts { seen, of })) => {
                so_far.set(SoFar { seen, of });
                trouble.set(None);
            }
            Some(Err(error)) => {
                if error == FrameError::Damaged {
                    so_far.set(SoFar::default());
                }
                trouble.set(Some(error));
            }
        }
        ControlFlow::Continue(())
    };
    let switch = move |_| {
        receiving.set_value(Receiving::default());
        so_far.set(SoFar::default());
        trouble.set(None);
    };
    let texts = texts().face_to_face();
    let hints = Hints {
        picture: texts.viewfinder,
        opening: texts.opening,
        looking: texts.looking,
        not_allowed: texts.not_allowed,
        unavailable: texts.unavailable,
    };
    let trouble = Memo::new(move |_| trouble.get());
    view! {
        <p class="muted small">{texts.receive_hint}</p>
        <div class="stack center">
            <Viewfinder on_code pause=PAUSE hints/>
        </div>
        <Progress so_far/>
        <div aria-live="polite">
            {move || trouble.get().map(|error| view! {
                {problem((texts.problem)(error).to_owned())}
                {(error == FrameError::OtherTransfer).then(|| view! {
                    <button class="btn btn_default btn_block" on:click=switch>{texts.switch}</button>
                })}
            })}
        </div>
    }
}

/// How much was received; nothing before the first code.
#[component]
fn Progress(so_far: RwSignal<SoFar>) -> impl IntoView {
    let said = move || {
        let SoFar { seen, of } = so_far.get();
        (texts().face_to_face().seen)(seen, of)
    };
    let is_begun = Memo::new(move |_| so_far.get().of > 0);
    // Read out at each quarter: several times a second nobody could listen to.
    let quarter = Memo::new(move |_| {
        let SoFar { seen, of } = so_far.get();
        (4 * seen).checked_div(of)
    });
    let spoken = move || quarter.get().map(|_| untrack(said));
    view! {
        <p class="sr-only" role="status">{spoken}</p>
        {move || is_begun.get().then(|| view! {
            <div class="progress">
                <span class="progress__label" aria-hidden="true">{said}</span>
                <progress
                    max=move || so_far.get().of.to_string()
                    value=move || so_far.get().seen.to_string()
                    aria-label=texts().face_to_face().progress
                ></progress>
            </div>
        })}
    }
}

/// The passphrase of a backup; it stays here until it is opened or given up.
#[component]
fn Unseal(
    state: Step,
    file: File,
    failure: Option<Failure>,
    on_file: impl Fn(File) + Copy + Send + 'static,
) -> impl IntoView {
    let passphrase = RwSignal::new(String::new());
    let needed = (texts().face_to_face().passphrase_needed)(&file.name());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        state.set(State::Opening);
        let (file, passphrase) = (file.clone(), passphrase.get_untracked());
        spawn_local(async move {
            let next = match unsealed(&file, passphrase).await {
                Ok(Some(opened)) if !state.is_disposed() => return on_file(opened),
                // Cancelled meanwhile.
                Ok(Some(_)) => return,
                Ok(None) => State::Failed,
                Err(failure) => State::Sealed(file, Some(failure)),
            };
            let _left_meanwhile = state.try_set(next);
        });
    };
    view! {
        {failure.map(|failure| problem((texts().school().failure)(&failure)))}
        <form class="stack" on:submit=submit>
            <p class="wrap-anywhere" role="status">{needed}</p>
            <PassphraseField
                label=texts().common().passphrase
                hint=""
                passphrase
                autocomplete="off"
            />
            <button class="btn btn_primary btn_block" disabled=move || is_short(passphrase)>
                {texts().face_to_face().open}
            </button>
        </form>
    }
}

/// What was sealed, as a file; `None` where the browser cannot.
async fn unsealed(file: &File, passphrase: String) -> Result<Option<File>, Failure> {
    let Ok(bytes) = save::bytes(file).await else {
        return Ok(None);
    };
    let opened = School::unseal(bytes, passphrase).await?;
    let name = file.name();
    let name = name.strip_suffix(WITH_PASSPHRASE).unwrap_or(&name);
    Ok(save::file(&opened, name, UNKNOWN).ok())
}

fn file_of(sent: &SentFile) -> Option<File> {
    let bytes = Uint8Array::from(sent.bytes.as_slice());
    save::file(&bytes, sent.name.as_str(), UNKNOWN).ok()
}
