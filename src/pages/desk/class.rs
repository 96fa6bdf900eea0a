use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use wuzha_core::book::Book;
use wuzha_core::log::Snapshot;
use wuzha_core::measure::Share;
use wuzha_core::pack::Measure;
use wuzha_jobs::courier::{Class, ClassId, Failure, Invitee};

use super::invite::{Invitation, InvitationView, Inviting, invite};
use super::{problem, waiting};
use crate::app::texts;
use crate::browser::save;
use crate::ledgers::Source;
use crate::pages::handin::{Trouble, sentence, write_workbook};
use crate::school::School;
use crate::shell::Screen;

/// A class, opened.
#[derive(Clone)]
struct Opened {
    class: Class,
    snapshot: Vec<u8>,
    book: StoredValue<Book>,
}

#[derive(Clone)]
enum State {
    Opening,
    Opened(Opened),
    /// What the class handed in is damaged.
    Damaged,
    Failed(Failure),
}

/// One class: what it handed in, and its ledger.
#[component]
pub(super) fn ClassView() -> impl IntoView {
    let params = use_params_map();
    let id = params
        .with_untracked(|params| params.get("id"))
        .unwrap_or_default();
    let state = RwSignal::new_local(State::Opening);
    let title = move || match state.get() {
        State::Opened(opened) => opened.class.name.as_str().to_owned(),
        _ => texts().desk().title.to_owned(),
    };
    match id.parse() {
        Ok(id) => open(state, id),
        Err(_) => state.set(State::Failed(Failure::UnknownClass)),
    }
    let content = move || match state.get() {
        State::Opening => waiting(texts().desk().opening),
        State::Damaged => problem(texts().desk().damaged.to_owned()),
        State::Failed(failure) => problem((texts().school().failure)(&failure)),
        State::Opened(opened) => view! { <Content state opened/> }.into_any(),
    };
    view! {
        <Screen title=title back="/desk" class="stack">{content}</Screen>
    }
}

fn open(state: RwSignal<State, LocalStorage>, id: ClassId) {
    spawn_local(async move {
        let opened = match School::open(id).await {
            Ok((class, snapshot)) => match Snapshot::decode(&snapshot) {
                Ok(Snapshot { registers, .. }) => State::Opened(Opened {
                    class,
                    snapshot,
                    book: StoredValue::new(Book::fold(&registers)),
                }),
                Err(_) => State::Damaged,
            },
            Err(failure) => State::Failed(failure),
        };
        let _left_meanwhile = state.try_set(opened);
    });
}

#[component]
fn Content(state: RwSignal<State, LocalStorage>, opened: Opened) -> impl IntoView {
    let Opened {
        class,
        snapshot,
        book,
    } = opened;
    let id = class.id;
    let inviting: Invitation = RwSignal::new_local(Inviting::Idle);
    let is_empty = book.with_value(|book| !book.has_class());
    let aside = (class.aside > 0).then(|| problem((texts().desk().aside)(class.aside)));
    view! {
        {aside}
        {match is_empty {
            true => view! {
                <div class="empty empty_card">
                    <p class="empty__title">{texts().desk().nothing_yet}</p>
                    <p>{texts().desk().nothing_next}</p>
                </div>
            }
            .into_any(),
            false => view! { <Figures book/> <Ledger book snapshot/> }.into_any(),
        }}
        <InvitationView state=inviting/>
        <button
            class="btn btn_default btn_block"
            on:click=move |_| {
                state.set(State::Opening);
                open(state, id);
            }
        >
            {texts().desk().refresh}
        </button>
        <button
            class="btn btn_plain btn_block"
            on:click=move |_| invite(inviting, Invitee::Phone(id), || ())
        >
            {texts().desk().invite_phone}
        </button>
    }
}

/// What the class's book says.
#[component]
fn Figures(book: StoredValue<Book>) -> impl IntoView {
    let (name, students, registered, passed) = book.with_value(|book| {
        let share = |measure| Share::of_class(book, measure);
        (
            book.class_name().to_owned(),
            book.students().count(),
            share(Measure::Registered),
            share(Measure::QuizPassed),
        )
    });
    let figure = |label: &'static str, value: String| {
        view! {
            <div class="stage">
                <dt>{label}</dt>
                <dd class="num">{value}</dd>
            </div>
        }
    };
    view! {
        <section class="card stack">
            <h2 class="strong wrap-anywhere">{name}</h2>
            <dl class="stages">
                {figure(texts().desk().students, students.to_string())}
                {figure(texts().today().registered, of(registered))}
                {figure(texts().today().quiz_passed, of(passed))}
            </dl>
        </section>
    }
}

/// `3/45`, or a dash as long as nobody is known either way.
fn of(share: Share) -> String {
    match share.met + share.unmet {
        0 => "–".to_owned(),
        _ => format!("{}/{}", share.met, share.of()),
    }
}

/// 导出 Excel 台账.
#[component]
fn Ledger(book: StoredValue<Book>, snapshot: Vec<u8>) -> impl IntoView {
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new_local(None::<Trouble>);
    let snapshot = StoredValue::new(snapshot);
    let export = move |_| {
        is_busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let (class, has_quizzes) = book.with_value(|book| {
                let has_quizzes = book.papers().next().is_some();
                (book.class_name().to_owned(), has_quizzes)
            });
            let source = Source {
                snapshot: snapshot.get_value(),
                has_quizzes,
            };
            let written = write_workbook(&class, source).await;
            let saved = written.and_then(|file| save::download(&file).map_err(|_| Trouble::File));
            is_busy.try_set(false);
            trouble.try_set(saved.err());
        });
    };
    view! {
        <section class="card stack">
            <p class="small">{texts().hand_in().personal_data}</p>
            <button
                class="btn btn_primary btn_block"
                disabled=move || is_busy.get()
                aria-busy=move || is_busy.get().to_string()
                on:click=export
            >
                {texts().hand_in().workbook}
            </button>
            {move || trouble.get().map(|trouble| problem(sentence(&trouble)))}
        </section>
    }
}
