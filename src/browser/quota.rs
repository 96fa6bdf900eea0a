//! How much room the browser gives, and whether it promises to keep what is stored.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageEstimate;

/// Bytes used and bytes there are, for all of this origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Room {
    pub(crate) used: f64,
    pub(crate) quota: f64,
}

/// Asks the browser not to clear this origin's data by itself; true when it promises. Some browsers
/// ask the person.
pub(crate) async fn persist() -> bool {
    answer(window().navigator().storage().persist()).await == Some(JsValue::TRUE)
}

/// Whether the browser has promised; `None` where it does not say.
pub(crate) async fn persisted() -> Option<bool> {
    answer(window().navigator().storage().persisted())
        .await?
        .as_bool()
}

/// How much room there is; `None` where the browser does not say.
pub(crate) async fn room() -> Option<Room> {
    let estimate: StorageEstimate = answer(window().navigator().storage().estimate())
        .await?
        .unchecked_into();
    Some(Room {
        used: estimate.get_usage()?,
        quota: estimate.get_quota()?,
    })
}

/// `navigator.storage` is missing in some web views and outside https: the call throws then.
async fn answer(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}
