//! The command line.
//!
//! # Layout
//! - [`init`], [`invite`], [`revoke`], [`stats`]: the school and its people
//! - [`serve`]: the server
//! - [`backup`], [`restore`]: the database as one file
//! - [`place`]: where data is; what all of them take

mod backup;
mod init;
mod invite;
mod place;
mod restore;
mod revoke;
mod serve;
mod stats;

use clap::{Parser, Subcommand};

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
    serve: serve::ServeArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Set a school up: its keys, and the security office's invitation
    Init(init::InitArgs),
    /// Serve the app, and take what classes hand in (also without a command)
    Serve(Box<serve::ServeArgs>),
    /// Invite the security office again
    Invite(invite::InviteArgs),
    /// Withdraw an invitation, or end what a device may do
    Revoke(revoke::RevokeArgs),
    /// Count what is stored
    Stats(stats::StatsArgs),
    /// Copy the database into one file, also while the server runs
    Backup(backup::BackupArgs),
    /// Put a backup in the database's place, and begin another epoch
    Restore(restore::RestoreArgs),
}

impl Cli {
    /// Does what was typed; returns when it is done or has been interrupted.
    ///
    /// # Errors
    /// In words for the person who typed it.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Some(Command::Init(args)) => init::run(args).await,
            Some(Command::Serve(args)) => serve::run(*args).await,
            Some(Command::Invite(args)) => invite::run(args).await,
            Some(Command::Revoke(args)) => revoke::run(args).await,
            Some(Command::Stats(args)) => stats::run(args).await,
            Some(Command::Backup(args)) => backup::run(args).await,
            Some(Command::Restore(args)) => restore::run(args).await,
            None => serve::run(self.serve).await,
        }
    }
}
