//! 工作总结: drafted from the figures, gone over paragraph by paragraph, exported as DOCX.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::report::{Author, Body, Edits, Report};
use wuzha_jobs::courier::{Invited, Role, UnitName};
use wuzha_jobs::shelf::Failure;

use super::book::LedgerTable;
use super::file::{ExportButton, Kind};
use super::{problem, waiting};
use crate::app::texts;
use crate::browser::preference;
use crate::school::{School, State};
use crate::shelf;
use crate::shell::Screen;
use crate::store::{Phase, Store};

/// What a person wrote, kept for the next time.
const DRAFT: &str = "wuzha.report";
/// Whose summary it was, and of what unit.
const HEAD: &str = "wuzha.report_head";
const AUTHORS: [Author; 3] = [Author::Teacher, Author::Department, Author::SecurityOffice];

#[derive(Clone)]
enum Stage {
    Asking,
    Making,
    Made(Box<Report>),
    Failed(Failure),
}

/// The draft: what was generated, and what a person wrote in its place.
#[derive(Clone, Copy)]
struct Draft {
    generated: StoredValue<Report>,
    edits: RwSignal<Edits>,
}

/// 工作总结.
#[component]
pub(super) fn ReportView() -> impl IntoView {
    let state = RwSignal::new_local(Stage::Asking);
    let content = move || match state.get() {
        Stage::Asking => view! { <Head state/> }.into_any(),
        Stage::Making => waiting(texts().report().making),
        Stage::Failed(failure) => problem((texts().overview().failure)(&failure).to_owned()),
        Stage::Made(report) => view! { <Paper report=*report/> }.into_any(),
    };
    view! {
        <Screen title=texts().report().title back="/overview" class="stack">
            <p class="section-note no-print">{texts().report().lead}" "{texts().report().chinese}</p>
            {content}
        </Screen>
    }
}

/// Whose summary, and of what unit.
#[component]
fn Head(state: RwSignal<Stage, LocalStorage>) -> impl IntoView {
    let kept: Option<(Author, String)> = preference::get(HEAD);
    let is_kept = kept.is_some();
    let (author, unit) = kept.unwrap_or((Author::Teacher, String::new()));
    let (author, unit) = (RwSignal::new(author), RwSignal::new(unit));
    let school = expect_context::<School>();
    // What this device is stands beside the book, which may still be opening.
    let phase = expect_context::<Store>().phase();
    Effect::new(move |_| {
        if phase.get() != Phase::Opening {
            school.refresh();
        }
    });
    Effect::new(move |_| {
        let State::Joined(standing) = school.state() else {
            return;
        };
        if !is_kept && unit.with_untracked(String::is_empty) {
            let (of, name) = head_of(&standing.invited);
            author.set(of);
            unit.set(name);
        }
    });
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let head = (author.get_untracked(), unit.get_untracked());
        // Asked again next time where it cannot be kept.
        let _kept = preference::keep(HEAD, &head);
        state.set(Stage::Making);
        spawn_local(async move {
            let made = match shelf::summarise(head.0, head.1).await {
                Ok(report) => Stage::Made(Box::new(report)),
                Err(failure) => Stage::Failed(failure),
            };
            let _left_meanwhile = state.try_set(made);
        });
    };
    let choose = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        if let Some(chosen) = at.and_then(|at| AUTHORS.get(at)) {
            author.set(*chosen);
        }
    };
    let options = AUTHORS.iter().enumerate().map(|(at, each)| {
        view! {
            <option value=at.to_string() selected=move || author.get() == *each>
                {(texts().report().author_name)(*each)}
            </option>
        }
    });
    view! {
        <form class="card stack" on:submit=make>
            <label class="field">
                <span class="field__label">{texts().report().author}</span>
                <select class="field__input" on:change=choose>{options.collect_view()}</select>
            </label>
            <label class="field">
                <span class="field__label">{texts().report().unit}</span>
                <input class="field__input" maxlength="60" autocomplete="organization" bind:value=unit/>
                <span class="field__hint">{texts().report().unit_hint}</span>
            </label>
            <button class="btn btn_primary btn_block">{texts().report().make}</button>
        </form>
    }
}

/// Whose summary it is by what the school invited this device for.
fn head_of(invited: &Invited) -> (Author, String) {
    let school = invited.school.as_str().to_owned();
    let department = invited.department.as_ref().map(UnitName::as_str);
    match invited.role {
        Role::SecurityOffice => (Author::SecurityOffice, school),
        Role::Department => (Author::Department, department.map_or(school, str::to_owned)),
        Role::Teacher | Role::Monitor => {
            (Author::Teacher, department.map_or(school, str::to_owned))
        }
    }
}

/// The document, every text of it a field.
#[component]
fn Paper(report: Report) -> impl IntoView {
    let edits: Edits = preference::get(DRAFT).unwrap_or_default();
    let draft = Draft {
        generated: StoredValue::new(report.clone()),
        edits: RwSignal::new(edits),
    };
    let lines = ["title", "unit", "period"].map(|id| view! { <Line draft id/> });
    let sections = report
        .numbered()
        .into_iter()
        .map(|(heading, section)| {
            let paragraphs = section
                .paragraphs
                .iter()
                .map(|paragraph| match &paragraph.body {
                    Body::Text(_) => {
                        let label = (texts().report().paragraph)(&heading);
                        view! { <Text draft id=paragraph.id.clone() label/> }.into_any()
                    }
                    Body::Table(ledger) => {
                        view! { <LedgerTable ledger=ledger.clone()/> }.into_any()
                    }
                });
            let paragraphs = paragraphs.collect_view();
            view! {
                <section class="stack">
                    <h2 class="section-title">{heading.clone()}</h2>
                    {paragraphs}
                </section>
            }
        })
        .collect_view();
    let attachments = report.attachments.iter();
    let attachments = attachments.map(|ledger| view! { <li>{ledger.name.clone()}</li> });
    let attachments = attachments.collect_view();
    let ends = ["signature", "date"].map(|id| view! { <Line draft id/> });
    view! {
        <Blanks draft/>
        <div class="card stack">{lines.into_iter().collect_view()}</div>
        {sections}
        <section>
            <h2 class="section-title">{texts().report().attachments}</h2>
            <ul class="card plain-list">{attachments}</ul>
        </section>
        <div class="card stack">{ends.into_iter().collect_view()}</div>
        <ExportButton
            label=texts().report().export
            tone="btn_primary"
            kind=Kind::SUMMARY
            of=Signal::derive(move || draft.text("unit"))
            make=move || Box::pin(shelf::write_report(draft.report()))
        />
    }
}

/// How many blanks are left.
#[component]
fn Blanks(draft: Draft) -> impl IntoView {
    let blanks = move || {
        let count = |edits: &Edits| draft.generated.with_value(|report| edits.blanks(report));
        draft.edits.with(count)
    };
    view! {
        <p class="muted small" aria-live="polite">
            {move || (texts().report().blanks)(blanks())}" "{texts().report().kept}
        </p>
    }
}

/// A line at the head or the end.
#[component]
fn Line(draft: Draft, id: &'static str) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{(texts().report().line)(id)}</span>
            <input
                class="field__input"
                prop:value=move || draft.text(id)
                on:input=move |event| draft.write(id, &event_target_value(&event))
            />
        </label>
    }
}

/// A paragraph.
#[component]
fn Text(draft: Draft, id: String, label: String) -> impl IntoView {
    let id = StoredValue::new(id);
    let text = move || id.with_value(|id| draft.text(id));
    let rows = (text().chars().count() / 20 + 2).to_string();
    let is_edited = move || id.with_value(|id| draft.edits.with(|edits| edits.get(id).is_some()));
    let is_outdated = move || {
        draft.edits.with(|edits| {
            let is_this = |outdated: &str| id.with_value(|id| outdated == id);
            draft
                .generated
                .with_value(|generated| edits.outdated(generated).any(is_this))
        })
    };
    let undo = move |_| {
        id.with_value(|id| {
            let generated = draft.generated_text(id);
            draft.write(id, &generated);
        });
    };
    view! {
        <div class="card stack">
            <textarea
                class="field__input"
                rows=rows
                aria-label=label
                prop:value=text
                on:input=move |event| id.with_value(|id| draft.write(id, &event_target_value(&event)))
            ></textarea>
            {move || is_outdated().then(|| view! { <p class="warn small">{texts().report().outdated}</p> })}
            {move || is_edited().then(|| view! {
                <button class="btn btn_plain btn_mini" on:click=undo>{texts().report().undo}</button>
            })}
        </div>
    }
}

impl Draft {
    /// The document as it stands.
    fn report(self) -> Report {
        let generated = self.generated.get_value();
        self.edits.with_untracked(|edits| edits.applied(generated))
    }

    /// What stands under `id` now.
    fn text(self, id: &str) -> String {
        let edited = self
            .edits
            .with(|edits| edits.get(id).map(|edit| edit.text.clone()));
        edited.unwrap_or_else(|| self.generated_text(id))
    }

    fn generated_text(self, id: &str) -> String {
        self.generated.with_value(|generated| {
            let mut texts = generated.texts();
            let found = texts.find(|(known, _)| *known == id);
            found.map_or_else(String::new, |(_, text)| text.to_owned())
        })
    }

    /// Writes a text, and keeps it.
    fn write(self, id: &str, text: &str) {
        self.edits.update(|edits| {
            self.generated
                .with_value(|generated| edits.set(generated, id, text));
        });
        // Where nothing can be kept it holds until the page is left; the export has it all the same.
        let _kept = self
            .edits
            .with_untracked(|edits| preference::keep(DRAFT, edits));
    }
}
