//! Files out of the browser: into the phone's downloads, and in by the file chooser.

use std::time::Duration;

use js_sys::{Array, Uint8Array};
use leptos::prelude::{document, set_timeout};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DragEvent, File, FileList, FilePropertyBag, HtmlAnchorElement, HtmlInputElement, Url,
};

/// How long the address of a saved file stays valid: iOS asks the person first, and reads after.
const KEPT_FOR: Duration = Duration::from_secs(120);

/// A file of `bytes`.
pub(crate) fn file(bytes: &Uint8Array, name: &str, mime: &str) -> Result<File, JsValue> {
    File::new_with_u8_array_sequence_and_options(&Array::of1(bytes), name, &options(mime))
}

/// `blob` under a name.
pub(crate) fn named(blob: &Blob, name: &str) -> Result<File, JsValue> {
    File::new_with_blob_sequence_and_options(&Array::of1(blob), name, &options(&blob.type_()))
}

fn options(mime: &str) -> FilePropertyBag {
    let options = FilePropertyBag::new();
    options.set_type(mime);
    options
}

/// Saves `file` where the browser puts downloads. The browser does not tell whether it did.
pub(crate) fn download(file: &File) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(file)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(&file.name());
    link.click();
    set_timeout(
        move || {
            let _never_fails = Url::revoke_object_url(&address);
        },
        KEPT_FOR,
    );
    Ok(())
}

/// The file chosen in `input`. The input is emptied, so that the same file can be chosen again.
pub(crate) fn chosen(input: &HtmlInputElement) -> Option<File> {
    let file = input.files().and_then(|files| files.get(0));
    input.set_value("");
    file
}

/// The files chosen in `input`, which is emptied.
pub(crate) fn all_chosen(input: &HtmlInputElement) -> Vec<File> {
    let files = all_of(input.files());
    input.set_value("");
    files
}

/// The files that were dropped.
pub(crate) fn all_dropped(event: &DragEvent) -> Vec<File> {
    // Else the browser opens the file in the app's place.
    event.prevent_default();
    all_of(event.data_transfer().and_then(|data| data.files()))
}

fn all_of(files: Option<FileList>) -> Vec<File> {
    let files = files.iter();
    let files = files.flat_map(|files| (0..files.length()).filter_map(|at| files.get(at)));
    files.collect()
}

/// The bytes of `file`.
pub(crate) async fn bytes(file: &File) -> Result<Uint8Array, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer))
}

/// The text in `file`, read as UTF-8.
pub(crate) async fn text(file: &File) -> Result<String, JsValue> {
    let text = JsFuture::from(file.text()).await?;
    text.as_string().ok_or(text)
}
