//! A PostgreSQL of our own: on a free port of this machine, in a temporary folder, gone afterwards.
//!
//! # Layout
//! - [`Postgres`]: one server, for tests whose data nobody misses
//! - [`cluster`]: three, of which two stand by
//! - [`address`]: an address that is moved from one server to another
//! - [`programs`]: what is installed

pub mod address;
pub mod cluster;
mod programs;

use anyhow::{Result, ensure};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

use programs::Programs;

/// The server. Stopped when dropped.
pub struct Postgres {
    server: Child,
    port: u16,
    programs: Programs,
    _folder: TempDir,
}

impl Postgres {
    /// Starts it, with nothing in it.
    pub fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let programs = Programs::installed(folder.path())?;
        let data = folder.path().join("data");
        programs.make_database(&data, &[])?;
        let port = free_port()?;
        let server = programs
            .command("postgres")
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
            programs,
            _folder: folder,
        };
        started.programs.wait_for(port)?;
        Ok(started)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What the database of this name answers to this, one value.
    pub fn ask(&self, name: &str, sql: &str) -> Result<String> {
        self.programs.ask(&url(self.port, name), sql)
    }

    /// Until this holds in the database of this name.
    pub fn until(&self, name: &str, sql: &str) -> Result<()> {
        self.programs.until(&url(self.port, name), sql)
    }

    /// The address of a new, empty database.
    pub fn database(&self, name: &str) -> Result<String> {
        let port = self.port.to_string();
        let mut createdb = self.programs.command("createdb");
        let made = createdb
            .args(["-h", "127.0.0.1", "-p", &port, "-U", "wuzha", name])
            .output()?;
        ensure!(made.status.success(), "createdb: {made:?}");
        Ok(url(self.port, name))
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

/// The address of a database behind this port.
pub fn url(port: u16, name: &str) -> String {
    format!("postgres://wuzha@127.0.0.1:{port}/{name}")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
