//! Where data is.

use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;

use crate::data_folder::DataFolder;
use crate::service::Keys;
use crate::store::school::School;
use crate::store::{Durability, Location, Store};

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub(super) struct PlaceArgs {
    /// The folder with the server's key and, unless --database-url is given, its database
    #[arg(long, value_name = "DIR", default_value = "data", env = "WUZHA_DATA")]
    pub(super) data: PathBuf,
    /// postgres://…, to keep the data there: for more than one machine
    #[arg(
        long,
        value_name = "URL",
        env = "WUZHA_DATABASE_URL",
        hide_env_values = true
    )]
    pub(super) database_url: Option<String>,
}

/// A school that was set up, with its store.
pub(super) struct Opened {
    pub(super) folder: DataFolder,
    pub(super) location: Location,
    pub(super) store: Store,
    pub(super) school: School,
    pub(super) keys: Keys,
}

impl PlaceArgs {
    /// The folder and the key in it; `None` if nobody has run `init`.
    pub(super) fn key(&self) -> Result<Option<(DataFolder, [u8; 32])>> {
        let Some(folder) = DataFolder::find(&self.data)? else {
            return Ok(None);
        };
        let key = folder.key()?;
        Ok(key.map(|key| (folder, key)))
    }

    /// Opens what was set up; `None` if nobody has run `init`.
    pub(super) async fn open_if_set_up(&self) -> Result<Option<Opened>> {
        let Some((folder, secret)) = self.key()? else {
            return Ok(None);
        };
        let location = folder.location(self.database_url.as_deref());
        let store = Store::open(&location, Durability::Disk).await?;
        let keys = Keys::new(&secret);
        let school = store.school_of(keys.server.public()).await?;
        let school = school.context(
            "数据库里没有这个密钥的学校 / the database has no school of this server's key: is it the \
             right database, and the right server.key?",
        )?;
        Ok(Some(Opened {
            folder,
            location,
            store,
            school,
            keys,
        }))
    }

    /// Opens what was set up.
    pub(super) async fn open(&self) -> Result<Opened> {
        let opened = self.open_if_set_up().await?;
        opened.with_context(|| {
            format!(
                "{} 还没有设置 / was not set up yet; please run: wuzha init --help",
                self.data.display()
            )
        })
    }
}
