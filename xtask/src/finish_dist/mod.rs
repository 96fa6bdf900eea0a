//! What trunk leaves in `dist/`, made into what the server serves.
//!
//! trunk hashes names before it binds and optimises, so its names say nothing about the bytes that
//! are shipped. Here every file gets its SHA-256, the service worker gets the list of them, and a
//! build id is derived from all of it: the same sources give the same id.
//!
//! # Layout
//! - [`html`]: what `index.html` loads, and the refusal of what the Content-Security-Policy refuses
//! - [`minify`]: smaller scripts
//! - [`precache`]: the build id and the service worker's list
//! - [`compress`]: `.br` and `.gz` files beside what is worth compressing

mod compress;
mod html;
mod minify;
mod precache;

pub(crate) use html::mentions;

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The built files by their path below `dist/`, with `/` between folders.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// The one page; the service worker answers every navigation with it.
pub(crate) const INDEX: &str = "index.html";
/// The service worker, which never caches itself.
pub(crate) const SERVICE_WORKER: &str = "sw.js";

/// Completes trunk's output in place.
///
/// # Errors
/// When the page has inline code, when a placeholder is missing (the folder has been finished
/// before), or when a file cannot be read or written.
pub(crate) fn finish(dist: &Path) -> Result<()> {
    let mut tree = read(dist)?;
    html::refuse_inline_code(text(&tree, INDEX)?)?;
    minify::scripts(&mut tree)?;
    precache::fill_in(&mut tree)?;
    write(dist, &tree)?;
    compress::beside(dist, &tree)
}

/// Reads the built files, without compressed copies from an earlier run.
pub(crate) fn read(dist: &Path) -> Result<Tree> {
    let mut tree = Tree::new();
    read_folder(dist, "", &mut tree)?;
    Ok(tree)
}

fn read_folder(folder: &Path, prefix: &str, tree: &mut Tree) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    for entry in entries {
        let path = entry
            .with_context(|| format!("could not list {}", folder.display()))?
            .path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), tree)?;
        } else if !compress::is_compressed(&name) {
            let bytes =
                fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
            tree.insert(name, bytes);
        }
    }
    Ok(())
}

fn write(dist: &Path, tree: &Tree) -> Result<()> {
    for (name, bytes) in tree {
        let path = dist.join(name);
        fs::write(&path, bytes).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

/// A built file that must be there and be text.
pub(crate) fn text<'tree>(tree: &'tree Tree, name: &str) -> Result<&'tree str> {
    let bytes = tree
        .get(name)
        .with_context(|| format!("dist/ has no {name}"))?;
    std::str::from_utf8(bytes).with_context(|| format!("dist/{name} is not UTF-8"))
}
