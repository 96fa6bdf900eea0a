//! The third wasm, in a web worker: everything that needs this device's keys.
//!
//! # Layout
//! - `main`: the conversation, described in [`wuzha_jobs`]
//! - [`errands`]: what each errand does
//! - [`member`]: this device as a member of a school, as it is stored
//! - [`hand_in`]: a class's phone: from the log to the receipts, and what its other phones handed in
//! - [`packs`]: what a school publishes: read, judged, kept, published
//! - [`desk`]: who reads: inviting classes, opening what they handed in
//! - [`backup`]: what is sealed with a passphrase: its keys as a file, and others
//! - [`disk`]: the courier's database; [`keys`]: the device's keys, wrapped by the browser
//! - [`server`]: the school's server; [`log`]: what it lists, followed and fetched
//! - [`events`]: its stream of events; [`patience`]: how long it is waited for

mod backup;
mod desk;
mod disk;
mod errands;
mod events;
mod hand_in;
mod keys;
mod log;
mod member;
mod packs;
mod patience;
mod server;

use wasm_bindgen::JsValue;
use wuzha_jobs::courier::Courier;
use wuzha_jobs::listening::listen;

fn main() -> Result<(), JsValue> {
    listen::<Courier, _>(async |request, bytes| errands::run(&request, &bytes).await)
}
