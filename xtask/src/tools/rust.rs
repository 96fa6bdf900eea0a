//! Tools from crates.io, and the compiler's wasm target.

use anyhow::{Context, Result};
use std::path::PathBuf;

use crate::paths;
use crate::process::{ask, cargo, command, run};

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A program that `cargo install` builds into `target/tools`.
pub(crate) struct CargoTool {
    package: &'static str,
    program: &'static str,
    /// Exact: the output of these tools is part of what we ship.
    version: &'static str,
    flags: &'static [&'static str],
    /// About how long the installation takes on two cores.
    takes: &'static str,
}

/// Bundles the app. 0.22 needs a newer compiler.
pub(crate) const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    flags: &["--no-default-features", "--features", "rustls"],
    takes: "4 minutes",
};

/// Writes the JavaScript around the wasm. Must be of the same version as the crate `wasm-bindgen`.
pub(crate) const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.126",
    flags: &[],
    takes: "3 minutes",
};

/// Checks licences and known vulnerabilities.
pub(crate) const CARGO_DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    flags: &[],
    takes: "10 minutes",
};

/// Small and unoptimised: these tools run for a second, and trunk's own release profile alone
/// takes eleven minutes to compile.
const QUICK_PROFILE: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

impl CargoTool {
    /// Where the program is, once installed.
    pub(crate) fn path(&self) -> PathBuf {
        paths::tools()
            .join("bin")
            .join(format!("{}{}", self.program, std::env::consts::EXE_SUFFIX))
    }

    /// The last word of the first line: `trunk 0.21.14`.
    fn installed_version(&self) -> Option<String> {
        let answer = ask(command(self.path()).env_remove("NO_COLOR").arg("--version"))?;
        answer
            .lines()
            .next()?
            .split_whitespace()
            .nth(1)
            .map(str::to_owned)
    }
}

/// Installs a tool unless exactly its version is there.
pub(crate) fn ensure(tool: &CargoTool) -> Result<()> {
    if tool.installed_version().as_deref() == Some(tool.version) {
        return Ok(());
    }
    let CargoTool {
        package,
        version,
        takes,
        ..
    } = tool;
    println!("installing {package} {version} into target/tools (once, about {takes})");
    let mut install = cargo();
    install
        .args(["install", "--locked", "--force", "--root"])
        .arg(paths::tools());
    install
        .args([*package, "--version", &format!("={version}")])
        .args(["--bin", tool.program])
        .args(tool.flags);
    // What lints our own crates is no concern of other people's.
    run(install
        .envs(QUICK_PROFILE)
        .env_remove("RUSTC_WORKSPACE_WRAPPER"))
    .with_context(|| format!("could not install {package} {version}"))
}

/// Adds the wasm target to the toolchain that `rust-toolchain.toml` names.
///
/// rustup does that by itself only where automatic installation is on.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    let Some(installed) = ask(command("rustup").args(["target", "list", "--installed"])) else {
        // A compiler without rustup, a distribution's for example: cargo will say if it cannot.
        return Ok(());
    };
    if installed.lines().any(|line| line.trim() == WASM_TARGET) {
        return Ok(());
    }
    println!("adding the compiler target {WASM_TARGET} (once, half a minute)");
    run(command("rustup").args(["target", "add", WASM_TARGET]))
        .context("could not add the wasm target to the toolchain")
}
