//! Before there is a class, or when it cannot be shown.

mod example;
mod import;
mod new_class;
mod teacher;
mod trouble;
mod welcome;

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::guarded;
use import::Import;
use new_class::NewClass;
use teacher::Teacher;

pub(crate) use example::ExampleBanner;
pub(crate) use trouble::{Lost, Outdated, Refused};
pub(crate) use welcome::Welcome;

/// The screens of this part.
#[derive(Clone, Copy)]
pub(crate) enum StartPage {
    NewClass,
    Import,
    Teacher,
}

/// Draws a screen of this part, which is loaded first.
#[wasm_split(class, fallible)]
pub(crate) fn start(page: StartPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        StartPage::NewClass => view! { <NewClass/> }.into_any(),
        StartPage::Import => guarded(Import),
        StartPage::Teacher => view! { <Teacher/> }.into_any(),
    })
}
