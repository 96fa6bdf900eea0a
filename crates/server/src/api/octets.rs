//! Answers that are bytes and not JSON.

use axum::body::Bytes;
use axum::http::header;
use axum::response::IntoResponse;

use crate::limits::room::Taken;

/// Bytes, which nobody on the way keeps.
pub(super) fn octets(bytes: impl Into<Bytes>) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, bytes.into())
}

/// Bytes that take room until they are sent.
pub(super) fn in_room(bytes: Vec<u8>, room: Taken) -> Bytes {
    Bytes::from_owner(Sent { bytes, _room: room })
}

/// A body with the room that it takes until it is sent.
struct Sent {
    bytes: Vec<u8>,
    _room: Taken,
}

impl AsRef<[u8]> for Sent {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}
