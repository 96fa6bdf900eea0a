//! Files that leave the desk.

use std::future::Future;
use std::pin::Pin;

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use wuzha_core::ledger::{Copied, Ledger, copied};
use wuzha_files::file_name;
use wuzha_jobs::shelf::FileFormat;

use super::problem;
use crate::app::texts;
use crate::browser::{clock, save, share};
use crate::shelf::Failure;
use crate::shell::Toaster;

/// What a file is: in its name, and for the programs that open it.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    what: &'static str,
    extension: &'static str,
    mime: &'static str,
}

/// A file on its way from the shelf.
pub(super) type Making = Pin<Box<dyn Future<Output = Result<Uint8Array, Failure>>>>;

impl Kind {
    /// The tables of a class.
    pub(super) const LEDGERS: Self = Self::workbook("反诈台账");
    /// The figures of many.
    pub(super) const OVERVIEW: Self = Self::workbook("班级总览");
    /// How they stand in their award.
    pub(super) const AWARDS: Self = Self::workbook("无诈班级评定");
    /// The lists of the school's content.
    pub(super) const PACK: Self = Self::workbook("学校配置");
    /// The work summary.
    pub(super) const SUMMARY: Self = Self::document("工作总结");
    /// The bulletin.
    pub(super) const BULLETIN: Self = Self::document("通报");

    /// The tables of many classes.
    pub(super) fn all_ledgers(format: FileFormat) -> Self {
        let all = Self::workbook("全部台账");
        let (extension, mime) = match format {
            FileFormat::Xlsx => return all,
            FileFormat::Csv => ("zip", "application/zip"),
            FileFormat::Json => ("json", "application/json"),
        };
        Self {
            extension,
            mime,
            ..all
        }
    }

    const fn document(what: &'static str) -> Self {
        Self {
            what,
            extension: "docx",
            mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// Cases in numbers.
    pub(super) const CASES: Self = Self::workbook("案件统计");
    /// Support in numbers.
    pub(super) const SUPPORT: Self = Self::workbook("帮扶统计");
    /// All that is held about one student.
    pub(super) const STUDENT: Self = Self::workbook("个人信息查阅");
    /// What was erased.
    pub(super) const ERASURE: Self = Self {
        what: "清除证明",
        ..Self::SUMMARY
    };

    const fn workbook(what: &'static str) -> Self {
        Self {
            what,
            extension: "xlsx",
            mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A button that has a file made and saves it, and says why where that failed.
#[component]
pub(super) fn ExportButton(
    #[prop(into)] label: TextProp,
    /// `btn_primary` or `btn_default`.
    tone: &'static str,
    kind: Kind,
    /// Whose it is: stands first in the file's name.
    #[prop(into)]
    of: Signal<String>,
    /// Whether there is nothing to export.
    #[prop(optional, into)]
    is_empty: Signal<bool>,
    make: impl Fn() -> Making + 'static,
) -> impl IntoView {
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<&'static str>);
    let export = move |_| {
        is_busy.set(true);
        trouble.set(None);
        let (making, of) = (make(), of.get_untracked());
        spawn_local(async move {
            let saved = match making.await {
                Ok(bytes) => save_as(kind, &of, &bytes).map(drop),
                Err(failure) => Err((texts().overview().failure)(&failure)),
            };
            // The screen may have been left meanwhile.
            is_busy.try_set(false);
            trouble.try_set(saved.err());
        });
    };
    view! {
        <button
            class=format!("btn {tone} btn_block")
            aria-keyshortcuts="Alt+E"
            disabled=move || is_busy.get() || is_empty.get()
            aria-busy=move || is_busy.get().to_string()
            on:click=export
        >
            {move || label.get()}
        </button>
        {move || trouble.get().map(|text| problem(text.to_owned()))}
    }
}

/// A button that puts a table on the clipboard, for a spreadsheet that is open already.
#[component]
pub(super) fn CopyButton(
    /// The table as it is shown.
    table: impl Fn() -> Option<Ledger> + 'static,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let copy = move |_| {
        let Some(ledger) = table() else {
            return;
        };
        let Copied { text, html } = copied(&ledger, clock::offset());
        spawn_local(async move {
            toaster.say(match share::copy_table(&text, &html).await {
                true => texts().desk().copied,
                false => texts().desk().not_copied,
            });
        });
    };
    view! {
        <button class="btn btn_default btn_block" aria-keyshortcuts="Alt+C" on:click=copy>
            {texts().desk().copy_table}
        </button>
    }
}

/// Saves a file; what it is called, or why it could not be.
pub(super) fn save_as(kind: Kind, of: &str, bytes: &Uint8Array) -> Result<String, &'static str> {
    let date = clock::now().date(clock::offset()).unwrap_or_default();
    let name = file_name(of, kind.what, date, kind.extension);
    let file = save::file(bytes, &name, kind.mime);
    let saved = file.and_then(|file| save::download(&file));
    saved.map(|()| name).map_err(|_| texts().overview().no_file)
}
