//! 达标评定: which dorms, classes and departments have their award, gate by gate, and a person's decision.
//!
//! # Layout
//! - here: the screen; `list`: the candidates of a level; `why`: what one was decided by, and 人工复核
//! - `rounds`: freezing a round, and those that were; `round`: one of them; `certificates`: its certificates

mod certificates;
mod list;
mod round;
mod rounds;
mod why;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::award::{Awards, Candidate};
use wuzha_core::measure::Standing;
use wuzha_core::pack::Level;
use wuzha_jobs::Progress;
use wuzha_jobs::shelf::Failure;

use super::file::{ExportButton, Kind};
use super::frame::{DeskScreen, Place};
use super::problem;
use crate::app::{bilingual, texts};
use crate::content;
use crate::shelf;
use list::Candidates;
use rounds::Rounds;

pub(super) use certificates::Certificates;
pub(super) use round::RoundView;

/// The awards, from the smallest to the largest.
const LEVELS: [Level; 4] = [Level::Dorm, Level::Class, Level::Department, Level::School];

/// How far the reading is.
#[derive(Clone, PartialEq)]
enum Stage {
    Reading,
    /// There is no class on the shelf.
    Nothing,
    /// [`Shown::awards`] says how all stand.
    Ruled,
    Failed(Failure),
}

/// What is shown. Here, so that a decision, after which the list is drawn anew, changes nothing but itself.
#[derive(Clone, Copy)]
struct Shown {
    awards: RwSignal<Option<Awards>, LocalStorage>,
    level: RwSignal<Level>,
    standing: RwSignal<Option<Standing>>,
    search: RwSignal<String>,
    opened: RwSignal<Option<Candidate>>,
}

/// 达标评定.
#[component]
pub(super) fn AwardsView() -> impl IntoView {
    let shown = Shown {
        awards: RwSignal::new_local(None),
        level: RwSignal::new(Level::Class),
        standing: RwSignal::new(None),
        search: RwSignal::new(String::new()),
        opened: RwSignal::new(None),
    };
    let stage = RwSignal::new(Stage::Reading);
    let so_far = RwSignal::new(None::<Progress>);
    spawn_local(read(shown, stage, so_far));
    let content = move || match stage.get() {
        Stage::Reading => reading(so_far),
        Stage::Failed(failure) => problem((texts().overview().failure)(&failure).to_owned()),
        Stage::Nothing => view! {
            <div class="empty empty_card">
                <p class="empty__title">{texts().overview().nothing}</p>
                <p>{texts().overview().nothing_next}</p>
            </div>
        }
        .into_any(),
        Stage::Ruled => view! {
            <Levels shown/>
            <Candidates shown/>
            <section class="stack">
                <p class="muted small">{texts().awards().export_note}</p>
                <ExportButton
                    label=texts().awards().export
                    tone="btn_default"
                    kind=Kind::AWARDS
                    of=Signal::stored(String::new())
                    make=|| Box::pin(shelf::write_awards(None))
                />
            </section>
        }
        .into_any(),
    };
    view! {
        <DeskScreen place=Place::Awards>
            <p class="section-note">{texts().awards().lead}</p>
            {content}
            <Rounds may_freeze=Signal::derive(move || stage.get() == Stage::Ruled)/>
        </DeskScreen>
    }
}

async fn read(shown: Shown, stage: RwSignal<Stage>, so_far: RwSignal<Option<Progress>>) {
    let on_progress = move |progress| {
        let _left_meanwhile = so_far.try_set(Some(progress));
    };
    let read = match shelf::awards(on_progress).await {
        Ok(awards) if awards.classes.is_empty() => Stage::Nothing,
        Ok(awards) => {
            let _left_meanwhile = shown.awards.try_set(Some(awards));
            Stage::Ruled
        }
        Err(failure) => Stage::Failed(failure),
    };
    let _left_meanwhile = stage.try_set(read);
}

/// How many classes have been read of how many.
fn reading(so_far: RwSignal<Option<Progress>>) -> AnyView {
    let text = move || {
        so_far.get().map_or_else(
            || texts().overview().opening.to_owned(),
            |Progress { done, total }| (texts().awards().reading)(done, total),
        )
    };
    view! { <p class="row muted" role="status"><span class="spinner"></span>{text}</p> }.into_any()
}

/// 寝室, 班级, 系部 or 学校.
#[component]
fn Levels(shown: Shown) -> impl IntoView {
    let levels = LEVELS.map(|level| {
        let choose = move |_| {
            shown.level.set(level);
            shown.standing.set(None);
            shown.opened.set(None);
        };
        view! {
            <button
                class="segmented__item"
                type="button"
                aria-current=move || (shown.level.get() == level).then_some("true")
                on:click=choose
            >
                {(texts().awards().level)(level)}
            </button>
        }
    });
    let title = move || {
        let criteria = content::pack().criteria(shown.level.get());
        let example = criteria.example.then(|| {
            view! { <span class="chip chip_warn">{texts().common().example}</span> }
        });
        view! { <span>{bilingual(&criteria.title).to_owned()}" "{example}</span> }
    };
    view! {
        <nav class="segmented" aria-label=texts().awards().levels>{levels.into_iter().collect_view()}</nav>
        <h2 class="section-title">{title}</h2>
    }
}
