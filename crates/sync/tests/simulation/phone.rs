//! A phone of the class.

use std::collections::{BTreeMap, BTreeSet};

use wuzha_core::log::{Change, Key, OpId, Value};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{BundleId, DeviceKey, DevicePublicKey, Envelope, SignedOpened};
use wuzha_sync::{
    Answer, Body, Consent, Enrolment, Jitter, Next, OpRanges, Outbox, Refusal, Response, State,
    Told, missing, pick, to_hand_in,
};

use crate::dice::Dice;
use crate::replica::{Replica, close};
use crate::server::Reply;

/// How long a phone waits for an answer, in ms.
const PATIENCE_MS: u64 = 15_000;
const YEAR_MS: u64 = 365 * 24 * 60 * 60 * 1_000;

pub struct Phone {
    key: DeviceKey,
    enrolment: Enrolment,
    pub replica: Replica,
    pub outbox: Outbox,
    /// On disk: the outbox and the sealed bytes, always stored together. The outbox is written and read
    /// as text only when it comes to that, on a restart.
    stored_outbox: Outbox,
    bodies: BTreeMap<BundleId, Vec<u8>>,
    /// The upload that it waits for, and since when by the true time.
    uploading: Option<(BundleId, u64)>,
    /// By how much its clock is wrong.
    skew_ms: i64,
    pub crashes: u64,
    /// All that it ever showed as 已送达.
    pub acknowledged: BTreeSet<OpId>,
}

impl Phone {
    pub fn new(key: DeviceKey, enrolment: Enrolment, dice: &mut Dice) -> Self {
        let outbox = Outbox::new(enrolment);
        let mut phone = Self {
            key,
            enrolment,
            replica: Replica::new(enrolment.scope),
            stored_outbox: outbox.clone(),
            outbox,
            bodies: BTreeMap::new(),
            uploading: None,
            skew_ms: 0,
            crashes: 0,
            acknowledged: BTreeSet::new(),
        };
        phone.set_clock(dice);
        phone
    }

    /// Right, or up to a year off.
    pub fn set_clock(&mut self, dice: &mut Dice) {
        let year = i64::try_from(YEAR_MS).expect("a year");
        self.skew_ms = match dice.below(4) {
            0 => year,
            1 => -year,
            _ => i64::try_from(dice.below(2_000)).expect("two seconds"),
        };
    }

    fn clock(&self, now: u64) -> UnixMillis {
        UnixMillis(now.saturating_add_signed(self.skew_ms))
    }

    pub fn write(&mut self, now: u64, dice: &mut Dice) {
        let changes = (0..=dice.below(3)).map(|_| {
            let student = dice.below(5).to_string();
            let key = Key::new("registration", &[&student], "status");
            Change::new(
                key,
                Value::Int(i64::try_from(dice.below(1_000)).expect("small")),
            )
        });
        let changes = changes.collect();
        let registers = &self.replica.registers;
        let hlc = registers.last_hlc().next(self.clock(now));
        let ops = registers.stamp(self.enrolment.device, hlc, changes);
        self.replica.append(&ops);
    }

    /// Seals what is not handed in; the new bundle's id.
    pub fn hand_in(&mut self, dice: &mut Dice) -> Option<BundleId> {
        let seen = self.replica.registers.seen();
        let ranges = to_hand_in(seen, &self.outbox, &self.replica.reader);
        if ranges.is_empty() {
            return None;
        }
        let ops: Vec<_> = pick(self.replica.log(), &ranges).cloned().collect();
        assert_eq!(OpRanges::of_ops(&ops), ranges);
        let class = self.enrolment.class;
        let envelope = Envelope::sign(&close(&ops), class, self.outbox.last(), &self.key);
        let envelope = envelope.expect("small");
        self.outbox.add(&envelope, ranges).expect("the next");
        if self.killed(dice) {
            return None;
        }
        self.bodies
            .insert(envelope.id(), envelope.as_bytes().to_vec());
        self.store();
        Some(envelope.id())
    }

    /// The bytes to upload now, if any.
    pub fn next_upload(&mut self, now: u64) -> Option<(BundleId, Vec<u8>)> {
        match self.uploading {
            Some((_, since)) if now < since + PATIENCE_MS => return None,
            Some((id, _)) => {
                self.uploading = None;
                self.outbox
                    .told(id, Answer::NONE, self.clock(now), Jitter(7));
            }
            None => {}
        }
        let Next::Upload(id) = self.outbox.next(self.clock(now)) else {
            return None;
        };
        self.uploading = Some((id, now));
        Some((id, self.bodies[&id].clone()))
    }

    pub fn answered(&mut self, id: BundleId, reply: &Reply, now: u64, dice: &mut Dice) {
        if self.uploading.is_some_and(|(uploading, _)| uploading == id) {
            self.uploading = None;
        }
        let response = Response {
            status: reply.status,
            retry_after: reply.retry_after.as_deref(),
            body: &reply.body,
        };
        let answer = Answer::parse(response, &self.enrolment.server);
        let jitter = Jitter(u32::try_from(dice.roll() >> 32).expect("32 bits"));
        let told = self.outbox.told(id, answer, self.clock(now), jitter);
        if !self.killed(dice) {
            self.store();
            if told == Told::Delivered {
                let carries = &self.outbox.entry(id).expect("delivered").carries;
                let ids = self.replica.log().iter().map(|op| op.id);
                self.acknowledged
                    .extend(ids.filter(|&id| carries.contains(id)));
            }
        }
    }

    pub fn notes(&mut self, notes: &BTreeMap<BundleId, Vec<u8>>, teacher: DevicePublicKey) {
        let entries = self.outbox.entries().iter();
        let unopened = entries.filter(|entry| entry.opened.is_none());
        let notes = unopened.filter_map(|entry| notes.get(&entry.place.id));
        let notes: Vec<_> = notes
            .map(|note| SignedOpened::parse(note.clone()))
            .collect();
        for note in notes {
            self.outbox.told_opened(&note.expect("a note"), &[teacher]);
        }
        self.store();
    }

    /// Compares with the list; how many bundles the server has lost.
    pub fn reconcile(&mut self) -> usize {
        let found = self.outbox.reconcile(&self.replica.reader);
        assert!(found.denied.is_empty(), "an honest server");
        self.store();
        found.lost.len()
    }

    /// From screen to camera: what `other` has and this phone lacks.
    pub fn scan(&mut self, other: &Replica) {
        let ranges = missing(self.replica.registers.seen(), other.registers.seen());
        let ops: Vec<_> = pick(other.log(), &ranges).cloned().collect();
        self.replica.append(&ops);
    }

    /// A person frees space: with consent, and only where nothing is lost.
    pub fn tidy(&mut self, dice: &mut Dice) -> bool {
        let ids: Vec<_> = self.bodies.keys().copied().collect();
        let Some(id) = dice.pick(&ids) else {
            return false;
        };
        if self.outbox.delete(id, Consent::given()).is_err() {
            return false;
        }
        let carries = self.outbox.entry(id).expect("deleted").carries.clone();
        let receipts = self
            .outbox
            .entries()
            .iter()
            .filter(|entry| entry.receipt().is_some());
        let delivered: OpRanges = receipts.flat_map(|entry| entry.carries.iter()).collect();
        assert!(
            carries.without(&delivered).is_empty(),
            "deleted without a receipt"
        );
        self.bodies.remove(&id);
        self.store();
        true
    }

    /// A person tries again what was refused for this reason.
    pub fn retry(&mut self, reason: Refusal) {
        let refused = self
            .outbox
            .entries()
            .iter()
            .filter_map(|entry| match entry.state {
                State::Refused { why } if why == reason => Some(entry.place.id),
                _ => None,
            });
        for id in refused.collect::<Vec<_>>() {
            self.outbox.retry(id);
        }
        self.store();
    }

    /// Perhaps the page is killed before it stored what it did.
    fn killed(&mut self, dice: &mut Dice) -> bool {
        let killed = dice.one_in(15);
        if killed {
            self.restart();
        }
        killed
    }

    pub fn restart(&mut self) {
        self.crashes += 1;
        self.replica.restart();
        self.uploading = None;
        let text = self.stored_outbox.encode().expect("written");
        self.outbox = Outbox::decode(&text, self.enrolment).expect("as written");
        assert_eq!(self.outbox, self.stored_outbox);
        assert_eq!(self.outbox.unreadable(), 0);
        for entry in self.outbox.entries() {
            let stored = self.bodies.contains_key(&entry.place.id);
            assert_eq!(stored, entry.body == Body::Kept, "{}", entry.place.id);
        }
    }

    fn store(&mut self) {
        self.stored_outbox = self.outbox.clone();
    }
}
