//! What each errand does.

use wuzha_core::log::VersionVector;
use wuzha_core::time::UnixMillis;
use wuzha_jobs::courier::{Courier, Failure, Membership, Request, Response, Standing};
use wuzha_jobs::listening::Answer;
use wuzha_seal::{Invitation, Role};

use crate::desk::Desk;
use crate::disk::{Disk, Step, Text};
use crate::hand_in::Phone;
use crate::keys;
use crate::member::{Member, invited};
use crate::turn::Turn;

/// Does the errand that `request` encodes, with the `bytes` beside it.
pub(crate) async fn run(request: &[u8], bytes: &[u8]) -> Answer<Courier> {
    let request = wuzha_jobs::decode(request)?;
    if let Request::Read { invitation } = request {
        let invitation = Invitation::parse(&invitation)?;
        return said(Response::Invited(invited(&invitation)));
    }
    let _turn = Turn::take().await?;
    let disk = Disk::open().await?;
    match request {
        Request::Read { .. } => Err(Failure::NotInvited),
        Request::Accept { invitation } => {
            accept(&disk, Invitation::parse(&invitation)?).await?;
            said(standing(&disk, &VersionVector::default()).await?)
        }
        Request::Status { seen } => said(standing(&disk, &seen).await?),
        Request::HandIn { seen, asked } => {
            let mut phone = Phone::load(&disk).await?;
            phone.hand_in(&disk, &seen, bytes, asked).await?;
            said(standing(&disk, &seen).await?)
        }
        Request::Leave => {
            disk.write(&[Step::Clear]).await?;
            said(Response::Standing(None))
        }
        Request::Invite(invitee) => {
            let mut desk = Desk::load(&disk).await?;
            let invitation = desk.invite(&disk, invitee).await?;
            said(Response::Invitation(invitation))
        }
        Request::Classes => {
            let mut desk = Desk::load(&disk).await?;
            said(Response::Classes(desk.classes(&disk).await?))
        }
        Request::Open { class } => {
            let mut desk = Desk::load(&disk).await?;
            let (class, ops) = desk.open(&disk, class).await?;
            Ok((Response::Opened(class), Some(ops)))
        }
    }
}

fn said(response: Response) -> Answer<Courier> {
    Ok((response, None))
}

/// Makes this device what the invitation says. Who was invited for the same before, and is again, keeps
/// keys and outbox: what was refused is handed in anew.
async fn accept(disk: &Disk, invitation: Invitation) -> Result<(), Failure> {
    if !invitation.is_valid_at(now()) {
        return Err(Failure::Expired);
    }
    if let Some(before) = Member::load(disk).await? {
        return again(disk, before, invitation).await;
    }
    let (keys, wrapped) = keys::make().await?;
    let member = Member {
        invitation,
        membership: Membership::Unknown,
        keys,
    };
    let school = member.encode()?;
    let duty = match member.invitation.role {
        Role::Monitor => (Text::Outbox, Phone::new(member)?.encode()?),
        _ => (Text::Desk, Desk::new(member).encode()?),
    };
    let steps = [
        Step::Keys(&wrapped),
        Step::Text(Text::School, &school),
        Step::Text(duty.0, &duty.1),
    ];
    disk.write(&steps).await
}

async fn again(disk: &Disk, mut member: Member, invitation: Invitation) -> Result<(), Failure> {
    let before = &member.invitation;
    if before.serial == invitation.serial {
        return Ok(());
    }
    let is_same = before.server_key == invitation.server_key
        && before.role == invitation.role
        && before.place.scope() == invitation.place.scope();
    if !is_same {
        return Err(Failure::Occupied);
    }
    member.invitation = invitation;
    member.membership = Membership::Unknown;
    let school = member.encode()?;
    disk.write(&[Step::Text(Text::School, &school)]).await
}

async fn standing(disk: &Disk, seen: &VersionVector) -> Result<Response, Failure> {
    let Some(member) = Member::load(disk).await? else {
        return Ok(Response::Standing(None));
    };
    let (invited, membership) = (invited(&member.invitation), member.membership);
    let outbox = match member.invitation.role {
        Role::Monitor => Some(Phone::load(disk).await?.standing(seen)),
        _ => None,
    };
    Ok(Response::Standing(Some(Standing {
        invited,
        membership,
        outbox,
    })))
}

/// Now, by this device's clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since 1970: never negative, and exact for 285,000 years"
)]
pub(crate) fn now() -> UnixMillis {
    UnixMillis(js_sys::Date::now() as u64)
}
