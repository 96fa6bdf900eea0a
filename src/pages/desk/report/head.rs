use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::report::{Author, Reporter};
use wuzha_core::time::parse_day;
use wuzha_jobs::courier::{Invited, Role, UnitName};

use super::{Document, Stage};
use crate::app::texts;
use crate::browser::{clock, preference};
use crate::school::{School, State};
use crate::shelf;
use crate::store::{Phase, Store};

/// Whose document it was, and of what unit; one for both, since a desk is one reporter's.
const HEAD: &str = "wuzha.report_head";
/// The deadline of the last bulletin.
const DEADLINE: &str = "wuzha.bulletin_deadline";
const AUTHORS: [Author; 3] = [Author::Teacher, Author::Department, Author::SecurityOffice];

/// What is asked before a document is drafted.
#[derive(Clone, Copy)]
struct Asked {
    author: RwSignal<Author>,
    department: RwSignal<Option<String>>,
    unit: RwSignal<String>,
    deadline: RwSignal<Option<NaiveDate>>,
}

/// Whose document, of what unit, and by when.
#[component]
pub(super) fn Head(
    document: Document,
    stage: RwSignal<Stage, LocalStorage>,
    /// Those that the classes on the shelf name.
    departments: Vec<String>,
) -> impl IntoView {
    let kept: Option<(Reporter, String)> = preference::get(HEAD);
    let is_kept = kept.is_some();
    let asked = Asked::of(kept, &departments);
    let known = departments.clone();
    preset(move |invited| {
        if !is_kept && asked.unit.with_untracked(String::is_empty) {
            asked.suppose(invited, &known);
        }
    });
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(draft(document, stage, asked));
    };
    let has_departments = !departments.is_empty();
    let departments = StoredValue::new(departments);
    let narrow = move || {
        let is_asked = has_departments && asked.author.get() == Author::Department;
        is_asked.then(|| view! { <Departments asked departments/> })
    };
    view! {
        <form class="card stack" on:submit=make>
            <Authors asked/>
            {narrow}
            <label class="field">
                <span class="field__label">{texts().report().unit}</span>
                <input class="field__input" maxlength="60" autocomplete="organization" bind:value=asked.unit/>
                <span class="field__hint">{texts().report().unit_hint}</span>
            </label>
            {(document == Document::Bulletin).then(|| view! { <Deadline asked/> })}
            <button class="btn btn_primary btn_block">{texts().report().make}</button>
        </form>
    }
}

/// Tells `suppose` for what the school has invited this device, once that is known.
fn preset(suppose: impl Fn(&Invited) + 'static) {
    let school = expect_context::<School>();
    // What this device is stands beside the book, which may still be opening.
    let phase = expect_context::<Store>().phase();
    Effect::new(move |_| {
        if phase.get() != Phase::Opening {
            school.refresh();
        }
    });
    Effect::new(move |_| {
        if let State::Joined(standing) = school.state() {
            suppose(&standing.invited);
        }
    });
}

/// Drafts the document, and remembers for whom.
async fn draft(document: Document, stage: RwSignal<Stage, LocalStorage>, asked: Asked) {
    let (reporter, unit) = (asked.reporter(), asked.unit.get_untracked());
    let deadline = asked.deadline.get_untracked();
    // Asked again next time where it cannot be kept.
    let _kept = preference::keep(HEAD, &(&reporter, &unit));
    stage.set(Stage::Making);
    let made = match document {
        Document::Summary => shelf::summarise(reporter.clone(), unit).await,
        Document::Bulletin => {
            let _kept = preference::keep(DEADLINE, &text_of(deadline));
            shelf::bulletin(reporter.clone(), unit, deadline).await
        }
    };
    let made = match made {
        Ok(report) => Stage::Made(Box::new(report), reporter),
        Err(failure) => Stage::Failed(failure),
    };
    let _left_meanwhile = stage.try_set(made);
}

#[component]
fn Authors(asked: Asked) -> impl IntoView {
    let choose = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        if let Some(chosen) = at.and_then(|at| AUTHORS.get(at)) {
            asked.author.set(*chosen);
        }
    };
    let options = AUTHORS.iter().enumerate().map(|(at, each)| {
        view! {
            <option value=at.to_string() selected=move || asked.author.get() == *each>
                {(texts().report().author_name)(*each)}
            </option>
        }
    });
    view! {
        <label class="field">
            <span class="field__label">{texts().report().author}</span>
            <select class="field__input" on:change=choose>{options.collect_view()}</select>
        </label>
    }
}

/// 系部: the classes of which one.
#[component]
fn Departments(asked: Asked, departments: StoredValue<Vec<String>>) -> impl IntoView {
    let choose = move |event| {
        let name = event_target_value(&event);
        let name = (!name.is_empty()).then_some(name);
        if let Some(name) = &name {
            asked.unit.set(name.clone());
        }
        asked.department.set(name);
    };
    let options = departments.get_value().into_iter().map(|name| {
        let is_chosen = {
            let name = name.clone();
            move || {
                asked
                    .department
                    .with(|chosen| chosen.as_ref() == Some(&name))
            }
        };
        view! { <option value=name.clone() selected=is_chosen>{name.clone()}</option> }
    });
    view! {
        <label class="field">
            <span class="field__label">{texts().report().department}</span>
            <select class="field__input" on:change=choose>
                <option value="">{texts().report().all_classes}</option>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// Until when what is open is to be done.
#[component]
fn Deadline(asked: Asked) -> impl IntoView {
    let choose = move |event| asked.deadline.set(parse_day(&event_target_value(&event)));
    view! {
        <label class="field">
            <span class="field__label">{texts().bulletin().deadline}</span>
            <input
                class="field__input"
                type="date"
                prop:value=move || text_of(asked.deadline.get())
                on:change=choose
            />
            <span class="field__hint">{texts().bulletin().deadline_hint}</span>
        </label>
    }
}

/// As a date field has it.
fn text_of(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A deadline that has not passed.
fn kept_deadline() -> Option<NaiveDate> {
    let kept: Option<String> = preference::get(DEADLINE);
    let today = clock::now().date(clock::offset());
    let deadline = kept.as_deref().and_then(parse_day);
    deadline.filter(|day| today.is_none_or(|today| *day >= today))
}

impl Asked {
    /// As it was answered the last time; a department that is not on the shelf any more is not asked about.
    fn of(kept: Option<(Reporter, String)>, departments: &[String]) -> Self {
        let (reporter, unit) = kept.unwrap_or((Reporter::Teacher, String::new()));
        let department = reporter.department().map(str::to_owned);
        let department = department.filter(|name| departments.contains(name));
        Self {
            author: RwSignal::new(reporter.author()),
            department: RwSignal::new(department),
            unit: RwSignal::new(unit),
            deadline: RwSignal::new(kept_deadline()),
        }
    }

    /// What the answers are by what the school invited this device for.
    fn suppose(self, invited: &Invited, departments: &[String]) {
        let department = invited.department.as_ref().map(UnitName::as_str);
        let (author, unit) = match invited.role {
            Role::SecurityOffice => (Author::SecurityOffice, None),
            Role::Department => (Author::Department, department),
            Role::Teacher | Role::Monitor => (Author::Teacher, department),
        };
        self.author.set(author);
        self.unit
            .set(unit.unwrap_or(invited.school.as_str()).to_owned());
        let own = departments
            .iter()
            .find(|name| Some(name.as_str()) == department);
        self.department.set(own.cloned());
    }

    fn reporter(self) -> Reporter {
        match self.author.get_untracked() {
            Author::Teacher => Reporter::Teacher,
            Author::Department => Reporter::Department(self.department.get_untracked()),
            Author::SecurityOffice => Reporter::SecurityOffice,
        }
    }
}
