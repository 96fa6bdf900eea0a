use leptos::prelude::*;
use wuzha_core::book::commands;
use wuzha_core::ident::{DormName, IdentError, PersonName};

use super::field::{DormNames, Field, Suggest, dorm_problem, read_dorm};
use super::sheet::Chosen;
use crate::app::texts;

/// Corrects who the student is, or takes them off the list.
#[component]
pub(super) fn Person(chosen: Chosen, open: RwSignal<bool>) -> impl IntoView {
    let take_off = move |_| {
        open.set(false);
        chosen.write(texts().students().unlisted, |_, no| commands::unlist(no));
    };
    view! {
        <h3 class="section-title">{texts().students().person}</h3>
        <Name chosen/>
        <Dorm chosen/>
        <DormNames/>
        <div class="btn-row">
            <button class="btn btn_default btn_plain btn_warn" on:click=take_off>
                {texts().students().unlist}
            </button>
        </div>
        <p class="section-note center">{texts().students().unlist_hint}</p>
    }
}

#[component]
fn Name(chosen: Chosen) -> impl IntoView {
    let known = Memo::new(move |_| {
        chosen
            .student
            .with(|student| student.name_text().to_owned())
    });
    let typed = following(known);
    let problem = RwSignal::new(None::<IdentError>);
    let correct = move |()| {
        problem.set(None);
        match PersonName::try_from(typed.get_untracked()) {
            Ok(name) => chosen.write(texts().students().person_saved, |book, no| {
                let dorm = book.student(no).and_then(|student| student.dorm.get());
                commands::correct_student(book, no, &name, dorm)
            }),
            Err(error) => problem.set(Some(error)),
        }
    };
    let said = move || problem.with(|problem| problem.as_ref().map(texts().students().name_error));
    view! {
        <Field
            id="person-name"
            label=|| texts().students().name
            typed
            problem=Signal::derive(said)
            on_leave=correct
        />
    }
}

#[component]
fn Dorm(chosen: Chosen) -> impl IntoView {
    let known = Memo::new(move |_| {
        chosen.student.with(|student| {
            let dorm = student.dorm.get();
            dorm.map_or("", DormName::as_str).to_owned()
        })
    });
    let typed = following(known);
    let problem = RwSignal::new(None::<IdentError>);
    let correct = move |()| {
        problem.set(None);
        match typed.with_untracked(|typed| read_dorm(typed)) {
            Ok(dorm) => chosen.write(texts().students().person_saved, |book, no| {
                let name = book.student(no).and_then(|student| student.name.get());
                name.map_or_else(Vec::new, |name| {
                    commands::correct_student(book, no, name, dorm.as_ref())
                })
            }),
            Err(error) => problem.set(Some(error)),
        }
    };
    let said = move || problem.with(|problem| problem.as_ref().map(dorm_problem));
    view! {
        <Field
            id="person-dorm"
            label=|| texts().students().dorm
            hint=|| texts().students().dorm_hint
            typed
            problem=Signal::derive(said)
            on_leave=correct
            suggest=Suggest::Dorms
        />
    }
}

/// What is typed, beginning with what is known and set back to it when that changes.
fn following(known: Memo<String>) -> RwSignal<String> {
    let typed = RwSignal::new(known.get_untracked());
    Effect::new(move |_| typed.set(known.get()));
    typed
}
