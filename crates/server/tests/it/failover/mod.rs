//! Two servers over three PostgreSQL, whose primary dies: nothing acknowledged is lost, no number is
//! given twice, and readers who were there before end with the same list as everybody.
//!
//! # Layout
//! - [`stage`]: the school, its two servers and the three PostgreSQL
//! - [`phone`]: a class's phone that hands in
//! - [`reader`]: a teacher's device that follows the class's log

#![cfg(unix)]

mod phone;
mod reader;
mod stage;

use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use wuzha_seal::HeadHash;
use wuzha_sync::Reconciled;

use phone::Phone;
use reader::{Reader, whole_log};
use stage::Stage;

const PHONES: u8 = 6;
const BUNDLES: u64 = 12;
/// After so many receipts one standby is cut off.
const CUT_OFF: usize = 12;
/// After so many the primary dies. The other standby then has everything that was acknowledged; the one
/// that was cut off has not.
const KILL: usize = 36;
/// Only against hanging.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn the_primary_dies_in_mid_upload_and_nothing_acknowledged_is_lost() -> Result<()> {
    let mut stage = Stage::begin()?;
    let mut reader = Reader::new(&stage)?;
    let phones: Result<Vec<Phone>> = (0..PHONES).map(|n| stage.phone(10 + n, BUNDLES)).collect();
    let acknowledged = AtomicUsize::new(0);
    let phones: Vec<Phone> = thread::scope(|scope| {
        let (servers, count) = (stage.servers.clone(), &acknowledged);
        let running = phones?.into_iter().map(|mut phone| {
            let servers = servers.clone();
            scope.spawn(move || phone.hand_in_all(&servers, count).map(|()| phone))
        });
        let running: Vec<_> = running.collect();
        until(&acknowledged, CUT_OFF)?;
        stage.cluster.cut_off("c")?;
        until(&acknowledged, KILL)?;
        reader.catch_up(&servers[0])?;
        stage.cluster.kill_primary()?;
        let furthest = stage.cluster.furthest()?;
        let behind = stage.cluster.received("c")?;
        ensure!(stage.cluster.received(furthest)? > behind);
        stage.fail_over_to(furthest)?;
        let phones = running.into_iter().map(|thread| match thread.join() {
            Ok(phone) => phone,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        phones.collect::<Result<Vec<Phone>>>()
    })?;
    let restarts = reader.catch_up(&stage.servers[1])?;
    assert_eq!(restarts, 1, "the reader's cursor is of another epoch");
    everything_is_there_once(&stage, phones, &reader)
}

#[test]
fn what_only_the_lost_primary_had_is_forgotten_and_handed_in_again() -> Result<()> {
    let mut stage = Stage::begin()?;
    let mut reader = Reader::new(&stage)?;
    let mut phone = stage.phone(10, 4)?;
    let mut other = stage.phone(11, 1)?;
    let (one, two) = (stage.servers[0].clone(), stage.servers[1].clone());
    for _ in 0..3 {
        phone.hand_in_one(&one)?.context("not acknowledged")?;
    }
    for standby in stage.cluster.standbys() {
        stage.cluster.cut_off(standby)?;
    }
    // The fourth is on the primary's disk and on no other: nobody says that it is there.
    let mut phone = thread::scope(|scope| {
        let uploading = scope.spawn(|| -> Result<_> {
            let receipt = phone.hand_in_one(&one)?;
            Ok((phone, receipt))
        });
        let waits = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        stage.cluster.until(waits)?;
        // Others are told to come again, and reading goes on.
        ensure!(other.hand_in_one(&two)?.is_none(), "acknowledged past it");
        reader.catch_up(&two)?;
        ensure!(reader.listed() == 3, "it is listed before it counts");
        stage.cluster.kill_primary()?;
        let Ok(uploaded) = uploading.join() else {
            anyhow::bail!("the upload broke off");
        };
        let (phone, receipt) = uploaded?;
        ensure!(receipt.is_none(), "acknowledged without a standby");
        Ok(phone)
    })?;
    // The primary comes back alone, and now shows what it has.
    stage.cluster.restart_primary()?;
    reader.catch_up(&two)?;
    assert_eq!(reader.listed(), 4);
    // It dies for good. The number is given anew, to a bundle that the reader has not seen.
    stage.cluster.kill_primary()?;
    let furthest = stage.cluster.furthest()?;
    stage.lead_astray_to(furthest)?;
    assert_eq!(
        one.ask("GET /readyz", "", b"")?.0,
        503,
        "not while it stands by"
    );
    ensure!(
        other.hand_in_one(&one)?.is_none(),
        "a standby takes nothing"
    );
    stage.fail_over_to(furthest)?;
    assert_eq!(one.ask("GET /readyz", "", b"")?.0, 200);
    let acknowledged = AtomicUsize::new(0);
    other.hand_in_all(&stage.servers, &acknowledged)?;
    phone.hand_in_all(&stage.servers, &acknowledged)?;
    assert_eq!(reader.catch_up(&one)?, 1);
    assert_eq!(reader.listed(), 5);
    everything_is_there_once(&stage, vec![phone, other], &reader)
}

/// Every bundle has one receipt, which is true of the log; sent again it gets that one. The log has
/// each bundle once, under numbers without gaps, in a chain.
fn everything_is_there_once(stage: &Stage, phones: Vec<Phone>, reader: &Reader) -> Result<()> {
    let token = stage.servers[0].token(&stage.teacher, stage.server_key())?;
    let log = whole_log(&stage.servers[0], stage.scope(), &token)?;
    let seqs: Vec<u64> = log.iter().map(|listed| listed.seq).collect();
    assert_eq!(seqs, (1..=log.len() as u64).collect::<Vec<u64>>());
    let mut head = HeadHash::empty(stage.scope());
    for listed in &log {
        head = head.then(listed.seq, listed.id);
        assert_eq!(listed.head, head, "number {}", listed.seq);
    }
    let listed: BTreeSet<_> = log.iter().map(|listed| listed.id).collect();
    assert_eq!(listed.len(), log.len(), "none is listed twice");
    let mut sealed = BTreeSet::new();
    for mut phone in phones {
        for (envelope, receipt) in phone.acknowledged()? {
            sealed.insert(envelope.id());
            let said = receipt.receipt();
            let at = log.iter().find(|listed| listed.seq == said.seq);
            let at = at.context("a number that the log does not have")?;
            assert_eq!((at.id, at.head), (envelope.id(), said.head));
            for server in &stage.servers {
                let (status, again) = server.hand_in(&envelope, stage.server_key())?;
                assert_eq!((status, &again), (200, &receipt), "the very same receipt");
            }
            let fetched = format!("GET /v1/bundles/{}", envelope.id());
            let (_, bytes) = stage.servers[1].ask(&fetched, &token, b"")?;
            assert!(bytes == envelope.as_bytes(), "another content");
        }
        assert_eq!(
            phone.outbox.evidence(),
            [],
            "receipts that exclude each other"
        );
        assert_eq!(phone.outbox.reconcile(&reader.log), Reconciled::default());
    }
    assert_eq!(listed, sealed, "what was sealed is what is listed");
    assert!(listed.is_subset(&reader.log.here().collect()));
    assert_eq!(reader.log.oddities(), []);
    assert_eq!(reader.log.wanted(), []);
    Ok(())
}

fn until(acknowledged: &AtomicUsize, count: usize) -> Result<()> {
    let began = Instant::now();
    while acknowledged.load(Ordering::Relaxed) < count {
        ensure!(began.elapsed() < LONG, "uploads stand still");
        thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}
