//! One class in full: its tables as they are on the shelf.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use wuzha_core::ledger::{Cell, Ledger, Workbook};
use wuzha_core::measure::percent_text;
use wuzha_jobs::shelf::{BookId, Failure};

use super::file::{CopyButton, ExportButton, Kind};
use super::{problem, waiting};
use crate::app::texts;
use crate::browser::clock;
use crate::components::Ask;
use crate::shelf;
use crate::shell::Screen;

/// A class may have ten thousand; nobody reads further back on a screen.
const MOST_CHANGES: u32 = 500;

/// The tables of a class, as far as they are there.
type Tables = RwSignal<Option<Result<Workbook, Failure>>, LocalStorage>;

/// A class on the shelf.
#[component]
pub(super) fn BookView() -> impl IntoView {
    let params = use_params_map();
    let id = params.with_untracked(|params| params.get("id")?.parse().ok().map(BookId));
    let tables: Tables = RwSignal::new_local(None);
    let title = move || {
        tables.with(|tables| match tables {
            Some(Ok(workbook)) => workbook.title.clone(),
            _ => texts().overview().title.to_owned(),
        })
    };
    let content = match id {
        Some(book) => view! { <BookTables book tables/> <PrivacyLink/> <Remove book/> }.into_any(),
        None => problem((texts().overview().failure)(&Failure::NoBook).to_owned()),
    };
    view! {
        <Screen title=title back="/overview" class="stack wide">{content}</Screen>
    }
}

/// The way to what is kept of persons.
#[component]
pub(super) fn PrivacyLink() -> impl IntoView {
    view! {
        <nav class="cells no-print" aria-label=texts().privacy().title>
            <a class="cell cell_access" href="/privacy">
                <span class="cell__bd">
                    {texts().privacy().title}
                    <span class="cell__desc">{texts().privacy().desc}</span>
                </span>
            </a>
        </nav>
    }
}

/// Characters of a text that would make its column wider than a phone leaves for one.
const LONG: usize = 12;

/// 从这台设备移除.
#[component]
fn Remove(book: BookId) -> impl IntoView {
    let asking = RwSignal::new(false);
    let trouble = RwSignal::new(None::<&'static str>);
    let navigate = StoredValue::new_local(use_navigate());
    let remove = Callback::new(move |()| {
        spawn_local(async move {
            match shelf::remove(book).await {
                Ok(()) => {
                    navigate.try_with_value(|go| go("/overview", NavigateOptions::default()));
                }
                Err(failure) => {
                    let _left_meanwhile =
                        trouble.try_set(Some((texts().overview().failure)(&failure)));
                }
            }
        });
    });
    view! {
        {move || trouble.get().map(|text| problem(text.to_owned()))}
        <button class="btn btn_plain btn_block" on:click=move |_| asking.set(true)>
            {texts().overview().remove}
        </button>
        <Ask
            open=asking
            title=texts().overview().remove
            text=texts().overview().remove_text
            yes=texts().overview().remove
            on_yes=remove
        />
    }
}

/// The tables of a book, and its file. Also where a class is opened that has just handed in.
#[component]
pub(super) fn BookTables(
    book: BookId,
    #[prop(default = RwSignal::new_local(None))] tables: Tables,
) -> impl IntoView {
    spawn_local(async move {
        let made = shelf::tables(book).await;
        let _left_meanwhile = tables.try_set(Some(made));
    });
    move || match tables.get() {
        None => waiting(texts().overview().opening),
        Some(Err(failure)) => problem((texts().overview().failure)(&failure).to_owned()),
        Some(Ok(workbook)) => view! { <Content book workbook/> }.into_any(),
    }
}

#[component]
fn Content(book: BookId, workbook: Workbook) -> impl IntoView {
    let counsellor = said_of_class(&workbook, COUNSELLOR).map(|name| {
        let line = format!("{} {name}", texts().overview().counsellor);
        view! { <p class="muted small wrap-anywhere">{line}</p> }
    });
    let ledgers = StoredValue::new(workbook.ledgers);
    // None: the changes.
    let chosen = RwSignal::new(Some(0_usize));
    let names = ledgers.with_value(|ledgers| {
        let names = ledgers.iter().map(|ledger| ledger.name.clone());
        names.enumerate().collect::<Vec<_>>()
    });
    let tab = |of: Option<usize>, name: String| {
        view! {
            <button
                class="filter"
                aria-pressed=move || (chosen.get() == of).to_string()
                on:click=move |_| chosen.set(of)
            >
                {name}
            </button>
        }
    };
    let tabs = names.into_iter().map(|(at, name)| tab(Some(at), name));
    let tabs = tabs.collect_view();
    let changes = tab(None, texts().overview().changes.to_owned());
    let table = move || match chosen.get() {
        None => view! { <Changes book/> }.into_any(),
        Some(at) => ledgers.with_value(|ledgers| {
            let ledger = ledgers.get(at);
            ledger.map(|ledger| copyable(ledger.clone())).into_any()
        }),
    };
    let class = Signal::stored(class_name(&workbook.title));
    view! {
        <section class="card stack">
            {counsellor}
            <p class="small">{texts().hand_in().personal_data}</p>
            <ExportButton
                label=texts().hand_in().workbook
                tone="btn_primary"
                kind=Kind::LEDGERS
                of=class
                make=move || Box::pin(shelf::write_class(book))
            />
        </section>
        <div class="filters" role="group" aria-label=texts().overview().tables>{tabs}{changes}</div>
        {table}
    }
}

/// 变更记录: who changed what, from what to what.
#[component]
fn Changes(book: BookId) -> impl IntoView {
    let ledger = RwSignal::new_local(None);
    spawn_local(async move {
        let read = shelf::history(book, MOST_CHANGES).await;
        let _left_meanwhile = ledger.try_set(Some(read));
    });
    move || match ledger.get() {
        None => waiting(texts().overview().opening),
        Some(Err(failure)) => problem((texts().overview().failure)(&failure).to_owned()),
        Some(Ok(ledger)) => view! {
            <p class="muted small">{texts().overview().changes_note}</p>
            {copyable(ledger)}
        }
        .into_any(),
    }
}

/// A table with the way to a spreadsheet.
fn copyable(ledger: Ledger) -> impl IntoView {
    let kept = StoredValue::new(ledger.clone());
    view! {
        <LedgerTable ledger/>
        <CopyButton table=move || Some(kept.get_value())/>
    }
}

/// What a class's tables call its counsellor.
const COUNSELLOR: &str = "辅导员";

/// What 说明, the last table, says of the class beside `name`.
fn said_of_class(workbook: &Workbook, name: &str) -> Option<String> {
    let mut rows = workbook.ledgers.last()?.rows.iter();
    rows.find_map(|row| match row.as_slice() {
        [Cell::Text(of), Cell::Text(said)] if of == name => Some(said.clone()),
        _ => None,
    })
}

/// The title of a class's workbook begins with its name.
fn class_name(title: &str) -> String {
    title.split(' ').next().unwrap_or_default().to_owned()
}

/// A table as it is in the file.
#[component]
pub(super) fn LedgerTable(ledger: Ledger) -> impl IntoView {
    let shown = ledger.telling_columns();
    let headings = shown.iter().filter_map(|&at| {
        let column = ledger.columns.get(at)?;
        let is_numeric = ledger
            .rows
            .first()
            .and_then(|row| row.get(at))
            .is_some_and(is_number);
        Some(view! { <th scope="col" class:num=is_numeric>{column.heading.clone()}</th> })
    });
    let rows = ledger.rows.iter().map(|row| {
        let cells = shown.iter().filter_map(|&at| {
            let cell = row.get(at)?;
            let tone = match cell {
                Cell::Text(text) if text.chars().count() > LONG => "table__long",
                cell if is_number(cell) => "num",
                _ => "",
            };
            Some(view! { <td class=tone>{cell_text(cell)}</td> })
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=ledger.name.clone()>
            <table class="table table_pin">
                <thead><tr>{headings.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

fn is_number(cell: &Cell) -> bool {
    matches!(
        cell,
        Cell::Count(_) | Cell::Ratio { .. } | Cell::Number(_) | Cell::Date(_) | Cell::Time(_)
    )
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Unknown => texts().overview().unknown.to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Count(n) => n.to_string(),
        Cell::Ratio { met, of } => {
            let percent = percent_text(*met, *of);
            percent.unwrap_or_else(|| texts().overview().unknown.to_owned())
        }
        Cell::Number(x) => format!("{x:.2}"),
        Cell::Date(date) => date.to_string(),
        Cell::Time(at) => at.to_minute_text(clock::offset()),
    }
}
