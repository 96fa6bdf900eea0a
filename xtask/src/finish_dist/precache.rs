//! The build id, and the service worker's list of files with their hashes.

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::{INDEX, SERVICE_WORKER, Tree, mentions, text};

/// Stands for the build id in `index.html` and in the service worker.
const BUILD: &str = "__BUILD__";
/// Stands, with its quotes, for the list in the service worker.
const FILES: &str = "\"__FILES__\"";
/// The same for what is fetched when somebody needs it.
const LATER: &str = "\"__LATER__\"";
/// Stands in `index.html` for the size of the app's wasm, which the progress bar needs: a
/// compressed response does not tell how many bytes will come out of it.
const WASM_BYTES: &str = "__WASM_BYTES__";

/// What only teachers need: the books of many classes.
const ON_DEMAND: &str = "wuzha-shelf";

/// Folders that only a shop window needs: the manifest's screenshots are shown when installing.
const ONLINE_ONLY: [&str; 2] = ["screenshots/", "robots.txt"];

/// Fills the placeholders of `index.html` and of the service worker.
pub(super) fn fill_in(tree: &mut Tree) -> Result<()> {
    let build = build_id(tree);
    let page = replace(text(tree, INDEX)?, BUILD, &build)?;
    let page = replace(&page, WASM_BYTES, &wasm_bytes(tree, &page)?.to_string())?;
    tree.insert(INDEX.to_owned(), page.into_bytes());

    let (files, later) = list(tree)?;
    let worker = replace(text(tree, SERVICE_WORKER)?, BUILD, &build)?;
    let worker = replace(&worker, FILES, &json(&files)?)?;
    let worker = replace(&worker, LATER, &json(&later)?)?;
    tree.insert(SERVICE_WORKER.to_owned(), worker.into_bytes());
    Ok(())
}

/// Twelve hex digits over all names and bytes, the page and the service worker still unfilled.
fn build_id(tree: &Tree) -> String {
    let mut hasher = Sha256::new();
    for (name, bytes) in tree {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(Sha256::digest(bytes));
    }
    format!("{:x}", hasher.finalize())
        .chars()
        .take(12)
        .collect()
}

/// A file and its SHA-256 in hex.
type Listed = (String, String);

/// The files to keep on the phone: what the first screen needs first, so that a broken connection breaks off
/// early, and the page before all; and those to keep once somebody has needed them.
fn list(tree: &Tree) -> Result<(Vec<Listed>, Vec<Listed>)> {
    let page = text(tree, INDEX)?;
    let mut names: Vec<&String> = tree.keys().filter(|name| is_kept(name)).collect();
    names.sort_by_key(|name| (*name != INDEX, !mentions(page, name)));
    let entries = names
        .into_iter()
        .filter_map(|name| Some((name, tree.get(name)?)));
    let listed =
        entries.map(|(name, bytes)| (format!("/{name}"), format!("{:x}", Sha256::digest(bytes))));
    Ok(listed.partition(|(path, _)| !path.starts_with(&format!("/{ON_DEMAND}"))))
}

fn json(list: &[Listed]) -> Result<String> {
    serde_json::to_string(list).context("could not write the precache list")
}

fn is_kept(name: &str) -> bool {
    name != SERVICE_WORKER && !ONLINE_ONLY.iter().any(|prefix| name.starts_with(prefix))
}

fn wasm_bytes(tree: &Tree, page: &str) -> Result<usize> {
    tree.iter()
        .find(|(name, _)| name.ends_with(".wasm") && mentions(page, name))
        .map(|(_, bytes)| bytes.len())
        .context("index.html mentions no wasm file: is pattern_script in Trunk.toml still right?")
}

fn replace(text: &str, placeholder: &str, value: &str) -> Result<String> {
    if !text.contains(placeholder) {
        bail!("found no {placeholder}: dist/ has been finished already, please build it anew");
    }
    Ok(text.replace(placeholder, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html data-build=__BUILD__><script src="/boot.js" data-bytes=__WASM_BYTES__ data-wasm="/a.wasm">"#;

    fn built() -> Tree {
        let files = [
            (INDEX, PAGE),
            (
                SERVICE_WORKER,
                r#"const B = "__BUILD__", F = "__FILES__", L = "__LATER__";"#,
            ),
            ("wuzha-shelf.js", "shelf"),
            ("a.wasm", "wasm"),
            ("boot.js", "boot"),
            ("additional.json", "{}"),
            ("screenshots/one.png", "png"),
        ];
        files
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn the_shell_comes_first_and_screenshots_stay_away() -> Result<()> {
        let (files, later) = list(&built())?;
        let names = |list: Vec<Listed>| list.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(
            names(files),
            ["/index.html", "/a.wasm", "/boot.js", "/additional.json"]
        );
        assert_eq!(names(later), ["/wuzha-shelf.js"]);
        Ok(())
    }

    #[test]
    fn the_listed_hash_of_the_page_is_that_of_the_page_as_served() -> Result<()> {
        let mut tree = built();
        fill_in(&mut tree)?;
        let page = tree.get(INDEX).context("no page")?;
        let hash = format!("{:x}", Sha256::digest(page));
        assert!(text(&tree, SERVICE_WORKER)?.contains(&hash));
        assert!(text(&tree, INDEX)?.contains("data-bytes=4"));
        Ok(())
    }

    #[test]
    fn any_changed_byte_changes_the_build_id() {
        let mut changed = built();
        changed.insert("additional.json".to_owned(), b"[]".to_vec());
        assert_ne!(build_id(&built()), build_id(&changed));
        assert_eq!(build_id(&built()), build_id(&built()));
    }

    #[test]
    fn finishing_twice_is_an_error() -> Result<()> {
        let mut tree = built();
        fill_in(&mut tree)?;
        assert!(fill_in(&mut tree).is_err());
        Ok(())
    }
}
