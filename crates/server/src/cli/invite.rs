//! `wuzha invite`: invites the security office. Everybody else is invited by people, face to face,
//! from the app: their keys must not come from a server.

use anyhow::{Context, Result};
use clap::Args;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use std::io::{self, IsTerminal};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{Invitation, InvitationSecret, Invited, Named, Role, Serial, UnitName};

use super::place::PlaceArgs;
use crate::clock::Clock;
use crate::enrol::{Kept, Place};
use crate::random;
use crate::store::school::School;
use crate::store::{Store, invitations, lock_school};

/// For how many days an invitation can be claimed, unless it is said otherwise.
pub(super) const DAYS: u32 = 7;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

#[derive(Debug, Args)]
pub(super) struct InviteArgs {
    /// The school's name, for the invitation; the server does not keep it
    #[arg(long, value_parser = unit_name)]
    name: UnitName,
    /// For how many days it can be claimed
    #[arg(long, default_value_t = DAYS)]
    days: u32,
    #[command(flatten)]
    place: PlaceArgs,
}

pub(super) async fn run(args: InviteArgs) -> Result<()> {
    let opened = args.place.open().await?;
    let clock = Clock::system();
    let (store, school) = (&opened.store, &opened.school);
    let invitation = security_office(store, school, args.name, args.days, &clock).await?;
    store.close().await;
    show(&invitation)
}

/// A new invitation of the security office, which the server knows when this returns.
pub(super) async fn security_office(
    store: &Store,
    school: &School,
    name: UnitName,
    days: u32,
    clock: &Clock,
) -> Result<Invitation> {
    let now = clock.now();
    let invitation = Invitation {
        server: school.url.clone(),
        server_key: school.server_key,
        serial: Serial::from_bytes(random::bytes()?),
        secret: InvitationSecret::from_bytes(random::bytes()?),
        role: Role::SecurityOffice,
        place: Invited {
            school: Named {
                id: school.id,
                name,
            },
            department: None,
            class: None,
        },
        expires: UnixMillis(now.0.saturating_add(u64::from(days) * DAY_MS)),
        recipients: vec![school.recovery],
        class_key: None,
        issuer: None,
    };
    let kept = Kept {
        serial: invitation.serial,
        secret: invitation.secret.hash(),
        role: invitation.role,
        place: Place::SCHOOL,
        issuer: None,
        expires: invitation.expires,
        member_until: None,
        claimed: None,
        refused_claims: 0,
        revoked: None,
    };
    let mut tx = store.begin().await?;
    lock_school(&mut tx, school.id).await?;
    invitations::insert(&mut tx, school.id, &kept, now).await?;
    tx.commit().await.context("the invitation was not stored")?;
    Ok(invitation)
}

/// Shows an invitation to the person at this screen.
pub(super) fn show(invitation: &Invitation) -> Result<()> {
    println!("安保中心的邀请，只能用一次 / The security office's invitation, good once:");
    println!("编号 / serial: {}", invitation.serial);
    println!();
    println!("{}", invitation.to_link()?);
    println!();
    if io::stdout().is_terminal() {
        let code = QrCode::new(invitation.to_code()?)?;
        // Black on white whatever the terminal's colours: not every camera app reads the inverse.
        for line in code.render::<Dense1x2>().build().lines() {
            println!("\x1b[30;107m{line}\x1b[0m");
        }
    }
    Ok(())
}

pub(super) fn unit_name(text: &str) -> Result<UnitName, String> {
    UnitName::try_from(text).map_err(|error| error.to_string())
}
