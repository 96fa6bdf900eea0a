//! 上交: files out, backup, restore.
//!
//! # Layout
//! - `page`: the screen
//! - `export`: which files there are, and how each is written
//! - `job`: one export at a time: its progress, its file, its failure
//! - `restore`: a backup file back into the book

mod export;
mod job;
mod page;
mod restore;

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::guarded;
use page::HandIn;
use restore::Restore;

/// The screens of this part.
#[derive(Clone, Copy)]
pub(crate) enum HandInPage {
    HandIn,
    Restore,
}

/// Draws a screen of this part, which is loaded first.
#[wasm_split(class, fallible)]
pub(crate) fn hand_in(page: HandInPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        HandInPage::HandIn => guarded(HandIn),
        HandInPage::Restore => view! { <Restore/> }.into_any(),
    })
}
