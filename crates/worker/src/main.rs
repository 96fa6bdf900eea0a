//! The second wasm, in a web worker: what would block the screen.
//!
//! # Layout
//! - `main`: the conversation, described in [`wuzha_jobs`]
//! - [`jobs`]: what each job does; no browser
//! - [`ledgers`]: the workbook of a class
//! - [`qr`]: codes in pictures

mod jobs;
mod ledgers;
mod qr;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use wuzha_jobs::{Failure, Message, Progress, READY};

use jobs::Done;

/// Listens, then says "ready": what is posted to a worker before it listens is lost.
fn main() -> Result<(), JsValue> {
    std::panic::set_hook(Box::new(|panic| {
        say(&Message::Failed(Failure::Crashed(panic.to_string())));
    }));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        answer(&event.data());
    });
    let scope = scope();
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    on_message.forget();
    scope.post_message(&JsValue::from_str(READY))
}

/// Does the job in `data` and posts what came of it.
fn answer(data: &JsValue) {
    let (request, bytes) = parts(data);
    let progress = |done, total| say(&Message::Progress(Progress { done, total }));
    match jobs::run(&request, &bytes, progress) {
        Ok(Done { response, bytes }) => post(&Message::Done(response), bytes.as_deref()),
        Err(failure) => say(&Message::Failed(failure)),
    }
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

fn say(message: &Message) {
    post(message, None);
}

fn post(message: &Message, bytes: Option<&[u8]>) {
    let message = wuzha_jobs::encode(message).unwrap_or_default();
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

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
