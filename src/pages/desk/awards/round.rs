use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use wuzha_core::desk::{Again, Rebuilt, RoundCard, RoundId, Snapshot, awarded};
use wuzha_core::pack::Level;
use wuzha_core::time::UnixMillis;
use wuzha_jobs::Progress;
use wuzha_jobs::shelf::Failure;

use super::super::file::{ExportButton, Kind};
use super::super::{figure, problem, waiting};
use super::rounds::address;
use super::{LEVELS, reading};
use crate::app::{bilingual, texts};
use crate::browser::clock;
use crate::shelf;
use crate::shell::Screen;

/// A frozen round with what it is called.
pub(super) type Read = Option<Result<(RoundCard, Box<Snapshot>), Failure>>;

/// A frozen round: what was published, and whether it can be made again.
#[component]
pub(in super::super) fn RoundView() -> impl IntoView {
    let (id, round) = read_round();
    let content = move || match round.get() {
        None => waiting(texts().overview().opening),
        Some(Err(failure)) => problem((texts().overview().failure)(&failure).to_owned()),
        Some(Ok((card, snapshot))) => view! { <Content card snapshot=*snapshot/> }.into_any(),
    };
    let title = move || match round.get() {
        Some(Ok((card, _))) => card.title.title,
        _ => texts().awards().rounds.to_owned(),
    };
    view! {
        <Screen title=title back="/awards" class="stack wide">
            {content}
            <Check id/>
        </Screen>
    }
}

/// The round that the address names.
pub(super) fn read_round() -> (RoundId, RwSignal<Read, LocalStorage>) {
    let params = use_params_map();
    let id = params.with_untracked(|params| params.get("id"));
    // One that is no number names no round, like 0.
    let id = RoundId(UnixMillis(
        id.and_then(|id| id.parse().ok()).unwrap_or_default(),
    ));
    let round: RwSignal<Read, LocalStorage> = RwSignal::new_local(None);
    spawn_local(async move {
        let read = shelf::round(id).await;
        let _left_meanwhile = round.try_set(Some(read));
    });
    (id, round)
}

#[component]
fn Content(card: RoundCard, snapshot: Snapshot) -> impl IntoView {
    let RoundId(at) = card.id;
    let frozen = (texts().awards().frozen_at)(&at.to_minute_text(clock::offset()));
    // A round can be read whatever became of its pack; only the titles are missing then.
    let pack = snapshot.pack().ok();
    let given = LEVELS.map(|level| {
        let names = awarded(&snapshot.awards, level).into_iter();
        let names: Vec<String> = names.map(|(_, name)| name).collect();
        let title = pack.as_ref().map_or_else(
            || (texts().awards().level)(level).to_owned(),
            |pack| bilingual(&pack.criteria(level).title).to_owned(),
        );
        view! { <Given id=card.id level title names/> }
    });
    let id = card.id;
    let met_of = texts().awards().met_of;
    view! {
        <section class="card stack">
            <p class="small muted">{frozen}</p>
            <dl class="stages">
                {figure((texts().awards().level)(Level::Department), met_of(card.departments))}
                {figure((texts().awards().level)(Level::Class), met_of(card.classes))}
                {figure((texts().awards().level)(Level::Dorm), met_of(card.dorms))}
            </dl>
            <ExportButton
                label=texts().awards().export
                tone="btn_default"
                kind=Kind::AWARDS
                of=Signal::stored(card.title.title)
                make=move || Box::pin(shelf::write_awards(Some(id)))
            />
        </section>
        {given.into_iter().collect_view()}
    }
}

/// Who has the award of a level.
#[component]
fn Given(id: RoundId, level: Level, title: String, names: Vec<String>) -> impl IntoView {
    let count = names.len();
    let certificates = format!("{}/certificates?level={}", address(id), code(level));
    let names = names.into_iter().map(|name| {
        let name = match level {
            Level::School => texts().awards().school.to_owned(),
            _ => name,
        };
        view! { <li class="wrap-anywhere">{name}</li> }
    });
    (count > 0).then(|| {
        view! {
            <section class="card stack">
                <h2 class="strong">{title}" "<span class="muted">{count}</span></h2>
                <ul class="name-list">{names.collect_view()}</ul>
                <a class="btn btn_default btn_block" href=certificates>{texts().awards().certificates}</a>
            </section>
        }
    })
}

/// How an address names a level.
pub(super) fn code(level: Level) -> &'static str {
    match level {
        Level::Dorm => "dorm",
        Level::Class => "class",
        Level::Department => "department",
        Level::School => "school",
    }
}

/// Makes the round again from the operations, when asked.
#[component]
fn Check(id: RoundId) -> impl IntoView {
    let is_busy = RwSignal::new(false);
    let so_far = RwSignal::new(None::<Progress>);
    let rebuilt = RwSignal::new_local(None::<Result<Rebuilt, Failure>>);
    let check = move |_| {
        is_busy.set(true);
        spawn_local(async move {
            let on_progress = move |progress| {
                let _left_meanwhile = so_far.try_set(Some(progress));
            };
            let made = shelf::rebuild(id, on_progress).await;
            is_busy.try_set(false);
            let _left_meanwhile = rebuilt.try_set(Some(made));
        });
    };
    view! {
        <section class="stack">
            <h2 class="section-title"><span>{texts().awards().check}</span></h2>
            <p class="muted small">{texts().awards().check_note}</p>
            <button class="btn btn_default btn_block" disabled=move || is_busy.get() on:click=check>
                {texts().awards().check}
            </button>
            <div aria-live="polite">
                {move || is_busy.get().then(|| reading(so_far))}
                {move || rebuilt.get().map(outcome)}
            </div>
        </section>
    }
}

fn outcome(rebuilt: Result<Rebuilt, Failure>) -> AnyView {
    let rebuilt = match rebuilt {
        Ok(rebuilt) => rebuilt,
        Err(failure) => return problem((texts().overview().failure)(&failure).to_owned()),
    };
    let same = rebuilt
        .classes
        .iter()
        .filter(|(_, again)| *again == Again::Same);
    let (same, all) = (same.count(), rebuilt.classes.len());
    let others = rebuilt
        .classes
        .into_iter()
        .filter(|(_, again)| *again != Again::Same);
    let others = others.map(|(name, again)| {
        view! { <li class="wrap-anywhere">{(texts().awards().again)(&name, again)}</li> }
    });
    let others = others.collect_view();
    match same == all && rebuilt.units == Again::Same {
        true => view! {
            <p class="banner banner_info">{(texts().awards().all_again)(all)}</p>
        }
        .into_any(),
        false => view! {
            <div class="banner banner_warn" role="alert">
                <p>{(texts().awards().some_again)(same, all)}</p>
                <ul class="plain-list small">{others}</ul>
            </div>
        }
        .into_any(),
    }
}
