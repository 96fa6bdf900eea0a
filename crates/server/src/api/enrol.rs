//! Invitations, claims, revocations.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{Claim, DepartmentId, Role, ScopeId, SecretHash, Serial, Unit};

use super::body;
use super::caller::Caller;
use crate::Problem;
use crate::enrol::member::may_revoke;
use crate::enrol::{Kept, Verdict, Wish, invite};
use crate::problem::Document;
use crate::service::Service;
use crate::store::{Tx, invitations, lock_school};

type Answer = Result<Response, Problem>;

/// A role, as it is written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoleName {
    /// 安保中心
    SecurityOffice,
    /// 系部
    Department,
    /// 辅导员
    Teacher,
    /// 班长 and other 班干部
    Monitor,
}

/// An invitation that an issuer has made on their own device. The secret stays there.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NewInvitation {
    /// What it is known by: 8 random bytes in hex.
    #[schema(value_type = String)]
    pub serial: Serial,
    /// The SHA-256 of its secret, in hex.
    #[schema(value_type = String)]
    pub secret_sha256: SecretHash,
    /// What whoever claims it becomes.
    pub role: RoleName,
    /// For which part of the school: school, school-department-id or school-class-id.
    pub scope: String,
    /// The department of a class that is invited for the first time.
    #[schema(value_type = Option<String>)]
    pub department: Option<DepartmentId>,
    /// From when it can no longer be claimed, ms since 1970 UTC.
    #[schema(value_type = u64)]
    pub expires: UnixMillis,
    /// The end of the term, ms since 1970 UTC; nothing for as long as the issuer is a member.
    #[schema(value_type = Option<u64>)]
    pub member_until: Option<UnixMillis>,
}

/// What became of an invitation.
#[derive(Serialize, ToSchema)]
struct Issued {
    #[schema(value_type = String)]
    serial: Serial,
    role: RoleName,
    scope: String,
    #[schema(value_type = u64)]
    expires: UnixMillis,
    #[schema(value_type = Option<u64>)]
    member_until: Option<UnixMillis>,
    /// Which device has claimed it.
    #[schema(value_type = Option<String>)]
    device: Option<DeviceId>,
    /// When.
    #[schema(value_type = Option<u64>)]
    claimed_at: Option<UnixMillis>,
    /// How many other devices tried to claim it afterwards: perhaps the code was photographed.
    refused_claims: u64,
    /// When it was withdrawn, or the membership ended.
    #[schema(value_type = Option<u64>)]
    revoked_at: Option<UnixMillis>,
}

/// What a device has become.
#[derive(Serialize, ToSchema)]
struct Membership {
    role: RoleName,
    scope: String,
    #[schema(value_type = Option<u64>)]
    member_until: Option<UnixMillis>,
}

/// What is to be revoked.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
enum Revocation {
    /// An invitation, or the membership that it gave.
    Serial {
        #[schema(value_type = String)]
        serial: Serial,
    },
    /// All that a device is, as far as the caller stands above it.
    Device {
        #[schema(value_type = String)]
        device: DeviceId,
    },
}

/// Makes an invitation known.
#[utoipa::path(
    post, path = "/v1/invitations", request_body = NewInvitation,
    responses(
        (status = 201, description = "Known now"),
        (status = 200, description = "The very same was known before"),
        (status = 401, description = "no-token", body = Document),
        (status = 403, description = "revoked, out-of-scope", body = Document),
        (status = 409, description = "serial-taken, other-department", body = Document),
    )
)]
pub(super) async fn post_invitation(
    State(service): State<Arc<Service>>,
    caller: Caller,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let new: NewInvitation = body::json(&service.limits, &headers, body).await?;
    let wish = new.wish(&service)?;
    let (school, now) = (service.school.id, service.clock.now());
    let mut tx = service.store.begin().await?;
    lock_school(&mut tx, school).await?;
    let known = match wish.unit {
        Unit::Class(class) => invitations::place_of_class(&mut tx, school, class).await?,
        Unit::School | Unit::Department(_) => None,
    };
    let kept = invite(&wish, caller.device, &caller.members, known)?;
    match invitations::find(&mut tx, school, kept.serial).await? {
        Some(before) if before.is_same_as(&kept) => return Ok(StatusCode::OK.into_response()),
        Some(_) => return Err(Problem::SerialTaken),
        None => {}
    }
    invitations::insert(&mut tx, school, &kept, now).await?;
    commit(tx).await?;
    Ok(StatusCode::CREATED.into_response())
}

/// The caller's invitations, and what became of them.
#[utoipa::path(
    get, path = "/v1/invitations",
    responses(
        (status = 200, body = Vec<Issued>),
        (status = 401, description = "no-token", body = Document),
    )
)]
pub(super) async fn get_invitations(State(service): State<Arc<Service>>, caller: Caller) -> Answer {
    let school = service.school.id;
    let issued = service.store.issued_by(school, caller.device).await?;
    let issued: Vec<Issued> = issued
        .iter()
        .map(|kept| issued_of(kept, &service))
        .collect();
    Ok(Json(issued).into_response())
}

/// Claims an invitation: a claim signed by the device, with the secret.
#[utoipa::path(
    post, path = "/v1/claims",
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "A claim"),
    responses(
        (status = 201, description = "A member now", body = Membership),
        (status = 200, description = "A member before", body = Membership),
        (status = 403, description = "unknown-invitation, expired, revoked", body = Document),
        (status = 409, description = "claimed", body = Document),
        (status = 422, description = "invalid", body = Document),
    )
)]
pub(super) async fn post_claim(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let bytes = body::small(&service.limits, &headers, body).await?;
    let claim = Claim::parse(&bytes).map_err(|_| Problem::Invalid)?;
    let (school, now) = (service.school.id, service.clock.now());
    service.limits.device(claim.device(), now)?;
    if claim.server != service.school.server_key || claim.school != school {
        return Err(Problem::UnknownInvitation);
    }
    let mut tx = service.store.begin().await?;
    lock_school(&mut tx, school).await?;
    let kept = invitations::find(&mut tx, school, claim.serial).await?;
    let kept = kept.ok_or(Problem::UnknownInvitation)?;
    let status = match kept.judge(&claim.secret, claim.device(), now) {
        Verdict::Take => {
            invitations::claim(&mut tx, school, claim.serial, claim.by, now).await?;
            StatusCode::CREATED
        }
        Verdict::Again => StatusCode::OK,
        Verdict::Refuse(problem) => {
            if problem == Problem::Claimed {
                invitations::count_refusal(&mut tx, school, claim.serial).await?;
                commit(tx).await?;
            }
            return Err(problem);
        }
    };
    commit(tx).await?;
    let membership = Membership {
        role: kept.role.into(),
        scope: scope_of(&kept, &service),
        member_until: kept.member_until,
    };
    Ok((status, Json(membership)).into_response())
}

/// Withdraws an invitation or ends a membership. It holds from the next request on.
#[utoipa::path(
    post, path = "/v1/revocations", request_body = Revocation,
    responses(
        (status = 204, description = "Done"),
        (status = 401, description = "no-token", body = Document),
        (status = 403, description = "revoked, out-of-scope", body = Document),
        (status = 404, description = "There is no such invitation or device", body = Document),
    )
)]
pub(super) async fn post_revocation(
    State(service): State<Arc<Service>>,
    caller: Caller,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let what: Revocation = body::json(&service.limits, &headers, body).await?;
    let (school, now) = (service.school.id, service.clock.now());
    let mut tx = service.store.begin().await?;
    lock_school(&mut tx, school).await?;
    let found: Vec<Kept> = match what {
        Revocation::Serial { serial } => {
            let found = invitations::find(&mut tx, school, serial).await?;
            found.into_iter().collect()
        }
        Revocation::Device { device } => invitations::claimed_by(&mut tx, school, device).await?,
    };
    if found.is_empty() {
        return Err(Problem::NotFound);
    }
    let may = |kept: &&Kept| may_revoke(&caller.members, kept.role, kept.place).is_ok();
    let allowed: Vec<&Kept> = found.iter().filter(may).collect();
    if allowed.is_empty() {
        return Err(Problem::OutOfScope);
    }
    for kept in allowed {
        invitations::revoke(&mut tx, school, kept.serial, now).await?;
    }
    commit(tx).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

impl NewInvitation {
    fn wish(&self, service: &Service) -> Result<Wish, Problem> {
        let scope: ScopeId = self.scope.parse().map_err(|_| Problem::BadRequest)?;
        if scope.school != service.school.id {
            return Err(Problem::OutOfScope);
        }
        Ok(Wish {
            serial: self.serial,
            secret: self.secret_sha256,
            role: self.role.into(),
            unit: scope.unit,
            department: self.department,
            expires: self.expires,
            member_until: self.member_until,
        })
    }
}

fn issued_of(kept: &Kept, service: &Service) -> Issued {
    Issued {
        serial: kept.serial,
        role: kept.role.into(),
        scope: scope_of(kept, service),
        expires: kept.expires,
        member_until: kept.member_until,
        device: kept.claimed.map(|claimed| claimed.device),
        claimed_at: kept.claimed.map(|claimed| claimed.at),
        refused_claims: kept.refused_claims,
        revoked_at: kept.revoked,
    }
}

fn scope_of(kept: &Kept, service: &Service) -> String {
    let (school, unit) = (service.school.id, kept.place.unit());
    ScopeId { school, unit }.to_string()
}

async fn commit(tx: Tx) -> Result<(), Problem> {
    let committed = tx.commit().await;
    committed.map_err(|error| crate::store::StoreError::from(error).into())
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::SecurityOffice => Self::SecurityOffice,
            Role::Department => Self::Department,
            Role::Teacher => Self::Teacher,
            Role::Monitor => Self::Monitor,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::SecurityOffice => Self::SecurityOffice,
            RoleName::Department => Self::Department,
            RoleName::Teacher => Self::Teacher,
            RoleName::Monitor => Self::Monitor,
        }
    }
}
