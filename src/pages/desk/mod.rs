//! 班级: who reads what classes hand in: inviting them, seeing them arrive, opening one.
//!
//! # Layout
//! - `list`: the classes, and how far each is; `invite`: an invitation, full screen
//! - `issued`: what became of the invitations
//! - `overview`: many classes at a glance; `book`: one of them in full; `awards`:
//!   which have their award; `report`: the work summary and the bulletin
//! - `pack`: the school's content, edited and published
//! - `class`: one class, opened
//! - `cases`: cases and support; `privacy`: what is kept of persons, and erasing
//! - `frame`: the way from one screen to the other, by hand and by keys
//! - `file`: files that leave the desk, and tables for the clipboard
//! - `keys`: this device's keys as a file, and back

mod awards;
mod book;
mod cases;
mod class;
mod file;
mod frame;
mod invite;
mod issued;
mod keys;
mod list;
mod overview;
mod pack;
mod privacy;
mod report;

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use wuzha_core::book::Held;
use wuzha_jobs::courier::Failure;

use super::{NotInvited, opened};
use crate::app::texts;
use crate::browser::stylesheet;
use awards::{AwardsView, Certificates, RoundView};
use book::BookView;
use cases::CasesView;
use class::ClassView;
use issued::IssuedView;
use keys::RestoreKeys;
use list::Classes;
use overview::Overview;
use pack::EditPack;
use privacy::PrivacyView;
use report::{Document, DocumentView};

/// The screens of this part.
#[derive(Clone, Copy)]
pub(crate) enum DeskPage {
    Overview,
    Awards,
    Round,
    Certificates,
    Report,
    Book,
    Classes,
    Class,
    Issued,
    RestoreKeys,
    Bulletin,
    EditPack,
    Cases,
    Privacy,
}

/// How these screens look, and their documents on paper.
const STYLE: &str = "/desk.css";

/// Draws a screen of this part, which is loaded first.
#[wasm_split(desk, fallible, preload(preload_desk))]
pub(crate) fn desk(page: DeskPage) -> Result<AnyView, SplitLoaderError> {
    stylesheet::load(STYLE);
    Ok(opened(move || match page {
        DeskPage::Overview => view! { <Overview/> }.into_any(),
        DeskPage::Awards => view! { <AwardsView/> }.into_any(),
        DeskPage::Round => view! { <RoundView/> }.into_any(),
        DeskPage::Certificates => view! { <Certificates/> }.into_any(),
        DeskPage::Report => view! { <DocumentView document=Document::Summary/> }.into_any(),
        DeskPage::Book => view! { <BookView/> }.into_any(),
        DeskPage::Classes => view! { <Classes/> }.into_any(),
        DeskPage::Class => view! { <ClassView/> }.into_any(),
        DeskPage::Issued => view! { <IssuedView/> }.into_any(),
        DeskPage::RestoreKeys => view! { <RestoreKeys/> }.into_any(),
        DeskPage::Bulletin => view! { <DocumentView document=Document::Bulletin/> }.into_any(),
        DeskPage::EditPack => view! { <EditPack/> }.into_any(),
        DeskPage::Cases => view! { <CasesView/> }.into_any(),
        DeskPage::Privacy => view! { <PrivacyView/> }.into_any(),
    }))
}

/// What is under way.
fn waiting(text: &'static str) -> AnyView {
    view! { <p class="row muted" role="status"><span class="spinner"></span>{text}</p> }.into_any()
}

/// What went wrong, and what to do.
fn problem(text: String) -> AnyView {
    view! { <div class="banner banner_warn" role="alert"><p>{text}</p></div> }.into_any()
}

/// Why the school could not be asked; where nobody has invited this device, the way to that.
fn not_done(failure: &Failure) -> AnyView {
    let sentence = (texts().school().failure)(failure);
    if *failure == Failure::NotInvited {
        return view! { <NotInvited sentence/> }.into_any();
    }
    problem(sentence)
}

/// `3 次`, or a dash as long as none is recorded: that is not 0.
fn held_text(held: Held) -> String {
    let times = held.known_times();
    times.map_or_else(|| "–".to_owned(), texts().overview().times)
}

/// A number and what it is of, in a list of them.
fn figure(label: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="stage">
            <dt>{label}</dt>
            <dd class="num">{value}</dd>
        </div>
    }
}
