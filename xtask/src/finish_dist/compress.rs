//! Compressing once, as well as possible, so that the server never compresses.
//!
//! By Node, which the build needs anyway: its brotli is the reference one, and packs wasm half a percent
//! tighter than the one in Rust.

use anyhow::{Context, Result};
use std::path::Path;

use super::Tree;
use crate::process::{command, run_quietly};

const PROGRAM: &str = include_str!("compress.mjs");
/// Below this, headers outweigh the gain.
const WORTH_IT: usize = 256;
const COMPRESSIBLE: [&str; 8] = [
    ".html",
    ".js",
    ".css",
    ".wasm",
    ".json",
    ".webmanifest",
    ".svg",
    ".txt",
];

/// Whether this is the compressed copy of another file.
pub(super) fn is_compressed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// Writes the compressed copies of what is worth it into `dist`, each under its file's name with `.br` or
/// `.gz` added. `tree` has been written there.
pub(super) fn beside(dist: &Path, tree: &Tree) -> Result<()> {
    let mut node = command("node");
    node.args(["--input-type=module", "--eval", PROGRAM])
        .arg(dist)
        .args(worth_it(tree));
    run_quietly(&mut node).context("could not compress the built files")
}

/// The largest first, so that the threads end at about the same time.
fn worth_it(tree: &Tree) -> Vec<&str> {
    let mut files: Vec<(&str, usize)> = tree
        .iter()
        .filter(|(name, bytes)| bytes.len() >= WORTH_IT && is_compressible(name))
        .map(|(name, bytes)| (name.as_str(), bytes.len()))
        .collect();
    files.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
    files.into_iter().map(|(name, _)| name).collect()
}

fn is_compressible(name: &str) -> bool {
    COMPRESSIBLE.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn text_is_compressed_and_small_or_packed_files_are_not() -> Result<()> {
        let tree: Tree = [("a.js", 1000), ("small.js", 10), ("icon.png", 1000)]
            .into_iter()
            .map(|(name, length)| (name.to_owned(), vec![b'a'; length]))
            .collect();
        let folder = tempfile::tempdir()?;
        super::super::write(folder.path(), &tree)?;
        beside(folder.path(), &tree)?;
        let names = fs::read_dir(folder.path())?.map(|entry| Ok(entry?.file_name()));
        let mut names: Vec<_> = names.collect::<Result<_>>()?;
        names.sort();
        assert_eq!(
            names,
            ["a.js", "a.js.br", "a.js.gz", "icon.png", "small.js"]
        );
        Ok(())
    }
}
