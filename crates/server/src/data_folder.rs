//! The folder in which a server keeps what is its own: its key, and the database if that is SQLite.

use anyhow::{Context, Result, bail};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::store::Location;

/// The folder.
#[derive(Clone, Debug)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// The folder at `path`, made if it is not there, for this user only.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(path: &Path) -> Result<Self> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(path)
            .with_context(|| format!("could not make the folder {}", path.display()))?;
        Self::find(path)?.with_context(|| format!("{} is no folder", path.display()))
    }

    /// The folder at `path`, if it is there.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub fn find(path: &Path) -> Result<Option<Self>> {
        match path.canonicalize() {
            Ok(absolute) => Ok(Some(Self(absolute))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| path.display().to_string()),
        }
    }

    /// Where the server's key is.
    pub fn key_file(&self) -> PathBuf {
        self.0.join("server.key")
    }

    /// Where SQLite's file is.
    pub fn database_file(&self) -> PathBuf {
        self.0.join("wuzha.db")
    }

    /// A file of this name.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The database: the one named, else the file in this folder.
    pub fn location(&self, database_url: Option<&str>) -> Location {
        match database_url {
            Some(url) => Location::Postgres(url.to_owned()),
            None => Location::File(self.database_file()),
        }
    }

    /// Keeps a new key. It is not part of a backup: whoever finds one can then sign nothing.
    ///
    /// # Errors
    /// When there is one already, or the disk does not take it.
    pub fn create_key(&self, secret: &[u8; 32]) -> Result<()> {
        let path = self.key_file();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&path).and_then(|mut file| {
            writeln!(file, "{}", hex::encode(secret))?;
            file.sync_all()
        });
        written.with_context(|| format!("could not write {}", path.display()))?;
        sync_folder(&self.0)
    }

    /// The key; `None` if this folder was never set up.
    ///
    /// # Errors
    /// When it cannot be read, is damaged, or others on this machine can read it.
    pub fn key(&self) -> Result<Option<[u8; 32]>> {
        let path = self.key_file();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| format!("could not read {}", path.display()));
            }
        };
        refuse_open_to_others(&path)?;
        let bytes = text.trim().parse::<wuzha_seal::SecretHash>();
        let bytes = bytes.with_context(|| format!("{} is damaged", path.display()))?;
        Ok(Some(bytes.to_bytes()))
    }

    /// Holds the folder for this process, so that a database is not replaced under a running server.
    /// Let go when the file is dropped.
    ///
    /// # Errors
    /// When another process holds it.
    pub fn hold(&self) -> Result<File> {
        let path = self.0.join("wuzha.lock");
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&path);
        let file = file.with_context(|| format!("could not open {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => bail!(
                "{} 正在被另一个 wuzha 使用 / is in use by another wuzha: please stop it first",
                self.0.display()
            ),
            Err(TryLockError::Error(error)) => Err(error).context("could not lock the folder"),
        }
    }
}

/// Makes names in a folder survive a power cut.
///
/// # Errors
/// When the disk does not take them.
pub fn sync_folder(folder: &Path) -> Result<()> {
    // Windows has no such call and needs none.
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.with_context(|| format!("could not write {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(unix)]
fn refuse_open_to_others(path: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let mode = fs::metadata(path)?.mode();
    if mode & 0o077 != 0 {
        bail!(
            "{path} 可被其他用户读取 / can be read by others on this machine; please run: \
             chmod 600 {path}",
            path = path.display()
        );
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_open_to_others(_: &Path) -> Result<()> {
    Ok(())
}
