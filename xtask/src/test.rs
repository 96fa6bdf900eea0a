//! `cargo xtask test`: all tests, or one kind of them.

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::build::{self, Profile};
use crate::packages::{WASM_PACKAGES, on_host};
use crate::process::{cargo, command, run};
use crate::{paths, size, tools};

#[derive(Args)]
pub(crate) struct Options {
    /// One kind of tests instead of all
    #[arg(long, value_enum)]
    only: Option<Kind>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The crates that run on the host: domain, files, server, this task runner
    Core,
    /// Compile the app and the worker for wasm32. A type check only: their tests are the e2e ones
    Wasm,
    /// Build everything and drive the real server with Playwright and Chromium
    E2e,
}

/// Runs the chosen tests, the quick ones first, so that a mistake shows in seconds.
pub(crate) fn test(options: &Options) -> Result<()> {
    match options.only {
        None => all(),
        Some(Kind::Core) => core(),
        Some(Kind::Wasm) => wasm(),
        Some(Kind::E2e) => e2e(),
    }
}

/// The app is built meanwhile: linking it takes one core, and minutes. That it compiles for wasm32 needs
/// no test of its own then.
fn all() -> Result<()> {
    let build = build::in_background()?;
    core()?;
    build.finish()?;
    e2e()
}

fn core() -> Result<()> {
    tools::for_host_tests()?;
    run(on_host(cargo().arg("test")))?;
    // They are run by hand; here they only have to compile.
    run(on_host(cargo().args(["build", "--benches"])))
}

fn wasm() -> Result<()> {
    tools::for_check()?;
    let mut check = cargo();
    check.args(["check", "--target", "wasm32-unknown-unknown"]);
    for package in WASM_PACKAGES {
        check.args(["--package", package]);
    }
    run(&mut check)
}

fn e2e() -> Result<()> {
    let with = tools::for_browser_tests()?;
    let server = build::product(Profile::Dev)?;
    let sizes = size::Sizes::of(&paths::dist())?;
    sizes.print();
    sizes.check()?;
    run(on_host(cargo().args(["build", "--example", "classes"])))?;
    run(command(paths::root().join("node_modules/.bin/playwright"))
        .arg("test")
        .env("WUZHA_CLASSES", paths::example("classes"))
        .env("CHROME", with.chromium)
        .env("WUZHA_BIN", server)
        .env("WUZHA_PYTHON", with.python))
}
