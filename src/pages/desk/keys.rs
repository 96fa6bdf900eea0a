use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use web_sys::File;
use wuzha_files::file_name;

use super::{problem, waiting};
use crate::app::texts;
use crate::browser::{clock, save};
use crate::components::{PassphraseField, is_short};
use crate::pages::handin::{Trouble, sentence};
use crate::school::School;
use crate::shell::{Screen, Toaster};

/// How far it is.
#[derive(Clone)]
enum State {
    Asking,
    Working,
    Failed(Trouble),
}

/// 密钥备份: this device's keys as a file.
#[component]
pub(super) fn BackUpKeys() -> impl IntoView {
    let school = expect_context::<School>();
    let toaster = expect_context::<Toaster>();
    let state = RwSignal::new_local(State::Asking);
    let passphrase = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        state.set(State::Working);
        spawn_local(async move {
            let next = match back_up(school, passphrase.get_untracked()).await {
                Ok(()) => {
                    passphrase.try_set(String::new());
                    toaster.say(texts().desk().backed_up);
                    State::Asking
                }
                Err(trouble) => State::Failed(trouble),
            };
            let _left_meanwhile = state.try_set(next);
        });
    };
    view! {
        <section>
            <h2 class="section-title">{texts().desk().keys}</h2>
            <form class="card stack" on:submit=submit>
                <p class="small">{texts().desk().keys_text}</p>
                <PassphraseField
                    label=texts().common().passphrase
                    hint=texts().common().passphrase_hint
                    passphrase
                    autocomplete="new-password"
                />
                {move || progress(state.get(), texts().desk().backing_up)}
                <button
                    class="btn btn_default btn_block"
                    disabled=move || is_short(passphrase) || matches!(state.get(), State::Working)
                >
                    {texts().desk().back_up}
                </button>
            </form>
        </section>
    }
}

/// 用密钥备份恢复.
#[component]
pub(super) fn RestoreKeys() -> impl IntoView {
    let school = expect_context::<School>();
    let navigate = use_navigate();
    let state = RwSignal::new_local(State::Asking);
    let passphrase = RwSignal::new(String::new());
    let file = RwSignal::new_local(None::<File>);
    let choose = move |event| {
        if let Some(chosen) = save::chosen(&event_target(&event)) {
            file.set(Some(chosen));
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(file) = file.get_untracked() else {
            return;
        };
        state.set(State::Working);
        let navigate = navigate.clone();
        spawn_local(async move {
            match restore(school, &file, passphrase.get_untracked()).await {
                Ok(()) => navigate("/desk", NavigateOptions::default()),
                Err(trouble) => {
                    let _left_meanwhile = state.try_set(State::Failed(trouble));
                }
            }
        });
    };
    let chosen = move || {
        let file = file.get()?;
        Some((texts().desk().chosen)(&file.name()))
    };
    let is_waiting = move || {
        file.with(Option::is_none) || is_short(passphrase) || matches!(state.get(), State::Working)
    };
    view! {
        <Screen title=texts().desk().restore back="/teacher" class="stack">
            <p class="section-note">{texts().desk().restore_text}</p>
            <form class="card stack" on:submit=submit>
                <label class="upload">
                    <input type="file" class="sr-only" accept=".age" on:change=choose/>
                    <span class="strong">{texts().desk().choose_file}</span>
                    <span class="muted small wrap-anywhere">{chosen}</span>
                </label>
                <PassphraseField
                    label=texts().common().passphrase
                    hint=""
                    passphrase
                    autocomplete="current-password"
                />
                {move || progress(state.get(), texts().desk().restoring)}
                <button class="btn btn_primary btn_block" disabled=is_waiting>
                    {texts().desk().restore}
                </button>
            </form>
        </Screen>
    }
}

fn progress(state: State, working: &'static str) -> Option<AnyView> {
    match state {
        State::Asking => None,
        State::Working => Some(waiting(working)),
        State::Failed(trouble) => Some(problem(sentence(&trouble))),
    }
}

async fn back_up(school: School, passphrase: String) -> Result<(), Trouble> {
    let sealed = School::back_up_keys(passphrase).await?;
    let place = school.invited().map(|invited| invited.school);
    let place = place.as_ref().map_or("", |name| name.as_str());
    let today = clock::now().date(clock::offset()).unwrap_or_default();
    let name = file_name(place, texts().desk().keys_file, today, "age");
    let file = save::file(&sealed, &name, "application/octet-stream");
    file.and_then(|file| save::download(&file))
        .map_err(|_| Trouble::File)
}

async fn restore(school: School, file: &File, passphrase: String) -> Result<(), Trouble> {
    let bytes = save::bytes(file).await.map_err(|_| Trouble::File)?;
    Ok(school.restore_keys(bytes, passphrase).await?)
}
