//! The command line.

use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::serve;
use crate::site::Site;

/// What a person typed.
#[derive(Debug, Parser)]
#[command(
    name = "wuzha",
    version,
    about = "无诈 Wuzha: the class's book against telecom fraud"
)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the app (also without a command)
    Serve(ServeArgs),
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// The address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// A folder with a built app, instead of the one inside this program
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
}

impl Cli {
    /// Does what was typed; returns when it is done or has been interrupted.
    ///
    /// # Errors
    /// In words for the person who typed it.
    pub async fn run(self) -> anyhow::Result<()> {
        let args = match self.command {
            Some(Command::Serve(args)) => args,
            None => self.serve,
        };
        let site = match args.dist {
            Some(folder) => Site::read(&folder)?,
            None => Site::built_in()?,
        };
        serve::serve(args.listen, site).await
    }
}
