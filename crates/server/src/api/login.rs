//! Challenges and tokens. Nothing is stored: see [`crate::enrol::access`].

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use wuzha_seal::{Challenge, Login};

use super::body;
use crate::enrol::access::TOKEN_MS;
use crate::problem::Document;
use crate::service::Service;
use crate::{Problem, random};

type Answer = Result<Response, Problem>;

#[derive(Serialize, ToSchema)]
struct Challenged {
    /// What is to be signed, 40 bytes in hex.
    #[schema(value_type = String)]
    challenge: Challenge,
}

#[derive(Serialize, ToSchema)]
struct Token {
    /// What goes into the header `Authorization`, after `Bearer `.
    token: String,
    /// How many seconds it is good.
    seconds: u64,
}

/// A challenge, to be answered within two minutes.
#[utoipa::path(
    post, path = "/v1/challenges",
    responses((status = 201, body = Challenged))
)]
pub(super) async fn post_challenge(State(service): State<Arc<Service>>) -> Answer {
    let random = random::bytes()?;
    let challenge = service.access.challenge(service.clock.now(), random);
    Ok((StatusCode::CREATED, Json(Challenged { challenge })).into_response())
}

/// A token for reading and inviting, against a signed challenge.
#[utoipa::path(
    post, path = "/v1/tokens",
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "A login"),
    responses(
        (status = 201, body = Token),
        (status = 403, description = "bad-challenge, out-of-scope, revoked", body = Document),
        (status = 422, description = "invalid", body = Document),
        (status = 429, description = "too-many", body = Document),
    )
)]
pub(super) async fn post_token(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let bytes = body::small(&service.limits, &headers, body).await?;
    let login = Login::parse(&bytes).map_err(|_| Problem::Invalid)?;
    let (device, now) = (login.by.device(), service.clock.now());
    let is_ours = login.server == service.school.server_key
        && service.access.is_own_challenge(&login.challenge, now);
    if !is_ours {
        return Err(Problem::BadChallenge);
    }
    service.limits.device(device, now)?;
    let members = service.store.members(service.school.id, device).await?;
    members.active_at(now)?;
    let token = Token {
        token: service.access.token(device, now),
        seconds: TOKEN_MS / 1000,
    };
    Ok((StatusCode::CREATED, Json(token)).into_response())
}
