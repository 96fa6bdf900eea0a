//! The document as it is printed: hidden on the screen, and all that there is on paper (see `style/print.css`).
//! Its words are Chinese whatever language the app shows: it is a document.

use leptos::prelude::*;
use wuzha_core::ledger::Ledger;
use wuzha_core::report::{
    Body, Level, Paragraph, Piece, Report, period_line, pieces, printed_cell,
};

use super::Draft;

/// What is not known, as in the files.
const UNKNOWN: &str = "未知";

/// The document on paper. Each text follows what a person writes by itself, so that no key draws it all anew.
#[component]
pub(super) fn Paper(draft: Draft) -> impl IntoView {
    let (body, enclosed, attached) =
        draft.generated(|report| (body(draft, report), enclosed(report), attached(report)));
    view! {
        <article class="paper" lang="zh-CN">
            <header>
                {text(draft, "unit".to_owned(), "paper__title")}
                {text(draft, "title".to_owned(), "paper__title")}
                {move || period_line(&draft.text("period")).map(|line| view! {
                    <p class="paper__period">{marked(&line)}</p>
                })}
            </header>
            {body}
            {enclosed}
            <footer class="paper__sign">
                {text(draft, "signature".to_owned(), "")}
                {text(draft, "date".to_owned(), "")}
            </footer>
            {attached}
        </article>
    }
}

fn body(draft: Draft, report: &Report) -> Vec<AnyView> {
    let sections = report.numbered().into_iter();
    let sections = sections.map(|(heading, section)| {
        let heading = match section.level {
            Level::Chapter => view! { <h2>{heading}</h2> }.into_any(),
            Level::Part => view! { <h3>{heading}</h3> }.into_any(),
        };
        let paragraphs = section.paragraphs.iter();
        let paragraphs = paragraphs.map(|paragraph| printed(draft, report, paragraph));
        view! { {heading} {paragraphs.collect_view()} }.into_any()
    });
    sections.collect()
}

fn printed(draft: Draft, report: &Report, paragraph: &Paragraph) -> AnyView {
    match &paragraph.body {
        Body::Text(_) => text(draft, paragraph.id.clone(), "paper__text"),
        Body::Table(ledger) => {
            let caption = format!("{}（{}）", ledger.name, report.as_of());
            table(ledger, report, caption)
        }
    }
}

/// A text, each line of it a paragraph; an empty one is not printed.
fn text(draft: Draft, id: String, class: &'static str) -> AnyView {
    let text = Memo::new(move |_| draft.text(&id));
    let lines = move || {
        text.with(|text| {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let lines = lines.map(|line| view! { <p class=class>{marked(line)}</p> });
            lines.collect_view()
        })
    };
    view! { {lines} }.into_any()
}

/// A line with what is still to be filled in marked.
fn marked(line: &str) -> Vec<AnyView> {
    let pieces = pieces(line).map(|piece| match piece {
        Piece::Words(words) => words.to_owned().into_any(),
        Piece::Blank(blank) => view! { <mark>{blank.to_owned()}</mark> }.into_any(),
    });
    pieces.collect()
}

fn enclosed(report: &Report) -> AnyView {
    let lines = report.enclosed().into_iter();
    let lines = lines.map(|line| view! { <p class="paper__text">{line}</p> });
    view! { <div class="paper__enclosed">{lines.collect_view()}</div> }.into_any()
}

/// Each attachment on pages of its own.
fn attached(report: &Report) -> Vec<AnyView> {
    let attachments = report.attachments.iter().enumerate();
    let attachments = attachments.map(|(at, ledger)| {
        view! {
            <section class="paper__attached">
                <p class="paper__mark">{report.attachment_mark(at)}</p>
                <h2 class="paper__title">{ledger.name.clone()}</h2>
                {table(ledger, report, report.as_of())}
            </section>
        }
        .into_any()
    });
    attachments.collect()
}

fn table(ledger: &Ledger, report: &Report, caption: String) -> AnyView {
    let headings = ledger.columns.iter();
    let headings = headings.map(|column| view! { <th scope="col">{column.heading.clone()}</th> });
    let rows = ledger.rows.iter().map(|row| {
        let cells = row.iter().map(|cell| {
            let text = printed_cell(cell, report.offset);
            view! { <td>{text.unwrap_or_else(|| UNKNOWN.to_owned())}</td> }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <table>
            <caption>{caption}</caption>
            <thead><tr>{headings.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
