use leptos::prelude::*;
use wuzha_core::report::{Body, Level, Paragraph, Report, Section};

use super::super::book::LedgerTable;
use super::super::file::ExportButton;
use super::{Document, Draft};
use crate::app::texts;
use crate::shelf;

/// A section with its heading as it is printed.
type Numbered<'a> = (String, &'a Section);

/// The document, every text of it a field.
#[component]
pub(super) fn Form(document: Document, draft: Draft) -> impl IntoView {
    let chapters = draft.generated(|report| {
        let chapters = chapters(report).into_iter().enumerate();
        let chapters = chapters.map(|(at, chapter)| view! { <Chapter draft at chapter/> });
        chapters.collect_view()
    });
    let attachments = draft.generated(|report| {
        let names = report.attachments.iter();
        names
            .map(|ledger| view! { <li>{ledger.name.clone()}</li> })
            .collect_view()
    });
    let lines = ["title", "unit", "period"].map(|id| view! { <Line draft id/> });
    let ends = ["signature", "date"].map(|id| view! { <Line draft id/> });
    let print = |_| drop(window().print());
    view! {
        <div class="stack no-print document">
            <p class="muted small" aria-live="polite">
                {move || (texts().report().blanks)(draft.blanks())}" "{texts().report().kept}
            </p>
            <div class="card stack">{lines.into_iter().collect_view()}</div>
            {chapters}
            <section>
                <h2 class="section-title">{texts().report().attachments}</h2>
                <ul class="card plain-list">{attachments}</ul>
            </section>
            <div class="card stack">{ends.into_iter().collect_view()}</div>
            <ExportButton
                label=texts().report().export
                tone="btn_primary"
                kind=document.kind()
                of=Signal::derive(move || draft.text("unit"))
                make=move || Box::pin(shelf::write_report(draft.report()))
            />
            <button class="btn btn_default btn_block" on:click=print>
                {texts().report().print}
            </button>
            <p class="muted small">{texts().report().print_note}</p>
        </div>
    }
}

/// Each chapter with its parts.
fn chapters(report: &Report) -> Vec<Vec<Numbered<'_>>> {
    let mut chapters: Vec<Vec<Numbered<'_>>> = Vec::new();
    for numbered in report.numbered() {
        match (numbered.1.level, chapters.last_mut()) {
            (Level::Part, Some(chapter)) => chapter.push(numbered),
            _ => chapters.push(vec![numbered]),
        }
    }
    chapters
}

/// A chapter, which opens on a tap: on a phone all of them are many screens long.
#[component]
fn Chapter<'a>(
    draft: Draft,
    /// Which one it is; the first is open.
    at: usize,
    chapter: Vec<Numbered<'a>>,
) -> impl IntoView + use<> {
    let title = chapter.first().map(|(heading, _)| heading.clone());
    let ids: Vec<String> = chapter
        .iter()
        .flat_map(|(_, section)| ids(section))
        .collect();
    let blanks = Memo::new(move |_| draft.blanks_in(&ids));
    let sections = chapter.iter().map(|(heading, section)| {
        let is_part = section.level == Level::Part;
        let texts = section.paragraphs.iter();
        let texts = texts.map(|paragraph| field(draft, heading, paragraph));
        view! {
            {is_part.then(|| view! { <h3 class="strong">{heading.clone()}</h3> })}
            {texts.collect_view()}
        }
    });
    let sections = sections.collect_view();
    view! {
        <details class="card" open=at == 0>
            <summary>
                <h2>{title}</h2>
                " "
                {move || (blanks.get() > 0).then(|| view! {
                    <span class="chip chip_warn">{(texts().report().blanks_here)(blanks.get())}</span>
                })}
            </summary>
            <div class="stack">{sections}</div>
        </details>
    }
}

/// The ids of what a person can change in a section.
fn ids(section: &Section) -> impl Iterator<Item = String> + '_ {
    let texts = section.paragraphs.iter();
    let texts = texts.filter(|paragraph| matches!(paragraph.body, Body::Text(_)));
    texts.map(|paragraph| paragraph.id.clone())
}

fn field(draft: Draft, heading: &str, paragraph: &Paragraph) -> AnyView {
    match &paragraph.body {
        Body::Text(_) => {
            let label = (texts().report().paragraph)(heading);
            view! { <Text draft id=paragraph.id.clone() label/> }.into_any()
        }
        Body::Table(ledger) => view! { <LedgerTable ledger=ledger.clone()/> }.into_any(),
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
    let is_edited = move || id.with_value(|id| draft.is_edited(id));
    let is_outdated = move || id.with_value(|id| draft.is_outdated(id));
    let write = move |event| id.with_value(|id| draft.write(id, &event_target_value(&event)));
    let undo = move |_| id.with_value(|id| draft.undo(id));
    view! {
        <textarea class="field__input" rows=rows aria-label=label prop:value=text on:input=write></textarea>
        {move || is_outdated().then(|| view! { <p class="warn small">{texts().report().outdated}</p> })}
        {move || is_edited().then(|| view! {
            <button class="btn btn_plain btn_mini" on:click=undo>{texts().report().undo}</button>
        })}
    }
}
