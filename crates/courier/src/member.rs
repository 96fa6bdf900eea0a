//! This device as a member of a school, as it is stored.

use serde::{Deserialize, Serialize};
use wuzha_jobs::courier::{Failure, Invited, Membership, Rejection};
use wuzha_seal::{Claim, Invitation};

use crate::disk::{Disk, Step, Text};
use crate::keys::{self, Keys};
use crate::server::{Answer, Server, Token};

/// This device as a member of a school.
pub(crate) struct Member {
    /// What it accepted. The secret in it is worth nothing once it is claimed.
    pub(crate) invitation: Invitation,
    /// Whether the server knows.
    pub(crate) membership: Membership,
    pub(crate) keys: Keys,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    /// The link.
    invitation: String,
    membership: Membership,
}

/// What a server says of a claim that it took.
#[derive(Deserialize)]
struct Claimed {
    scope: String,
}

impl Member {
    /// As it was stored; `None` when no school has invited this device.
    pub(crate) async fn load(disk: &Disk) -> Result<Option<Self>, Failure> {
        let Some(json) = disk.text(Text::School).await? else {
            return Ok(None);
        };
        let unreadable = |error: serde_json::Error| Failure::Stored(error.to_string());
        let stored: Stored = serde_json::from_str(&json).map_err(unreadable)?;
        let wrapped = disk.keys().await?;
        let wrapped = wrapped.ok_or_else(|| Failure::Stored("the device's keys".to_owned()))?;
        Ok(Some(Self {
            invitation: Invitation::parse(&stored.invitation)?,
            membership: stored.membership,
            keys: keys::unwrap(&wrapped).await?,
        }))
    }

    /// The stored form.
    pub(crate) fn encode(&self) -> Result<String, Failure> {
        let stored = Stored {
            invitation: self.invitation.to_link()?,
            membership: self.membership,
        };
        serde_json::to_string(&stored).map_err(|error| Failure::Stored(error.to_string()))
    }

    /// The school's server.
    pub(crate) fn server(&self) -> Server<'_> {
        Server::new(&self.invitation.server, self.invitation.server_key)
    }

    /// Tells the server who was invited, until it knows.
    pub(crate) async fn claim(&mut self, disk: &Disk) -> Result<(), Failure> {
        if self.membership == Membership::Member {
            return Ok(());
        }
        let claim = Claim::sign(&self.invitation, &self.keys.device);
        let Some(answer) = self.server().post_claim(&claim).await else {
            return Ok(());
        };
        // Without one, something on the way answered: a login page for example.
        let Some(membership) = self.judge(&answer) else {
            return Ok(());
        };
        self.membership = membership;
        let school = self.encode()?;
        disk.write(&[Step::Text(Text::School, &school)]).await
    }

    /// Claims if need be, and logs in.
    ///
    /// # Errors
    /// [`Failure::NoServer`] when that does not succeed.
    pub(crate) async fn log_in(&mut self, disk: &Disk) -> Result<Token, Failure> {
        self.claim(disk).await?;
        let token = self.server().log_in(&self.keys.device).await;
        token.ok_or(Failure::NoServer)
    }

    fn judge(&self, answer: &Answer) -> Option<Membership> {
        if matches!(answer.status, 200 | 201) {
            let Claimed { scope } = serde_json::from_slice(&answer.body).ok()?;
            let expected = self.invitation.place.scope().to_string();
            return (scope == expected).then_some(Membership::Member);
        }
        let rejection = match answer.problem()?.as_str() {
            "claimed" => Rejection::Claimed,
            "expired" => Rejection::Expired,
            "revoked" => Rejection::Revoked,
            "unknown-invitation" => Rejection::Unknown,
            _ => return None,
        };
        Some(Membership::Refused(rejection))
    }
}

/// What a person is told of an invitation.
pub(crate) fn invited(invitation: &Invitation) -> Invited {
    let place = &invitation.place;
    Invited {
        role: invitation.role,
        school: place.school.name.clone(),
        department: place.department.as_ref().map(|unit| unit.name.clone()),
        class: place.class.as_ref().map(|unit| unit.name.clone()),
        server: invitation.server.to_string(),
        expires: invitation.expires,
    }
}
