//! Who asks, from the token in the header `Authorization`.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use std::sync::Arc;
use wuzha_core::log::DeviceId;

use crate::Problem;
use crate::enrol::Member;
use crate::service::Service;

/// A device that is a member, and what it is.
pub(super) struct Caller {
    /// Who.
    pub(super) device: DeviceId,
    /// What it is at the moment: looked up at each request, so that a revocation holds at once.
    pub(super) members: Vec<Member>,
}

impl FromRequestParts<Arc<Service>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Problem> {
        let header = parts.headers.get(header::AUTHORIZATION);
        let token = header.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let now = service.clock.now();
        let device = token.and_then(|token| service.access.device(token, now));
        let device = device.ok_or(Problem::NoToken)?;
        let members = service.store.members(service.school.id, device).await?;
        let members = members.active_at(now)?;
        Ok(Self { device, members })
    }
}
