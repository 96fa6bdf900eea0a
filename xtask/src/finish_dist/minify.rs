//! Smaller JavaScript: comments and long names are for the repository, and a phone pays for each byte.
//!
//! trunk copies the hand-written scripts as they are, and its own minifier cannot read the module that
//! wasm-bindgen writes.

use anyhow::{Context, Result, bail};
use std::io::Write;
use std::process::Stdio;

use super::{SERVICE_WORKER, Tree, text};
use crate::process::command;
use crate::tools;

/// The scripts that are no modules: their top-level names are global, and the service worker's are
/// where the build's placeholders stand.
const CLASSIC: [&str; 2] = [SERVICE_WORKER, "old-browser.js"];

/// Minifies every script of `dist/` itself. Not what other crates bring along below it as snippets: we
/// do not know how that is loaded.
pub(super) fn scripts(tree: &mut Tree) -> Result<()> {
    let names: Vec<String> = tree
        .keys()
        .filter(|name| name.ends_with(".js") && !name.contains('/'))
        .cloned()
        .collect();
    for name in names {
        let is_module = !CLASSIC.contains(&name.as_str());
        let minified = minify(text(tree, &name)?, is_module)
            .with_context(|| format!("could not minify {name}"))?;
        tree.insert(name, minified);
    }
    Ok(())
}

fn minify(script: &str, is_module: bool) -> Result<Vec<u8>> {
    let mut terser = command("terser");
    terser
        .env("PATH", tools::path()?)
        .args(["--compress", "--mangle"])
        .args(is_module.then_some("--module"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut running = terser.spawn().context("could not start terser")?;
    let mut stdin = running.stdin.take().context("terser has no input")?;
    // terser reads all of it before it writes anything.
    stdin.write_all(script.as_bytes())?;
    drop(stdin);
    let output = running.wait_with_output()?;
    if !output.status.success() {
        bail!("terser failed: {}", output.status);
    }
    Ok(output.stdout)
}
