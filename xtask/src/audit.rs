//! `cargo xtask audit`: licences and known vulnerabilities, by the rules in `deny.toml`.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::tools;

/// Not part of `test`: installing cargo-deny takes many minutes, and its database of
/// vulnerabilities needs a network that a build machine may not have.
pub(crate) fn audit() -> Result<()> {
    tools::for_audit()?;
    run(cargo()
        .env("PATH", tools::path()?)
        .args(["deny", "--workspace", "check"]))
}
