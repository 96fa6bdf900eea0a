//! Where things are in the workspace.

use std::env;
use std::path::PathBuf;

/// The folder of the workspace's `Cargo.toml`.
///
/// Compiled in, so that the commands work from any folder of the repository.
pub(crate) fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or(xtask.clone(), PathBuf::from)
}

/// Cargo's output folder, which may be set elsewhere by `CARGO_TARGET_DIR`.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The folder of the tools that this project installs for itself.
pub(crate) fn tools() -> PathBuf {
    root().join("target/tools")
}

/// The built app, as trunk leaves it and as [`crate::finish_dist`] completes it.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// An example's program, as the tests on the host compile it.
pub(crate) fn example(name: &str) -> PathBuf {
    target()
        .join("debug/examples")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The server's program, in cargo's folder of the given profile.
pub(crate) fn server(profile: &str) -> PathBuf {
    target()
        .join(profile)
        .join(format!("wuzha{}", env::consts::EXE_SUFFIX))
}
