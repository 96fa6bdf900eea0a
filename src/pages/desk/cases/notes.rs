use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::award::ClassMark;
use wuzha_core::desk::{SealedText, SupportNote};
use wuzha_jobs::cases::CasesChange;

use super::super::waiting;
use super::field::Words;
use super::{Saving, Shown};
use crate::app::texts;
use crate::browser::clock;
use crate::components::{Ask, PassphraseField, is_short};
use crate::school::School;

/// What a counsellor writes and reads here. Nothing readable leaves this screen.
#[derive(Clone, Copy)]
struct Desk {
    shown: Shown,
    passphrase: RwSignal<String>,
    saving: Saving,
}

/// 谈话记录: sealed with a passphrase, and opened with it.
#[component]
pub(super) fn Notes(shown: Shown, mark: ClassMark) -> impl IntoView {
    let desk = Desk {
        shown,
        passphrase: RwSignal::new(String::new()),
        saving: Saving::new(),
    };
    let note = RwSignal::new(String::new());
    let own = mark.clone();
    let notes = Memo::new(move |_| {
        shown.board.with(|board| {
            let class = board.classes.iter().find(|class| class.mark == own);
            class.map_or_else(Vec::new, |class| class.notes.clone())
        })
    });
    let seal = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mark = mark.clone();
        let text = note.get_untracked();
        desk.saving.begin();
        spawn_local(async move {
            match sealed(&text, desk.passphrase.get_untracked()).await {
                Ok(sealed) => {
                    let change = CasesChange::KeepNote(mark, sealed);
                    shown.write(change, desk.saving, move || note.set(String::new()));
                }
                Err(text) => desk.fail(text),
            }
        });
    };
    let is_waiting = move || {
        let is_empty = note.with(|note| note.trim().is_empty());
        is_empty || is_short(desk.passphrase) || desk.saving.is_busy.get()
    };
    let list = move || {
        let notes = notes.get();
        if notes.is_empty() {
            return view! { <p class="muted small">{texts().cases().no_notes}</p> }.into_any();
        }
        let notes = notes.into_iter();
        let notes = notes.map(|note| view! { <li class="stack"><Note desk note/></li> });
        view! { <ul class="plain-list stack">{notes.collect_view()}</ul> }.into_any()
    };
    // The list is outside the form: the buttons of a question in it would send it.
    view! {
        <form class="card stack" aria-label=texts().cases().notes on:submit=seal>
            <p class="strong">{texts().cases().notes}</p>
            <p class="small">{texts().cases().notes_note}</p>
            <PassphraseField
                label=texts().common().passphrase
                hint=texts().cases().note_passphrase_hint
                passphrase=desk.passphrase
                autocomplete="off"
            />
            <Words label=texts().cases().note value=note hint=""/>
            {move || desk.saving.is_busy.get().then(|| waiting(texts().cases().sealing))}
            {desk.saving.said()}
            <button class="btn btn_default btn_block" disabled=is_waiting>
                {texts().cases().seal}
            </button>
        </form>
        <div class="card stack">{list}</div>
    }
}

/// One note, closed until somebody opens it with the passphrase.
#[component]
fn Note(desk: Desk, note: SupportNote) -> impl IntoView {
    let time = note.at.to_minute_text(clock::offset());
    let label = (texts().cases().open_note)(&time);
    let withdraw = (texts().cases().withdraw)(&time);
    let opened = RwSignal::new(None::<String>);
    let asking = RwSignal::new(false);
    let note = StoredValue::new(note);
    let open = move |_| {
        desk.saving.begin();
        spawn_local(async move {
            let sealed = note.with_value(|note| note.sealed.as_str().to_owned());
            let text = School::unseal_text(&sealed, desk.passphrase.get_untracked()).await;
            match text {
                Ok(text) => {
                    desk.saving.is_busy.try_set(false);
                    let _left_meanwhile = opened.try_set(Some(text));
                }
                Err(failure) => desk.fail((texts().school().failure)(&failure)),
            }
        });
    };
    let take_off = Callback::new(move |()| {
        let change = CasesChange::WithdrawNote(note.get_value());
        desk.shown.write(change, desk.saving, || ());
    });
    let is_waiting = move || is_short(desk.passphrase) || desk.saving.is_busy.get();
    view! {
        <div class="btn-row">
            <button class="btn btn_default" disabled=is_waiting on:click=open>{label}</button>
            <button class="btn btn_plain btn_warn" on:click=move |_| asking.set(true)>{withdraw}</button>
        </div>
        {move || opened.get().map(|text| view! {
            {text.lines().map(|line| view! { <p class="wrap-anywhere">{line.to_owned()}</p> }).collect_view()}
            <button class="btn btn_plain" on:click=move |_| opened.set(None)>
                {texts().cases().close_note}
            </button>
        })}
        <Ask
            open=asking
            title=texts().cases().withdraw_title
            text=texts().cases().withdraw_text
            yes=texts().cases().withdraw_title
            on_yes=take_off
        />
    }
}

impl Desk {
    fn fail(self, text: String) {
        self.saving.is_busy.try_set(false);
        self.saving.fail(text);
    }
}

async fn sealed(note: &str, passphrase: String) -> Result<SealedText, String> {
    let sealed = School::seal_text(note.trim(), passphrase).await;
    let sealed = sealed.map_err(|failure| (texts().school().failure)(&failure))?;
    SealedText::try_from(sealed).map_err(|_| texts().cases().note_too_long.to_owned())
}
