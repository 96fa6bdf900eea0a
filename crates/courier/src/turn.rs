//! One courier at a time: two tabs would seal two bundles with one number.

use std::cell::RefCell;

use futures_channel::oneshot;
use js_sys::{Function, JsString, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wuzha_jobs::courier::Failure;
use wuzha_jobs::listening::scope;

/// The name of the browser's lock.
const LOCK: &str = "wuzha-courier";

/// This courier's turn, until dropped. When its worker is ended the browser takes it back.
pub(crate) struct Turn {
    done: Option<oneshot::Sender<()>>,
}

impl Turn {
    /// Waits for this courier's turn.
    ///
    /// # Errors
    /// [`Failure::Disk`] where the browser has no locks: two couriers could then not be kept apart.
    pub(crate) async fn take() -> Result<Self, Failure> {
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
        let refused = |error: JsValue| Failure::Disk(format!("{error:?}"));
        let _settled_at_the_end = request(&held).map_err(refused)?;
        match begun.await {
            Ok(()) => Ok(Self { done: Some(done) }),
            Err(_) => Err(Failure::Disk("no lock".to_owned())),
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
fn request(held: &JsValue) -> Result<JsValue, JsValue> {
    let locks = Reflect::get(&scope().navigator(), &JsString::from("locks"))?;
    let request: Function = Reflect::get(&locks, &JsString::from("request"))?.dyn_into()?;
    request.call2(&locks, &JsString::from(LOCK), held)
}
