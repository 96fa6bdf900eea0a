//! Invitations, claims, revocations.

use crate::support::{
    CLASS, Campus, Cast, DAY, OTHER_CLASS, OTHER_DEPARTMENT, announced, bundles, device, of_class,
    of_department,
};
use anyhow::Result;
use axum::http::StatusCode;
use serde_json::json;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{InvitationSecret, Role, ServerKey};

pub async fn an_invitation_is_claimed_once(campus: &Campus) -> Result<()> {
    let Cast { teacher, .. } = campus.cast().await?;
    let invitation = campus.invitation(Role::Monitor, of_class(CLASS), &teacher);
    let early = campus.claim(&invitation, &device(20)).await?;
    assert_eq!(early.problem(), "403 unknown-invitation");
    campus.announce(&invitation, &teacher).await?;
    let guessed = wuzha_seal::Invitation {
        secret: InvitationSecret::from_bytes([0xee; 16]),
        ..invitation.clone()
    };
    let guess = campus.claim(&guessed, &device(20)).await?;
    assert_eq!(guess.problem(), "403 unknown-invitation");
    let first = campus.claim(&invitation, &device(20)).await?;
    assert_eq!(first.status, StatusCode::CREATED);
    let expected = json!({
        "role": "monitor",
        "scope": of_class(CLASS).to_string(),
        "member_until": null,
    });
    assert_eq!(first.json()?, expected);
    let again = campus.claim(&invitation, &device(20)).await?;
    assert_eq!((again.status, again.json()?), (StatusCode::OK, expected));
    let photographed = campus.claim(&invitation, &device(21)).await?;
    assert_eq!(photographed.problem(), "409 claimed");
    // Through another server nobody claims here.
    let relayed = wuzha_seal::Invitation {
        server_key: ServerKey::from_bytes(&[0x99; 32]).public(),
        ..invitation
    };
    let relayed = campus.claim(&relayed, &device(20)).await?;
    assert_eq!(relayed.problem(), "403 unknown-invitation");
    Ok(())
}

pub async fn the_issuer_sees_what_became_of_an_invitation(campus: &Campus) -> Result<()> {
    let Cast {
        department,
        teacher,
        ..
    } = campus.cast().await?;
    let invitation = campus.invitation(Role::Monitor, of_class(CLASS), &teacher);
    campus.announce(&invitation, &teacher).await?;
    campus.claim(&invitation, &device(20)).await?;
    campus.claim(&invitation, &device(21)).await?;
    campus.claim(&invitation, &device(22)).await?;
    let token = campus.token(&teacher).await?;
    let issued = campus.get("/v1/invitations", Some(&token)).await?.json()?;
    // The one of the cast came before.
    assert_eq!(issued.as_array().map(Vec::len), Some(2));
    let expected = json!({
        "serial": invitation.serial.to_string(),
        "role": "monitor",
        "scope": of_class(CLASS).to_string(),
        "expires": invitation.expires.0,
        "member_until": null,
        "device": device(20).public().device().to_string(),
        "claimed_at": campus.now().0,
        "refused_claims": 2,
        "revoked_at": null,
    });
    assert_eq!(issued[1], expected);
    let token = campus.token(&department).await?;
    let others = campus.get("/v1/invitations", Some(&token)).await?.json()?;
    assert_eq!(others.as_array().map(Vec::len), Some(1), "only one's own");
    Ok(())
}

pub async fn an_invitation_that_was_announced_twice_is_one(campus: &Campus) -> Result<()> {
    let Cast { teacher, .. } = campus.cast().await?;
    let invitation = campus.invitation(Role::Monitor, of_class(CLASS), &teacher);
    let first = campus.announce(&invitation, &teacher).await?;
    assert_eq!(first.status, StatusCode::CREATED);
    let again = campus.announce(&invitation, &teacher).await?;
    assert_eq!(again.status, StatusCode::OK);
    let other = wuzha_seal::Invitation {
        secret: InvitationSecret::from_bytes([0xee; 16]),
        ..invitation
    };
    let other = campus.announce(&other, &teacher).await?;
    assert_eq!(other.problem(), "409 serial-taken");
    Ok(())
}

pub async fn nobody_invites_beyond_their_part(campus: &Campus) -> Result<()> {
    let Cast {
        department,
        teacher,
        monitor,
        ..
    } = campus.cast().await?;
    for (issuer, role, scope) in [
        (&teacher, Role::Monitor, of_class(OTHER_CLASS)),
        (&teacher, Role::Teacher, of_class(CLASS)),
        (&monitor, Role::Monitor, of_class(CLASS)),
        (
            &department,
            Role::Department,
            of_department(OTHER_DEPARTMENT),
        ),
    ] {
        let invitation = campus.invitation(role, scope, issuer);
        let answer = campus.announce(&invitation, issuer).await?;
        assert_eq!(answer.problem(), "403 out-of-scope", "{role:?} {scope}");
    }
    let mut other_department =
        announced(&campus.invitation(Role::Teacher, of_class(CLASS), &department));
    other_department.department = Some(OTHER_DEPARTMENT);
    let token = campus.token(&department).await?;
    let body = serde_json::to_string(&other_department)?;
    let answer = campus.post("/v1/invitations", Some(&token), body).await?;
    assert_eq!(answer.problem(), "409 other-department");
    let nonsense = campus.post("/v1/invitations", Some(&token), "{}").await?;
    assert_eq!(nonsense.problem(), "400 bad-request");
    Ok(())
}

pub async fn what_is_revoked_ends_at_once(campus: &Campus) -> Result<()> {
    let Cast {
        office,
        teacher,
        monitor,
        ..
    } = campus.cast().await?;
    let envelopes = bundles(&monitor, 2)?;
    campus.hand_in(&envelopes[0]).await?;
    let of_monitor = campus.token(&monitor).await?;
    let body = json!({ "device": monitor.public().device().to_string() }).to_string();
    let by_itself = campus.post("/v1/revocations", Some(&of_monitor), body.clone());
    assert_eq!(by_itself.await?.problem(), "403 out-of-scope");
    let token = campus.token(&teacher).await?;
    let done = campus.post("/v1/revocations", Some(&token), body).await?;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    assert_eq!(campus.put(&envelopes[1]).await?.problem(), "403 revoked");
    assert_eq!(campus.log_in(&monitor).await?.problem(), "403 revoked");
    // Also with the token from before.
    let log = campus.get("/v1/invitations", Some(&of_monitor)).await?;
    assert_eq!(log.problem(), "403 revoked");
    // Invited anew, it hands in what it had.
    campus
        .enrol(Role::Monitor, of_class(CLASS), &teacher, &monitor)
        .await?;
    campus.hand_in(&envelopes[1]).await?;
    // An invitation that nobody has claimed yet is withdrawn by its serial, here by the office.
    let open = campus.invitation(Role::Monitor, of_class(CLASS), &teacher);
    campus.announce(&open, &teacher).await?;
    let token = campus.token(&office).await?;
    let body = json!({ "serial": open.serial.to_string() }).to_string();
    let done = campus.post("/v1/revocations", Some(&token), body).await?;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    let late = campus.claim(&open, &device(30)).await?;
    assert_eq!(late.problem(), "403 expired");
    let nobody = json!({ "device": "ffffffffffffffff" }).to_string();
    let nobody = campus.post("/v1/revocations", Some(&token), nobody).await?;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    Ok(())
}

pub async fn a_term_ends(campus: &Campus) -> Result<()> {
    let Cast { teacher, .. } = campus.cast().await?;
    let (deputy, token) = (device(20), campus.token(&teacher).await?);
    let invitation = campus.invitation(Role::Monitor, of_class(CLASS), &teacher);
    let mut new = announced(&invitation);
    new.member_until = Some(UnixMillis(campus.now().0 + 120 * DAY));
    let body = serde_json::to_string(&new)?;
    campus.post("/v1/invitations", Some(&token), body).await?;
    campus.claim(&invitation, &deputy).await?;
    let envelopes = bundles(&deputy, 2)?;
    campus.wait_ms(120 * DAY - 1);
    campus.hand_in(&envelopes[0]).await?;
    campus.wait_ms(1);
    assert_eq!(campus.put(&envelopes[1]).await?.problem(), "403 revoked");
    Ok(())
}

pub async fn an_expired_invitation_is_no_longer_claimed(campus: &Campus) -> Result<()> {
    let Cast { teacher, .. } = campus.cast().await?;
    let invitation = campus.invitation(Role::Monitor, of_class(CLASS), &teacher);
    campus.announce(&invitation, &teacher).await?;
    campus.wait_ms(DAY);
    let late = campus.claim(&invitation, &device(20)).await?;
    assert_eq!(late.problem(), "403 expired");
    Ok(())
}
