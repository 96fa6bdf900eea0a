//! A PostgreSQL of our own: on a free port of this machine, in a temporary folder, gone afterwards.

use anyhow::{Context, Result, bail, ensure};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Where Debian puts the programs, of each version apart.
const VERSIONS: &str = "/usr/lib/postgresql";

/// The server. Stopped when dropped.
pub struct Postgres {
    server: Child,
    port: u16,
    user: Option<u32>,
    programs: PathBuf,
    _folder: TempDir,
}

impl Postgres {
    /// Starts it, with nothing in it.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        let folder = tempfile::tempdir()?;
        let user = other_user(folder.path())?;
        if let Some(user) = user {
            chown(folder.path(), Some(user), None)?;
        }
        let data = folder.path().join("data");
        let mut initdb = program(&programs, "initdb", user);
        let initdb = initdb
            .args([
                "--auth=trust",
                "--username=wuzha",
                "--no-sync",
                "--encoding=UTF8",
            ])
            .args(["--locale=C", "--pgdata"])
            .arg(&data)
            .output()?;
        ensure!(initdb.status.success(), "initdb: {initdb:?}");
        let port = free_port()?;
        let server = program(&programs, "postgres", user)
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "unix_socket_directories=", "-c", "fsync=off"])
            .args(["-c", "max_connections=300"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let started = Self {
            server,
            port,
            user,
            programs,
            _folder: folder,
        };
        started.wait()?;
        Ok(started)
    }

    /// The address of a new, empty database.
    pub fn database(&self, name: &str) -> Result<String> {
        let port = self.port.to_string();
        let made = program(&self.programs, "createdb", self.user)
            .args(["-h", "127.0.0.1", "-p", &port, "-U", "wuzha", name])
            .output()?;
        ensure!(made.status.success(), "createdb: {made:?}");
        Ok(format!("postgres://wuzha@127.0.0.1:{port}/{name}"))
    }

    fn wait(&self) -> Result<()> {
        let port = self.port.to_string();
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(60) {
            let mut ready = program(&self.programs, "pg_isready", self.user);
            let ready = ready.args(["-q", "-h", "127.0.0.1", "-p", &port]);
            if ready.status()?.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("PostgreSQL did not start within a minute")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT: it ends its sessions and stops. Nothing of it is kept.
        let pid = self.server.id().to_string();
        let _stopped = Command::new("kill").args(["-INT", &pid]).status();
        let _waited = self.server.wait();
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

/// The programs of the newest version that is installed.
fn programs() -> Result<PathBuf> {
    let versions = std::fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.map(|entry| entry.path()).max_by_key(number);
    let newest = newest.with_context(|| {
        format!("there is no PostgreSQL in {VERSIONS}: `cargo xtask test` installs it")
    })?;
    Ok(newest.join("bin"))
}

fn program(programs: &Path, name: &str, user: Option<u32>) -> Command {
    let mut command = Command::new(programs.join(name));
    command.current_dir("/").env("LC_ALL", "C");
    if let Some(user) = user {
        command.uid(user);
    }
    command
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
