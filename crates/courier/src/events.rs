//! A stream of server-sent events, as far as it is needed: the id of the next event.
//!
//! `EventSource` cannot show who asks.

use js_sys::{JsString, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

use crate::patience::Patience;

/// More bytes than stand before the id of an event.
const MOST: usize = 1 << 20;

/// The id of the next event; `None` when the stream ends before, or is none.
pub(crate) async fn next_id(response: &Response, patience: &Patience) -> Option<String> {
    let reader: ReadableStreamDefaultReader = response.body()?.get_reader().dyn_into().ok()?;
    let mut heard = Vec::new();
    while heard.len() < MOST {
        heard.extend(next_piece(&reader).await?);
        patience.begin_anew().ok()?;
        if let Some(id) = id_in(&heard) {
            return Some(id);
        }
    }
    None
}

async fn next_piece(reader: &ReadableStreamDefaultReader) -> Option<Vec<u8>> {
    let read = JsFuture::from(reader.read()).await.ok()?;
    let field =
        |name: &str| Reflect::get(&read, &JsString::from(name)).unwrap_or(JsValue::UNDEFINED);
    let piece: Uint8Array = field("value").dyn_into().ok()?;
    Some(piece.to_vec())
}

/// What follows `id:` in the first line that begins so and is there to its end.
fn id_in(heard: &[u8]) -> Option<String> {
    let mut lines = heard.split_inclusive(|&byte| byte == b'\n');
    let id = lines.find_map(|line| line.strip_suffix(b"\n")?.strip_prefix(b"id:"))?;
    Some(str::from_utf8(id).ok()?.trim().to_owned())
}
