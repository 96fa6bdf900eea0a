//! The phone's own share sheet, and the clipboard. Both are missing in some browsers.

use js_sys::{Array, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ShareData};

/// What became of an offer to share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shared {
    /// It was handed to another app.
    Done,
    /// The person closed the sheet.
    Dismissed,
    /// The browser refused.
    Refused,
}

/// Whether this browser can share texts.
pub(crate) fn can_share_text() -> bool {
    offers("share")
}

/// Whether this browser can share `file`; many refuse some kinds.
pub(crate) fn can_share_file(file: &File) -> bool {
    offers("share") && offers("canShare") && window().navigator().can_share_with_data(&data(file))
}

/// Offers `file` to other apps. To be called in the handler of a tap.
pub(crate) async fn share_file(file: &File) -> Shared {
    share(&data(file)).await
}

/// Offers a text with a link to other apps. To be called in the handler of a tap.
pub(crate) async fn share_text(title: &str, text: &str, link: &str) -> Shared {
    let data = ShareData::new();
    data.set_title(title);
    data.set_text(text);
    data.set_url(link);
    share(&data).await
}

/// Puts `text` on the clipboard; whether the browser let it.
pub(crate) async fn copy(text: &str) -> bool {
    // Only in secure contexts; absent in some web views.
    if !offers("clipboard") {
        return false;
    }
    let written = window().navigator().clipboard().write_text(text);
    JsFuture::from(written).await.is_ok()
}

fn data(file: &File) -> ShareData {
    let data = ShareData::new();
    data.set_files(&Array::of1(file));
    data
}

async fn share(data: &ShareData) -> Shared {
    let shared = JsFuture::from(window().navigator().share_with_data(data)).await;
    match shared {
        Ok(_) => Shared::Done,
        Err(error) if name(&error).as_deref() == Some("AbortError") => Shared::Dismissed,
        Err(_) => Shared::Refused,
    }
}

fn name(error: &JsValue) -> Option<String> {
    Reflect::get(error, &"name".into()).ok()?.as_string()
}

fn offers(name: &str) -> bool {
    let offered = Reflect::get(&window().navigator(), &name.into());
    offered.is_ok_and(|offered| !offered.is_undefined())
}
