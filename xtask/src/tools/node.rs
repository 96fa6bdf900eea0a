//! Tools from the npm registry: wasm-opt and terser for the build, Playwright and axe for the tests.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::PathBuf;

use crate::paths;
use crate::process::{command, find, run};

/// The folder of the installed programs.
pub(crate) fn programs() -> PathBuf {
    paths::root().join("node_modules/.bin")
}

/// Runs `npm ci` unless it has been run for exactly this lock file.
pub(crate) fn ensure_packages() -> Result<()> {
    let lock = paths::root().join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("could not read {}", lock.display()))?;
    let wanted = format!("{:x}", Sha256::digest(&lock));
    let stamp = paths::root().join("node_modules/.installed-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("installing the npm packages of package-lock.json (half a minute)");
    let npm = find(&["npm"]).context("npm is missing: please install Node.js 20 or newer")?;
    run(command(npm)
        .args(["ci", "--no-audit", "--no-fund"])
        // The tests drive a browser that is installed anyway.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
    .context("could not install the npm packages")?;
    fs::write(&stamp, wanted).with_context(|| format!("could not write {}", stamp.display()))
}
