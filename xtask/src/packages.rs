//! Which packages are compiled for what.

use std::process::Command;

/// Those for the browser. They have no tests of their own on the host.
pub(crate) const WASM_PACKAGES: [&str; 3] = ["wuzha", "wuzha-courier", "wuzha-worker"];

/// Chooses all others.
///
/// Which features a dependency gets depends on what is chosen. So whatever is to share compiled dependencies
/// chooses the same, even where it needs one package of them.
pub(crate) fn on_host(cargo: &mut Command) -> &mut Command {
    cargo.arg("--workspace");
    for package in WASM_PACKAGES {
        cargo.args(["--exclude", package]);
    }
    cargo
}
