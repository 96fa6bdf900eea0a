//! `wuzha`: the command-line program.

use clap::Parser;
use std::process::ExitCode;
use wuzha_server::cli::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // For the person who typed the command: the causes, and no backtrace.
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
