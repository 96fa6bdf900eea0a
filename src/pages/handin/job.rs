use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_jobs::{Broken, Failure, Progress};

use super::export::{self, Export, Sheet, Trouble, Written};
use super::show::Shown;
use crate::app::texts;
use crate::browser::share::{self, Shared};
use crate::browser::{platform, save};
use crate::school::School;
use crate::shell::Toaster;
use crate::store::Store;

/// The export under way, or what came of the last one. One at a time.
#[derive(Clone, Copy)]
pub(super) struct Job {
    state: RwSignal<State, LocalStorage>,
    /// Apart from the state, so that 取消 is not drawn anew under the finger.
    progress: RwSignal<Option<Progress>>,
    /// What is shown as codes instead of being saved.
    shown: RwSignal<Option<Shown>, LocalStorage>,
    /// For what is sealed.
    pub(super) passphrase: RwSignal<String>,
    store: Store,
    school: School,
}

/// How what was written leaves the phone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// As a file.
    File,
    /// As codes on the screen: 面对面传.
    Codes,
}

#[derive(Clone)]
enum State {
    Idle,
    Running(Export, AbortHandle),
    Written(Written),
    Cancelled(Export),
    Failed(Export, Trouble),
}

impl Job {
    /// No export yet. To be called while the screen is created; leaving it cancels what runs.
    pub(super) fn new() -> Self {
        let job = Self {
            state: RwSignal::new_local(State::Idle),
            progress: RwSignal::new(None),
            shown: RwSignal::new_local(None),
            passphrase: RwSignal::new(String::new()),
            store: expect_context(),
            school: expect_context(),
        };
        on_cleanup(move || job.cancel());
        job
    }

    /// Whether one is under way.
    pub(super) fn is_running(self) -> bool {
        self.state.with(|state| matches!(state, State::Running(..)))
    }

    /// Follows what becomes of each export.
    pub(super) fn track(self) {
        self.state.track();
    }

    /// What is shown as codes now.
    pub(super) fn shown(self) -> Option<Shown> {
        self.shown.get()
    }

    /// Shows no more codes.
    pub(super) fn put_away(self) {
        self.shown.set(None);
    }

    /// Writes a file and saves it, or shows it; nothing while another one is being written.
    pub(super) fn start(self, export: Export, way: Way) {
        if untrack(|| self.is_running()) {
            return;
        }
        let on_progress = move |so_far| {
            // Nobody looks any more when the screen was left.
            let _ = self.progress.try_set(Some(so_far));
        };
        let passphrase = self.passphrase.get_untracked();
        let (written, cancel) = abortable(export::write(
            export,
            passphrase,
            (self.store, self.school),
            on_progress,
        ));
        self.progress.set(None);
        self.state.set(State::Running(export, cancel));
        spawn_local(async move {
            let state = match written.await {
                Ok(Ok(written)) => match way {
                    Way::File => saved(written, self.store),
                    Way::Codes => self.show(written).await,
                },
                Ok(Err(trouble)) => State::Failed(export, trouble),
                Err(_) => State::Cancelled(export),
            };
            let _ = self.state.try_set(state);
        });
    }

    async fn show(self, written: Written) -> State {
        match Shown::of(&written).await {
            Ok(shown) => {
                let _left_meanwhile = self.shown.try_set(Some(shown));
                State::Idle
            }
            Err(trouble) => State::Failed(written.export, trouble),
        }
    }

    /// Ends the worker at once.
    fn cancel(self) {
        self.state.try_with_untracked(|state| {
            if let State::Running(_, cancel) = state {
                cancel.abort();
            }
        });
    }
}

impl State {
    fn export(&self) -> Option<Export> {
        match self {
            Self::Idle => None,
            Self::Running(export, _) | Self::Cancelled(export) | Self::Failed(export, _) => {
                Some(*export)
            }
            Self::Written(written) => Some(written.export),
        }
    }
}

fn saved(written: Written, store: Store) -> State {
    if written.export.is_backup() {
        export::remember_backup(store);
    }
    // WeChat blocks downloads without a word; sharing and copying are offered there.
    if platform::in_wechat() || save::download(&written.file).is_ok() {
        State::Written(written)
    } else {
        State::Failed(written.export, Trouble::File)
    }
}

/// How an export goes, and what came of it; nothing for those that are not `about` this place.
#[component]
pub(super) fn JobView(job: Job, about: fn(Export) -> bool) -> impl IntoView {
    let outcome = move || {
        let state = job.state.get();
        if !state.export().is_some_and(about) {
            return ().into_any();
        }
        match state {
            State::Idle => ().into_any(),
            State::Running(export, _) => view! { <Running job export/> }.into_any(),
            State::Written(written) => view! { <Done written/> }.into_any(),
            State::Cancelled(_) => {
                view! { <div class="banner"><p>{texts().hand_in().cancelled}</p></div> }.into_any()
            }
            State::Failed(_, trouble) => view! { <TroubleView trouble/> }.into_any(),
        }
    };
    view! { <div aria-live="polite">{outcome}</div> }
}

#[component]
fn Running(job: Job, export: Export) -> impl IntoView {
    let name = move || match export {
        Export::Workbook => texts().hand_in().workbook_name,
        Export::Csv(sheet) => sheet_label(sheet),
        Export::Backup => texts().hand_in().backup,
        Export::SealedBackup => texts().hand_in().sealed_backup,
        Export::HandOver => texts().school().hand_over,
    };
    // Without a value the bar runs to and fro.
    let known = move || job.progress.get().filter(|progress| progress.total > 0);
    view! {
        <div class="progress">
            <span class="progress__label row">
                <span class="spinner"></span>
                {move || (texts().hand_in().writing)(name())}
            </span>
            <progress
                max=move || known().map(|progress| progress.total.to_string())
                value=move || known().map(|progress| progress.done.to_string())
                aria-label=name
            ></progress>
            <button class="progress__cancel" on:click=move |_| job.cancel()>
                {texts().common().cancel}
            </button>
        </div>
    }
}

/// The name of a ledger as people read it.
pub(super) fn sheet_label(sheet: Sheet) -> &'static str {
    let sheets = texts().hand_in().sheets;
    let at = Sheet::ALL.iter().position(|each| *each == sheet);
    at.and_then(|at| sheets.get(at))
        .copied()
        .unwrap_or_else(|| sheet.name())
}

#[component]
fn Done(written: Written) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let Written {
        export,
        file,
        lacks_bank,
    } = written;
    let name = file.name();
    let in_wechat = platform::in_wechat();
    let file = StoredValue::new_local(file);
    let share = move |_| {
        let (file, refused) = (file.get_value(), texts().hand_in().share_refused);
        spawn_local(async move {
            if share::share_file(&file).await == Shared::Refused {
                toaster.say(refused);
            }
        });
    };
    let again = move |_| {
        if file.with_value(save::download).is_err() {
            toaster.say(texts().hand_in().no_file);
        }
    };
    let copy = move |_| copy_text(file, toaster);
    let can_share = file.with_value(share::can_share_file);
    let can_copy = in_wechat && matches!(export, Export::Csv(_));
    view! {
        <div class="card stack">
            <p class="strong wrap-anywhere">{(texts().hand_in().written)(&name)}</p>
            <p class="muted small">
                {move || if in_wechat { texts().hand_in().written_in_wechat } else { texts().hand_in().written_where }}
            </p>
            {lacks_bank.then(|| view! { <p class="warn small">{texts().hand_in().lacks_bank}</p> })}
            <p class="muted small">
                {move || match export {
                    Export::Backup => texts().hand_in().backup_for_whom,
                    Export::SealedBackup => texts().hand_in().sealed_text,
                    Export::HandOver => texts().school().hand_over_done,
                    _ => texts().hand_in().personal_data,
                }}
            </p>
            <div class="btn-row">
                {can_share.then(|| view! {
                    <button class="btn btn_primary" on:click=share>{texts().hand_in().share}</button>
                })}
                {can_copy.then(|| view! {
                    <button class="btn btn_default" on:click=copy>{texts().hand_in().copy}</button>
                })}
                {(!in_wechat).then(|| view! {
                    <button class="btn btn_default" on:click=again>{texts().hand_in().download_again}</button>
                })}
            </div>
        </div>
    }
}

fn copy_text(file: StoredValue<web_sys::File, LocalStorage>, toaster: Toaster) {
    let (file, texts) = (file.get_value(), texts().hand_in());
    spawn_local(async move {
        let text = save::text(&file).await.unwrap_or_default();
        let copied = !text.is_empty() && share::copy(&text).await;
        toaster.say(if copied {
            texts.copied
        } else {
            texts.copy_refused
        });
    });
}

/// What happened, what is safe, and what to do.
#[component]
pub(super) fn TroubleView(trouble: Trouble) -> impl IntoView {
    view! {
        <div class="banner banner_warn" role="alert"><p>{move || sentence(&trouble)}</p></div>
    }
}

/// What happened, what is safe, and what to do.
pub(crate) fn sentence(trouble: &Trouble) -> String {
    let (texts, school) = (texts().hand_in(), texts().school());
    match trouble {
        Trouble::Worker(Failure::Broken(Broken::Cancelled)) => texts.cancelled.to_owned(),
        Trouble::Worker(failure) => (texts.failure)(failure),
        Trouble::Sealed(failure) => (school.failure)(failure),
        Trouble::Store(error) => (texts.store_error)(error),
        Trouble::File => texts.no_file.to_owned(),
        Trouble::TooLarge(too_large) => (self::texts().face_to_face().too_large)(too_large),
    }
}
