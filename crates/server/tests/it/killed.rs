//! The real program killed (SIGKILL) while phones hand in, over and over on the same data: every receipt
//! that it ever gave stays true, nothing stands twice, no number is left out.

#![cfg(unix)]

use crate::support::program::{Member, Running, init, serve};
use anyhow::{Context, Result};
use std::thread;
use std::time::Duration;
use wuzha_seal::Envelope;

const KILLS: u64 = 20;
const PHONES: u8 = 4;
const BUNDLE: usize = 40_000;
/// From which the moments follow: 0 to 63 ms after the server has begun to listen.
const SEED: u64 = 20_211_227;

/// A phone that hands in without a pause.
struct Phone<'a> {
    monitor: &'a Member,
    /// What it has receipts for.
    taken: Vec<(Envelope, Vec<u8>)>,
    /// What it has sent and has no answer for.
    waiting: Option<Envelope>,
    /// How often a server was gone before its answer.
    interrupted: u64,
    /// How often the server had it already.
    had_it: u64,
}

impl<'a> Phone<'a> {
    fn new(monitor: &'a Member) -> Self {
        Self {
            monitor,
            taken: Vec::new(),
            waiting: None,
            interrupted: 0,
            had_it: 0,
        }
    }

    /// Hands in until the server is gone. What got no answer is sent first, as it was.
    fn hand_in_while_it_lives(&mut self, server: &Running) -> Result<()> {
        loop {
            let envelope = match self.waiting.take() {
                Some(envelope) => envelope,
                None => self.next()?,
            };
            if !self.send(server, envelope)? {
                return Ok(());
            }
        }
    }

    fn next(&self) -> Result<Envelope> {
        let last = self.taken.last().map(|(last, _)| last);
        self.monitor.bundle(last, BUNDLE)
    }

    /// Whether there was an answer.
    fn send(&mut self, server: &Running, envelope: Envelope) -> Result<bool> {
        let request = format!("PUT /v1/bundles/{}", envelope.id());
        let Ok((status, receipt)) = server.ask(&request, "", envelope.as_bytes()) else {
            self.interrupted += 1;
            self.waiting = Some(envelope);
            return Ok(false);
        };
        anyhow::ensure!(status == 200 || status == 201, "{status}");
        self.had_it += u64::from(status == 200);
        self.taken.push((envelope, receipt));
        Ok(true)
    }
}

/// The next of a row of numbers that look random (SplitMix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn no_receipt_is_lost_and_nothing_doubled_by_twenty_kills() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let set_up = init(folder.path(), &[])?;
    let server = serve(folder.path(), &[])?;
    let class = server.class_of(&set_up, PHONES)?;
    drop(server);
    let mut phones: Vec<Phone<'_>> = class.monitors.iter().map(Phone::new).collect();
    let mut seed = SEED;
    for _ in 0..KILLS {
        let moment = Duration::from_millis(next(&mut seed) % 64);
        // No limit is what ends an upload here.
        let server = serve(folder.path(), &["--device-rate", "0"])?;
        thread::scope(|scope| {
            let running: Vec<_> = phones
                .iter_mut()
                .map(|phone| scope.spawn(|| phone.hand_in_while_it_lives(&server)))
                .collect();
            thread::sleep(moment);
            server.signal("-KILL")?;
            for phone in running {
                phone.join().map_err(|_| anyhow::anyhow!("it panicked"))??;
            }
            anyhow::Ok(())
        })?;
    }
    let server = serve(folder.path(), &[])?;
    for phone in &mut phones {
        let waiting = phone.waiting.take().context("it ended by itself")?;
        assert!(phone.send(&server, waiting)?);
        assert!(phone.interrupted >= KILLS);
    }
    let had_it: u64 = phones.iter().map(|phone| phone.had_it).sum();
    let taken: Vec<_> = phones.into_iter().flat_map(|phone| phone.taken).collect();
    println!(
        "{} bundles, {had_it} of them stored and not answered",
        taken.len()
    );
    class.has_all(&server, &taken)
}
