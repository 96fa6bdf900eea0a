//! Reading a request's body within bounds.

use axum::body::Body;
use axum::http::{HeaderMap, header};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::time::timeout;

use crate::Problem;
use crate::limits::Limits;
use crate::limits::room::Taken;

/// More than any JSON or note that we read.
const SMALL: usize = 16 * 1024;

/// A body that was read, and the room in memory that it takes.
pub(super) struct Received {
    pub(super) bytes: Vec<u8>,
    pub(super) room: Taken,
}

impl Received {
    /// Takes in what came of a body of at most `most` bytes.
    fn take_in(&mut self, chunk: &[u8], most: usize) -> Result<(), Problem> {
        let left = most.saturating_sub(self.bytes.len());
        if chunk.len() > left {
            return Err(Problem::TooLarge);
        }
        if chunk.len() > self.bytes.capacity() - self.bytes.len() {
            // Twice as much as before, as a vector grows by itself, but never beyond the end.
            let ahead = self.bytes.len().clamp(chunk.len(), left);
            self.bytes.reserve_exact(ahead);
            self.room.grow_to(self.bytes.capacity())?;
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }
}

/// All of a body of at most `limit` bytes.
///
/// # Errors
/// [`Problem::TooLarge`], before reading where the request says so; [`Problem::TooSlow`];
/// [`Problem::Unavailable`] when there is no room for it; [`Problem::BadRequest`] when it breaks off.
pub(super) async fn read(
    limits: &Limits,
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<Received, Problem> {
    let declared = headers.get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let most = declared.map_or(Ok(limit), usize::try_from);
    let most = most.ok().filter(|bytes| *bytes <= limit);
    let most = most.ok_or(Problem::TooLarge)?;
    let received = Received {
        bytes: Vec::new(),
        room: limits.uploads.take(0)?,
    };
    let patience = limits.patience;
    in_time(patience.body, collect(received, body, most, patience.pause)).await?
}

/// A note or the like: a body of at most [`SMALL`] bytes.
///
/// # Errors
/// As [`read`].
pub(super) async fn small(
    limits: &Limits,
    headers: &HeaderMap,
    body: Body,
) -> Result<Vec<u8>, Problem> {
    let received = read(limits, headers, body, SMALL).await?;
    Ok(received.bytes)
}

/// A body that is JSON.
///
/// # Errors
/// As [`read`], and [`Problem::BadRequest`] for anything else than what is expected.
pub(super) async fn json<T: DeserializeOwned>(
    limits: &Limits,
    headers: &HeaderMap,
    body: Body,
) -> Result<T, Problem> {
    let bytes = small(limits, headers, body).await?;
    serde_json::from_slice(&bytes).map_err(|_| Problem::BadRequest)
}

async fn collect(
    mut received: Received,
    body: Body,
    most: usize,
    pause: Duration,
) -> Result<Received, Problem> {
    let mut stream = body.into_data_stream();
    while let Some(chunk) = in_time(pause, stream.next()).await? {
        let chunk = chunk.map_err(|_| Problem::BadRequest)?;
        received.take_in(&chunk, most)?;
    }
    Ok(received)
}

async fn in_time<T>(time: Duration, what: impl Future<Output = T>) -> Result<T, Problem> {
    timeout(time, what).await.map_err(|_| Problem::TooSlow)
}
