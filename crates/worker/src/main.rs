//! The second wasm, in a web worker: what would block the screen.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DedicatedWorkerGlobalScope;

/// Says "ready": what is posted to a worker before it listens is lost.
fn main() -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope.post_message(&JsValue::from_str("ready"))
}
