use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::ident::StudentNo;
use wuzha_jobs::Progress;
use wuzha_jobs::privacy::Holding;
use wuzha_jobs::shelf::Failure;

use super::super::file::{ExportButton, Kind};
use super::super::problem;
use super::Shown;
use crate::app::texts;
use crate::components::Ask;
use crate::shelf;

/// How far the looking is.
#[derive(Clone)]
enum Stage {
    Asking,
    Working(Option<Progress>),
    Found(StudentNo, Vec<Holding>),
    NotANumber,
    Failed(Failure),
}

type State = RwSignal<Stage, LocalStorage>;

/// 查阅、删除: one student, in all classes.
#[component]
pub(super) fn Student(shown: Shown) -> impl IntoView {
    let state: State = RwSignal::new_local(Stage::Asking);
    let typed = RwSignal::new(String::new());
    let find = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match StudentNo::try_from(typed.get_untracked().as_str()) {
            Ok(no) => look_for(state, no),
            Err(_) => state.set(Stage::NotANumber),
        }
    };
    let is_waiting = move || {
        let is_empty = typed.with(|typed| typed.trim().is_empty());
        is_empty || state.with(|state| matches!(state, Stage::Working(_)))
    };
    let content = move || match state.get() {
        Stage::Asking => ().into_any(),
        Stage::Working(so_far) => {
            let Progress { done, total } = so_far.unwrap_or(Progress { done: 0, total: 0 });
            let text = (texts().privacy().finding)(done, total);
            view! { <p class="row muted" role="status"><span class="spinner"></span>{text}</p> }
                .into_any()
        }
        Stage::NotANumber => problem(texts().privacy().not_a_no.to_owned()),
        Stage::Failed(failure) => problem((texts().overview().failure)(&failure).to_owned()),
        Stage::Found(_, holdings) if holdings.is_empty() => {
            view! { <p role="status">{texts().privacy().not_found}</p> }.into_any()
        }
        Stage::Found(no, holdings) => view! { <Held shown state no holdings/> }.into_any(),
    };
    view! {
        <section class="stack">
            <h2 class="section-title"><span>{texts().privacy().student}</span></h2>
            <form class="card stack" aria-label=texts().privacy().student on:submit=find>
                <p class="small">{texts().privacy().student_note}</p>
                <label class="field">
                    <span class="field__label">{texts().privacy().no}</span>
                    <input class="field__input" autocomplete="off" bind:value=typed/>
                </label>
                <button class="btn btn_default btn_block" disabled=is_waiting>
                    {texts().privacy().find}
                </button>
            </form>
            {content}
        </section>
    }
}

fn look_for(state: State, no: StudentNo) {
    state.set(Stage::Working(None));
    spawn_local(async move {
        let found = match shelf::privacy::find(no.clone(), so_far(state)).await {
            Ok(holdings) => Stage::Found(no, holdings),
            Err(failure) => Stage::Failed(failure),
        };
        let _left_meanwhile = state.try_set(found);
    });
}

fn so_far(state: State) -> impl Fn(Progress) {
    move |progress| {
        let _left_meanwhile = state.try_set(Stage::Working(Some(progress)));
    }
}

/// Where something is held about the student: as a file of each class, and erased from all of them.
#[component]
fn Held(shown: Shown, state: State, no: StudentNo, holdings: Vec<Holding>) -> impl IntoView {
    let classes = holdings.len();
    let lines = holdings.into_iter().map(|holding| {
        let (book, file) = (holding.book, no.clone());
        let said = (texts().privacy().holding)(holding.records, holding.mentions);
        let label = (texts().privacy().export)(&holding.class);
        view! {
            <li class="card stack">
                <p class="strong wrap-anywhere">{holding.class}</p>
                <p class="small num">{said}</p>
                <ExportButton
                    label
                    tone="btn_default"
                    kind=Kind::STUDENT
                    of=Signal::stored(no.to_string())
                    make=move || Box::pin(shelf::privacy::write_student(book, file.clone()))
                />
            </li>
        }
    });
    let lines = lines.collect_view();
    let asking = RwSignal::new(false);
    let text = (texts().privacy().erase_text)(no.as_str(), classes);
    let erase = Callback::new(move |()| {
        let no = no.clone();
        state.set(Stage::Working(None));
        spawn_local(async move {
            let unit = shown.unit.get_untracked();
            match shelf::privacy::erase_student(no, unit, so_far(state)).await {
                Ok(certificate) => shown.erased(certificate),
                Err(failure) => {
                    let _left_meanwhile = state.try_set(Stage::Failed(failure));
                }
            }
        });
    });
    view! {
        <h3 class="strong">{texts().privacy().found}</h3>
        <ul class="plain-list stack">{lines}</ul>
        <button class="btn btn_warn btn_block" on:click=move |_| asking.set(true)>
            {texts().privacy().erase}
        </button>
        <Ask
            open=asking
            title=texts().privacy().erase
            text
            yes=texts().privacy().erase
            on_yes=erase
        />
    }
}
