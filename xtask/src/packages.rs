//! Which packages are compiled for what.

use std::process::Command;

/// Those for the browser.
pub(crate) const WASM_PACKAGES: [&str; 4] =
    ["wuzha", "wuzha-courier", "wuzha-shelf", "wuzha-worker"];
/// Those of them that have no tests on the host.
const WITHOUT_TESTS: [&str; 2] = ["wuzha", "wuzha-courier"];

/// Chooses all others.
///
/// Which features a dependency gets depends on what is chosen. So whatever is to share compiled dependencies
/// chooses the same, even where it needs one package of them.
pub(crate) fn on_host(cargo: &mut Command) -> &mut Command {
    cargo.arg("--workspace");
    for package in WITHOUT_TESTS {
        cargo.args(["--exclude", package]);
    }
    cargo
}
