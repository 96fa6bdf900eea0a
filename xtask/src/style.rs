//! The style sheets. Those of the first screens are joined into one: each further file would cost them a round
//! trip. The desk's is fetched when a screen of it is opened.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

use crate::paths;

/// The sheets of `style/` in the order in which they apply: later rules win.
const ORDER: [&str; 5] = [
    "tokens.css",
    "base.css",
    "components.css",
    "screens.css",
    "print.css",
];

/// What only teachers' screens need.
const DESK: &str = "desk.css";

/// Writes `target/style/wuzha.css`, which `index.html` names and trunk hashes.
///
/// # Errors
/// When a sheet is missing or one has no place in the order.
pub(crate) fn bundle() -> Result<()> {
    let joined = join(&paths::root().join("style"))?;
    let folder = paths::root().join("target/style");
    let file = folder.join("wuzha.css");
    // Left alone when nothing changed, so that a watching trunk is not woken by its own hook.
    if fs::read_to_string(&file).is_ok_and(|existing| existing == joined) {
        return Ok(());
    }
    fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    fs::write(&file, joined).with_context(|| format!("could not write {}", file.display()))
}

fn join(folder: &Path) -> Result<String> {
    refuse_unordered(folder)?;
    let mut joined = String::new();
    for name in ORDER {
        let path = folder.join(name);
        let sheet = fs::read_to_string(&path)
            .with_context(|| format!("could not read the style sheet {}", path.display()))?;
        joined.push_str(&sheet);
        joined.push('\n');
    }
    Ok(joined)
}

/// A sheet that nobody loads would be a puzzle for whoever edits it.
fn refuse_unordered(folder: &Path) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    for entry in entries {
        let name = entry.context("could not read a folder entry")?.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".css") && !ORDER.contains(&name.as_ref()) && name != DESK {
            bail!("style/{name} has no place in the order in xtask/src/style.rs");
        }
    }
    Ok(())
}
