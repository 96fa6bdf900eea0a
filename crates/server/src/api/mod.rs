//! The sync API: addresses, and what goes over the wire. What is decided is decided elsewhere.
//!
//! # Layout
//! - [`bundles`]: handing in, fetching, opened notes
//! - [`packs`]: what desks publish for their part of the school
//! - [`log`]: what was handed in, in order, as pages and as a stream
//! - [`enrol`]: invitations, claims, revocations
//! - [`login`]: challenges and tokens
//! - [`caller`]: who asks, from their token
//! - [`checked`]: what axum takes from a request, its refusals made problem documents
//! - [`body`]: reading a request's body within bounds
//! - [`octets`]: answers that are bytes
//! - [`watch`]: counting, the log of requests, rates by address
//! - [`health`]: for whoever watches over the server

mod body;
mod bundles;
mod caller;
mod checked;
mod enrol;
mod health;
mod log;
mod login;
mod octets;
mod packs;
mod watch;

use axum::{Router, middleware};
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Problem;
use crate::service::Service;

pub use enrol::{NewInvitation, RoleName};

/// What is said about the whole API.
#[derive(OpenApi)]
#[openapi(info(
    title = "无诈 Wuzha: handing in",
    description = "The formats of bodies that are not JSON are described in docs/formats.md. Errors \
                   are RFC 9457 problem documents.",
    license(name = "MIT OR Apache-2.0")
))]
struct Described;

/// The addresses of the API. Those that are described are those that are served: both come from the
/// same list.
pub fn router(service: Arc<Service>) -> Router {
    let (router, described) = OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(bundles::put, bundles::get))
        .routes(routes!(bundles::post_opened, bundles::get_opened))
        .routes(routes!(packs::put, packs::get))
        .routes(routes!(log::get))
        .routes(routes!(enrol::post_invitation, enrol::get_invitations))
        .routes(routes!(enrol::post_claim))
        .routes(routes!(enrol::post_revocation))
        .routes(routes!(login::post_challenge))
        .routes(routes!(login::post_token))
        .routes(routes!(health::ready))
        .routes(routes!(health::metrics))
        .split_for_parts();
    let described = health::openapi(&described);
    router
        .route("/v1/openapi.json", described)
        .method_not_allowed_fallback(async || Problem::WrongMethod)
        .layer(middleware::from_fn_with_state(
            service.clone(),
            watch::watch,
        ))
        .with_state(service)
}
