//! What is done around each request: rates by address, counting, one line in the log.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Instant;

use crate::Problem;
use crate::limits::peer;
use crate::service::Service;

/// The line has the route and not the address, and neither who asked nor from where: what a school's
/// log would then say about people is nothing.
pub(super) async fn watch(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("", MatchedPath::as_str).to_owned();
    let response = match within_rate(&service, request) {
        Ok(request) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    let (took, status) = (began.elapsed(), response.status());
    let problem = response.extensions().get::<Problem>().copied();
    service.metrics.request(&method, &route, status, took);
    if let Some(problem) = problem {
        service.metrics.problem(problem);
    }
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let (status, problem) = (status.as_u16(), problem.map(Problem::urn));
    tracing::info!(%method, route, status, ms, problem, "request");
    response
}

fn within_rate(service: &Service, request: Request) -> Result<Request, Problem> {
    let (parts, body) = request.into_parts();
    if let Some(address) = peer::address(&parts, service.trust) {
        service.limits.address(address, service.clock.now())?;
    }
    Ok(Request::from_parts(parts, body))
}
