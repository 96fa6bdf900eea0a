//! 登记 · 班级: the activities of the class.
//!
//! # Layout
//! - here: the list; `form`: the half-screen in which one is added, changed or taken off the list
//! - `draft`: what is typed, and what is wrong with it

mod draft;
mod form;

use leptos::prelude::*;
use wuzha_core::book::{Activity, People};
use wuzha_core::ident::Slug;

use crate::app::texts;
use crate::store::Store;
use form::ActivitySheet;

/// So many are shown at once: below them stands the class's checklist.
const AT_ONCE: usize = 3;

/// Which activity the half-screen is about.
#[derive(Clone)]
enum Editing {
    New,
    /// One that is there, as it was when it was opened.
    Known(Slug, Box<Activity>),
}

/// What a line of the list shows.
#[derive(Clone, PartialEq)]
struct Line {
    id: Slug,
    activity: Activity,
}

/// The activities, the newest first, and the way to one more.
#[component]
pub(crate) fn Activities() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let all = Memo::new(move |_| {
        let activities = book.with(|book| book.activities());
        let line = |(id, activity): (&Slug, &Activity)| Line {
            id: id.clone(),
            activity: activity.clone(),
        };
        activities
            .listed()
            .into_iter()
            .map(line)
            .collect::<Vec<_>>()
    });
    let count = Memo::new(move |_| all.with(Vec::len));
    let shows_all = RwSignal::new(false);
    let (editing, is_open) = (RwSignal::new(Editing::New), RwSignal::new(false));
    let edit = move |what: Editing| {
        editing.set(what);
        is_open.set(true);
    };
    let lines = move || {
        let shown = match shows_all.get() {
            true => usize::MAX,
            false => AT_ONCE,
        };
        let lines = all.get().into_iter().take(shown);
        lines.map(|line| view! { <Row line edit/> }).collect_view()
    };
    view! {
        <section aria-label=texts().activities().title>
            <h2 class="section-title">
                <span>{texts().activities().title}</span>
                <Show when=move || { count.get() > 0 }>
                    <span>{move || (texts().activities().counted)(count.get())}</span>
                </Show>
            </h2>
            <Show
                when=move || { count.get() > 0 }
                fallback=move || view! { <NothingYet edit/> }
            >
                <div class="cells">
                    {lines}
                    <button class="cell cell_center" on:click=move |_| edit(Editing::New)>
                        {texts().activities().add}
                    </button>
                </div>
                <Show when=move || { count.get() > AT_ONCE }>
                    <button
                        class="btn btn_plain btn_block"
                        aria-expanded=move || shows_all.get().to_string()
                        on:click=move |_| shows_all.update(|all| *all = !*all)
                    >
                        {move || match shows_all.get() {
                            true => texts().activities().show_fewer.to_owned(),
                            false => (texts().activities().show_all)(count.get()),
                        }}
                    </button>
                </Show>
            </Show>
            <ActivitySheet editing open=is_open/>
        </section>
    }
}

/// None recorded: what belongs here, and the way to the first.
#[component]
fn NothingYet(edit: impl Fn(Editing) + Copy + 'static) -> impl IntoView {
    view! {
        <div class="card stack">
            <p class="strong">{texts().activities().none}</p>
            <p class="muted small">{texts().activities().none_next}</p>
            <button class="btn btn_default btn_block" on:click=move |_| edit(Editing::New)>
                {texts().activities().add}
            </button>
        </div>
    }
}

/// One activity: its day and kind, what it was about, and with how many.
#[component]
fn Row(line: Line, edit: impl Fn(Editing) + Copy + 'static) -> impl IntoView {
    let Line { id, activity } = line;
    let people = match activity.people.copied() {
        Some(people) => (texts().activities().people)(People::get(people)),
        None => texts().activities().people_unknown.to_owned(),
    };
    let about = activity.title.get().or(activity.place.get()).cloned();
    let below: Vec<String> = std::iter::once(day_text(&activity)).chain(about).collect();
    let conflict = activity.is_in_conflict().then(|| {
        view! { <span class="chip chip_warn">{texts().activities().conflict}</span> }
    });
    let name = kind_text(&activity);
    let open = move |_| edit(Editing::Known(id.clone(), Box::new(activity.clone())));
    view! {
        <button class="cell cell_access" on:click=open>
            <span class="cell__bd wrap-anywhere">
                {name} " " {conflict}
                <span class="cell__desc">{below.join(" · ")}</span>
            </span>
            <span class="cell__ft">{people}</span>
        </button>
    }
}

/// What kind it is, in words.
fn kind_text(activity: &Activity) -> &'static str {
    let kind = activity.kind.copied();
    kind.map_or(texts().activities().kind_unknown, texts().activities().kind)
}

fn day_text(activity: &Activity) -> String {
    let unknown = || texts().activities().day_unknown.to_owned();
    let day = activity.day.get();
    day.map_or_else(unknown, ToString::to_string)
}
