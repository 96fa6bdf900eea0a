//! The real program killed (SIGKILL) at each step of a scripted exchange, one kill a run: at each sync, at
//! each write of an upload, and when it has committed and is about to answer. What it has acknowledged is
//! there each time, what it has not gets its receipt when it is sent again, and nothing stands twice.
//!
//! What a killed process has written the system has, synced or not. So a kill before a sync and one after
//! it find the same files, and the steps between which they differ are the writes.

#![cfg(target_os = "linux")]

use crate::support::program::{Class, Running, init, serve};
use crate::support::traced::{At, serve_traced};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::thread;
use tempfile::TempDir;
use wuzha_seal::Envelope;

const SYNCS: &str = "fsync,fdatasync";
const WRITES: &str = "fsync,fdatasync,pwrite64,ftruncate,unlink";
/// How the program sends an answer.
const ANSWERS: &str = "writev,sendto,sendmsg";
/// More than SQLite lets its log grow to before it writes it back.
const LARGE: usize = 5_000_000;

/// A school in whose class somebody is about to hand these in, as it lies on the disk.
struct Exchange {
    folder: TempDir,
    class: Class,
    bundles: Vec<Envelope>,
}

/// What a run of it came to.
#[derive(Default)]
struct Counts {
    kills: usize,
    /// How often what was not acknowledged was stored.
    stored: usize,
}

impl Exchange {
    fn prepare(sizes: &[usize]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let set_up = init(folder.path(), &[])?;
        let server = serve(folder.path(), &[])?;
        let class = server.class_of(&set_up, 1)?;
        ensure!(server.end("-TERM")?.0);
        let monitor = class.monitors.first().context("no monitor")?;
        let mut bundles: Vec<Envelope> = Vec::new();
        for size in sizes {
            bundles.push(monitor.bundle(bundles.last(), *size)?);
        }
        Ok(Self {
            folder,
            class,
            bundles,
        })
    }

    /// The school's folder once more, for one run.
    fn copy(&self) -> Result<TempDir> {
        let copy = tempfile::tempdir()?;
        for file in fs::read_dir(&self.folder)? {
            let file = file?;
            fs::copy(file.path(), copy.path().join(file.file_name()))?;
        }
        Ok(copy)
    }

    /// Hands in until the server is gone: the receipts.
    fn hand_in(&self, server: &Running) -> Result<Vec<Vec<u8>>> {
        let mut receipts = Vec::new();
        for envelope in &self.bundles {
            let request = format!("PUT /v1/bundles/{}", envelope.id());
            let Ok((status, receipt)) = server.ask(&request, "", envelope.as_bytes()) else {
                break;
            };
            ensure!(status == 201, "{status}");
            receipts.push(receipt);
        }
        Ok(receipts)
    }

    /// Kills the server at its n-th such call, for each n, until the exchange ends before.
    fn kill_at_each(&self, calls: &str) -> Result<Counts> {
        let mut counts = Counts::default();
        loop {
            let data = self.copy()?;
            let traced = serve_traced(data.path(), calls, At::StandStill)?;
            let (receipts, was_killed) = thread::scope(|scope| {
                let handing_in = scope.spawn(|| self.hand_in(&traced.server));
                let was_killed = traced.kill_at(counts.kills + 1, || handing_in.is_finished())?;
                let receipts = handing_in.join();
                let receipts = receipts.map_err(|_| anyhow::anyhow!("it panicked"))??;
                anyhow::Ok((receipts, was_killed))
            })?;
            drop(traced);
            let stored = self.go_on(data.path(), &receipts)?;
            if !was_killed {
                assert_eq!(receipts.len(), self.bundles.len());
                return Ok(counts);
            }
            counts.kills += 1;
            counts.stored += usize::from(stored);
        }
    }

    /// Starts the server again, sends everything again and compares it with the receipts that there were.
    /// Whether the first bundle without one was stored.
    fn go_on(&self, data: &Path, receipts: &[Vec<u8>]) -> Result<bool> {
        let server = serve(data, &[])?;
        let (mut taken, mut stored) = (Vec::new(), false);
        for (at, envelope) in self.bundles.iter().enumerate() {
            let (status, receipt) = server.hand_in(envelope, self.class.server_key)?;
            let receipt = receipt.as_bytes().to_vec();
            match receipts.get(at) {
                Some(before) => assert!(status == 200 && receipt == *before, "{at}: {status}"),
                None if at == receipts.len() => stored = status == 200,
                None => assert_eq!(status, 201, "{at}: it was never sent"),
            }
            taken.push((envelope.clone(), receipt));
        }
        self.class.has_all(&server, &taken)?;
        Ok(stored)
    }
}

#[test]
fn killed_at_each_sync_it_keeps_what_it_has_acknowledged() -> Result<()> {
    // The large one's commit writes the log back, and the next one begins the log anew.
    let exchange = Exchange::prepare(&[40_000, LARGE, 40_000, 40_000])?;
    let Counts { kills, stored } = exchange.kill_at_each(SYNCS)?;
    println!("{kills} kills, {stored} bundles stored and not answered");
    // Each commit has a sync of its own, and the log that is written back has two.
    assert!(kills >= exchange.bundles.len() + 2, "{kills}");
    assert!(
        stored >= exchange.bundles.len() && stored < kills,
        "{stored}"
    );
    Ok(())
}

#[test]
fn killed_at_each_write_it_keeps_what_it_has_acknowledged() -> Result<()> {
    let exchange = Exchange::prepare(&[100])?;
    let Counts { kills, stored } = exchange.kill_at_each(WRITES)?;
    println!("{kills} kills, {stored} bundles stored and not answered");
    assert!(
        kills > 10 && stored > 0 && stored < kills / 2,
        "{kills}, {stored}"
    );
    Ok(())
}

#[test]
fn killed_between_commit_and_answer_it_gives_the_receipt_when_asked_again() -> Result<()> {
    let exchange = Exchange::prepare(&[40_000; 3])?;
    let (data, mut receipts) = (exchange.copy()?, Vec::new());
    for (at, envelope) in exchange.bundles.iter().enumerate() {
        let request = format!("PUT /v1/bundles/{}", envelope.id());
        // Twice: the answer to what was stored before may get lost as well.
        for _ in 0..2 {
            let traced = serve_traced(data.path(), ANSWERS, At::Die)?;
            let answer = traced.server.ask(&request, "", envelope.as_bytes());
            assert!(answer.is_err(), "{at}: {answer:?}");
        }
        let server = serve(data.path(), &[])?;
        let (status, receipt) = server.hand_in(envelope, exchange.class.server_key)?;
        assert_eq!(status, 200, "{at}: it was committed before the answer");
        receipts.push(receipt.as_bytes().to_vec());
    }
    exchange.go_on(data.path(), &receipts).map(|_| ())
}
