//! Spreadsheets that people choose. The worker reads them.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use wuzha_files::{Limits, ReadError};

/// The bytes of a file that may be a roster, an old ledger, a school's lists.
///
/// # Errors
/// [`ReadError::TooLarge`], and [`ReadError::Damaged`] for one that was changed or removed since it was chosen.
pub(crate) async fn bytes(file: &File) -> Result<Uint8Array, ReadError> {
    let max_bytes = Limits::ROSTER.bytes;
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    if file.size() > max_bytes as f64 {
        // Not even fetched: a film would fill the phone's memory.
        return Err(ReadError::TooLarge { max_bytes });
    }
    let bytes = JsFuture::from(file.array_buffer()).await;
    let bytes = bytes.map_err(|error| ReadError::Damaged(format!("{error:?}")))?;
    Ok(Uint8Array::new(&bytes))
}
