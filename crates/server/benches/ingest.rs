//! How many bundles a second are taken, each on the disk before it is acknowledged (benchmark B9).
//!
//! Within one process: HTTP parsing and the network are not in the figure, the checks, the database
//! and the disk are.

#[path = "../tests/it/support/mod.rs"]
mod support;

use anyhow::{Result, ensure};
use std::sync::Arc;
use std::time::{Duration, Instant};
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
    let location = Location::File(folder.path().join("wuzha.db"));
    let settings = Settings {
        device_rate: Rate::Unlimited,
        ..Settings::default()
    };
    let campus = Campus::with(&location, Durability::Disk, settings, Some(folder)).await?;
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
    let campus = Arc::new(campus);
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
            anyhow::Ok(took)
        });
    }
    let mut took: Vec<Duration> = Vec::new();
    while let Some(ended) = running.join_next().await {
        took.extend(ended??);
    }
    let seconds = began.elapsed().as_secs_f64();
    took.sort();
    let p99 = took.get(took.len() * 99 / 100).copied().unwrap_or_default();
    let count = took.len();
    ensure!(count == usize::from(DEVICES) * BUNDLES);
    println!("{count} bundles in {seconds:.2} s, p99 {p99:.0?}");
    Ok(())
}
