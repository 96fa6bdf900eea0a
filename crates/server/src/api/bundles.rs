//! Handing in, fetching, and the notes of who opened what.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use tokio::task::spawn_blocking;
use utoipa::ToSchema;
use wuzha_seal::{BundleId, ClassId, Envelope, MAX_ENVELOPE, SignedOpened};

use super::body::{self, Received};
use super::caller::Caller;
use super::checked::Checked;
use super::octets::{in_room, octets};
use crate::Problem;
use crate::enrol::Place;
use crate::enrol::member::{may_open, may_read};
use crate::hand_in::Outcome;
use crate::limits::room::Taken;
use crate::problem::Document;
use crate::service::Service;
use crate::store::bundles::{Body as StoredBody, Stored};

type Answer = Result<Response, Problem>;

/// Hands a bundle in. Answered when it is on the disk.
#[utoipa::path(
    put, path = "/v1/bundles/{id}",
    params(("id" = String, Path, description = "SHA-256 of the body, in hex")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "An envelope, at most 8 MiB"),
    responses(
        (status = 201, description = "New; its receipt", content_type = "application/octet-stream"),
        (status = 200, description = "Here before; the very same receipt",
            content_type = "application/octet-stream"),
        (status = 403, description = "revoked, out-of-scope", body = Document),
        (status = 408, description = "too-slow", body = Document),
        (status = 409, description = "other-bundle", body = Document),
        (status = 410, description = "purged", body = Document),
        (status = 413, description = "too-large", body = Document),
        (status = 422, description = "invalid", body = Document),
        (status = 429, description = "too-many", body = Document),
        (status = 503, description = "unavailable", body = Document),
        (status = 507, description = "full", body = Document),
    )
)]
pub(super) async fn put(
    State(service): State<Arc<Service>>,
    Checked(Path(id)): Checked<Path<String>>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let id = bundle_id(&id)?;
    let received = body::read(&service.limits, &headers, body, MAX_ENVELOPE).await?;
    let (envelope, room) = parse(received).await?;
    let header = envelope.header();
    if envelope.id() != id {
        return Err(Problem::Invalid);
    }
    service
        .limits
        .device(header.device(), service.clock.now())?;
    if header.class.school != service.school.id {
        return Err(Problem::OutOfScope);
    }
    let size = envelope.as_bytes().len() as u64;
    match service.desk.hand_in(envelope, room).await? {
        Outcome::New(receipt) => {
            service.metrics.received(size);
            Ok((StatusCode::CREATED, octets(receipt)).into_response())
        }
        Outcome::Again(receipt) => Ok(octets(receipt).into_response()),
        Outcome::Refused(problem) => Err(problem),
    }
}

/// A bundle, as it was handed in.
#[utoipa::path(
    get, path = "/v1/bundles/{id}",
    params(("id" = String, Path, description = "Its id")),
    responses(
        (status = 200, description = "The envelope", content_type = "application/octet-stream"),
        (status = 401, description = "no-token", body = Document),
        (status = 403, description = "revoked, out-of-scope", body = Document),
        (status = 404, description = "It is not here", body = Document),
        (status = 410, description = "purged", body = Document),
        (status = 503, description = "unavailable", body = Document),
    )
)]
pub(super) async fn get(
    State(service): State<Arc<Service>>,
    Checked(Path(id)): Checked<Path<String>>,
    caller: Caller,
) -> Answer {
    let id = bundle_id(&id)?;
    let stored = stored(&service, id).await?;
    may_read(&caller.members, place(&service, stored.class).await?)?;
    let size = usize::try_from(stored.bytes).map_err(|_| Problem::Unavailable)?;
    let room = service.limits.answers.take(size)?;
    match service.store.body(service.school.id, id).await? {
        Some(StoredBody::Here(bytes)) => Ok(octets(in_room(bytes, room)).into_response()),
        Some(StoredBody::Purged) => Err(Problem::Purged),
        None => Err(Problem::NotFound),
    }
}

/// Says that a bundle was opened: a note signed by the device that opened it.
#[utoipa::path(
    post, path = "/v1/bundles/{id}/opened",
    params(("id" = String, Path, description = "The bundle's id")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "An opened note"),
    responses(
        (status = 204, description = "Kept"),
        (status = 403, description = "revoked, out-of-scope", body = Document),
        (status = 404, description = "The bundle is not here", body = Document),
        (status = 422, description = "invalid", body = Document),
    )
)]
pub(super) async fn post_opened(
    State(service): State<Arc<Service>>,
    Checked(Path(id)): Checked<Path<String>>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let id = bundle_id(&id)?;
    let bytes = body::small(&service.limits, &headers, body).await?;
    let note = SignedOpened::parse(bytes).map_err(|_| Problem::Invalid)?;
    if note.opened().bundle != id {
        return Err(Problem::Invalid);
    }
    let (school, now) = (service.school.id, service.clock.now());
    let device = note.opened().by.device();
    service.limits.device(device, now)?;
    let members = service.store.members(school, device).await?;
    let members = members.active_at(now)?;
    let class = stored(&service, id).await?.class;
    may_open(&members, place(&service, class).await?)?;
    service.store.add_opened(school, &note).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Who has opened a bundle.
#[derive(Serialize, ToSchema)]
struct OpenedNotes {
    /// The notes as they were signed, in hex. Whether their signer counts, the reader decides.
    notes: Vec<String>,
}

/// The notes of those who have opened a bundle.
#[utoipa::path(
    get, path = "/v1/bundles/{id}/opened",
    params(("id" = String, Path, description = "The bundle's id")),
    responses(
        (status = 200, body = OpenedNotes),
        (status = 401, description = "no-token", body = Document),
        (status = 403, description = "revoked, out-of-scope", body = Document),
        (status = 404, description = "The bundle is not here", body = Document),
    )
)]
pub(super) async fn get_opened(
    State(service): State<Arc<Service>>,
    Checked(Path(id)): Checked<Path<String>>,
    caller: Caller,
) -> Answer {
    let id = bundle_id(&id)?;
    let class = stored(&service, id).await?.class;
    may_read(&caller.members, place(&service, class).await?)?;
    let notes = service.store.opened(service.school.id, id).await?;
    let notes = notes.iter().map(|(_, note)| hex::encode(note)).collect();
    Ok(Json(OpenedNotes { notes }).into_response())
}

fn bundle_id(text: &str) -> Result<BundleId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// Hashing 8 MiB and checking a signature takes long enough to hold others up.
async fn parse(received: Received) -> Result<(Envelope, Taken), Problem> {
    let Received { bytes, room } = received;
    // With its room: it goes on when whoever sent it has gone.
    let parsed = spawn_blocking(|| Envelope::parse(bytes).map(|envelope| (envelope, room))).await;
    parsed
        .map_err(|_| Problem::Unavailable)?
        .map_err(|_| Problem::Invalid)
}

async fn stored(service: &Service, id: BundleId) -> Result<Stored, Problem> {
    let stored = service.store.bundle(service.school.id, id).await?;
    stored.ok_or(Problem::NotFound)
}

/// Where a class is.
async fn place(service: &Service, class: ClassId) -> Result<Place, Problem> {
    let unit = wuzha_seal::Unit::Class(class);
    let place = service.store.place(service.school.id, unit).await?;
    place.ok_or(Problem::NotFound)
}
