//! The project's task runner: `cargo xtask <command>`.
//!
//! Everything a person or a CI machine does with this repository is one of these commands, and each
//! of them first installs what it is missing, says so, and is quick when nothing is missing.
//!
//! # Layout
//! - [`tools`]: what must be on the machine: compiler target, trunk, wasm-opt, Chromium, Python
//! - [`build`]: trunk → [`finish_dist`] → the server with the app inside
//! - [`finish_dist`]: trunk's output made into what is served: precache list, checks, compression
//! - [`size`]: what the first screen costs over the wire, against its budget
//! - [`split`]: the app's wasm cut into the parts that are loaded when they are needed
//! - [`style`]: the style sheets joined into one request
//! - [`run`], [`dev`], [`test`], [`audit`], [`classes`]: the commands of the same names
//! - [`packages`], [`paths`], [`process`]: which packages for what, where things are, how programs are started

mod audit;
mod build;
mod classes;
mod dev;
mod finish_dist;
mod packages;
mod paths;
mod process;
mod run;
mod size;
mod split;
mod style;
mod test;
mod tools;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests Wuzha")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve it on this machine
    Run(run::Options),
    /// Build the app and the server into one file: target/release/wuzha
    Build,
    /// Serve a debug build that rebuilds when a source file changes (no service worker)
    Dev(dev::Options),
    /// Run the tests, all of them or one kind
    Test(test::Options),
    /// Check licences and known vulnerabilities of all dependencies (installs cargo-deny)
    Audit,
    /// Write the backups of an invented school's classes: --count 64 --out FOLDER
    Classes(classes::Options),
    /// Print what the first screen and the worker cost over the wire
    Size,
    /// Build the app alone, into dist/ (what `test` does beside the tests on the host)
    #[command(hide = true)]
    App,
    /// Make trunk's output in dist/ what is served (a step of `build`)
    #[command(hide = true)]
    FinishDist,
    /// Join the style sheets into target/style/wuzha.css (a hook of trunk)
    #[command(hide = true)]
    Style,
    /// Cut the app's wasm into parts (a hook of trunk)
    #[command(hide = true)]
    Split,
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Build => build::build(),
        Command::Dev(options) => dev::serve(&options),
        Command::Test(options) => test::test(&options),
        Command::Audit => audit::audit(),
        Command::Classes(options) => classes::classes(&options),
        Command::Size => {
            size::Sizes::of(&paths::dist())?.print();
            Ok(())
        }
        Command::App => build::ensure_app(),
        Command::FinishDist => finish_dist::finish(&paths::dist()),
        Command::Style => style::bundle(),
        Command::Split => split::split(),
    }
}
