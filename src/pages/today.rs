use chrono::Timelike;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use wuzha_core::measure::Share;
use wuzha_core::pack::Day;
use wuzha_core::today::{Today as Reading, Todo};

use super::start::ExampleBanner;
use crate::app::{bilingual, texts};
use crate::browser::clock;
use crate::components::{Fill, Icon, Ring};
use crate::content;
use crate::school::School;
use crate::shell::{HelpLink, SaveMark, Screen, Tab};
use crate::store::Store;

/// What draws 今日, a part of its own, which is loaded first.
#[wasm_split(today, fallible, preload(preload_today))]
pub(crate) fn today() -> Result<fn() -> AnyView, SplitLoaderError> {
    Ok(|| view! { <Today/> }.into_any())
}

/// 今日: where the class stands, and what is next.
#[component]
fn Today() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let pack = content::pack();
    let reading = Memo::new(move |_| book.with(|book| Reading::of(book, pack)));
    let title = move || book.with(|book| book.class_name().to_owned());
    view! {
        <Screen title=title tab=Tab::Today class="stack" actions=Actions>
            <ExampleBanner/>
            <Campaign/>
            <Rings reading/>
            <Todos reading/>
            <Quick/>
            <DataSafety/>
        </Screen>
    }
}

/// The settings are one tap from here, as 被骗了怎么办 is everywhere.
#[component]
fn Actions() -> impl IntoView {
    view! {
        <SaveMark/>
        <HelpLink/>
        <a class="topbar__action" href="/settings">{texts().common().settings}</a>
    }
}

/// The campaign, its phase, and the day.
#[component]
fn Campaign() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let pack = content::pack();
    let today = clock::now().date(clock::offset());
    let start = Memo::new(move |_| book.with(|book| book.profile.campaign_start.copied()));
    let line = move || {
        let (start, today) = (start.get()?, today?);
        let texts = texts().today();
        Some(match pack.campaign.day(start, today) {
            Day::Before { days } => (None, (texts.campaign_before)(days)),
            Day::In { phase, day, of } => (
                Some(bilingual(&phase.title).to_owned()),
                (texts.campaign_day)(day, of),
            ),
            Day::After => (None, texts.campaign_after.to_owned()),
        })
    };
    view! {
        <section class="card stack">
            <h2 class="strong">{bilingual(&pack.campaign.title)}</h2>
            {move || line().map(|(phase, day)| view! {
                <p>{phase}</p>
                <p class="muted small">{day}</p>
            })}
        </section>
    }
}

#[component]
fn Rings(reading: Memo<Reading>) -> impl IntoView {
    let time = move || {
        reading.track();
        clock::now()
            .local(clock::offset())
            .map(|now| format!("{:02}:{:02}", now.hour(), now.minute()))
            .unwrap_or_default()
    };
    let ring = move |href, label: fn() -> &'static str, pick: fn(&Reading) -> Share| {
        let fill = Signal::derive(move || reading.with(|reading| fill(pick(reading))));
        let note = move || reading.with(|reading| note(pick(reading)));
        view! { <Ring href=href label=label fill=fill note=note/> }
    };
    view! {
        <section aria-label=texts().today().rings>
            <div class="rings">
                {ring("/record/students", || texts().today().registered, |reading| reading.registered)}
                {ring("/quiz", || texts().today().quiz_passed, |reading| reading.quiz_passed)}
                {ring("/record/dorms", || texts().today().dorms_met, |reading| reading.dorms_met)}
            </div>
            <p class="section-note center">{move || (texts().today().as_of)(&time())}</p>
        </section>
    }
}

/// Unknown as long as nobody is known either way, so that a new class does not show 0.
fn fill(share: Share) -> Fill {
    if !share.is_known() {
        Fill::Unknown
    } else {
        Fill::Share {
            met: share.met,
            of: share.of(),
        }
    }
}

fn note(share: Share) -> String {
    let texts = texts().today();
    match (fill(share), share.unknown) {
        (Fill::Unknown, _) => texts.not_counted.to_owned(),
        (_, 0) => String::new(),
        (_, unknown) => (texts.unknown_count)(unknown),
    }
}

#[component]
fn Todos(reading: Memo<Reading>) -> impl IntoView {
    let todos = Memo::new(move |_| reading.with(|reading| reading.todos.clone()));
    let item = |todo: Todo| {
        view! {
            <a class="cell cell_access" href=place(todo)>
                <span class="cell__bd">{(texts().today().todo)(todo)}</span>
            </a>
        }
    };
    let done = || {
        view! {
            <div class="empty empty_card">
                <p class="empty__title">{texts().today().nothing_to_do}</p>
                <p>{texts().today().nothing_to_do_next}</p>
            </div>
        }
    };
    view! {
        <section>
            <h2 class="section-title">{texts().today().todos}</h2>
            <Show when=move || !todos.with(Vec::is_empty) fallback=done>
                <nav class="cells" aria-label=texts().today().todos>
                    {move || todos.get().into_iter().map(item).collect_view()}
                </nav>
            </Show>
        </section>
    }
}

/// Where a thing is done, filtered to those it is about.
fn place(todo: Todo) -> &'static str {
    match todo {
        Todo::ImportRoster => "/import",
        Todo::SettleConflicts(_) => "/conflicts",
        Todo::RecordStatus(_) => "/record/students?show=unrecorded",
        Todo::Register(_) => "/record/students?show=unregistered",
        Todo::GiveReason(_) => "/record/students?show=no-reason",
        Todo::CorrectRegion(_) => "/record/students?show=wrong-region",
        Todo::InspectDorms(_) => "/record/dorms",
        Todo::CheckClass(_) => "/record/class",
        Todo::SetQuiz => "/quiz/new",
        Todo::TakeQuiz(_) | Todo::RetakeQuiz(_) => "/quiz/latest",
        Todo::SignPledge(_) => "/record/students?show=no-pledge",
        Todo::ReturnNotice(_) => "/record/students?show=no-notice",
    }
}

#[component]
fn Quick() -> impl IntoView {
    let button = |href, icon, label: fn() -> &'static str| {
        view! {
            <a class="btn btn_default" href=href>
                <Icon path=icon/>
                {label()}
            </a>
        }
    };
    view! {
        <nav class="btn-row btn-row_icons" aria-label=texts().today().quick>
            {button("/download", "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2", || texts().today().show_code)}
            {button("/quiz/new", "M5 4h14v16H5zM9 9h6M9 13h4", || texts().today().start_quiz)}
            {button("/record/dorms", "M4 20V8l8-4 8 4v12M9 20v-6h6v6", || texts().today().inspect_dorms)}
        </nav>
    }
}

/// One line on where the records are.
#[component]
fn DataSafety() -> impl IntoView {
    let school = expect_context::<School>();
    let store = expect_context::<Store>();
    view! {
        <p class="section-note center">
            {move || match school.is_invited() {
                true => (texts().today().handed_in)(store.records()),
                false => (texts().today().only_here)(store.records()),
            }}
        </p>
    }
}
