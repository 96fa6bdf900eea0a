//! `cargo xtask build`: from sources to one file.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::SystemTime;

use crate::packages::on_host;
use crate::process::{cargo, command, run};
use crate::{finish_dist, paths, size, tools};

/// What the app is made from.
const INPUTS: [&str; 21] = [
    ".cargo",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "build.rs",
    "index.html",
    "package-lock.json",
    "rust-toolchain.toml",
    "content",
    "crates/core",
    "crates/courier",
    "crates/files",
    "crates/jobs",
    "crates/seal",
    "crates/shelf",
    "crates/sync",
    "crates/worker",
    "public",
    "src",
    "style",
    "xtask/src",
];

/// How the server is compiled.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// As it ships.
    Release,
    /// As the tests on the host compile it, so that they and the browser tests share their dependencies:
    /// compiling those once more, optimised, would take longer than all browser tests.
    Dev,
}

/// Builds what is not up to date, then prints the sizes. Over budget is a warning here and an
/// error in `test`, so that one can build on the way to a smaller app.
pub(crate) fn build() -> Result<()> {
    let product = product(Profile::Release)?;
    size::Sizes::of(&paths::dist())?.print();
    println!("\nbuilt {}", product.display());
    Ok(())
}

/// The server with the app inside, both up to date.
pub(crate) fn product(profile: Profile) -> Result<PathBuf> {
    ensure_app()?;
    let mut build = cargo();
    build.args([
        "build",
        "--bin",
        "wuzha",
        "--features",
        "wuzha-server/embed",
    ]);
    match profile {
        Profile::Release => build.args(["--release", "--package", "wuzha-server"]),
        Profile::Dev => on_host(&mut build),
    };
    run(&mut build)?;
    Ok(paths::server(match profile {
        Profile::Release => "release",
        Profile::Dev => "debug",
    }))
}

/// Builds the app unless it is newer than everything it is made from.
///
/// Cargo is quick when nothing changed, but binding, optimising and compressing would take minutes each
/// time.
pub(crate) fn ensure_app() -> Result<()> {
    tools::for_build()?;
    let _turn = turn()?;
    let started = SystemTime::now();
    if is_up_to_date()? {
        println!("dist/ is up to date");
        return Ok(());
    }
    println!("building the app: 10 to 15 minutes on two cores, most of it linking and optimising");
    // Errors only: it would warn that it cannot minify wasm-bindgen's module. finish_dist does.
    run(tools::trunk()?.args(["--log", "error", "build", "--release"]))?;
    finish_dist::finish(&paths::dist())?;
    stamp(started)
}

/// Begins to build the app in a process of its own, which writes to a file and not between the tests.
pub(crate) fn in_background() -> Result<Background> {
    let log = paths::target().join("app.log");
    let output =
        fs::File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
    println!("building the app meanwhile: see {}", log.display());
    let program = std::env::current_exe().context("could not find this program")?;
    let process = command(program)
        .arg("app")
        .stdout(output.try_clone().context("could not share the log")?)
        .stderr(output)
        .spawn()
        .context("could not begin to build the app")?;
    Ok(Background { process, log })
}

/// A build that goes on beside something else. It is ended when nobody waits for it any more, but for
/// a compiler that it has started: that one ends by itself.
pub(crate) struct Background {
    process: Child,
    log: PathBuf,
}

impl Background {
    /// Waits until it has ended, and shows what it said.
    ///
    /// # Errors
    /// When it has failed.
    pub(crate) fn finish(mut self) -> Result<()> {
        println!("waiting for the app to be built");
        let status = self.process.wait().context("lost sight of the build")?;
        let said = fs::read_to_string(&self.log)
            .with_context(|| format!("could not read {}", self.log.display()))?;
        println!("{said}");
        if !status.success() {
            bail!("building the app failed: {status}");
        }
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Fails when it has ended, which is as good.
        let _ended = self.process.kill();
    }
}

/// Waits until no other build of the app is under way: two of them mix their files in `dist/`. Over when dropped.
fn turn() -> Result<fs::File> {
    let path = paths::target().join("app.lock");
    let lock =
        fs::File::create(&path).with_context(|| format!("could not write {}", path.display()))?;
    if lock.try_lock().is_err() {
        println!("waiting for another build of the app to end");
        lock.lock()
            .with_context(|| format!("could not lock {}", path.display()))?;
    }
    Ok(lock)
}

fn is_up_to_date() -> Result<bool> {
    let Ok(stamped) = modified(&stamp_file()) else {
        return Ok(false);
    };
    if !paths::dist().join("sw.js").is_file() {
        return Ok(false);
    }
    let root = paths::root();
    let inputs = INPUTS
        .iter()
        .map(|input| root.join(input))
        .filter(|input| input.exists());
    for input in inputs {
        if newest(&input)? >= stamped {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The stamp carries the time at which the build began, so that a file saved during a build makes
/// the next build run.
fn stamp(started: SystemTime) -> Result<()> {
    let path = stamp_file();
    let file =
        fs::File::create(&path).with_context(|| format!("could not write {}", path.display()))?;
    file.set_modified(started)
        .with_context(|| format!("could not date {}", path.display()))
}

fn stamp_file() -> PathBuf {
    paths::target().join("app.stamp")
}

/// The newest change below a path. A folder's own date counts: it changes when a file is removed.
fn newest(path: &Path) -> Result<SystemTime> {
    let mut latest = modified(path)?;
    if path.is_dir() {
        let entries =
            fs::read_dir(path).with_context(|| format!("could not list {}", path.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("could not list {}", path.display()))?;
            latest = latest.max(newest(&entry.path())?);
        }
    }
    Ok(latest)
}

fn modified(path: &Path) -> Result<SystemTime> {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .with_context(|| format!("could not read the date of {}", path.display()))
}
