//! 工作总结 and 通报: drafted from the figures, gone over paragraph by paragraph, exported as DOCX or printed.
//!
//! # Layout
//! - here: the screen; `head`: whose document, and of what unit
//! - `draft`: what was generated, and what a person wrote in its place; `form`: every text of it a field
//! - `paper`: the same as it is printed

mod draft;
mod form;
mod head;
mod paper;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::report::{Report, Reporter};
use wuzha_jobs::shelf::Failure;

use super::file::Kind;
use super::frame::{DeskScreen, Place};
use super::{problem, waiting};
use crate::app::texts;
use crate::shelf;
use draft::Draft;
use form::Form;
use head::Head;
use paper::Paper;

/// A document of the desk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Document {
    /// 工作总结
    Summary,
    /// 通报
    Bulletin,
}

#[derive(Clone)]
enum Stage {
    Opening,
    Asking,
    Making,
    Made(Box<Report>, Reporter),
    Failed(Failure),
}

/// 工作总结 or 通报.
#[component]
pub(super) fn DocumentView(document: Document) -> impl IntoView {
    let stage = RwSignal::new_local(Stage::Opening);
    let departments = StoredValue::new(Vec::new());
    spawn_local(open(stage, departments));
    let content = move || match stage.get() {
        Stage::Opening => waiting(texts().overview().opening),
        Stage::Asking => {
            view! { <Head document stage departments=departments.get_value()/> }.into_any()
        }
        Stage::Making => waiting(texts().report().making),
        Stage::Failed(failure) => problem((texts().overview().failure)(&failure).to_owned()),
        Stage::Made(report, reporter) => {
            let draft = Draft::of(document, &reporter, *report);
            view! {
                <Form document draft/>
                <button class="btn btn_plain btn_block" on:click=move |_| stage.set(Stage::Asking)>
                    {texts().report().restart}
                </button>
                <Paper draft/>
            }
            .into_any()
        }
    };
    view! {
        <DeskScreen place=document.place()>
            <p class="section-note no-print">{document.lead()}" "{texts().report().chinese}</p>
            {content}
        </DeskScreen>
    }
}

/// Looks which departments the classes on the shelf name.
async fn open(stage: RwSignal<Stage, LocalStorage>, departments: StoredValue<Vec<String>>) {
    let next = match shelf::list().await {
        Ok(books) => {
            let names = books.departments.into_iter().map(|(name, _)| name);
            let _left_meanwhile =
                departments.try_set_value(names.filter(|name| !name.is_empty()).collect());
            Stage::Asking
        }
        Err(failure) => Stage::Failed(failure),
    };
    let _left_meanwhile = stage.try_set(next);
}

impl Document {
    fn place(self) -> Place {
        match self {
            Self::Summary => Place::Report,
            Self::Bulletin => Place::Bulletin,
        }
    }

    fn lead(self) -> &'static str {
        match self {
            Self::Summary => texts().report().lead,
            Self::Bulletin => texts().bulletin().lead,
        }
    }

    /// The file that it is exported as.
    fn kind(self) -> Kind {
        match self {
            Self::Summary => Kind::SUMMARY,
            Self::Bulletin => Kind::BULLETIN,
        }
    }

    /// Where its drafts are kept.
    fn key(self) -> &'static str {
        match self {
            Self::Summary => "wuzha.report",
            Self::Bulletin => "wuzha.bulletin",
        }
    }
}
