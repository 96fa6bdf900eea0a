//! How many bundles a second are taken, each on the disk before it is acknowledged (benchmark B9): with
//! SQLite, and with three PostgreSQL of which two must have it.
//!
//! Within one process: HTTP parsing and the network are not in the figure, the checks, the database
//! and the disk are. The memory is what the process needs beyond the bundles that it hands in.

#[path = "../tests/it/support/mod.rs"]
mod support;

use anyhow::{Context, Result, ensure};
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::postgres::cluster::Cluster;
use support::{CLASS, Campus, Cast, device, of_class};
use tokio::task::JoinSet;
use wuzha_seal::{Envelope, Role};
use wuzha_server::limits::buckets::Rate;
use wuzha_server::service::Settings;
use wuzha_server::store::{Durability, Location};

const DEVICES: u8 = 64;
const BUNDLES: usize = 30;
const SEALED: usize = 40_000;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = Location::File(folder.path().join("wuzha.db"));
    measure("SQLite", &file).await?;
    let cluster = Cluster::start()?;
    measure("three PostgreSQL", &Location::Postgres(cluster.url()?)).await
}

async fn measure(what: &str, location: &Location) -> Result<()> {
    let settings = Settings {
        device_rate: Rate::Unlimited,
        ..Settings::default()
    };
    let campus = Campus::with(location, Durability::Disk, settings, None).await?;
    let senders = senders(&campus).await?;
    let campus = Arc::new(campus);
    // The highest so far is forgotten.
    std::fs::write("/proc/self/clear_refs", "5")?;
    let memory_before = memory("VmRSS:")?;
    let began = Instant::now();
    let mut running = JoinSet::new();
    for bundles in senders {
        let campus = campus.clone();
        running.spawn(async move {
            let mut took = Vec::with_capacity(bundles.len());
            for bundle in &bundles {
                let sent = Instant::now();
                campus.hand_in(bundle).await?;
                took.push(sent.elapsed());
            }
            anyhow::Ok((took, bundles))
        });
    }
    let (mut took, mut kept) = (Vec::<Duration>::new(), Vec::new());
    while let Some(ended) = running.join_next().await {
        let (times, bundles) = ended??;
        took.extend(times);
        // Until the memory is read: it would be used again for something else.
        kept.push(bundles);
    }
    let seconds = began.elapsed().as_secs_f64();
    let memory = memory("VmHWM:")?.saturating_sub(memory_before);
    took.sort();
    let p99 = took.get(took.len() * 99 / 100).copied().unwrap_or_default();
    let count = took.len();
    ensure!(count == usize::from(DEVICES) * BUNDLES && kept.len() == usize::from(DEVICES));
    println!("{what}: {count} bundles in {seconds:.2} s, p99 {p99:.0?}, {memory} KiB");
    Ok(())
}

/// Devices of one class, each with the bundles that it hands in one after the other.
async fn senders(campus: &Campus) -> Result<Vec<Vec<Envelope>>> {
    let Cast { teacher, .. } = campus.cast().await?;
    let mut senders = Vec::new();
    for n in 0..DEVICES {
        let key = device(100 + n);
        let scope = of_class(CLASS);
        campus.enrol(Role::Monitor, scope, &teacher, &key).await?;
        let mut bundles: Vec<Envelope> = Vec::new();
        for _ in 0..BUNDLES {
            let previous = bundles.last().map(Envelope::place);
            bundles.push(support::bundle(&key, previous, &[n; SEALED])?);
        }
        senders.push(bundles);
    }
    Ok(senders)
}

/// KiB of this process: `VmRSS:` now, `VmHWM:` at most.
fn memory(which: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(which));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.context("no such line")?.parse()?)
}
