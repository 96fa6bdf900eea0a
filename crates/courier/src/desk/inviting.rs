use serde::Deserialize;
use wuzha_core::time::UnixMillis;
use wuzha_jobs::courier::{Failure, Invitee, Issued, NewInvitation};
use wuzha_seal::{
    ClassId, ClassRef, DepartmentId, Invitation, InvitationSecret, Invited, MAX_RECIPIENTS, Named,
    Recipient, Role, ScopeId, Serial, Unit, UnitName,
};

use super::Desk;
use crate::disk::Disk;
use crate::errands::now;
use crate::keys;
use crate::member::invited;
use crate::server;

/// How long an invitation can be claimed, in ms: a week.
const CLAIMABLE_MS: u64 = 7 * 24 * 60 * 60 * 1000;

/// The class's own key is one of those that fit.
const MOST_RECIPIENTS: usize = MAX_RECIPIENTS - 1;

/// An invitation as the server lists it.
#[derive(Deserialize)]
struct Listed {
    serial: Serial,
    role: String,
    scope: String,
    expires: UnixMillis,
    claimed_at: Option<UnixMillis>,
    refused_claims: u64,
    revoked_at: Option<UnixMillis>,
}

impl Desk {
    /// Invites, and tells the server. The keys for which will be sealed go from this screen to the other: this
    /// device's own, and those that it was given with its own invitation.
    pub(crate) async fn invite(
        &mut self,
        disk: &Disk,
        invitee: Invitee,
    ) -> Result<NewInvitation, Failure> {
        let token = self.member.log_in(disk).await?;
        let (role, place) = self.place_of(invitee)?;
        let invitation = self.invitation(role, place)?;
        let (code, link) = (invitation.to_code()?, invitation.to_link()?);
        self.member.server().announce(&invitation, &token).await?;
        if let Some(class) = invitation.place.class.clone() {
            self.add(class);
            self.store(disk).await?;
        }
        Ok(NewInvitation {
            invited: invited(&invitation),
            code,
            link,
        })
    }

    /// What became of the invitations of this device, the newest first.
    pub(crate) async fn issued(&mut self, disk: &Disk) -> Result<Vec<Issued>, Failure> {
        let token = self.member.log_in(disk).await?;
        let answer = self.member.server().get_invitations(&token).await;
        let answer = answer.ok_or(Failure::NoServer)?;
        let listed: Vec<Listed> =
            serde_json::from_slice(&answer.body).map_err(|_| answer.refused())?;
        let issued = listed.into_iter().rev();
        Ok(issued.filter_map(|listed| self.issued_of(listed)).collect())
    }

    /// Withdraws an invitation, or ends what it gave.
    pub(crate) async fn revoke(&mut self, disk: &Disk, serial: Serial) -> Result<(), Failure> {
        let token = self.member.log_in(disk).await?;
        let answer = self.member.server().post_revocation(serial, &token).await;
        let answer = answer.ok_or(Failure::NoServer)?;
        match answer.status {
            204 => Ok(()),
            _ => Err(answer.refused()),
        }
    }

    /// `None` for a role that this version does not know.
    fn issued_of(&self, listed: Listed) -> Option<Issued> {
        let scope: ScopeId = listed.scope.parse().ok()?;
        let class = match scope.unit {
            Unit::Class(id) => self.name_of(id),
            Unit::School | Unit::Department(_) => None,
        };
        Some(Issued {
            serial: listed.serial,
            role: server::role_of(&listed.role)?,
            class,
            expires: listed.expires,
            claimed_at: listed.claimed_at,
            refused_claims: listed.refused_claims,
            revoked_at: listed.revoked_at,
        })
    }

    fn name_of(&self, class: ClassId) -> Option<UnitName> {
        let known = self.classes.iter().find(|known| known.id == class)?;
        Some(known.name.clone())
    }

    /// What an invitee becomes, and for which part of the school.
    fn place_of(&self, invitee: Invitee) -> Result<(Role, Invited), Failure> {
        let own = self.member.invitation.place.clone();
        Ok(match invitee {
            Invitee::Department(name) => {
                let id = DepartmentId::from_bytes(keys::random()?);
                let department = Some(Named { id, name });
                (Role::Department, Invited { department, ..own })
            }
            Invitee::Teacher => (Role::Teacher, own),
            Invitee::Class(name) => {
                let id = ClassId::from_bytes(keys::random()?);
                let class = Some(Named { id, name });
                (Role::Monitor, Invited { class, ..own })
            }
            Invitee::Phone(id) => {
                let name = self.name_of(id).ok_or(Failure::UnknownClass)?;
                let class = Some(Named { id, name });
                (Role::Monitor, Invited { class, ..own })
            }
        })
    }

    fn invitation(&self, role: Role, place: Invited) -> Result<Invitation, Failure> {
        let own = &self.member.invitation;
        let school = place.school.id;
        let class = place.class.as_ref().filter(|_| role == Role::Monitor);
        let class_key = class.map(|class| {
            let class = class.id;
            let identity = &self.member.keys.identity;
            identity.of_class(ClassRef { school, class })
        });
        Ok(Invitation {
            server: own.server.clone(),
            server_key: own.server_key,
            serial: Serial::from_bytes(keys::random()?),
            secret: InvitationSecret::from_bytes(keys::random()?),
            role,
            place,
            expires: UnixMillis(now().0.saturating_add(CLAIMABLE_MS)),
            recipients: self.recipients(),
            class_key,
            issuer: Some(self.member.keys.device.public()),
        })
    }

    fn recipients(&self) -> Vec<Recipient> {
        let mut recipients = vec![self.member.keys.identity.recipient()];
        for recipient in &self.member.invitation.recipients {
            if !recipients.contains(recipient) && recipients.len() < MOST_RECIPIENTS {
                recipients.push(*recipient);
            }
        }
        recipients
    }
}
