//! `wuzha backup`: the database as one file, as it was at one moment.

use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::place::PlaceArgs;
use crate::data_folder::sync_folder;
use crate::store::Location;

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// The file to write; it must not exist yet
    file: PathBuf,
    #[command(flatten)]
    place: PlaceArgs,
}

pub(super) async fn run(args: BackupArgs) -> Result<()> {
    let opened = args.place.open().await?;
    if let Location::Postgres(_) = opened.location {
        bail!("PostgreSQL 请用 pg_dump / for PostgreSQL please use pg_dump");
    }
    let file = &args.file;
    if file.exists() {
        bail!("{} 已存在 / exists already", file.display());
    }
    let part = PathBuf::from(format!("{}.part", file.display()));
    // Left over from a backup that was interrupted.
    if part.exists() {
        fs::remove_file(&part)?;
    }
    opened.store.copy_to(&part).await?;
    opened.store.close().await;
    finish(&part, file).with_context(|| format!("could not write {}", file.display()))?;
    println!("已备份 / backed up: {}", file.display());
    println!("它不含 server.key / it does not hold server.key");
    Ok(())
}

/// It has its name only when all of it is on the disk.
fn finish(part: &Path, file: &Path) -> Result<()> {
    let written = File::open(part)?;
    #[cfg(unix)]
    written.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    written.sync_all()?;
    fs::rename(part, file)?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    sync_folder(folder.unwrap_or(Path::new(".")))
}
