//! `wuzha revoke`: withdraws an invitation, or ends what a device may do.

use anyhow::{Context, Result, bail};
use clap::Args;
use wuzha_core::log::DeviceId;
use wuzha_seal::Serial;

use super::place::PlaceArgs;
use crate::clock::Clock;
use crate::store::{invitations, lock_school};

#[derive(Debug, Args)]
pub(super) struct RevokeArgs {
    #[command(flatten)]
    what: What,
    #[command(flatten)]
    place: PlaceArgs,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// The invitation with this serial, or the membership that it gave
    #[arg(long)]
    serial: Option<Serial>,
    /// All that this device is
    #[arg(long)]
    device: Option<DeviceId>,
}

pub(super) async fn run(args: RevokeArgs) -> Result<()> {
    let opened = args.place.open().await?;
    let (store, school) = (&opened.store, opened.school.id);
    let mut tx = store.begin().await?;
    lock_school(&mut tx, school).await?;
    let mut found = Vec::new();
    if let Some(serial) = args.what.serial {
        found.extend(invitations::find(&mut tx, school, serial).await?);
    }
    if let Some(device) = args.what.device {
        found.extend(invitations::claimed_by(&mut tx, school, device).await?);
    }
    if found.is_empty() {
        bail!("没有找到 / there is no such invitation or device");
    }
    for kept in &found {
        let now = Clock::system().now();
        invitations::revoke(&mut tx, school, kept.serial, now).await?;
        println!("已撤销 / revoked: {} {:?}", kept.serial, kept.role);
    }
    tx.commit().await.context("nothing was revoked")?;
    store.close().await;
    Ok(())
}
