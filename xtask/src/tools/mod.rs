//! What must be on the machine, installed when it is missing.
//!
//! Everything goes into the repository's own `target/tools` and `node_modules`, in exact versions,
//! and is put on `PATH` for the programs started from here only. The exceptions are what Debian
//! packages better than we could: a browser, an office suite and Chinese fonts, for the tests.
//!
//! # Layout
//! - [`rust`]: the wasm target, trunk, wasm-bindgen, cargo-deny
//! - [`node`]: wasm-opt, terser, Playwright, axe
//! - [`system`]: Chromium, LibreOffice, fonts, Python, PostgreSQL, strace

mod node;
mod rust;
mod system;

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::paths;
use crate::process::{self, command};

/// What `build`, `run` and `dev` need.
pub(crate) fn for_build() -> Result<()> {
    rust::ensure_wasm_target()?;
    rust::ensure(&rust::TRUNK)?;
    rust::ensure(&rust::WASM_BINDGEN)?;
    node::ensure_packages()
}

/// What the tests on the host need.
pub(crate) fn for_host_tests() -> Result<()> {
    system::ensure_age()?;
    system::ensure_strace()?;
    system::ensure_postgres()
}

/// What the checks without a browser need.
pub(crate) fn for_check() -> Result<()> {
    rust::ensure_wasm_target()
}

/// What the browser tests need besides a build.
pub(crate) struct TestTools {
    /// The browser to drive.
    pub(crate) chromium: PathBuf,
    /// A Python with openpyxl and python-docx, which open our files as a stranger would.
    pub(crate) python: PathBuf,
}

/// What the browser tests and the tests with other programs need.
pub(crate) fn for_browser_tests() -> Result<TestTools> {
    for_build()?;
    system::ensure_age()?;
    system::ensure_programs()?;
    Ok(TestTools {
        chromium: system::chromium()?,
        python: system::ensure_python()?,
    })
}

/// What `audit` needs.
pub(crate) fn for_audit() -> Result<()> {
    rust::ensure(&rust::CARGO_DENY)
}

/// trunk, ready for a subcommand, with the programs on `PATH` that it looks for.
pub(crate) fn trunk() -> Result<Command> {
    let mut trunk = command(rust::TRUNK.path());
    // trunk reads NO_COLOR as a flag and refuses to start with the customary value 1.
    trunk.env_remove("NO_COLOR").env("PATH", path()?);
    Ok(trunk)
}

/// The program that writes the JavaScript around a wasm module.
pub(crate) fn wasm_bindgen() -> PathBuf {
    rust::WASM_BINDGEN.path()
}

/// `PATH` with this program and this repository's tools in front.
pub(crate) fn path() -> Result<OsString> {
    let own = std::env::current_exe().context("could not find this program")?;
    let own = own.parent().context("this program lies in no folder")?;
    process::path_with(&[
        own.to_path_buf(),
        paths::tools().join("bin"),
        node::programs(),
    ])
}
