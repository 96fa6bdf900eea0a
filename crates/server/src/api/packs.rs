//! School packs: what a desk publishes for its part of the school, and whoever is in that part reads.
//!
//! Of each part of the school the newest pack is kept, and a scope answers with its own and no other: to
//! a class that of its teacher, not its department's where the teacher has published none. A device
//! believes only what whoever invited it has signed, so a pack from further up would be fetched in vain. A
//! desk asks for the scope above its own.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;
use wuzha_seal::{ScopeId, Unit};

use super::body;
use super::caller::Caller;
use super::checked::Checked;
use super::octets::{in_room, octets};
use crate::Problem;
use crate::assets::has_tag;
use crate::enrol::publishing::{may_publish, may_read_pack};
use crate::packs::{Edition, MAX_PACK, NewPack, PackHash, PackVersion, Verdict};
use crate::problem::Document;
use crate::service::Service;
use crate::store::{StoreError, Tx, invitations, lock_school, packs};

type Answer = Result<Response, Problem>;

/// What is said about a pack.
#[derive(Deserialize, IntoParams)]
pub(super) struct Said {
    /// Its version, 1 to 2⁵³: higher than that of the pack that is published.
    #[param(value_type = u64, minimum = 1)]
    version: PackVersion,
}

/// Publishes a pack for a part of the school, in place of the one before. Answered when it is on the
/// disk. The security office publishes for the school, a department for itself, a teacher for each class
/// that they have invited.
#[utoipa::path(
    put, path = "/v1/packs/{scope}",
    params(
        ("scope" = String, Path, description = "school, school-department-id or school-class-id"),
        Said
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "The signed pack, at most 1 MiB. The server does not look into it"),
    responses(
        (status = 201, description = "Published"),
        (status = 200, description = "The very same was published before"),
        (status = 400, description = "bad-request", body = Document),
        (status = 401, description = "no-token", body = Document),
        (status = 403, description = "revoked, out-of-scope", body = Document),
        (status = 408, description = "too-slow", body = Document),
        (status = 409, description = "not-newer", body = Document),
        (status = 413, description = "too-large", body = Document),
        (status = 429, description = "too-many", body = Document),
        (status = 503, description = "unavailable", body = Document),
        (status = 507, description = "full", body = Document),
    )
)]
pub(super) async fn put(
    State(service): State<Arc<Service>>,
    Checked(Path(scope)): Checked<Path<String>>,
    Checked(Query(said)): Checked<Query<Said>>,
    caller: Caller,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let unit = unit(&service, &scope)?;
    service.limits.device(caller.device, service.clock.now())?;
    let received = body::read(&service.limits, &headers, body, MAX_PACK).await?;
    let new = NewPack {
        unit,
        edition: Edition {
            version: said.version,
            hash: PackHash::of(&received.bytes),
        },
        by: caller.device,
        now: service.clock.now(),
        body: &received.bytes,
    };
    let mut tx = service.store.begin().await?;
    lock_school(&mut tx, service.school.id).await?;
    allow(&mut tx, &service, &new).await?;
    let before = packs::newest(&mut tx, service.school.id, unit).await?;
    match new.edition.judge(before) {
        Verdict::Keep => packs::keep(&mut tx, service.school.id, &new).await?,
        Verdict::Again => return Ok(StatusCode::OK.into_response()),
        Verdict::Refuse(problem) => return Err(problem),
    }
    tx.commit().await.map_err(StoreError::from)?;
    service.metrics.published();
    Ok(StatusCode::CREATED.into_response())
}

/// The newest pack that was published for a part of the school, for whoever is in it or above it.
#[utoipa::path(
    get, path = "/v1/packs/{scope}",
    params(
        ("scope" = String, Path, description = "school, school-department-id or school-class-id"),
        ("if-none-match" = Option<String>, Header, description = "The `ETag` of the pack that is known")
    ),
    responses(
        (status = 200, description = "The pack, as it was published",
            content_type = "application/octet-stream",
            headers(("etag" = String, description = "The SHA-256 of the pack in hex, in quotes"))),
        (status = 304, description = "It is the one that is known"),
        (status = 401, description = "no-token", body = Document),
        (status = 403, description = "revoked, out-of-scope", body = Document),
        (status = 404, description = "no-pack", body = Document),
        (status = 503, description = "unavailable", body = Document),
    )
)]
pub(super) async fn get(
    State(service): State<Arc<Service>>,
    Checked(Path(scope)): Checked<Path<String>>,
    headers: HeaderMap,
    caller: Caller,
) -> Answer {
    let (school, unit) = (service.school.id, unit(&service, &scope)?);
    let place = service.store.place(school, unit).await?;
    may_read_pack(&caller.members, place.ok_or(Problem::OutOfScope)?)?;
    let stored = service.store.pack(school, unit).await?;
    let stored = stored.ok_or(Problem::NoPack)?;
    if has_tag(&headers, &tag(stored.hash)) {
        let headers = [
            (header::ETAG, tag(stored.hash)),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let mut room = service.limits.answers.take(stored.bytes)?;
    // A newer one may have come since: with its own hash, and another size.
    let (hash, body) = service.store.pack_body(school, unit).await?;
    room.grow_to(body.len())?;
    let answer = octets(in_room(body, room));
    Ok(([(header::ETAG, tag(hash))], answer).into_response())
}

/// Whether it may be published. Asked when it is here and nothing changes any more: while it was on its
/// way, its device may have been revoked.
async fn allow(tx: &mut Tx, service: &Service, new: &NewPack<'_>) -> Result<(), Problem> {
    let school = service.school.id;
    let place = invitations::place_of(tx, school, new.unit).await?;
    let place = place.ok_or(Problem::OutOfScope)?;
    let mut members = invitations::members_of(tx, school, &[new.by]).await?;
    let members = members.remove(&new.by).unwrap_or_default();
    let issued = invitations::issued_for(tx, school, new.by, new.unit).await?;
    may_publish(&members.active_at(new.now)?, place, &issued)
}

fn unit(service: &Service, text: &str) -> Result<Unit, Problem> {
    let scope: ScopeId = text.parse().map_err(|_| Problem::NotFound)?;
    if scope.school == service.school.id {
        Ok(scope.unit)
    } else {
        Err(Problem::OutOfScope)
    }
}

fn tag(hash: PackHash) -> String {
    format!("\"{hash}\"")
}
