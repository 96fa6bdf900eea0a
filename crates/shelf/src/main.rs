//! The fourth wasm, in a web worker: the books of many classes, for whoever reads them.
//!
//! # Layout
//! - `main`: the conversation, described in [`wuzha_jobs`]
//! - [`jobs`]: what each job does; `awards`: those about awards; `reports`: the ledgers of many classes, documents;
//!   `old_ledgers`: those about old ledgers; `cases`: about cases and support; `privacy`: about keeping and erasing
//! - `intake`: from what arrives to a book
//! - `log`: writing into the desk's own log
//! - [`book`]: a class's book on the shelf, and which book operations belong to; [`imports`]: what
//!   old ledgers are to the books
//! - `disk`: the shelf's database

#![cfg_attr(
    not(target_family = "wasm"),
    allow(
        dead_code,
        reason = "on the host there are only tests, of a part of it"
    )
)]

#[cfg(target_family = "wasm")]
mod awards;
mod book;
#[cfg(target_family = "wasm")]
mod cases;
#[cfg(target_family = "wasm")]
mod disk;
mod imports;
#[cfg(target_family = "wasm")]
mod intake;
#[cfg(target_family = "wasm")]
mod jobs;
#[cfg(target_family = "wasm")]
mod log;
#[cfg(target_family = "wasm")]
mod old_ledgers;
#[cfg(target_family = "wasm")]
mod privacy;
#[cfg(target_family = "wasm")]
mod reports;

#[cfg(target_family = "wasm")]
fn main() -> Result<(), wasm_bindgen::JsValue> {
    use wuzha_jobs::listening::{listen, say_progress};
    use wuzha_jobs::shelf::Shelf;

    listen::<Shelf, _>(async |request, bytes| {
        jobs::run(&request, &bytes, say_progress::<Shelf>).await
    })
}

/// It runs in browsers only.
#[cfg(not(target_family = "wasm"))]
fn main() {}
