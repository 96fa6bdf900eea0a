//! `wuzha restore`: a backup in the database's place, in another epoch.

use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::place::PlaceArgs;
use crate::clock::Clock;
use crate::data_folder::{DataFolder, sync_folder};
use crate::service::Keys;
use crate::store::school::School;
use crate::store::{Durability, Location, Store};
use crate::{epoch, random};

#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// The backup. With PostgreSQL none: restore it with pg_restore or fail over, then run this
    file: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArgs,
}

pub(super) async fn run(args: RestoreArgs) -> Result<()> {
    let epoch = match (&args.file, &args.place.database_url) {
        (Some(file), None) => replace(&args.place, file).await?,
        (None, Some(_)) => {
            let opened = args.place.open().await?;
            let epoch = begin_epoch(&opened.store, &opened.school, None).await?;
            opened.store.close().await;
            epoch
        }
        (Some(_), Some(_)) => bail!(
            "PostgreSQL 请先用 pg_restore 恢复 / for PostgreSQL please restore with pg_restore, then \
             run `wuzha restore` without a file"
        ),
        (None, None) => bail!("请给出备份文件 / please name the backup"),
    };
    println!("已恢复，新纪元 / restored, in the new epoch {epoch}");
    println!(
        "手机和老师端会自动重新核对 / phones and teachers will list and compare by themselves"
    );
    Ok(())
}

/// Prepares the backup beside the database, then lets it take its place.
async fn replace(place: &PlaceArgs, backup: &Path) -> Result<u64> {
    let (folder, secret) = place.key()?.context(
        "先把 server.key 放回数据目录 / please put server.key back into the data folder first",
    )?;
    let _held = folder.hold()?;
    let keys = Keys::new(&secret);
    let new = folder.file("wuzha.db.new");
    remove(&new)?;
    fs::copy(backup, &new).with_context(|| format!("could not copy {}", backup.display()))?;
    let store = Store::open(&Location::File(new.clone()), Durability::Disk).await?;
    store.check().await.context("the backup is damaged")?;
    let school = store.school_of(keys.server.public()).await?;
    let school = school.context(
        "备份是另一台服务器的 / the backup is of another server: its key is not the server.key here",
    )?;
    let replaced = replaced_epoch(&folder, &keys).await;
    let epoch = begin_epoch(&store, &school, replaced).await?;
    store.leave_one_file().await?;
    store.close().await;
    File::open(&new)?.sync_all()?;
    swap(&folder, &new)?;
    Ok(epoch)
}

/// The epoch of the database that is replaced, if it can still be read. Its log goes into its file,
/// so that none is left that would be taken for the new one's.
async fn replaced_epoch(folder: &DataFolder, keys: &Keys) -> Option<u64> {
    let file = folder.database_file();
    if !file.exists() {
        return None;
    }
    let store = Store::open(&Location::File(file), Durability::Disk)
        .await
        .ok()?;
    let school = store.school_of(keys.server.public()).await.ok().flatten();
    // Where it fails, the log's file is removed with the rest.
    let _in_one_file = store.leave_one_file().await;
    store.close().await;
    school.map(|school| school.epoch)
}

async fn begin_epoch(store: &Store, school: &School, replaced: Option<u64>) -> Result<u64> {
    let previous = Some(school.epoch).max(replaced);
    let epoch = epoch::next(previous, Clock::system().now(), random::bytes()?);
    store.begin_epoch(school.id, epoch).await?;
    Ok(epoch)
}

/// What was there stays beside it, under another name.
fn swap(folder: &DataFolder, new: &Path) -> Result<()> {
    let (file, old) = (
        folder.database_file(),
        folder.file("wuzha.db.before-restore"),
    );
    if file.exists() {
        fs::rename(&file, &old)?;
        println!("原数据库 / the database that was here: {}", old.display());
    }
    for ending in ["-wal", "-shm"] {
        remove(&folder.file(&format!("wuzha.db{ending}")))?;
    }
    fs::rename(new, &file)?;
    sync_folder(file.parent().unwrap_or(Path::new(".")))
}

fn remove(file: &Path) -> Result<()> {
    if file.exists() {
        fs::remove_file(file)?;
    }
    Ok(())
}
