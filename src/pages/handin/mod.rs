//! 上交: to the school, files out, backup, restore.
//!
//! # Layout
//! - `page`: the screen
//! - `export`: which files there are, and how each is written
//! - `job`: one export at a time: its progress, its file, its failure
//! - `show`: what was written as codes on the screen, 面对面传
//! - `restore`: a backup file back into the book
//! - `school`: how far the records are; `join`: accepting an invitation, `scan`: the camera, also for other screens

mod export;
mod job;
mod join;
mod page;
mod restore;
mod scan;
mod school;
mod show;

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::guarded;
use join::Join;
use page::HandIn;

use restore::Restore;
pub(crate) use scan::{Hints, Scan, Viewfinder};

pub(super) use export::Trouble;
pub(super) use job::sentence;

/// The screens of this part.
#[derive(Clone, Copy)]
pub(crate) enum HandInPage {
    HandIn,
    Join,
    Restore,
}

/// Draws a screen of this part, which is loaded first.
#[wasm_split(class, fallible)]
pub(crate) fn hand_in(page: HandInPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        HandInPage::HandIn => guarded(HandIn),
        HandInPage::Join => view! { <Join/> }.into_any(),
        HandInPage::Restore => view! { <Restore/> }.into_any(),
    })
}
