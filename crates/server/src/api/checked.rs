//! What axum takes from a request, its refusals made problem documents.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::Problem;

/// An address or a query that could be read.
pub(super) struct Checked<E>(pub(super) E);

impl<S: Sync, E: FromRequestParts<S>> FromRequestParts<S> for Checked<E> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = E::from_request_parts(parts, state).await;
        read.map(Self).map_err(|_| Problem::BadRequest)
    }
}
