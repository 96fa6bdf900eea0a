//! PostgreSQL's programs, as they are installed.

use anyhow::{Context, Result, bail, ensure};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Where Debian puts the programs, of each version apart.
const VERSIONS: &str = "/usr/lib/postgresql";
/// Only against hanging.
const LONG: Duration = Duration::from_secs(60);

/// The programs, and the user to run them as.
pub struct Programs {
    folder: PathBuf,
    user: Option<u32>,
}

impl Programs {
    /// Those of the newest version, for data in `ours`, which then is of the user that they run as.
    pub fn installed(ours: &Path) -> Result<Self> {
        let folder = newest()?;
        let user = other_user(ours)?;
        if let Some(user) = user {
            chown(ours, Some(user), None)?;
        }
        Ok(Self { folder, user })
    }

    /// One of them.
    pub fn command(&self, name: &str) -> Command {
        self.run_as_user(&self.folder.join(name))
    }

    /// Any program, as the user that PostgreSQL runs as.
    pub fn run_as_user(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env("LC_ALL", "C");
        if let Some(user) = self.user {
            command.uid(user);
        }
        command
    }

    /// Makes the folder of a new server, where `wuzha` needs no password.
    pub fn make_database(&self, data: &Path, more: &[&str]) -> Result<()> {
        let made = self
            .command("initdb")
            .args(["--auth=trust", "--username=wuzha", "--no-sync"])
            .args(["--encoding=UTF8", "--locale=C"])
            .args(more)
            .arg("--pgdata")
            .arg(data)
            .output()?;
        ensure!(made.status.success(), "initdb: {made:?}");
        Ok(())
    }

    /// Until the server at this port answers.
    pub fn wait_for(&self, port: u16) -> Result<()> {
        let port = port.to_string();
        let began = Instant::now();
        while began.elapsed() < LONG {
            let mut ready = self.command("pg_isready");
            let ready = ready.args(["-q", "-h", "127.0.0.1", "-p", &port]);
            if ready.status()?.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("PostgreSQL did not start within a minute")
    }

    /// What a database answers to this, one value.
    pub fn ask(&self, url: &str, sql: &str) -> Result<String> {
        let mut psql = self.command("psql");
        let answer = psql
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
            .args(["--command", sql, url])
            .output()?;
        ensure!(answer.status.success(), "{sql}: {answer:?}");
        Ok(String::from_utf8(answer.stdout)?.trim().to_owned())
    }

    /// Until this holds in a database.
    pub fn until(&self, url: &str, sql: &str) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < LONG {
            if self.ask(url, sql)? == "t" {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("not within a minute: {sql}")
    }
}

/// PostgreSQL refuses to run as root: then as Debian's user for it, or as nobody.
fn other_user(ours: &Path) -> Result<Option<u32>> {
    if std::fs::metadata(ours)?.uid() != 0 {
        return Ok(None);
    }
    let passwd = std::fs::read_to_string("/etc/passwd")?;
    let id = |name: &str| {
        let line = passwd
            .lines()
            .find(|line| line.split(':').next() == Some(name))?;
        line.split(':').nth(2)?.parse().ok()
    };
    let user = id("postgres").or_else(|| id("nobody"));
    Ok(Some(user.context("no user to run PostgreSQL as")?))
}

fn newest() -> Result<PathBuf> {
    let versions = std::fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.map(|entry| entry.path()).max_by_key(number);
    let newest = newest.with_context(|| {
        format!("there is no PostgreSQL in {VERSIONS}: `cargo xtask test` installs it")
    })?;
    Ok(newest.join("bin"))
}
