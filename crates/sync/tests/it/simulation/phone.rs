//! A phone of the class.

use std::collections::{BTreeMap, BTreeSet};

use wuzha_core::log::{Change, DeviceId, Key, OpId, Value};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{BundleId, DevSeq, DeviceKey, DevicePublicKey, Envelope, SignedOpened};
use wuzha_sync::{
    Answer, Body, Consent, Enrolment, Entry, Jitter, Next, OpRanges, Outbox, Recognised, Response,
    State, Told, missing, pick, reissue,
};

use super::dice::Dice;
use super::replica::{Replica, close, open};
use super::server::Reply;

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
    /// What its person could restore it from.
    backup: Option<Backup>,
    /// It was set back, and does not know it yet.
    pub is_set_back: bool,
    /// What it was when it was set back: of the bundles that it forgot it can explain none.
    pub forgetful: BTreeSet<DeviceId>,
    /// The upload that it waits for, and since when by the true time.
    uploading: Option<(BundleId, u64)>,
    /// By how much its clock is wrong.
    skew_ms: i64,
    pub crashes: u64,
    /// All that it ever showed as 已送达.
    pub acknowledged: BTreeSet<OpId>,
}

/// All that is on a phone's disk, at some time.
struct Backup {
    replica: Replica,
    outbox: Outbox,
    bodies: BTreeMap<BundleId, Vec<u8>>,
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
            backup: None,
            is_set_back: false,
            forgetful: BTreeSet::new(),
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
            let number = i64::try_from(dice.below(1_000)).expect("small");
            let value = match dice.below(15) {
                // Alone larger than a server takes that takes little.
                0 => Value::text("示例".repeat(200)),
                _ => Value::Int(number),
            };
            Change::new(key, value)
        });
        let changes = changes.collect();
        let registers = &self.replica.registers;
        let hlc = registers.last_hlc().next(self.clock(now));
        let ops = registers.stamp(self.enrolment.device, hlc, changes);
        self.replica.append(&ops);
    }

    /// Seals what is not handed in; the new bundles with what they carry.
    pub fn hand_in(&mut self, dice: &mut Dice) -> Vec<(BundleId, OpRanges)> {
        let seen = self.replica.registers.seen();
        let mut batches = self.outbox.to_hand_in(seen, &self.replica.reader);
        if self.is_set_back {
            // One at a time: see `World::set_back`.
            let is_waiting = |entry: &Entry| matches!(entry.state, State::Waiting { .. });
            let idle = !self.outbox.entries().iter().any(is_waiting);
            batches.truncate(usize::from(idle));
        }
        let sealed = batches.into_iter().map_while(|batch| {
            let id = self.seal(batch.clone(), dice)?;
            Some((id, batch))
        });
        sealed.collect()
    }

    /// The new bundle's id; `None` when the page was killed.
    fn seal(&mut self, ranges: OpRanges, dice: &mut Dice) -> Option<BundleId> {
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
        let Some(bytes) = self.bodies.get(&id).cloned() else {
            self.outbox.bytes_lost(id);
            self.store();
            return None;
        };
        self.uploading = Some((id, now));
        Some((id, bytes))
    }

    /// The browser loses the bytes of a bundle.
    pub fn lose_bytes(&mut self, dice: &mut Dice) -> bool {
        let ids: Vec<_> = self.bodies.keys().copied().collect();
        let lost = dice.pick(&ids);
        lost.is_some_and(|id| self.bodies.remove(&id).is_some())
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
        let seen = self.replica.registers.seen();
        let ranges = missing(seen, other.registers.seen());
        let recognised = self.outbox.recognise_ops(&ranges, seen);
        if self.may_take_over(recognised) {
            let ops: Vec<_> = pick(other.log(), &ranges).cloned().collect();
            self.replica.append(&ops);
        }
    }

    /// Takes over a bundle from the server, unless a copy of this phone made it.
    pub fn take(&mut self, envelope: &Envelope) {
        let ops = open(envelope);
        let carries = OpRanges::of_ops(&ops);
        let seen = self.replica.registers.seen();
        let recognised = self.outbox.recognise(envelope, &carries, seen);
        if self.may_take_over(recognised) {
            self.replica.take(envelope, &ops);
        }
    }

    fn may_take_over(&mut self, recognised: Recognised) -> bool {
        if recognised == Recognised::Fine {
            return true;
        }
        assert!(self.is_set_back, "nobody copied it: {recognised:?}");
        if recognised == Recognised::Doubtful {
            // Its person knows.
            self.outbox.set_back();
        }
        self.store();
        false
    }

    /// Its person makes a backup of the whole phone.
    pub fn back_up(&mut self) {
        self.backup = Some(Backup {
            replica: self.replica.on_disk(),
            outbox: self.stored_outbox.clone(),
            bodies: self.bodies.clone(),
        });
    }

    /// The operations of this device that a restored phone would not know of, and the number that it
    /// would give its next bundle; `None` when there is no backup.
    pub fn beyond_backup(&self) -> Option<(OpRanges, DevSeq)> {
        let backup = self.backup.as_ref()?;
        // A backup of another device is none for this one.
        (backup.outbox.device() == self.enrolment.device).then_some(())?;
        let own = OpRanges::of(self.replica.registers.seen()).of_device(self.enrolment.device);
        let kept = OpRanges::of_ops(backup.replica.log());
        let last = backup.outbox.last().map(|place| place.dev_seq);
        Some((own.without(&kept), last.map_or(DevSeq::FIRST, DevSeq::next)))
    }

    pub fn restore(&mut self) {
        let Some(backup) = self.backup.take() else {
            return;
        };
        self.replica = backup.replica;
        self.stored_outbox = backup.outbox;
        self.bodies = backup.bodies;
        self.is_set_back = true;
        self.forgetful.insert(self.enrolment.device);
        self.restart();
    }

    /// Goes on as another device, when it has to.
    pub fn succeed(&mut self, dice: &mut Dice) -> bool {
        if self.outbox.overtaken().is_none() {
            return false;
        }
        let random = [(); 4].map(|()| dice.roll().to_be_bytes()).concat();
        self.key = DeviceKey::from_bytes(&random.try_into().expect("32 bytes"));
        let seen = self.replica.registers.seen();
        let ranges = self.outbox.doubled(seen, self.enrolment.device);
        let ranges = ranges.expect("a copy was noticed");
        self.enrolment.device = self.key.public().device();
        let anew = reissue(self.replica.log(), &ranges, self.enrolment.device);
        assert_eq!(anew.len() as u64, ranges.len(), "all of it is written anew");
        self.replica.replace(&ranges, &anew);
        self.outbox.succeed(self.enrolment).expect("a new device");
        let seen = self.replica.registers.seen();
        let again = self.outbox.doubled(seen, self.enrolment.device);
        assert_eq!(again, None, "another writes");
        self.is_set_back = false;
        self.uploading = None;
        self.store();
        true
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

    /// A person tries again what was refused.
    pub fn retry(&mut self) {
        self.outbox.retry();
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
            let id = entry.place.id;
            let is_stored = self.bodies.contains_key(&id);
            assert!(!is_stored || entry.body == Body::Kept, "{id}");
        }
    }

    fn store(&mut self) {
        self.stored_outbox = self.outbox.clone();
    }
}
