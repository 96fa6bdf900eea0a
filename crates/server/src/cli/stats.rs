//! `wuzha stats`: counts what is stored.

use anyhow::Result;
use clap::Args;

use super::place::PlaceArgs;

#[derive(Debug, Args)]
pub(super) struct StatsArgs {
    #[command(flatten)]
    place: PlaceArgs,
}

pub(super) async fn run(args: StatsArgs) -> Result<()> {
    let opened = args.place.open().await?;
    let counts = opened.store.counts(opened.school.id).await?;
    opened.store.close().await;
    for (what, count) in [
        ("班级 / classes", counts.classes),
        (
            "已上交的班级 / classes that handed in",
            counts.classes_handed_in,
        ),
        ("设备 / devices", counts.devices),
        ("未使用的邀请 / open invitations", counts.open_invitations),
        ("材料包 / bundles", counts.bundles),
        ("其中内容已删除 / of these, content deleted", counts.purged),
        ("字节 / bytes", counts.bytes),
        ("内容包 / packs", counts.packs),
    ] {
        println!("{what}: {count}");
    }
    println!("纪元 / epoch: {}", opened.school.epoch);
    Ok(())
}
