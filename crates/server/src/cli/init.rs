//! `wuzha init`: sets a school up.

use anyhow::{Result, bail};
use clap::Args;
use wuzha_seal::{Identity, SchoolId, ServerKey, ServerUrl, UnitName, write_recovery_key};

use super::invite::{self, DAYS};
use super::place::PlaceArgs;
use crate::clock::Clock;
use crate::data_folder::DataFolder;
use crate::store::school::School;
use crate::store::{Durability, Store};
use crate::{epoch, random};

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The school's name, for its invitation; the server does not keep it
    #[arg(long, value_parser = invite::unit_name)]
    name: UnitName,
    /// Where phones find this server: https://…
    #[arg(long, value_parser = server_url)]
    url: ServerUrl,
    /// For how many days the security office's invitation can be claimed
    #[arg(long, default_value_t = DAYS)]
    days: u32,
    #[command(flatten)]
    place: PlaceArgs,
}

pub(super) async fn run(args: InitArgs) -> Result<()> {
    let folder = DataFolder::create(&args.place.data)?;
    if folder.key()?.is_some() {
        bail!(
            "已经设置过 / this server was set up before: {} exists; `wuzha invite` makes another \
             invitation",
            folder.key_file().display()
        );
    }
    let clock = Clock::system();
    let location = folder.location(args.place.database_url.as_deref());
    let store = Store::open(&location, Durability::Disk).await?;
    let secret: [u8; 32] = random::bytes()?;
    let recovery = Identity::from_bytes(&random::bytes()?);
    let school = School {
        id: SchoolId::from_bytes(random::bytes()?),
        server_key: ServerKey::from_bytes(&secret).public(),
        recovery: recovery.recipient(),
        url: args.url,
        epoch: epoch::next(None, clock.now(), random::bytes()?),
    };
    store.add_school(&school, clock.now()).await?;
    let invitation = invite::security_office(&store, &school, args.name, args.days, &clock).await?;
    // Last: with the key, the school is set up. Before, all of this can be begun anew.
    folder.create_key(&secret)?;
    store.close().await;

    println!("学校编号 / school: {}", school.id);
    println!();
    println!("恢复密钥：只显示这一次，请抄在纸上并锁好。密钥丢失后，材料只有老师的手机能打开。");
    println!("Recovery key, shown only now: write it on paper and lock it away.");
    println!();
    println!("    {}", *write_recovery_key(&recovery));
    println!();
    println!(
        "请另外保存一份 / please also keep a copy of {}",
        folder.key_file().display()
    );
    println!("（不在备份文件里 / it is not part of a backup）");
    println!();
    invite::show(&invitation)
}

fn server_url(text: &str) -> Result<ServerUrl, String> {
    ServerUrl::try_from(text).map_err(|error| error.to_string())
}
