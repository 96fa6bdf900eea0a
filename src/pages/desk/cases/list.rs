use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::desk::{CaseFacts, CaseKind, ClockTime, EntryId, Weighing};
use wuzha_jobs::cases::{CasesBoard, ShownCase};

use super::super::book::LedgerTable;
use super::super::{problem, waiting};
use super::{Editing, Shown};
use crate::app::texts;
use crate::components::Fold;
use crate::shelf;

/// The cases, the newest first.
#[component]
pub(super) fn CaseList(shown: Shown) -> impl IntoView {
    let list = move || {
        shown.board.with(|board| {
            if board.cases.is_empty() {
                return view! { <p class="muted">{texts().cases().none}</p> }.into_any();
            }
            let cases = board.cases.iter().map(|case| {
                let line = Line::of(board, case);
                view! { <li><Row shown line/></li> }
            });
            view! { <ul class="plain-list stack" aria-label=texts().cases().cases>{cases.collect_view()}</ul> }
                .into_any()
        })
    };
    view! { {list} }
}

/// A case, in words.
#[derive(Clone)]
struct Line {
    shown: ShownCase,
    kind: String,
    place: String,
}

impl Line {
    fn of(board: &CasesBoard, shown: &ShownCase) -> Self {
        let facts = &shown.case.facts;
        let class = shown.class.and_then(|at| board.classes.get(at as usize));
        let place = match (class, &facts.class, &facts.department) {
            (Some(class), ..) => class.name.clone(),
            (None, Some(_), _) => texts().cases().class_gone.to_owned(),
            (None, None, Some(department)) => department.as_str().to_owned(),
            (None, None, None) => texts().cases().no_class.to_owned(),
        };
        Self {
            shown: shown.clone(),
            kind: kind_name(board, &facts.kind),
            place,
        }
    }
}

fn kind_name(board: &CasesBoard, kind: &CaseKind) -> String {
    match kind {
        CaseKind::Other => texts().cases().other_kind.to_owned(),
        CaseKind::Known(id) => {
            let mut categories = board.categories.iter();
            let category = categories.find(|category| category.id == *id);
            category.map_or_else(|| id.to_string(), |category| category.title.clone())
        }
    }
}

/// One case; the rest of it is drawn when it is opened.
#[component]
fn Row(shown: Shown, line: Line) -> impl IntoView {
    let facts = &line.shown.case.facts;
    let (day, status) = (facts.day.to_string(), facts.status);
    let weighing = line.shown.weighing;
    let is_contested = !line.shown.case.contested.is_empty();
    let (kind, place) = (line.kind.clone(), line.place.clone());
    let line = StoredValue::new(line);
    let is_open = Memo::new(move |_| {
        let opened = shown.opened.get();
        line.with_value(|line| opened.as_ref() == Some(&line.shown.case.id))
    });
    let toggle = move |()| {
        let id = line.with_value(|line| line.shown.case.id.clone());
        let next = (!is_open.get_untracked()).then_some(id);
        shown.opened.set(next);
    };
    let below = move || {
        let contested = is_contested.then(|| {
            view! { <span class="warn table__sub">{texts().cases().contested}</span> }
        });
        view! { {day.clone()}" · "{place.clone()}{contested} }
    };
    let end = move || {
        view! {
            <span class="chip chip_muted">{(texts().cases().status_of)(status)}</span>
            <span class=tone(weighing)>{(texts().cases().weighing)(weighing)}</span>
        }
    };
    view! {
        <Fold is_open toggle title=move || kind.clone() below end>
            <Opened shown case=line.get_value().shown/>
        </Fold>
    }
}

fn tone(weighing: Weighing) -> &'static str {
    match weighing {
        Weighing::Counts => "chip chip_bad",
        Weighing::Spared(_) => "chip chip_ok",
        Weighing::Open => "chip chip_info",
    }
}

/// All of a case, and the ways on.
#[component]
fn Opened(shown: Shown, case: ShownCase) -> impl IntoView {
    let facts = facts(&case.case.facts);
    let facts = facts.into_iter().map(|(label, value)| {
        view! { <dt>{label}</dt><dd>{value}</dd> }
    });
    let facts = facts.collect_view();
    let id = case.case.id.clone();
    let reads = RwSignal::new(false);
    let history = move || {
        let id = id.clone();
        reads.get().then(|| view! { <History id/> })
    };
    let case = StoredValue::new(case);
    let correct = move |_| {
        let editing = Editing::Case(Box::new(case.get_value()));
        shown.editing.set(Some(editing));
        // The form is above the list.
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    view! {
        <dl class="kv">{facts}</dl>
        <div class="btn-row">
            <button class="btn btn_default" on:click=correct>{texts().cases().correct}</button>
            <button
                class="btn btn_default"
                aria-expanded=move || reads.get().to_string()
                on:click=move |_| reads.update(|reads| *reads = !*reads)
            >
                {texts().cases().history}
            </button>
        </div>
        {history}
    }
}

fn facts(facts: &CaseFacts) -> Vec<(&'static str, String)> {
    let texts = texts().cases();
    let day = |day: Option<chrono::NaiveDate>| {
        day.map_or_else(|| texts.not_reported.to_owned(), |day| day.to_string())
    };
    let mut lines = vec![
        (texts.band, (texts.band_of)(facts.band).to_owned()),
        (texts.channel, (texts.channel_of)(facts.channel).to_owned()),
        (texts.course, (texts.course_of)(facts.course).to_owned()),
        (texts.reported_school, day(facts.reported_school)),
        (texts.reported_police, day(facts.reported_police)),
    ];
    let department = facts.department.as_ref();
    let written = [
        (texts.time, facts.time.map(ClockTime::to_text)),
        (
            texts.department,
            department.map(|of| of.as_str().to_owned()),
        ),
        (texts.follow_up, Some(facts.follow_up.as_str().to_owned())),
        (texts.lessons, Some(facts.lessons.as_str().to_owned())),
    ];
    let written = written.into_iter().filter_map(|(label, text)| {
        let text = text.filter(|text| !text.is_empty())?;
        Some((label, text))
    });
    lines.extend(written);
    lines
}

/// 变更记录.
#[component]
fn History(id: EntryId) -> impl IntoView {
    let ledger = RwSignal::new_local(None);
    spawn_local(async move {
        let read = shelf::cases::history(id).await;
        let _left_meanwhile = ledger.try_set(Some(read));
    });
    move || match ledger.get() {
        None => waiting(texts().overview().opening),
        Some(Err(failure)) => problem((texts().overview().failure)(&failure).to_owned()),
        Some(Ok(ledger)) => view! { <LedgerTable ledger/> }.into_any(),
    }
}
