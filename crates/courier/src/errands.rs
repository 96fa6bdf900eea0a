//! What each errand does.

use wuzha_core::log::encode_ops;
use wuzha_core::time::UnixMillis;
use wuzha_jobs::courier::{
    Courier, Cursor, Failure, LogState, Membership, OutboxStanding, Request, Response, SealedError,
    Standing,
};
use wuzha_jobs::listening::Answer;
use wuzha_seal::{Invitation, Role, armoured, unarmoured};

use crate::backup;
use crate::desk::Desk;
use crate::disk::{Disk, Step, Text};
use crate::hand_in::{Given, Phone};
use crate::member::{Member, invited};
use crate::packs;

/// Does the errand that `request` encodes, with the `bytes` beside it.
pub(crate) async fn run(request: &[u8], bytes: &[u8]) -> Answer<Courier> {
    match wuzha_jobs::decode(request)? {
        // Needs no turn: a person waits, and nothing of this device is read.
        Request::Read { invitation } => {
            let invitation = Invitation::parse(&invitation)?;
            said(Response::Invited(invited(&invitation)))
        }
        Request::Accept { invitation } => {
            let disk = Disk::open().await?;
            accept(&disk, Invitation::parse(&invitation)?).await?;
            said(status(&disk, &LogState::default()).await?)
        }
        Request::Status(log) => said(status(&Disk::open().await?, &log).await?),
        Request::HandIn {
            log,
            ledgers,
            asked,
        } => {
            let disk = Disk::open().await?;
            let member = Member::load(&disk).await?;
            if member.invitation.role != Role::Monitor {
                return said(standing(&member, None));
            }
            let mut phone = Phone::of(member, &disk).await?;
            let given = Given {
                log: &log,
                segments: bytes,
                ledgers: &ledgers,
            };
            let news = phone.hand_in(&disk, given, asked).await?;
            let news = (!news.is_empty()).then(|| encode_ops(&news)).transpose();
            let news = news.map_err(|error| Failure::Stored(error.to_string()))?;
            Ok((standing_of_phone(phone, &log), news))
        }
        Request::HandOver { log, ledgers } => {
            let disk = Disk::open().await?;
            let given = Given {
                log: &log,
                segments: bytes,
                ledgers: &ledgers,
            };
            let file = Phone::load(&disk).await?.hand_over(&disk, given).await?;
            Ok((Response::Bytes, Some(file)))
        }
        Request::Gather { after } => {
            let disk = Disk::open().await?;
            let (gathered, ops) = Desk::load(&disk).await?.gather(&disk, after).await?;
            Ok((Response::Gathered(gathered), Some(ops)))
        }
        Request::TakeOver => {
            let desk = Desk::load(&Disk::open().await?).await?;
            let (class, ops) = desk.take_over(bytes)?;
            Ok((Response::TakenOver(class), Some(ops)))
        }
        Request::Leave => {
            Disk::open().await?.write(&[Step::Clear]).await?;
            said(Response::Standing(None))
        }
        Request::Invite(invitee) => {
            let disk = Disk::open().await?;
            let invitation = Desk::load(&disk).await?.invite(&disk, invitee).await?;
            said(Response::Invitation(invitation))
        }
        Request::Issued => {
            let disk = Disk::open().await?;
            let issued = Desk::load(&disk).await?.issued(&disk).await?;
            said(Response::Issued(issued))
        }
        Request::Revoke(serial) => {
            let disk = Disk::open().await?;
            let mut desk = Desk::load(&disk).await?;
            desk.revoke(&disk, serial).await?;
            said(Response::Issued(desk.issued(&disk).await?))
        }
        Request::Classes => {
            let disk = Disk::open().await?;
            let classes = Desk::load(&disk).await?.classes(&disk).await?;
            said(Response::Classes(classes))
        }
        // These four are about nothing that is stored here.
        Request::Seal { passphrase } => {
            Ok((Response::Bytes, Some(backup::sealed(bytes, &passphrase)?)))
        }
        Request::Unseal { passphrase } => {
            Ok((Response::Bytes, Some(backup::opened(bytes, &passphrase)?)))
        }
        Request::SealText { passphrase } => {
            let sealed = backup::sealed(bytes, &passphrase)?;
            Ok((Response::Bytes, Some(armoured(&sealed).into_bytes())))
        }
        Request::UnsealText { passphrase } => {
            let text = str::from_utf8(bytes).map_err(|_| SealedError::Foreign)?;
            let sealed = unarmoured(text).map_err(|_| SealedError::Damaged)?;
            Ok((Response::Bytes, Some(backup::opened(&sealed, &passphrase)?)))
        }
        Request::BackUpKeys { passphrase } => {
            let desk = Desk::load(&Disk::open().await?).await?;
            let sealed = backup::write(&desk, &passphrase)?;
            Ok((Response::Bytes, Some(sealed)))
        }
        Request::RestoreKeys { passphrase } => {
            let disk = Disk::open().await?;
            restore(&disk, bytes, &passphrase).await?;
            said(status(&disk, &LogState::default()).await?)
        }
        Request::Watch { after } => {
            let reached = watch(after).await?;
            said(Response::News { reached })
        }
        Request::ReadPack => {
            let (pack, bytes) = packs::read(&Disk::open().await?, bytes).await?;
            Ok((Response::Pack(Box::new(pack)), Some(bytes)))
        }
        Request::KeepPack => {
            packs::keep(&Disk::open().await?, bytes).await?;
            said(Response::Kept)
        }
        Request::FetchPack => match packs::fetch(&Disk::open().await?).await? {
            Some((pack, bytes)) => Ok((Response::Pack(Box::new(pack)), Some(bytes))),
            None => said(Response::NoPack),
        },
        Request::PublishPack(files) => {
            let (published, bytes) = packs::publish(&Disk::open().await?, files).await?;
            Ok((Response::Published(published), Some(bytes)))
        }
        Request::Open { class } => {
            let disk = Disk::open().await?;
            let (class, ops) = Desk::load(&disk).await?.open(&disk, class).await?;
            Ok((Response::Opened(class), Some(ops)))
        }
    }
}

fn said(response: Response) -> Answer<Courier> {
    Ok((response, None))
}

/// Makes this device what the invitation says. Who was invited for the same before, and is again, keeps
/// keys and outbox: what was refused is handed in anew. Only of which there is a copy gets other keys.
///
/// # Errors
/// [`Failure::Occupied`] for a device that is something else already.
async fn accept(disk: &Disk, invitation: Invitation) -> Result<(), Failure> {
    if !invitation.is_valid_at(now()) {
        return Err(Failure::Expired);
    }
    match Member::find(disk).await? {
        Some(member) if member.invitation.serial == invitation.serial => return Ok(()),
        Some(member) if member.is_what(&invitation) => {
            return again(disk, member, invitation).await;
        }
        Some(member) if !is_idle(disk, &member).await? => return Err(Failure::Occupied),
        _ => {}
    }
    let member = Member::new(invitation).await?;
    match member.invitation.role {
        Role::Monitor => {
            let phone = Phone::new(member)?;
            let outbox = phone.encode()?;
            begin(disk, phone.member(), Text::Outbox, &outbox).await
        }
        _ => begin_desk(disk, &Desk::new(member)).await,
    }
}

async fn again(disk: &Disk, mut member: Member, invitation: Invitation) -> Result<(), Failure> {
    if member.invitation.role == Role::Monitor {
        let phone = Phone::load(disk).await?;
        if phone.is_copied() {
            return phone.succeed(disk, Member::new(invitation).await?).await;
        }
    }
    member.invitation = invitation;
    member.membership = Membership::Unknown;
    let (school, keys) = (member.encode()?, member.wrap().await?);
    let steps = [Step::Keys(&keys), Step::Text(Text::School, &school)];
    disk.write(&steps).await
}

/// Whether a device is nothing yet: its invitation was refused, and nothing was done with it.
async fn is_idle(disk: &Disk, member: &Member) -> Result<bool, Failure> {
    let is_refused = matches!(member.membership, Membership::Refused(_));
    let is_idle = match member.invitation.role {
        Role::Monitor => Phone::load(disk).await?.is_idle(),
        _ => Desk::load(disk).await?.named().next().is_none(),
    };
    Ok(is_refused && is_idle)
}

async fn begin_desk(disk: &Disk, desk: &Desk) -> Result<(), Failure> {
    begin(disk, desk.member(), Text::Desk, &desk.encode()?).await
}

/// Stores who this device is from now on, and what it does.
async fn begin(disk: &Disk, member: &Member, duty: Text, stored: &str) -> Result<(), Failure> {
    let (school, keys) = (member.encode()?, member.wrap().await?);
    let steps = [
        Step::Clear,
        Step::Keys(&keys),
        Step::Text(Text::School, &school),
        Step::Text(duty, stored),
    ];
    disk.write(&steps).await
}

/// Goes on as the desk whose keys were backed up.
async fn restore(disk: &Disk, sealed: &[u8], passphrase: &str) -> Result<(), Failure> {
    if Member::find(disk).await?.is_some() {
        return Err(Failure::Occupied);
    }
    begin_desk(disk, &backup::read(sealed, passphrase).await?).await
}

/// Waits for what is handed in. Others have their turn meanwhile.
async fn watch(after: Cursor) -> Result<Cursor, Failure> {
    let (member, token) = {
        let disk = Disk::open().await?;
        let mut member = Member::load(&disk).await?;
        let token = member.log_in(&disk).await?;
        (member, token)
    };
    let scope = member.invitation.place.scope();
    let news = member.server().wait_for_news(scope, after, &token).await;
    news.ok_or(Failure::NoServer)
}

/// How this device stands, without asking anyone.
async fn status(disk: &Disk, log: &LogState) -> Result<Response, Failure> {
    let Some(member) = Member::find(disk).await? else {
        return Ok(Response::Standing(None));
    };
    Ok(match member.invitation.role {
        Role::Monitor => standing_of_phone(Phone::of(member, disk).await?, log),
        _ => standing(&member, None),
    })
}

fn standing_of_phone(mut phone: Phone, log: &LogState) -> Response {
    let outbox = phone.standing(log);
    standing(phone.member(), Some(outbox))
}

fn standing(member: &Member, outbox: Option<OutboxStanding>) -> Response {
    Response::Standing(Some(Standing {
        invited: invited(&member.invitation),
        membership: member.membership,
        outbox,
    }))
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
