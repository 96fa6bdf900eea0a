use futures_util::future::AbortHandle;
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{File, HtmlInputElement};
use wuzha_core::roster::Table;
use wuzha_files::RawTable;
use wuzha_jobs::{Broken, Failure, Files, Progress, Request, Response};

use super::{Importing, List};
use crate::app::texts;
use crate::browser::worker;
use crate::spreadsheet;

/// What went wrong with a list.
#[derive(Clone, PartialEq)]
enum Problem {
    NothingPasted,
    File(Failure),
}

/// A file that is being read.
#[derive(Clone)]
struct Reading {
    name: String,
    progress: Option<Progress>,
    job: AbortHandle,
}

/// The first step: 粘贴, 选择文件, 手动添加.
#[component]
pub(super) fn Source(importing: Importing) -> impl IntoView {
    let problem = RwSignal::new(None);
    view! {
        <p class="section-note">{texts().import().only_what_is_needed}</p>
        <Paste importing problem/>
        <ProblemBar problem/>
        <ChooseFile importing problem/>
        <div class="btn-row">
            <a class="btn btn_plain" href="/record/students/new">
                {texts().import().by_hand}
            </a>
        </div>
    }
}

#[component]
fn ProblemBar(problem: RwSignal<Option<Problem>>) -> impl IntoView {
    let text = move || {
        let texts = texts().import();
        problem.with(|problem| match problem.as_ref()? {
            Problem::NothingPasted => Some(texts.nothing_pasted.to_owned()),
            Problem::File(failure) => Some((texts.failure)(failure)),
        })
    };
    view! {
        <div role="alert">
            {move || text().map(|text| view! { <div class="banner banner_warn"><p>{text}</p></div> })}
        </div>
    }
}

#[component]
fn Paste(importing: Importing, problem: RwSignal<Option<Problem>>) -> impl IntoView {
    let pasted = importing.pasted;
    let read = move |_| {
        let table = pasted.with_untracked(|text| Table::from_text(text));
        if table.rows.is_empty() {
            return problem.set(Some(Problem::NothingPasted));
        }
        importing.show(List {
            file: None,
            sheet: None,
            other_sheets: Vec::new(),
            table,
        });
    };
    let use_sample = move |_| pasted.set(texts().import().sample_rows.to_owned());
    view! {
        <div class="stack">
            <label class="field">
                <span class="field__label">{texts().import().paste_label}</span>
                <textarea
                    class="field__input"
                    rows="8"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="paste-hint"
                    bind:value=pasted
                ></textarea>
            </label>
            <p class="field__hint" id="paste-hint">{texts().import().paste_hint}</p>
            <button class="btn btn_primary btn_block btn_large" on:click=read>
                {texts().import().read}
            </button>
            <details class="card">
                <summary>{texts().import().sample}</summary>
                <pre class="code">{texts().import().sample_rows}</pre>
                // Never over what somebody has pasted.
                <Show when=move || pasted.with(String::is_empty)>
                    <button class="btn btn_plain" on:click=use_sample>
                        {texts().import().use_sample}
                    </button>
                </Show>
            </details>
        </div>
    }
}

#[component]
fn ChooseFile(importing: Importing, problem: RwSignal<Option<Problem>>) -> impl IntoView {
    let reading: RwSignal<Option<Reading>> = RwSignal::new(None);
    let cancel = move || {
        if let Some(reading) = reading.try_get_untracked().flatten() {
            reading.job.abort();
        }
    };
    on_cleanup(cancel);
    let choose = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        let file = input.files().and_then(|files| files.get(0));
        // So that the same file can be chosen again after it was mended.
        input.set_value("");
        if let Some(file) = file {
            problem.set(None);
            spawn_local(async move {
                let read = read(file, reading).await;
                // The screen may have been left meanwhile.
                if reading.try_set(None).is_some() {
                    return;
                }
                match read {
                    Ok(list) => importing.show(list),
                    Err(failure) => problem.set(Some(Problem::File(failure))),
                }
            });
        }
    };
    view! {
        <Show
            when=move || reading.with(Option::is_none)
            fallback=move || view! { <Progressing reading on_cancel=cancel/> }
        >
            <label class="upload">
                <input
                    class="sr-only"
                    type="file"
                    accept=".xlsx,.xls,.csv,.txt"
                    on:change=choose
                />
                <span class="strong">{texts().import().file}</span>
                <span class="muted small">{texts().import().file_kinds}</span>
            </label>
        </Show>
    }
}

#[component]
fn Progressing(
    reading: RwSignal<Option<Reading>>,
    on_cancel: impl Fn() + 'static,
) -> impl IntoView {
    let progress = Memo::new(move |_| reading.with(|reading| reading.as_ref()?.progress));
    let label = move || {
        let texts = texts().import();
        match progress.get() {
            Some(Progress { done, total }) => (texts.rows_read)(done, total),
            None => reading.with(|reading| {
                let name = reading.as_ref().map(|reading| reading.name.as_str());
                (texts.reading)(name.unwrap_or_default())
            }),
        }
    };
    view! {
        <div class="progress" role="status">
            <span class="progress__label wrap-anywhere">{label}</span>
            <progress
                aria-label=texts().import().file
                max=move || progress.get().map(|progress| progress.total)
                value=move || progress.get().map(|progress| progress.done)
            ></progress>
            <button class="progress__cancel" on:click=move |_| on_cancel()>
                {texts().common().cancel}
            </button>
        </div>
    }
}

/// Reads a file in the worker.
async fn read(file: File, reading: RwSignal<Option<Reading>>) -> Result<List, Failure> {
    let bytes = spreadsheet::bytes(&file).await?;
    let (job, handle) =
        worker::cancellable::<Files>(Request::ReadTables, Some(bytes), move |progress| {
            reading.update(|reading| {
                if let Some(reading) = reading {
                    reading.progress = Some(progress);
                }
            });
        });
    reading.set(Some(Reading {
        name: file.name(),
        progress: None,
        job: handle,
    }));
    match job.await?.response {
        Response::Tables(tables) => Ok(list(file.name(), tables)),
        other => Err(Broken::Message(format!("{other:?}")).into()),
    }
}

/// The first sheet; of the others it is said that they were not read.
fn list(file: String, tables: Vec<RawTable>) -> List {
    let mut tables = tables.into_iter();
    let mut first = tables.next().unwrap_or_default();
    List {
        file: Some(file),
        sheet: first.sheet.take(),
        other_sheets: tables.filter_map(|table| table.sheet).collect(),
        table: first.into(),
    }
}
