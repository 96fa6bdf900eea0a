//! The worker's side of a conversation.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::{Contract, Message, Progress, READY};

/// What came of a job, and the bytes beside it.
pub type Answer<C> = Result<(<C as Contract>::Response, Option<Vec<u8>>), <C as Contract>::Failure>;

/// Listens for jobs and says "ready": what is posted to a worker before it listens is lost. `answer` does
/// the job that the first bytes encode, with the second beside it.
///
/// # Errors
/// What the browser threw; only when this is no worker.
pub fn listen<C: Contract + 'static, F>(
    answer: impl Fn(Vec<u8>, Vec<u8>) -> F + 'static,
) -> Result<(), JsValue>
where
    F: Future<Output = Answer<C>>,
{
    std::panic::set_hook(Box::new(|panic| {
        // A last word: it fails only when nobody listens.
        let _said = scope().post_message(&JsValue::from_str(&panic.to_string()));
    }));
    let answer = Rc::new(answer);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let answer = answer.clone();
        spawn_local(async move {
            let (request, bytes) = parts(&event.data());
            match answer(request, bytes).await {
                Ok((response, bytes)) => post::<C>(&Message::Done(response), bytes.as_deref()),
                Err(failure) => post::<C>(&Message::Failed(failure), None),
            }
        });
    });
    let scope = scope();
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    on_message.forget();
    scope.post_message(&JsValue::from_str(READY))
}

/// Says how far the job is.
pub fn say_progress<C: Contract>(done: u32, total: u32) {
    post::<C>(&Message::Progress(Progress { done, total }), None);
}

/// The request and the bytes beside it; empty where there are none.
fn parts(data: &JsValue) -> (Vec<u8>, Vec<u8>) {
    let parts: Array = data.clone().unchecked_into();
    let bytes = |at| -> Vec<u8> {
        let part: Option<Uint8Array> = parts.get(at).dyn_into().ok();
        part.map_or_else(Vec::new, |part| part.to_vec())
    };
    (bytes(0), bytes(1))
}

fn post<C: Contract>(message: &Message<C::Response, C::Failure>, bytes: Option<&[u8]>) {
    let message = crate::encode(message).unwrap_or_default();
    let message = Array::of1(&Uint8Array::from(message.as_slice()));
    let transfer = Array::new();
    if let Some(bytes) = bytes {
        let bytes = Uint8Array::from(bytes);
        transfer.push(&bytes.buffer());
        message.push(&bytes);
    }
    // Only a full disk of messages could refuse it; the app then sees a worker that says nothing
    // and can cancel it.
    let _posted = scope().post_message_with_transfer(&message, &transfer);
}

/// What a worker's code finds around it.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
