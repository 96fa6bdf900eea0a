use leptos::prelude::*;
use wuzha_core::book::commands::{self, MAX_TEXT};
use wuzha_core::book::{Book, Status, Student, Verification};
use wuzha_core::ident::{DormName, StudentNo};
use wuzha_core::log::Change;

use super::marks::{Choice, Marks};
use super::person::Person;
use super::tone;
use crate::app::texts;
use crate::components::Sheet;
use crate::shell::{SaveProblem, Toast, commit_undoable};
use crate::store::Store;

/// The student whose half-screen is open, as its parts share it.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    store: Store,
    pub(super) no: StoredValue<StudentNo>,
    pub(super) student: Memo<Student>,
}

impl Chosen {
    /// Writes what `command` makes of the book; the toast says `what` was done, and takes it back.
    pub(super) fn write(self, what: &str, command: impl FnOnce(&Book, &StudentNo) -> Vec<Change>) {
        let changes = self
            .no
            .with_value(|no| self.store.book().with_untracked(|book| command(book, no)));
        let name = self
            .student
            .with_untracked(|student| student.name_text().to_owned());
        commit_undoable(changes, (texts().students().done_with)(&name, what));
    }
}

/// The half-screen of one student. Each choice is written at once.
#[component]
pub(super) fn StudentSheet(
    chosen: RwSignal<Option<StudentNo>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let store = expect_context::<Store>();
    let student = Memo::new(move |_| {
        let no = chosen.get();
        store.book().with(|book| {
            no.and_then(|no| book.student(&no).cloned())
                .unwrap_or_default()
        })
    });
    let subtitle = move || {
        let no = chosen.get().map_or_else(String::new, String::from);
        student.with(|student| {
            let dorm = student.dorm.get();
            let dorm = dorm.map_or(texts().students().no_dorm, DormName::as_str);
            format!("{dorm} · {no}")
        })
    };
    let record = move || {
        let no = StoredValue::new(chosen.get()?);
        let chosen = Chosen { store, no, student };
        Some(view! { <Record chosen open/> })
    };
    view! {
        <Sheet
            open
            title=move || student.with(|student| student.name_text().to_owned())
            subtitle=subtitle
        >
            // Behind a modal dialog the page's own can be neither seen nor tapped.
            <SaveProblem/>
            {record}
            <Toast/>
        </Sheet>
    }
}

#[component]
fn Record(chosen: Chosen, open: RwSignal<bool>) -> impl IntoView {
    // How the next status will have been verified, while none is recorded.
    let next = RwSignal::new(Verification::InPerson);
    let verification = Memo::new(move |_| {
        let known = chosen.student.with(|student| student.verified.copied());
        known.unwrap_or(next.get())
    });
    view! {
        <Statuses chosen verification/>
        <Reason chosen/>
        <div class="cells">
            <Verified chosen verification next/>
            <Marks chosen/>
        </div>
        <Note chosen/>
        <Person chosen open/>
    }
}

/// The six statuses.
#[component]
fn Statuses(chosen: Chosen, verification: Memo<Verification>) -> impl IntoView {
    let status = Memo::new(move |_| chosen.student.with(|student| student.status.copied()));
    let button = move |choice: Status| {
        let register = move |_| {
            chosen.write((texts().words().status)(choice), |book, no| {
                commands::register(book, no, choice, verification.get_untracked())
            });
        };
        view! {
            <button
                class=format!("status status_{}", tone(Some(choice)))
                aria-pressed=move || (status.get() == Some(choice)).to_string()
                on:click=register
            >
                {(texts().words().status)(choice)}
            </button>
        }
    };
    let forget = move |_| {
        chosen.write(texts().students().forgotten, |_, no| {
            commands::clear_registration(no)
        });
    };
    view! {
        <div
            class="statuses"
            role="group"
            aria-label=texts().students().status_title
        >
            {Status::ALL.iter().map(|&choice| button(choice)).collect_view()}
        </div>
        <Show when=move || status.get().is_some()>
            <button class="btn btn_plain btn_mini" on:click=forget>
                {texts().students().forget}
            </button>
        </Show>
    }
}

/// Why the student cannot install: asked for only then.
#[component]
fn Reason(chosen: Chosen) -> impl IntoView {
    let is_unable = Memo::new(move |_| {
        chosen
            .student
            .with(|student| student.status.copied() == Some(Status::Unable))
    });
    let reason = Memo::new(move |_| {
        chosen
            .student
            .with(|student| student.reason.get().cloned().unwrap_or_default())
    });
    let save = move |typed: String| {
        chosen.write(texts().students().reason_saved, |book, no| {
            commands::set_reason(book, no, &typed)
        });
    };
    let is_missing = move || reason.with(String::is_empty);
    view! {
        <Show when=move || is_unable.get()>
            <div class="field">
                <label class="field__label" for="reason">
                    {texts().students().reason}
                </label>
                <input
                    class="field__input"
                    id="reason"
                    type="text"
                    autocomplete="off"
                    maxlength=MAX_TEXT
                    aria-required="true"
                    aria-describedby="reason-about"
                    prop:value=move || reason.get()
                    on:change:target=move |event| save(event.target().value())
                />
                <p
                    id="reason-about"
                    class=move || if is_missing() { "field__error" } else { "field__hint" }
                >
                    {texts().students().reason_hint}
                </p>
            </div>
        </Show>
    }
}

/// How the status was verified.
#[component]
fn Verified(
    chosen: Chosen,
    verification: Memo<Verification>,
    next: RwSignal<Verification>,
) -> impl IntoView {
    let choose = move |choice: Verification| {
        next.set(choice);
        let status = chosen
            .student
            .with_untracked(|student| student.status.copied());
        if let Some(status) = status {
            chosen.write((texts().words().verification)(choice), |book, no| {
                commands::register(book, no, status, choice)
            });
        }
    };
    let choices = Verification::ALL.iter().map(|&choice| {
        view! {
            <Choice
                label=(texts().words().verification)(choice)
                is_chosen=move || verification.get() == choice
                on_choose=move |()| choose(choice)
            />
        }
    });
    view! {
        <div class="cell" role="group" aria-label=texts().students().verified_how>
            <span class="cell__bd">{texts().students().verified}</span>
            <span class="cell__ft">{choices.collect_view()}</span>
        </div>
    }
}

/// 备注: the monitor's own.
#[component]
fn Note(chosen: Chosen) -> impl IntoView {
    let note = Memo::new(move |_| {
        chosen
            .student
            .with(|student| student.note.get().cloned().unwrap_or_default())
    });
    let save = move |typed: String| {
        chosen.write(texts().students().note_saved, |book, no| {
            commands::set_note(book, no, &typed)
        });
    };
    view! {
        <div class="field">
            <label class="field__label" for="note">{texts().students().note}</label>
            <input
                class="field__input"
                id="note"
                type="text"
                autocomplete="off"
                maxlength=MAX_TEXT
                aria-describedby="note-about"
                prop:value=move || note.get()
                on:change:target=move |event| save(event.target().value())
            />
            <p class="field__hint" id="note-about">{texts().students().note_hint}</p>
        </div>
    }
}
