//! The built app in memory: a few megabytes, read once.

use axum::body::Bytes;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};
use thiserror::Error;

/// The page that answers every navigation.
const INDEX: &str = "index.html";

/// All files of a built app, by their path without the leading slash.
#[derive(Debug)]
pub struct Site {
    assets: HashMap<String, Asset>,
}

/// One file with its compressed copies.
#[derive(Debug, Default)]
pub struct Asset {
    /// The bytes as they were built.
    pub(crate) identity: Bytes,
    /// The same in brotli, where the build made that.
    pub(crate) brotli: Option<Bytes>,
    /// The same in gzip, where the build made that.
    pub(crate) gzip: Option<Bytes>,
    /// Half of the SHA-256 of the built bytes, in hex.
    pub(crate) digest: String,
}

/// Why there is no app to serve.
#[derive(Debug, Error)]
pub enum SiteError {
    /// A file or folder of the built app could not be read.
    #[error("could not read {path}: {source}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What is there is no built app.
    #[error("there is no index.html in the built app: please build it with `cargo xtask build`")]
    NoIndex,
    /// The program was built without the feature `embed`.
    #[error("this program was built without the app inside: please name a folder with --dist DIR")]
    NotEmbedded,
}

impl Site {
    /// The app inside this program.
    ///
    /// # Errors
    /// [`SiteError::NotEmbedded`] in a development build.
    #[cfg(feature = "embed")]
    pub fn built_in() -> Result<Self, SiteError> {
        #[derive(rust_embed::RustEmbed)]
        #[folder = "../../dist"]
        struct Dist;

        Self::from_files(Dist::iter().filter_map(|path| {
            let bytes = Dist::get(&path)?.data.into_owned();
            Some((path.into_owned(), Bytes::from(bytes)))
        }))
    }

    /// The app inside this program: there is none in this build.
    ///
    /// # Errors
    /// Always [`SiteError::NotEmbedded`].
    #[cfg(not(feature = "embed"))]
    pub fn built_in() -> Result<Self, SiteError> {
        Err(SiteError::NotEmbedded)
    }

    /// The app in a folder, as it is now: later changes are not seen.
    ///
    /// # Errors
    /// When the folder cannot be read or holds no built app.
    pub fn read(folder: &Path) -> Result<Self, SiteError> {
        let mut files = Vec::new();
        read_folder(folder, "", &mut files)?;
        Self::from_files(files)
    }

    fn from_files(files: impl IntoIterator<Item = (String, Bytes)>) -> Result<Self, SiteError> {
        let mut assets: HashMap<String, Asset> = HashMap::new();
        for (path, bytes) in files {
            if let Some(original) = path.strip_suffix(".br") {
                assets.entry(original.to_owned()).or_default().brotli = Some(bytes);
            } else if let Some(original) = path.strip_suffix(".gz") {
                assets.entry(original.to_owned()).or_default().gzip = Some(bytes);
            } else {
                let asset = assets.entry(path).or_default();
                asset.digest = digest(&bytes);
                asset.identity = bytes;
            }
        }
        // A compressed copy whose original is gone belongs to no file.
        assets.retain(|_, asset| !asset.digest.is_empty());
        if assets.contains_key(INDEX) {
            Ok(Self { assets })
        } else {
            Err(SiteError::NoIndex)
        }
    }

    /// The file at a path of a URL; `/` is the page.
    pub(crate) fn find(&self, path: &str) -> Option<(&str, &Asset)> {
        let name = match path.trim_start_matches('/') {
            "" => INDEX,
            name => name,
        };
        self.assets
            .get_key_value(name)
            .map(|(name, asset)| (name.as_str(), asset))
    }

    /// The page, which every screen of the app starts from.
    pub(crate) fn index(&self) -> Option<(&str, &Asset)> {
        self.find(INDEX)
    }
}

fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
        .chars()
        .take(32)
        .collect()
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    files: &mut Vec<(String, Bytes)>,
) -> Result<(), SiteError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| SiteError::Unreadable { path, source }
    };
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), files)?;
        } else {
            let bytes = fs::read(&path).map_err(unreadable(&path))?;
            files.push((name, Bytes::from(bytes)));
        }
    }
    Ok(())
}
