//! Keeps the screen on while a page is shown. Where the browser cannot, the screen goes dark as usual.

use leptos::ev::visibilitychange;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Keeps the screen on until the component that calls this goes away.
///
/// By name rather than through `web-sys`, which has wake locks only behind a compiler flag.
pub(crate) fn keep_awake() {
    let held = StoredValue::new_local(None::<JsValue>);
    let hold = move || {
        leptos::task::spawn_local(async move {
            let lock = request().await.ok();
            // The page may be gone by now; then nobody would let go of the lock.
            if held.is_disposed() {
                lock.inspect(release);
            } else {
                held.set_value(lock);
            }
        });
    };
    hold();
    // The browser takes the lock away from a page that is not seen.
    let listener = window_event_listener(visibilitychange, move |_| {
        if !document().hidden() {
            hold();
        }
    });
    on_cleanup(move || {
        listener.remove();
        held.with_value(|lock| lock.as_ref().map(release));
    });
}

async fn request() -> Result<JsValue, JsValue> {
    let locks = js_sys::Reflect::get(&window().navigator(), &"wakeLock".into())?;
    let request: js_sys::Function = js_sys::Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let promise: js_sys::Promise = request.call1(&locks, &"screen".into())?.dyn_into()?;
    JsFuture::from(promise).await
}

fn release(lock: &JsValue) {
    let release = js_sys::Reflect::get(lock, &"release".into());
    if let Ok(release) = release.and_then(JsCast::dyn_into::<js_sys::Function>) {
        // A lock that is gone already is what is wanted.
        let _promise = release.call0(lock);
    }
}
