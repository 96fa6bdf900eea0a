use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;
use wuzha_core::log::{Op, decode_ops};
use wuzha_core::restore::{Fit, Preview};
use wuzha_files::{BackupError, BackupMeta};
use wuzha_jobs::{Broken, Failure, Files, Request, Response};

use super::export::Trouble;
use super::job::TroubleView;
use crate::app::texts;
use crate::browser::{clock, save, worker};
use crate::components::{PassphraseField, is_short};
use crate::school::School;
use crate::shell::Screen;
use crate::store::{BookName, Phase, Store};

/// Packed, the backup of a class of a thousand takes about a megabyte; a film would fill the memory.
const MAX_BYTES: u32 = 64_000_000;

/// How a file begins that is sealed with a passphrase.
const SEALED: &[u8] = b"age-encryption.org/v1";

/// A backup that was read and compared with what is here.
#[derive(Clone)]
struct Found {
    meta: Option<BackupMeta>,
    ops: Vec<Op>,
    preview: Preview,
}

#[derive(Clone)]
enum State {
    Choosing,
    /// Sealed: its passphrase is asked for, again if the one before did not fit.
    Sealed(File, Option<Trouble>),
    Reading,
    Found(Box<Found>),
    Storing,
    Restored {
        new: u64,
    },
    Failed(Trouble),
}

type Step = RwSignal<State, LocalStorage>;

/// 恢复: a backup file back into the book. Works without a class, and where records were lost.
#[component]
pub(crate) fn Restore() -> impl IntoView {
    let store = expect_context::<Store>();
    let phase = Memo::new(move |_| store.phase().get());
    let state = RwSignal::new_local(State::Choosing);
    let content = move || match phase.get() {
        Phase::Opening => view! {
            <p class="row muted" role="status">
                <span class="spinner"></span>
                {texts().storage().opening}
            </p>
        }
        .into_any(),
        Phase::Refused(_) => view! {
            <div class="banner banner_warn" role="alert">
                <p>{texts().hand_in().restoring.refused}</p>
            </div>
        }
        .into_any(),
        _ if store.shown().get() == BookName::Example => view! { <InExample/> }.into_any(),
        _ => view! { <Steps state/> }.into_any(),
    };
    view! {
        <Screen title=texts().hand_in().restore back="/handin" class="stack">
            {content}
        </Screen>
    }
}

#[component]
fn InExample() -> impl IntoView {
    let store = expect_context::<Store>();
    let trouble = RwSignal::new_local(None::<Trouble>);
    let leave = move |_| {
        spawn_local(async move {
            if let Err(error) = store.switch_to(BookName::Class).await {
                trouble.set(Some(error.into()));
            }
        });
    };
    view! {
        <div class="banner banner_info"><p>{texts().hand_in().restoring.example}</p></div>
        {move || trouble.get().map(|trouble| view! { <TroubleView trouble/> })}
        <button class="btn btn_primary btn_block" on:click=leave>
            {texts().hand_in().restoring.leave_example}
        </button>
    }
}

#[component]
fn Steps(state: Step) -> impl IntoView {
    let step = move || match state.get() {
        State::Choosing => view! { <Choose state/> }.into_any(),
        State::Sealed(file, trouble) => view! { <Unseal state file trouble/> }.into_any(),
        State::Reading => {
            view! { <Working label=|| texts().hand_in().restoring.reading/> }.into_any()
        }
        State::Found(found) => view! { <Offer state found=*found/> }.into_any(),
        State::Storing => {
            view! { <Working label=|| texts().hand_in().restoring.storing/> }.into_any()
        }
        State::Restored { new } => view! { <Restored new/> }.into_any(),
        State::Failed(trouble) => view! { <TroubleView trouble/> <Choose state/> }.into_any(),
    };
    view! {
        <p class="section-note">{texts().hand_in().restoring.lead}</p>
        {step}
    }
}

#[component]
fn Choose(state: Step) -> impl IntoView {
    let store = expect_context::<Store>();
    let choose = move |event| {
        if let Some(file) = save::chosen(&event_target(&event)) {
            state.set(State::Reading);
            spawn_local(async move {
                let read = open(file, store).await.unwrap_or_else(State::Failed);
                let _left_meanwhile = state.try_set(read);
            });
        }
    };
    view! {
        <label class="upload">
            <input
                type="file"
                class="sr-only"
                accept=".zip,.age,.jsonl,application/zip,application/json"
                on:change=choose
            />
            <span class="strong">{texts().hand_in().restoring.choose}</span>
            <span class="muted small">{texts().hand_in().restoring.choose_hint}</span>
        </label>
    }
}

#[component]
fn Working(label: fn() -> &'static str) -> impl IntoView {
    view! {
        <div class="progress" role="status">
            <span class="progress__label row">
                <span class="spinner"></span>
                {label()}
            </span>
            <progress aria-label=label></progress>
        </div>
    }
}

/// The passphrase of a sealed backup.
#[component]
fn Unseal(state: Step, file: File, trouble: Option<Trouble>) -> impl IntoView {
    let store = expect_context::<Store>();
    let passphrase = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        state.set(State::Reading);
        let (file, passphrase) = (file.clone(), passphrase.get_untracked());
        spawn_local(async move {
            let next = match unseal(&file, passphrase).await {
                Ok(bytes) => found(bytes, store).await.unwrap_or_else(State::Failed),
                Err(trouble) => State::Sealed(file, Some(trouble)),
            };
            let _left_meanwhile = state.try_set(next);
        });
    };
    view! {
        {trouble.map(|trouble| view! { <TroubleView trouble/> })}
        <form class="card stack" on:submit=submit>
            <p>{texts().hand_in().restoring.sealed}</p>
            <PassphraseField
                label=texts().common().passphrase
                hint=""
                passphrase
                autocomplete="current-password"
            />
            <button class="btn btn_primary btn_block" disabled=move || is_short(passphrase)>
                {texts().hand_in().restoring.open}
            </button>
        </form>
        <button class="btn btn_default btn_block" on:click=move |_| state.set(State::Choosing)>
            {texts().hand_in().restoring.choose_another}
        </button>
    }
}

async fn unseal(file: &File, passphrase: String) -> Result<Uint8Array, Trouble> {
    let bytes = save::bytes(file).await.map_err(|_| Trouble::File)?;
    Ok(School::unseal(bytes, passphrase).await?)
}

/// Reads a chosen file, or asks for its passphrase.
async fn open(file: File, store: Store) -> Result<State, Trouble> {
    if file.size() > f64::from(MAX_BYTES) {
        let max_bytes = u64::from(MAX_BYTES);
        return Err(Failure::Backup(BackupError::TooLarge { max_bytes }).into());
    }
    let bytes = save::bytes(&file).await.map_err(|_| Trouble::File)?;
    let head = bytes.subarray(0, SEALED.len() as u32).to_vec();
    match head == SEALED {
        true => Ok(State::Sealed(file, None)),
        false => found(bytes, store).await,
    }
}

async fn found(bytes: Uint8Array, store: Store) -> Result<State, Trouble> {
    Ok(State::Found(Box::new(read(bytes, store).await?)))
}

async fn read(bytes: Uint8Array, store: Store) -> Result<Found, Trouble> {
    let reply = worker::run::<Files>(Request::ReadBackup, Some(bytes), |_| {}).await?;
    let (Response::Backup { meta, .. }, Some(ops)) = (reply.response, reply.bytes) else {
        return Err(Failure::from(Broken::Message("no backup in the answer".to_owned())).into());
    };
    let ops = decode_ops(&ops.to_vec())
        .map_err(|error| Failure::from(Broken::Message(error.to_string())))?;
    let here = store.all_ops().await?;
    let preview = Preview::of(&here, &ops);
    Ok(Found { meta, ops, preview })
}

/// What the backup is, and 恢复 where it may be restored.
#[component]
fn Offer(state: Step, found: Found) -> impl IntoView {
    let store = expect_context::<Store>();
    let Found { meta, ops, preview } = found;
    let Preview {
        class_name,
        students,
        ops: records,
        new,
        fit,
    } = preview;
    let made_at = meta.map(|meta| meta.made_at.to_minute_text(clock::offset()));
    let may_restore = !matches!(fit, Fit::OtherClass { .. }) && new > 0;
    let ops = StoredValue::new_local(ops);
    let restore = move |_| {
        let ops = ops.get_value();
        state.set(State::Storing);
        spawn_local(async move {
            let stored = match store.restore(ops).await {
                Ok(()) => State::Restored { new },
                Err(error) => State::Failed(error.into()),
            };
            let _left_meanwhile = state.try_set(stored);
        });
    };
    let class_shown = class_name.clone();
    let class_shown = move || match class_shown.as_str() {
        "" => texts().hand_in().restoring.no_class.to_owned(),
        name => name.to_owned(),
    };
    view! {
        <section>
            <h2 class="section-title">{texts().hand_in().restoring.found}</h2>
            <dl class="card kv num">
                <dt>{texts().hand_in().restoring.class}</dt>
                <dd class="strong">{class_shown}</dd>
                <dt>{texts().hand_in().restoring.made_at}</dt>
                <dd>{move || made_at.clone().unwrap_or_else(|| texts().hand_in().restoring.made_at_unknown.to_owned())}</dd>
                <dt>{texts().hand_in().restoring.students}</dt>
                <dd>{students}</dd>
                <dt>{texts().hand_in().restoring.records}</dt>
                <dd>{records}</dd>
                <dt>{texts().hand_in().restoring.new}</dt>
                <dd class="strong">{new}</dd>
            </dl>
        </section>
        <Verdict fit class_name new/>
        {may_restore.then(|| view! {
            <button class="btn btn_primary btn_block" on:click=restore>
                {texts().hand_in().restore}
            </button>
        })}
        <button class="btn btn_default btn_block" on:click=move |_| state.set(State::Choosing)>
            {texts().hand_in().restoring.choose_another}
        </button>
    }
}

/// Whether it may be restored here, and why.
#[component]
fn Verdict(fit: Fit, class_name: String, new: u64) -> impl IntoView {
    match fit {
        Fit::OtherClass { here } => view! {
            <div class="banner banner_danger" role="alert">
                <p>{(texts().hand_in().restoring.other_class)(&here, &class_name)}</p>
            </div>
            <p class="section-note">{texts().hand_in().restoring.other_class_next}</p>
        }
        .into_any(),
        Fit::NothingHere | Fit::SameClass if new == 0 => view! {
            <div class="banner"><p>{texts().hand_in().restoring.nothing_new}</p></div>
        }
        .into_any(),
        Fit::NothingHere => view! {
            <div class="banner banner_info"><p>{texts().hand_in().restoring.nothing_here}</p></div>
        }
        .into_any(),
        Fit::SameClass => view! {
            <div class="banner banner_info"><p>{texts().hand_in().restoring.same_class}</p></div>
        }
        .into_any(),
    }
}

#[component]
fn Restored(new: u64) -> impl IntoView {
    let store = expect_context::<Store>();
    let still_missing = move || {
        let lost = store.phase().with(|phase| matches!(phase, Phase::Lost(_)));
        lost.then(|| view! { <p class="warn">{texts().hand_in().restoring.still_missing}</p> })
    };
    view! {
        <div class="card stack" role="status">
            <p class="strong ok">{(texts().hand_in().restoring.restored)(new)}</p>
            {still_missing}
        </div>
        <a class="btn btn_primary btn_block" href="/">{texts().hand_in().restoring.to_today}</a>
    }
}
