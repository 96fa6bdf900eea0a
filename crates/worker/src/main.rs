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

use wasm_bindgen::JsValue;
use wuzha_jobs::Files;
use wuzha_jobs::listening::{listen, say_progress};

use jobs::Done;

fn main() -> Result<(), JsValue> {
    listen::<Files, _>(async |request, bytes| {
        let done = jobs::run(&request, &bytes, say_progress::<Files>);
        done.map(|Done { response, bytes }| (response, bytes))
    })
}
