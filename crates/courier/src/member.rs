//! This device as a member of a school, as it is stored.

use serde::{Deserialize, Serialize};
use web_sys::CryptoKey;
use wuzha_jobs::courier::{Failure, Invited, Membership, Rejection};
use wuzha_seal::{Claim, Invitation};
use zeroize::Zeroizing;

use crate::disk::{Disk, Step, Text};
use crate::keys::{self, Keys, Wrapped};
use crate::server::{Answer, Server, Token};

/// This device as a member of a school.
pub(crate) struct Member {
    /// What it accepted. The secret in it is worth nothing once it is claimed.
    pub(crate) invitation: Invitation,
    /// Whether the server knows.
    pub(crate) membership: Membership,
    pub(crate) keys: Keys,
    /// What keys and invitation are wrapped with.
    wrapping: CryptoKey,
}

/// What of it is stored in clear.
#[derive(Serialize, Deserialize)]
struct Stored {
    membership: Membership,
}

/// What a server says of a claim that it took.
#[derive(Deserialize)]
struct Claimed {
    scope: String,
}

impl Member {
    /// A new one. Nothing of it is stored yet.
    pub(crate) async fn new(invitation: Invitation) -> Result<Self, Failure> {
        Self::of_keys(invitation, Keys::make()?).await
    }

    /// One with these keys. The server is told again, and says so if it knows them.
    pub(crate) async fn of_keys(invitation: Invitation, keys: Keys) -> Result<Self, Failure> {
        Ok(Self {
            invitation,
            membership: Membership::Unknown,
            keys,
            wrapping: keys::make_wrapping().await?,
        })
    }

    /// As it was stored.
    ///
    /// # Errors
    /// [`Failure::NotInvited`] when no school has invited this device.
    pub(crate) async fn load(disk: &Disk) -> Result<Self, Failure> {
        Self::find(disk).await?.ok_or(Failure::NotInvited)
    }

    /// As it was stored; `None` when no school has invited this device.
    pub(crate) async fn find(disk: &Disk) -> Result<Option<Self>, Failure> {
        let Some(json) = disk.text(Text::School).await? else {
            return Ok(None);
        };
        let unreadable = |error: serde_json::Error| Failure::Stored(error.to_string());
        let Stored { membership } = serde_json::from_str(&json).map_err(unreadable)?;
        let wrapped = disk.keys().await?.ok_or_else(keys::damaged)?;
        let secret = keys::unwrap(&wrapped).await?;
        let (keys, link) = Keys::split_from(&secret).ok_or_else(keys::damaged)?;
        let link = str::from_utf8(link).map_err(|_| keys::damaged())?;
        Ok(Some(Self {
            invitation: Invitation::parse(link)?,
            membership,
            keys,
            wrapping: wrapped.key,
        }))
    }

    /// What is stored in clear.
    pub(crate) fn encode(&self) -> Result<String, Failure> {
        let membership = self.membership;
        let stored = serde_json::to_string(&Stored { membership });
        stored.map_err(|error| Failure::Stored(error.to_string()))
    }

    /// What is stored wrapped: the keys, and the invitation with the class's key.
    pub(crate) async fn wrap(&self) -> Result<Wrapped, Failure> {
        let link = Zeroizing::new(self.invitation.to_link()?);
        let secret = [self.keys.expose_bytes().as_slice(), link.as_bytes()].concat();
        keys::wrap(&self.wrapping, &Zeroizing::new(secret)).await
    }

    /// Whether an invitation is for what this device is already.
    pub(crate) fn is_what(&self, invitation: &Invitation) -> bool {
        let own = &self.invitation;
        own.server_key == invitation.server_key
            && own.role == invitation.role
            && own.place.scope() == invitation.place.scope()
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
        let token = self.token().await;
        token.ok_or(Failure::NoServer)
    }

    /// Logs in. `None`: no answer, or not the one that a device in good standing gets.
    pub(crate) async fn token(&self) -> Option<Token> {
        self.server().log_in(&self.keys.device).await
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
