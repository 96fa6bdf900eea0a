//! Reading a request's body within bounds.

use axum::body::Body;
use axum::http::{HeaderMap, header};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::time::timeout;

use crate::Problem;

/// How long a body may take. 8 MiB at 1 Mbit/s take 67 seconds.
const TIME: Duration = Duration::from_secs(120);
/// More than any JSON or note that we read.
pub(super) const SMALL: usize = 16 * 1024;

/// All of a body of at most `limit` bytes.
///
/// # Errors
/// [`Problem::TooLarge`], before reading where the request says so; [`Problem::TooSlow`];
/// [`Problem::BadRequest`] when it breaks off.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<Vec<u8>, Problem> {
    let declared = headers.get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|bytes| bytes > limit as u64) {
        return Err(Problem::TooLarge);
    }
    timeout(TIME, collect(body, limit))
        .await
        .map_err(|_| Problem::TooSlow)?
}

/// A body that is JSON.
///
/// # Errors
/// As [`read`], and [`Problem::BadRequest`] for anything else than what is expected.
pub(super) async fn json<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
) -> Result<T, Problem> {
    let bytes = read(headers, body, SMALL).await?;
    serde_json::from_slice(&bytes).map_err(|_| Problem::BadRequest)
}

async fn collect(body: Body, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Problem::BadRequest)?;
        if bytes.len().saturating_add(chunk.len()) > limit {
            return Err(Problem::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
