//! `cargo xtask dev`: a debug build that follows the sources.

use anyhow::Result;
use clap::Args;

use crate::process::run;
use crate::tools;

#[derive(Args)]
pub(crate) struct Options {
    /// The port to listen on, on this machine only
    #[arg(long, default_value_t = 8421)]
    port: u16,
    /// Open a browser when the first build is done
    #[arg(long)]
    open: bool,
}

/// Serves until it is interrupted.
///
/// The service worker is not registered: the build id in `index.html` stays unset, and `boot.js`
/// looks at that. A cached app would hide the change that was just made.
pub(crate) fn serve(options: &Options) -> Result<()> {
    tools::for_build()?;
    let mut trunk = tools::trunk()?;
    // Not dist/, which holds the release build.
    trunk.args(["serve", "--dist", "target/dev-dist"]);
    trunk.args(["--port", &options.port.to_string()]);
    if options.open {
        trunk.arg("--open");
    }
    run(&mut trunk)
}
