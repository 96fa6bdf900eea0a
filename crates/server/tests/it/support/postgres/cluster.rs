//! Three PostgreSQL on this machine, as an operator has them on three: a primary and two standbys, of
//! which one must have a commit on its disk before it counts.

use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

use super::address::Address;
use super::programs::Programs;
use super::{free_port, url};

/// The nodes by name. A node is never its own standby, so one setting serves whoever is the primary.
const NAMES: [&str; 3] = ["a", "b", "c"];
const QUORUM: &str = "ANY 1 (a, b, c)";
/// The database that `initdb` makes.
const DATABASE: &str = "postgres";
/// Only against hanging.
const LONG: Duration = Duration::from_secs(60);

/// The three. Stopped when dropped.
pub struct Cluster {
    nodes: Vec<Node>,
    primary: usize,
    programs: Programs,
    _folder: TempDir,
}

/// One of them.
struct Node {
    name: &'static str,
    data: PathBuf,
    port: u16,
    /// The way to whom it follows; to nobody while it is the primary.
    follows: Address,
    running: Option<Child>,
}

impl Cluster {
    /// Starts them, with nothing in them, and waits until both standbys follow.
    pub fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let programs = Programs::installed(folder.path())?;
        let nodes: Result<Vec<Node>> = NAMES
            .iter()
            .map(|name| Node::new(folder.path(), name))
            .collect();
        let mut cluster = Self {
            nodes: nodes?,
            primary: 0,
            programs,
            _folder: folder,
        };
        cluster.make_folders()?;
        let primary = cluster.primary()?.port;
        for node in &mut cluster.nodes {
            if node.port != primary {
                node.follows.lead_to(primary);
            }
            node.start(&cluster.programs)?;
        }
        for node in &cluster.nodes {
            node.wait(&cluster.programs)?;
        }
        cluster
            .until("SELECT count(*) = 2 FROM pg_stat_replication WHERE sync_state = 'quorum'")?;
        Ok(cluster)
    }

    /// Where the primary listens.
    pub fn port(&self) -> Result<u16> {
        Ok(self.primary()?.port)
    }

    /// Where a node listens.
    pub fn port_of(&self, name: &str) -> Result<u16> {
        Ok(self.node(name)?.port)
    }

    /// The database of the primary itself.
    pub fn url(&self) -> Result<String> {
        Ok(Self::database(self.port()?))
    }

    /// The database behind this port.
    pub fn database(port: u16) -> String {
        url(port, DATABASE)
    }

    /// The standbys' names.
    pub fn standbys(&self) -> Vec<&'static str> {
        let names = self.nodes.iter().map(|node| node.name).enumerate();
        names
            .filter(|(at, _)| *at != self.primary)
            .map(|(_, name)| name)
            .collect()
    }

    /// The network between this standby and the primary breaks.
    pub fn cut_off(&self, name: &str) -> Result<()> {
        self.node(name)?.follows.cut();
        Ok(())
    }

    /// The primary's machine dies: all its processes at once, with no time for anything.
    pub fn kill_primary(&mut self) -> Result<()> {
        let node = self
            .nodes
            .get_mut(self.primary)
            .context("no such primary")?;
        let server = node.running.take().context("the primary is dead already")?;
        kill_all(server, &node.data)
    }

    /// The primary's machine comes back.
    pub fn restart_primary(&mut self) -> Result<()> {
        let node = self
            .nodes
            .get_mut(self.primary)
            .context("no such primary")?;
        node.start(&self.programs)?;
        node.wait(&self.programs)
    }

    /// How far a standby has what the primary sent on its disk, in bytes of the log.
    pub fn received(&self, name: &str) -> Result<u64> {
        let sql =
            "SELECT greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0'::pg_lsn";
        Ok(self
            .programs
            .ask(&Self::database(self.node(name)?.port), sql)?
            .parse()?)
    }

    /// The standby that has received most.
    pub fn furthest(&self) -> Result<&'static str> {
        let mut furthest = None;
        for name in self.standbys() {
            furthest = furthest.max(Some((self.received(name)?, name)));
        }
        let (_, name) = furthest.context("no standby")?;
        Ok(name)
    }

    /// Makes a standby the primary, which the other one then follows.
    pub fn promote(&mut self, name: &str) -> Result<()> {
        let port = self.node(name)?.port;
        let others = self.standbys();
        let promoted = self
            .programs
            .ask(&Self::database(port), "SELECT pg_promote()")?;
        ensure!(promoted == "t", "{name} was not promoted");
        let at = self.nodes.iter().position(|node| node.name == name);
        self.primary = at.context("no such node")?;
        for other in others {
            let node = self.node(other)?;
            if other != name {
                node.follows.cut();
                node.follows.lead_to(port);
            }
        }
        self.until("SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'quorum'")
    }

    /// Until this holds at the primary.
    pub fn until(&self, sql: &str) -> Result<()> {
        self.programs.until(&self.url()?, sql)
    }

    fn primary(&self) -> Result<&Node> {
        self.nodes.get(self.primary).context("no such primary")
    }

    fn node(&self, name: &str) -> Result<&Node> {
        let mut nodes = self.nodes.iter();
        nodes.find(|node| node.name == name).context("no such node")
    }

    /// One folder is made and copied while nothing runs: the shortest way to standbys.
    fn make_folders(&self) -> Result<()> {
        let [first, others @ ..] = self.nodes.as_slice() else {
            bail!("no nodes");
        };
        // Small segments, so that there is little to copy.
        self.programs
            .make_database(&first.data, &["--wal-segsize=1"])?;
        for node in others {
            let mut copy = self.programs.run_as_user(Path::new("cp"));
            let copied = copy.arg("-r").args([&first.data, &node.data]).status()?;
            ensure!(copied.success(), "could not copy");
            node.be_standby(&self.programs)?;
        }
        Ok(())
    }
}

impl Node {
    fn new(folder: &Path, name: &'static str) -> Result<Self> {
        Ok(Self {
            name,
            data: folder.join(name),
            port: free_port()?,
            follows: Address::new()?,
            running: None,
        })
    }

    fn be_standby(&self, programs: &Programs) -> Result<()> {
        let mut touch = programs.run_as_user(Path::new("touch"));
        let made = touch.arg(self.data.join("standby.signal")).status()?;
        ensure!(made.success(), "could not make standby.signal");
        Ok(())
    }

    fn start(&mut self, programs: &Programs) -> Result<()> {
        let Self { name, port, .. } = self;
        let follows = self.follows.port();
        let settings = [
            "listen_addresses=127.0.0.1".to_owned(),
            "unix_socket_directories=".to_owned(),
            "shared_buffers=16MB".to_owned(),
            // For pages of 1 MB the default is soon used up.
            "wal_keep_size=64MB".to_owned(),
            "wal_retrieve_retry_interval=100ms".to_owned(),
            // In files, which go with the folder.
            "dynamic_shared_memory_type=mmap".to_owned(),
            format!("synchronous_standby_names={QUORUM}"),
            format!(
                "primary_conninfo=host=127.0.0.1 port={follows} user=wuzha application_name={name}"
            ),
        ];
        let mut server = programs.command("postgres");
        server
            .arg("-D")
            .arg(&self.data)
            .args(["-p", &port.to_string()]);
        for setting in settings {
            server.args(["-c", &setting]);
        }
        let log = File::create(self.log())?;
        let server = server.stdout(Stdio::null()).stderr(log);
        self.running = Some(server.spawn()?);
        Ok(())
    }

    fn wait(&self, programs: &Programs) -> Result<()> {
        let said = || fs::read_to_string(self.log()).unwrap_or_default();
        programs.wait_for(self.port).with_context(said)
    }

    fn log(&self) -> PathBuf {
        self.data.with_extension("log")
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(server) = self.running.take() {
            let _gone_before = kill_all(server, &self.data);
        }
    }
}

/// A server with all its processes, of which each leads a group of its own, and the piece of shared
/// memory that it would otherwise leave behind.
fn kill_all(mut server: Child, data: &Path) -> Result<()> {
    let pid = server.id().to_string();
    // First it stands still, so that it starts no more.
    Command::new("kill").args(["-STOP", &pid]).status()?;
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
    let children = children.unwrap_or_default();
    let children: Vec<&str> = children.split_whitespace().collect();
    let mut kill = Command::new("kill");
    let killed = kill.args(["-KILL", &pid]).args(&children);
    let killed = killed.stderr(Stdio::null()).status();
    server.wait()?;
    killed?;
    // They die by themselves; a server that is started again before refuses to.
    let began = Instant::now();
    while children.iter().any(|pid| is_alive(pid)) {
        ensure!(began.elapsed() < LONG, "processes that do not die");
        std::thread::sleep(Duration::from_millis(1));
    }
    let lock = fs::read_to_string(data.join("postmaster.pid"))?;
    let memory = lock
        .lines()
        .nth(6)
        .and_then(|line| line.split(' ').next_back());
    let mut ipcrm = Command::new("ipcrm");
    let freed = ipcrm.args(["-m", memory.unwrap_or_default()]);
    freed.stderr(Stdio::null()).status()?;
    Ok(())
}

/// Also a process that nobody has waited for is over.
fn is_alive(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}
