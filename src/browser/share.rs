//! The phone's own share sheet, and the clipboard. Both are missing in some browsers.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, ShareData};

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

/// Puts a table on the clipboard in both forms, so that each program takes the one it knows; whether the
/// browser let it. To be called in the handler of a tap.
pub(crate) async fn copy_table(text: &str, html: &str) -> bool {
    match clipboard_item(text, html) {
        Some(item) if offers("clipboard") => {
            let written = window().navigator().clipboard().write(&Array::of1(&item));
            JsFuture::from(written).await.is_ok()
        }
        _ => copy(text).await,
    }
}

/// `new ClipboardItem({…})`; `None` where the browser knows only text.
fn clipboard_item(text: &str, html: &str) -> Option<JsValue> {
    let forms = Object::new();
    for (kind, content) in [("text/plain", text), ("text/html", html)] {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let parts = Array::of1(&content.into());
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
        Reflect::set(&forms, &kind.into(), &blob).ok()?;
    }
    let class: Function = Reflect::get(&window(), &"ClipboardItem".into())
        .ok()?
        .dyn_into()
        .ok()?;
    Reflect::construct(&class, &Array::of1(&forms)).ok()
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
