//! 下载码: how to get 国家反诈中心, the school's own code, the poster.
//!
//! # Layout
//! - `page`: the screen
//! - `code`: which code is shown, and the region beside it: what this device remembers
//! - `change`: putting the school's own code in place
//! - `poster`, `image`: on paper, and as a picture

mod change;
mod code;
mod image;
mod page;
mod poster;

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use change::ChangeCode;
use page::Download;

/// The screens of this part.
#[derive(Clone, Copy)]
pub(crate) enum DownloadPage {
    Download,
    ChangeCode,
}

/// Draws a screen of this part, which is loaded first.
#[wasm_split(download, fallible, preload(preload_download))]
pub(crate) fn download(page: DownloadPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        DownloadPage::Download => view! { <Download/> }.into_any(),
        DownloadPage::ChangeCode => view! { <ChangeCode/> }.into_any(),
    })
}
