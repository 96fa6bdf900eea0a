use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wuzha_core::book::{Book, commands};
use wuzha_core::ident::{IdentError, PersonName, StudentNo};
use wuzha_core::roster;

use super::field::{DormNames, Field, Suggest, dorm_problem, read_dorm};
use crate::app::texts;
use crate::shell::{SaveMark, Screen, commit_undoable};
use crate::store::Store;

/// 手动添加.
#[component]
pub(crate) fn AddStudent() -> impl IntoView {
    view! {
        <Screen
            title=texts().students().add
            back="/record/students"
            actions=SaveMark
        >
            <Form/>
        </Screen>
    }
}

/// What is typed, and what is wrong with it since the last try.
#[derive(Clone, Copy)]
struct Draft {
    no: RwSignal<String>,
    name: RwSignal<String>,
    dorm: RwSignal<String>,
    problems: RwSignal<Problems>,
}

#[derive(Clone, Default)]
struct Problems {
    no: Option<NumberProblem>,
    name: Option<IdentError>,
    dorm: Option<IdentError>,
}

#[derive(Clone)]
enum NumberProblem {
    Unreadable(IdentError),
    /// The number is this student's already.
    Taken(PersonName),
}

impl Draft {
    fn new() -> Self {
        Self {
            no: RwSignal::new(String::new()),
            name: RwSignal::new(String::new()),
            dorm: RwSignal::new(String::new()),
            problems: RwSignal::new(Problems::default()),
        }
    }

    /// The student, or `None` with the problems set.
    fn read(self, book: &Book) -> Option<roster::Student> {
        let no = free_number(book, &self.no.read_untracked());
        let name = PersonName::try_from(self.name.get_untracked());
        let dorm = read_dorm(&self.dorm.read_untracked());
        self.problems.set(Problems {
            no: no.clone().err(),
            name: name.clone().err(),
            dorm: dorm.clone().err(),
        });
        Some(roster::Student {
            no: no.ok()?,
            name: name.ok()?,
            dorm: dorm.ok()?,
        })
    }

    /// Ready for the next one, who may well live in the same dorm.
    fn clear(self) {
        self.no.set(String::new());
        self.name.set(String::new());
    }
}

/// A number that nobody on the list has. Who was taken off the list may come back.
fn free_number(book: &Book, typed: &str) -> Result<StudentNo, NumberProblem> {
    let no = StudentNo::try_from(typed).map_err(NumberProblem::Unreadable)?;
    let listed = book.student(&no).filter(|student| student.is_listed());
    match listed.and_then(|student| student.name.get()) {
        Some(name) => Err(NumberProblem::Taken(name.clone())),
        None => Ok(no),
    }
}

/// Another student of that name, by the end of the number.
fn namesake(book: &Book, name: &PersonName) -> Option<String> {
    let mut students = book.students();
    let found = students.find(|(_, student)| student.name.get() == Some(name));
    found.map(|(no, _)| no.tail().to_owned())
}

/// Puts the student on the list; says whether there was one.
fn save(store: Store, draft: Draft) -> bool {
    let added = store.book().with_untracked(|book| {
        let student = draft.read(book)?;
        let texts = texts().students();
        let said = match namesake(book, &student.name) {
            Some(tail) => (texts.added_namesake)(student.name.as_str(), &tail),
            None => (texts.added)(student.name.as_str()),
        };
        Some((commands::import(book, &[student]), said))
    });
    let is_added = added.is_some();
    if let Some((changes, said)) = added {
        commit_undoable(changes, said);
    }
    is_added
}

#[component]
fn Form() -> impl IntoView {
    let store = expect_context::<Store>();
    let navigate = use_navigate();
    let draft = Draft::new();
    let first = NodeRef::<Input>::new();
    let save_and_next = move |event: SubmitEvent| {
        event.prevent_default();
        if save(store, draft) {
            draft.clear();
            if let Some(first) = first.get_untracked() {
                // Fails only for an element out of the page.
                let _focused = first.focus();
            }
        }
    };
    let save_and_leave = move |_| {
        if save(store, draft) {
            navigate("/record/students", NavigateOptions::default());
        }
    };
    view! {
        <form on:submit=save_and_next>
            <Fields draft first/>
            <div class="btn-bar">
                <button class="btn btn_default" type="button" on:click=save_and_leave>
                    {texts().common().save}
                </button>
                <button class="btn btn_primary" type="submit">
                    {texts().students().save_and_next}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Fields(draft: Draft, first: NodeRef<Input>) -> impl IntoView {
    let Draft { problems, .. } = draft;
    let no_problem = move || {
        let texts = texts().students();
        problems.with(|problems| match problems.no.as_ref()? {
            NumberProblem::Unreadable(error) => Some((texts.number_error)(error)),
            NumberProblem::Taken(name) => Some((texts.taken)(name.as_str())),
        })
    };
    let name_problem =
        move || problems.with(|problems| problems.name.as_ref().map(texts().students().name_error));
    let dorm_problem = move || problems.with(|problems| problems.dorm.as_ref().map(dorm_problem));
    view! {
        <Field
            id="student-no"
            label=|| texts().students().number
            hint=|| texts().students().number_hint
            typed=draft.no
            problem=Signal::derive(no_problem)
            node_ref=first
        />
        <Field
            id="student-name"
            label=|| texts().students().name
            typed=draft.name
            problem=Signal::derive(name_problem)
        />
        <Field
            id="student-dorm"
            label=|| texts().students().dorm
            hint=|| texts().students().dorm_hint
            typed=draft.dorm
            problem=Signal::derive(dorm_problem)
            suggest=Suggest::Dorms
        />
        <DormNames/>
    }
}
