//! A class's phone: it seals, keeps an outbox, and tries until all has a receipt.

use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleId, ClassRef, DeviceKey, Envelope, Recipient, ScopeId, Sender, ServerPublicKey,
    SignedReceipt, Unit, hand_in,
};
use wuzha_sync::{Answer, Enrolment, Jitter, Next, OpRange, OpRanges, Outbox, Response, Told};

use super::LONG;
use crate::support::program::Running;

const BEGIN: UnixMillis = UnixMillis(1_640_603_100_000);
/// What passes between two tries in vain. By the phone's clock it is as long as the outbox says.
const PAUSE: Duration = Duration::from_millis(20);

pub struct Phone {
    key: DeviceKey,
    class: ClassRef,
    server: ServerPublicKey,
    pub outbox: Outbox,
    sealed: BTreeMap<BundleId, Envelope>,
    now: UnixMillis,
    tries: usize,
}

impl Phone {
    pub fn new(key: DeviceKey, class: ClassRef, server: ServerPublicKey) -> Self {
        let unit = Unit::Class(class.class);
        let outbox = Outbox::new(Enrolment {
            device: key.public().device(),
            class,
            scope: ScopeId {
                school: class.school,
                unit,
            },
            server,
        });
        Self {
            key,
            class,
            server,
            outbox,
            sealed: BTreeMap::new(),
            now: BEGIN,
            tries: 0,
        }
    }

    /// Seals so many bundles, of one operation each.
    pub fn seal(&mut self, bundles: u64, recipients: &[Recipient]) -> Result<()> {
        for n in 1..=bundles {
            let sender = Sender {
                key: &self.key,
                class: self.class,
                previous: self.outbox.last(),
            };
            let envelope = hand_in(&[], &[], sender, recipients)?;
            let device = self.outbox.device();
            let carries = OpRange {
                device,
                from: n,
                to: n,
            };
            self.outbox.add(&envelope, OpRanges::from_iter([carries]))?;
            self.sealed.insert(envelope.id(), envelope);
        }
        Ok(())
    }

    /// Hands everything in, to one server and the other in turn, and counts what is acknowledged.
    pub fn hand_in_all(&mut self, servers: &[Arc<Running>], count: &AtomicUsize) -> Result<()> {
        let began = Instant::now();
        loop {
            match self.outbox.next(self.now) {
                Next::Nothing => return Ok(()),
                Next::In { ms } => {
                    ensure!(began.elapsed() < LONG, "no receipt within a minute");
                    self.now.0 += ms;
                    thread::sleep(PAUSE);
                }
                Next::Upload(id) => {
                    self.tries += 1;
                    let server = servers.get(self.tries % servers.len());
                    if self.upload(id, server.context("no server")?)? == Told::Delivered {
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        }
    }

    /// Tries once to hand the next bundle in, when its time has come: its receipt, if one came.
    pub fn hand_in_one(&mut self, server: &Running) -> Result<Option<SignedReceipt>> {
        if let Next::In { ms } = self.outbox.next(self.now) {
            self.now.0 += ms;
        }
        let Next::Upload(id) = self.outbox.next(self.now) else {
            bail!("nothing is to be handed in");
        };
        self.upload(id, server)?;
        Ok(self
            .outbox
            .entry(id)
            .and_then(|entry| entry.receipt().cloned()))
    }

    /// What was sealed, each with its receipt.
    pub fn acknowledged(&self) -> Result<Vec<(Envelope, SignedReceipt)>> {
        let entries = self.outbox.entries().iter();
        let both = entries.map(|entry| {
            let receipt = entry.receipt().context("without a receipt")?;
            let envelope = self.sealed.get(&entry.place.id).context("not sealed")?;
            Ok((envelope.clone(), receipt.clone()))
        });
        both.collect()
    }

    fn upload(&mut self, id: BundleId, server: &Running) -> Result<Told> {
        let envelope = self.sealed.get(&id).context("not sealed")?;
        let answer = server.ask(&format!("PUT /v1/bundles/{id}"), "", envelope.as_bytes());
        let answer = answer.map_or(Answer::NONE, |(status, body)| {
            let response = Response {
                status,
                retry_after: None,
                body: &body,
            };
            Answer::parse(response, &self.server)
        });
        ensure!(!matches!(answer, Answer::Refused(_)), "{answer:?}");
        Ok(self.outbox.told(id, answer, self.now, Jitter(0)))
    }
}
