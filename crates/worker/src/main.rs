//! The second wasm, in a web worker: what would block the screen.
//!
//! # Layout
//! - `main`: the conversation, described in [`wuzha_jobs`]
//! - [`jobs`]: what each job does; no browser
//! - [`ledgers`]: the workbook of a class
//! - [`qr`]: codes in pictures

#![cfg_attr(
    all(not(target_family = "wasm"), not(test)),
    expect(dead_code, reason = "on the host there are only its tests")
)]

mod jobs;
mod ledgers;
mod qr;

#[cfg(target_family = "wasm")]
fn main() -> Result<(), wasm_bindgen::JsValue> {
    use jobs::Done;
    use wuzha_jobs::Files;
    use wuzha_jobs::listening::{listen, say_progress};

    listen::<Files, _>(async |request, bytes| {
        let done = jobs::run(&request, &bytes, say_progress::<Files>);
        done.map(|Done { response, bytes }| (response, bytes))
    })
}

/// It runs in browsers only.
#[cfg(not(target_family = "wasm"))]
fn main() {}
