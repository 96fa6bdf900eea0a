use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use wuzha_core::book::commands;
use wuzha_core::ident::{DormName, StudentNo};
use wuzha_core::roster::{Change, Draft, Line, Outcome, RosterError, SameName, Student};

use super::Importing;
use crate::app::texts;
use crate::shell::{Toaster, explain};
use crate::store::{Store, StoreError};

/// How many rows are shown at first, and how many more on demand.
const PAGE: usize = 50;

/// What may happen to a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Added,
    Changed,
    Same,
    Refused,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::Same, Self::Refused];

    fn of(line: &Line) -> Self {
        match line.outcome {
            Outcome::Add(_) => Self::Added,
            Outcome::Update { .. } => Self::Changed,
            Outcome::Same(_) => Self::Same,
            Outcome::Refused { .. } => Self::Refused,
        }
    }

    fn label(self) -> &'static str {
        let texts = texts().import();
        match self {
            Self::Added => texts.added,
            Self::Changed => texts.changed,
            Self::Same => texts.same,
            Self::Refused => texts.refused,
        }
    }

    fn count(self, draft: &Draft) -> usize {
        let counts = draft.counts();
        match self {
            Self::Added => counts.added,
            Self::Changed => counts.changed,
            Self::Same => counts.same,
            Self::Refused => counts.refused,
        }
    }
}

/// The second step: what an import would do, and the button that does it.
#[component]
pub(super) fn Preview(importing: Importing) -> impl IntoView {
    // The screen is drawn anew only when the draft becomes another one, not with every count.
    let error = Memo::new(move |_| {
        importing
            .draft
            .with(|draft| draft.as_ref()?.as_ref().err().copied())
    });
    move || match error.get() {
        Some(error) => view! { <Refusal error/> }.into_any(),
        None => view! { <Lines importing/> }.into_any(),
    }
}

/// Nothing of the table can be read as it is mapped.
#[component]
fn Refusal(error: RosterError) -> impl IntoView {
    view! {
        <div class="banner banner_warn" role="alert">
            <p>{(texts().import().roster_error)(error)}</p>
        </div>
    }
}

#[component]
fn Lines(importing: Importing) -> impl IntoView {
    let shown = RwSignal::new(None::<Kind>);
    let limit = RwSignal::new(PAGE);
    // Without a choice: what needs a look comes first.
    let kind = Memo::new(move |_| {
        shown.get().or_else(|| {
            let order = [Kind::Refused, Kind::Changed, Kind::Added, Kind::Same];
            let has_any = |kind: &Kind| with_draft(importing, |draft| kind.count(draft)) > 0;
            order.into_iter().find(has_any)
        })
    });
    let filter = move |of: Kind| {
        let count = move || with_draft(importing, |draft| of.count(draft));
        let choose = move |_| {
            shown.set(Some(of));
            limit.set(PAGE);
        };
        view! {
            <button
                class="filter"
                aria-pressed=move || if kind.get() == Some(of) { "true" } else { "false" }
                on:click=choose
            >
                {move || of.label()} " " <span class="filter__n">{count}</span>
            </button>
        }
    };
    let lines = Memo::new(move |_| {
        with_draft(importing, |draft| {
            let of_kind = |line: &&Line| Some(Kind::of(line)) == kind.get();
            draft
                .lines
                .iter()
                .filter(of_kind)
                .cloned()
                .collect::<Vec<Line>>()
        })
    });
    let rows = move || {
        let limit = limit.get();
        lines.with(|lines| {
            let rows = lines.iter().take(limit);
            rows.map(|line| row(importing, line)).collect_view()
        })
    };
    let left = move || lines.with(Vec::len).saturating_sub(limit.get());
    view! {
        <h2 class="section-title">{texts().import().preview}</h2>
        <Warnings importing/>
        <div class="filters" role="group" aria-label=texts().import().preview>
            {Kind::ALL.map(filter).into_iter().collect_view()}
        </div>
        <ul class="cells">{rows}</ul>
        <Show when=move || { left() > 0 }>
            <button
                class="btn btn_plain btn_block"
                on:click=move |_| limit.update(|limit| *limit += PAGE)
            >
                {move || (texts().import().more)(left())}
            </button>
        </Show>
        <Agree importing/>
    }
}

/// Reads the draft; nothing while there is none.
fn with_draft<T: Default>(importing: Importing, read: impl FnOnce(&Draft) -> T) -> T {
    importing.draft.with(|draft| match draft {
        Some(Ok(draft)) => read(draft),
        _ => T::default(),
    })
}

fn row(importing: Importing, line: &Line) -> AnyView {
    let texts = texts().import();
    let number = line.row;
    let (title, notes) = match &line.outcome {
        Outcome::Add(student) => (describe(student), vec![(texts.row)(number)]),
        Outcome::Update { student, changes } => {
            let change = |change: &Change| match change {
                Change::Name { from } => (texts.changed_name)(from.as_str(), student.name.as_str()),
                Change::Dorm { from } => {
                    (texts.changed_dorm)(dorm(from.as_ref()), dorm(student.dorm.as_ref()))
                }
            };
            (describe(student), changes.iter().map(change).collect())
        }
        Outcome::Same(no) => (no.to_string(), vec![(texts.row)(number)]),
        Outcome::Refused { reasons } => {
            let reason = |reason| (texts.reason)(number, reason);
            (
                cells(importing, number),
                reasons.iter().map(reason).collect(),
            )
        }
    };
    let note = |note: String| view! { <span class="cell__desc">{note}</span> };
    let notes: Vec<_> = notes.into_iter().map(note).collect();
    view! {
        <li class="cell">
            <div class="cell__bd wrap-anywhere">{title} {notes}</div>
        </li>
    }
    .into_any()
}

fn describe(student: &Student) -> String {
    let dorm = student.dorm.as_ref().map(DormName::as_str);
    [Some(student.name.as_str()), Some(student.no.as_str()), dorm]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn dorm(dorm: Option<&DormName>) -> &str {
    dorm.map_or(texts().import().no_dorm, DormName::as_str)
}

/// The cells of a row as they came, for who looks for it in the list.
fn cells(importing: Importing, number: u32) -> String {
    const SHOWN: usize = 5;
    importing.list.with(|list| {
        let row = list.as_ref().and_then(|list| list.table.row(number));
        let cells = row.into_iter().flat_map(|row| row.cells());
        let cells = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty());
        cells.take(SHOWN).collect::<Vec<_>>().join(" · ")
    })
}

/// Students of one name, and students whom the list does not name.
#[component]
fn Warnings(importing: Importing) -> impl IntoView {
    let same_name = |same: &SameName| {
        let nos: Vec<&str> = same.nos.iter().map(StudentNo::as_str).collect();
        let text = (texts().import().same_names)(same.name.as_str(), &nos.join("、"));
        view! { <p>{text}</p> }
    };
    let same_names = move || {
        with_draft(importing, |draft| {
            (!draft.same_names.is_empty()).then(|| {
                let names: Vec<_> = draft.same_names.iter().take(PAGE).map(same_name).collect();
                view! { <div class="banner banner_warn"><div class="banner__bd">{names}</div></div> }
            })
        })
    };
    let missing = move || {
        with_draft(importing, |draft| {
            (!draft.missing.is_empty()).then(|| {
                let names: Vec<&str> = draft.missing.iter().map(|s| s.name.as_str()).collect();
                let title = (texts().import().missing)(names.len());
                view! {
                    <details class="card">
                        <summary>{title}</summary>
                        <p class="muted small">{names.join("、")}</p>
                    </details>
                }
            })
        })
    };
    view! { {same_names} {missing} }
}

/// The button that imports.
#[component]
fn Agree(importing: Importing) -> impl IntoView {
    let (store, toaster) = (expect_context::<Store>(), expect_context::<Toaster>());
    let navigate = use_navigate();
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(None);
    let count = Memo::new(move |_| with_draft(importing, |draft| draft.accepted().count()));
    let import = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let navigate = navigate.clone();
        let done = (texts().import().imported)(count.get_untracked());
        spawn_local(async move {
            let outcome = write(store, importing).await;
            // The screen may have been left meanwhile.
            let _gone = is_busy.try_set(false);
            match outcome {
                Ok(()) => {
                    toaster.say(done);
                    navigate("/record/students", Default::default());
                }
                Err(error) => {
                    let _gone = problem.try_set(Some(error));
                }
            }
        });
    };
    let nothing = move || {
        (count.get() == 0).then(|| {
            view! {
                <p class="section-note">{texts().import().nothing_new}</p>
                <a class="btn btn_plain btn_block" href="/record/students">
                    {texts().import().to_students}
                </a>
            }
        })
    };
    view! {
        {nothing}
        {move || problem.with(|problem| problem.as_ref().map(|error| view! {
            <div class="banner banner_danger" role="alert">
                <p>{texts().import().not_imported} " " {explain(error)}</p>
            </div>
        }))}
        <div class="btn-bar">
            <button
                class="btn btn_primary btn_large"
                disabled=move || count.get() == 0
                aria-busy=move || is_busy.get().then_some("true")
                on:click=import
            >
                {move || (texts().import().import)(count.get())}
            </button>
        </div>
    }
}

async fn write(store: Store, importing: Importing) -> Result<(), StoreError> {
    let accepted: Vec<Student> = importing.draft.with_untracked(|draft| match draft {
        Some(Ok(draft)) => draft.accepted().cloned().collect(),
        _ => Vec::new(),
    });
    let import = |book: &_| commands::import(book, &accepted);
    let changes = store.book().with_untracked(import);
    store.commit_and_wait(changes).await
}
