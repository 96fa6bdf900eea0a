//! For whoever watches over the server.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use std::sync::Arc;
use utoipa::openapi::OpenApi;

use crate::Problem;
use crate::problem::Document;
use crate::service::Service;

/// Whether the server can take bundles: its database answers, and is no standby.
#[utoipa::path(
    get, path = "/readyz",
    responses(
        (status = 200, description = "ok"),
        (status = 503, description = "unavailable", body = Document),
    )
)]
pub(super) async fn ready(State(service): State<Arc<Service>>) -> Result<&'static str, Problem> {
    match service.store.is_ready().await {
        true => Ok("ok\n"),
        false => Err(Problem::Unavailable),
    }
}

/// Counters, in the text form of OpenMetrics. A proxy should keep it from the public.
#[utoipa::path(
    get, path = "/metrics",
    responses((status = 200, content_type = "application/openmetrics-text"))
)]
pub(super) async fn metrics(State(service): State<Arc<Service>>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], service.metrics.text()).into_response()
}

/// Answers with the description of the API.
pub(super) fn openapi<S: Clone + Send + Sync + 'static>(described: &OpenApi) -> MethodRouter<S> {
    let json: Bytes = described.to_json().unwrap_or_default().into();
    get(async move || ([(header::CONTENT_TYPE, "application/json")], json))
}
