//! How long the network is waited for. One that forgets a connection would otherwise hold up everything: other
//! tabs wait for this courier's turn to end.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, AbortSignal};
use wuzha_jobs::listening::scope;

/// Ends a request when its time is over.
pub(crate) struct Patience {
    controller: AbortController,
    ms: i32,
    timer: std::cell::Cell<i32>,
    on_time: Closure<dyn Fn()>,
}

/// How long a request may take, in ms, with so many bytes on the way: half a minute, and what they take at a
/// kilobyte a second. No network that is of any use is slower.
pub(crate) fn for_bytes(bytes: u64) -> i32 {
    let on_the_way = i32::try_from(bytes).unwrap_or(i32::MAX);
    on_the_way.saturating_add(30_000)
}

impl Patience {
    /// For so many ms from now.
    pub(crate) fn new(ms: i32) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let aborting = controller.clone();
        let on_time = Closure::<dyn Fn()>::new(move || aborting.abort());
        let timer = set_timer(&on_time, ms)?.into();
        Ok(Self {
            controller,
            ms,
            timer,
            on_time,
        })
    }

    /// What the request is ended by.
    pub(crate) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Begins to wait anew: something has come.
    pub(crate) fn begin_anew(&self) -> Result<(), JsValue> {
        scope().clear_timeout_with_handle(self.timer.get());
        self.timer.set(set_timer(&self.on_time, self.ms)?);
        Ok(())
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        scope().clear_timeout_with_handle(self.timer.get());
        // A stream that nobody reads any more; what has ended is not changed by it.
        self.controller.abort();
    }
}

fn set_timer(on_time: &Closure<dyn Fn()>, ms: i32) -> Result<i32, JsValue> {
    let on_time = on_time.as_ref().unchecked_ref();
    scope().set_timeout_with_callback_and_timeout_and_arguments_0(on_time, ms)
}
