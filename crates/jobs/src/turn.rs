//! One at a time: two workers of a kind, of two tabs perhaps, must not both write what they read before.

use std::cell::RefCell;

use futures_channel::oneshot;
use js_sys::{Function, JsString, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::listening::scope;

/// This worker's turn, until dropped. When the worker is ended the browser takes it back.
pub struct Turn {
    done: Option<oneshot::Sender<()>>,
}

impl Turn {
    /// Waits for this worker's turn at the browser's lock of this name.
    ///
    /// # Errors
    /// What the browser said where it has no locks: two workers could then not be kept apart.
    pub async fn take(lock: &str) -> Result<Self, String> {
        let (begin, begun) = oneshot::channel();
        let (done, ended) = oneshot::channel::<()>();
        let once = RefCell::new(Some((begin, ended)));
        let held = Closure::once_into_js(move |_lock: JsValue| -> Promise {
            wasm_bindgen_futures::future_to_promise(async move {
                if let Some((begin, ended)) = once.take() {
                    let _nobody_waits = begin.send(());
                    let _dropped = ended.await;
                }
                Ok(JsValue::UNDEFINED)
            })
        });
        let _settled_at_the_end = request(lock, &held).map_err(|error| format!("{error:?}"))?;
        match begun.await {
            Ok(()) => Ok(Self { done: Some(done) }),
            Err(_) => Err("no lock".to_owned()),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            let _gone = done.send(());
        }
    }
}

/// `navigator.locks.request`, which web-sys counts as unstable; browsers have it since 2018.
fn request(lock: &str, held: &JsValue) -> Result<JsValue, JsValue> {
    let locks = Reflect::get(&scope().navigator(), &JsString::from("locks"))?;
    let request: Function = Reflect::get(&locks, &JsString::from("request"))?.dyn_into()?;
    request.call2(&locks, &JsString::from(lock), held)
}
