//! `cargo xtask run`: the product, on this machine.

use anyhow::{Context, Result};
use clap::Args;
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use crate::build::{self, Profile};
use crate::process::{self, command};

#[derive(Args)]
pub(crate) struct Options {
    /// The port to listen on, on this machine only
    #[arg(long, default_value_t = 8420)]
    port: u16,
    /// Open the address in the standard browser
    #[arg(long)]
    open: bool,
}

/// Builds what is not up to date and serves until it is interrupted.
pub(crate) fn run(options: &Options) -> Result<()> {
    let product = build::product(Profile::Release)?;
    let address = format!("127.0.0.1:{}", options.port);
    if options.open {
        open_when_up(address.clone());
    }
    let mut server = command(product);
    process::run(server.args(["serve", "--listen", &address]))
}

/// Opens the browser from the side, as soon as the server answers.
fn open_when_up(address: String) {
    thread::spawn(move || {
        let up = (0..100).any(|_| {
            thread::sleep(Duration::from_millis(100));
            TcpStream::connect(&address).is_ok()
        });
        if up && let Err(error) = open(&format!("http://{address}/")) {
            eprintln!("{error:#}");
        }
    });
}

fn open(url: &str) -> Result<()> {
    let opener = process::find(&["xdg-open", "open", "explorer.exe"])
        .context("found no program that opens a browser: please open the address yourself")?;
    process::run(command(opener).arg(url))
}
