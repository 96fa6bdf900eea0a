//! `cargo xtask classes`: an invented school to look at, to count and to measure.

use anyhow::Result;
use clap::Args;

use crate::process::{cargo, run};

#[derive(Args)]
pub(crate) struct Options {
    /// What the generator is told: `--count 64 --seed 7 --out FOLDER`; `--help` lists all
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    options: Vec<String>,
}

/// Writes a backup file for each class of an invented school. The generator is an example of `wuzha-files` and not a
/// part of this program, which would then be compiled together with the whole domain.
pub(crate) fn classes(options: &Options) -> Result<()> {
    let example = ["--package", "wuzha-files", "--example", "classes", "--"];
    run(cargo()
        .args(["run", "--release", "--quiet"])
        .args(example)
        .args(&options.options))
}
