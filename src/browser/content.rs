//! The files of the content pack that are too large to be part of the program. The service worker has
//! them on the phone from the first opening on.

use leptos::prelude::window;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Why a file of the pack did not come.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum FetchError {
    /// No network, and not on the phone yet.
    #[error("no network, and not stored on this phone")]
    Offline,
    /// The server answered with something else than the file.
    #[error("the server answered {0}")]
    Status(u16),
}

/// The text of `bank.json`, `laws.json` … of the pack.
///
/// # Errors
/// See [`FetchError`].
pub(crate) async fn text(file: &str) -> Result<String, FetchError> {
    let request = window().fetch_with_str(&format!("/content/{file}"));
    let response: Response = JsFuture::from(request)
        .await
        .and_then(JsCast::dyn_into)
        .map_err(|_| FetchError::Offline)?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    read(&response).await.map_err(|_| FetchError::Offline)
}

async fn read(response: &Response) -> Result<String, JsValue> {
    let text = JsFuture::from(response.text()?).await?;
    text.as_string().ok_or(text)
}
