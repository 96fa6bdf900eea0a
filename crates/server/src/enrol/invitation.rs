//! What a server keeps of an invitation, and what it answers to a claim.

use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{InvitationSecret, Role, SecretHash, Serial};

use super::{Member, Place};
use crate::Problem;

/// An invitation as the server knows it: without the secret, and without any name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What it is known by.
    pub serial: Serial,
    /// What the secret is known by.
    pub secret: SecretHash,
    /// What whoever claims it becomes.
    pub role: Role,
    /// For which part of the school.
    pub place: Place,
    /// Whose device invites; `None` where the server itself does.
    pub issuer: Option<DeviceId>,
    /// From when it can no longer be claimed.
    pub expires: UnixMillis,
    /// The end of the term, when who claimed it is no longer a member.
    pub member_until: Option<UnixMillis>,
    /// By whom it was claimed.
    pub claimed: Option<Claimed>,
    /// How many others tried to claim it afterwards: the issuer is told.
    pub refused_claims: u64,
    /// When it was withdrawn, or the membership ended.
    pub revoked: Option<UnixMillis>,
}

/// Who claimed an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The device.
    pub device: DeviceId,
    /// When.
    pub at: UnixMillis,
}

/// What is answered to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The device becomes a member.
    Take,
    /// It was one already: the answer to its first claim got lost.
    Again,
    /// It does not.
    Refuse(Problem),
}

impl Kept {
    /// What a claim by `device` with this secret is answered at `now`.
    pub fn judge(&self, secret: &InvitationSecret, device: DeviceId, now: UnixMillis) -> Verdict {
        // The hashes' bytes tell nothing about the secret's, however long comparing them takes.
        if secret.hash() != self.secret {
            return Verdict::Refuse(Problem::UnknownInvitation);
        }
        match self.claimed {
            Some(claimed) if claimed.device != device => Verdict::Refuse(Problem::Claimed),
            Some(_) if self.revoked.is_some() => Verdict::Refuse(Problem::Revoked),
            Some(_) => Verdict::Again,
            None if self.revoked.is_some() || now >= self.expires => {
                Verdict::Refuse(Problem::Expired)
            }
            None => Verdict::Take,
        }
    }

    /// The member that it made, once it is claimed.
    pub fn member(&self) -> Option<Member> {
        Some(Member {
            device: self.claimed?.device,
            role: self.role,
            place: self.place,
            until: self.member_until,
            revoked: self.revoked,
        })
    }

    /// Whether `other` is this invitation, sent again because the answer got lost.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let as_sent = |kept: &Self| {
            (
                kept.serial,
                kept.secret,
                kept.role,
                kept.place,
                kept.issuer,
                kept.expires,
                kept.member_until,
            )
        };
        as_sent(self) == as_sent(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuzha_seal::ClassId;

    fn secret() -> InvitationSecret {
        InvitationSecret::from_bytes([7; 16])
    }

    fn device(n: u8) -> DeviceId {
        DeviceId::from_bytes([n; 8])
    }

    fn kept() -> Kept {
        Kept {
            serial: Serial::from_bytes([1; 8]),
            secret: secret().hash(),
            role: Role::Monitor,
            place: Place::class(ClassId::from_bytes([2; 8]), None),
            issuer: Some(device(9)),
            expires: UnixMillis(1_000),
            member_until: None,
            claimed: None,
            refused_claims: 0,
            revoked: None,
        }
    }

    fn claimed_by(n: u8) -> Kept {
        let at = UnixMillis(5);
        Kept {
            claimed: Some(Claimed {
                device: device(n),
                at,
            }),
            ..kept()
        }
    }

    #[test]
    fn an_invitation_is_claimed_once_and_by_one_device() {
        let revoked = |kept: Kept| Kept {
            revoked: Some(UnixMillis(6)),
            ..kept
        };
        for (what, kept, now, verdict) in [
            ("the first claim", kept(), 999, Verdict::Take),
            ("too late", kept(), 1_000, Verdict::Refuse(Problem::Expired)),
            (
                "withdrawn",
                revoked(kept()),
                7,
                Verdict::Refuse(Problem::Expired),
            ),
            ("its own claim again", claimed_by(1), 7, Verdict::Again),
            (
                "again, after it expired",
                claimed_by(1),
                2_000,
                Verdict::Again,
            ),
            (
                "a photographed code",
                claimed_by(2),
                7,
                Verdict::Refuse(Problem::Claimed),
            ),
            (
                "revoked since",
                revoked(claimed_by(1)),
                7,
                Verdict::Refuse(Problem::Revoked),
            ),
        ] {
            let judged = kept.judge(&secret(), device(1), UnixMillis(now));
            assert_eq!(judged, verdict, "{what}");
        }
    }

    #[test]
    fn whoever_does_not_know_the_secret_learns_nothing_else() {
        let wrong = InvitationSecret::from_bytes([8; 16]);
        for kept in [kept(), claimed_by(1), claimed_by(2)] {
            let judged = kept.judge(&wrong, device(1), UnixMillis(7));
            assert_eq!(judged, Verdict::Refuse(Problem::UnknownInvitation));
        }
    }
}
