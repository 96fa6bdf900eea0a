//! The server, as sync.md describes it: one scope, a chain of receipts, backups.

use std::collections::{BTreeMap, BTreeSet};

use wuzha_core::log::{DeviceId, OpId};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleId, DevSeq, Envelope, HeadHash, Receipt, ScopeId, ServerKey, SignedReceipt,
};
use wuzha_sync::{Cursor, Listed, Page, Refusal, Rest};

use super::dice::Dice;
use super::replica::open;

/// The answer to an upload.
#[derive(Clone)]
pub struct Reply {
    pub status: u16,
    pub retry_after: Option<String>,
    pub body: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Well,
    Down,
    DiskFull,
    TooMany,
}

/// What is on its disk.
#[derive(Clone)]
pub struct Store {
    epoch: u64,
    log: Vec<Listed>,
    /// Parsed when they came: readers are given them as they are, since to parse gives the same each
    /// time and is slow here.
    bodies: BTreeMap<BundleId, Envelope>,
    receipts: BTreeMap<BundleId, Vec<u8>>,
    places: BTreeMap<(DeviceId, DevSeq), BundleId>,
    notes: BTreeMap<BundleId, Vec<u8>>,
}

pub struct Server {
    key: ServerKey,
    scope: ScopeId,
    pub mood: Mood,
    pub store: Store,
    backups: Vec<Store>,
    /// What it refuses for good.
    pub poisonous: BTreeSet<BundleId>,
    /// Operations with which it refuses any bundle, for a time: as if the app made them wrong.
    pub poisonous_ops: BTreeSet<OpId>,
    /// The most bytes that it takes.
    pub most: usize,
    /// What it refuses until its device is invited anew.
    pub uninvited: BTreeSet<BundleId>,
}

impl Server {
    pub fn new(key: ServerKey, scope: ScopeId) -> Self {
        let store = Store {
            epoch: 0,
            log: Vec::new(),
            bodies: BTreeMap::new(),
            receipts: BTreeMap::new(),
            places: BTreeMap::new(),
            notes: BTreeMap::new(),
        };
        Self {
            key,
            scope,
            mood: Mood::Well,
            backups: vec![store.clone()],
            store,
            poisonous: BTreeSet::new(),
            poisonous_ops: BTreeSet::new(),
            most: usize::MAX,
            uninvited: BTreeSet::new(),
        }
    }

    /// `PUT /v1/bundles/{id}`; `None` when it is down.
    pub fn put(&mut self, bytes: Vec<u8>, now: UnixMillis) -> Option<Reply> {
        let later = |status, retry_after: Option<&str>| Reply {
            status,
            retry_after: retry_after.map(str::to_owned),
            body: Vec::new(),
        };
        match self.mood {
            Mood::Well => {}
            Mood::Down => return None,
            Mood::DiskFull => return Some(later(507, None)),
            Mood::TooMany => return Some(later(429, Some("30"))),
        }
        let Ok(envelope) = Envelope::parse(bytes) else {
            return Some(refuse(Refusal::Invalid));
        };
        let id = envelope.id();
        if let Some(receipt) = self.store.receipts.get(&id) {
            return Some(receipted(200, receipt));
        }
        if self.is_of_another_chain(&envelope) {
            return Some(refuse(Refusal::OtherBundle));
        }
        if envelope.as_bytes().len() > self.most {
            return Some(refuse(Refusal::TooLarge));
        }
        if self.poisonous.contains(&id) || self.is_poisoned(&envelope) {
            return Some(refuse(Refusal::Invalid));
        }
        if self.uninvited.contains(&id) {
            return Some(refuse(Refusal::Revoked));
        }
        Some(receipted(201, &self.commit(envelope, now)))
    }

    fn is_poisoned(&self, envelope: &Envelope) -> bool {
        let poison = &self.poisonous_ops;
        !poison.is_empty() && open(envelope).iter().any(|op| poison.contains(&op.id))
    }

    /// Whether its number is taken, or a neighbour does not fit.
    fn is_of_another_chain(&self, envelope: &Envelope) -> bool {
        let header = envelope.header();
        let number = header.dev_seq.get();
        let known = |number: u64| {
            let place = (header.device(), DevSeq::new(number)?);
            self.store.places.get(&place)
        };
        let names_other = |after: &BundleId| {
            let after = &self.store.bodies[after];
            after.header().previous != Some(envelope.id())
        };
        let is_taken = known(number).is_some();
        let follows_other = known(number - 1).is_some_and(|&id| header.previous != Some(id));
        is_taken || follows_other || known(number + 1).is_some_and(names_other)
    }

    fn commit(&mut self, envelope: Envelope, time: UnixMillis) -> Vec<u8> {
        let store = &mut self.store;
        let last = store.log.last();
        let before = last.map_or(HeadHash::empty(self.scope), |listed| listed.head);
        let seq = last.map_or(1, |listed| listed.seq + 1);
        let id = envelope.id();
        let receipt = Receipt {
            bundle: id,
            scope: self.scope,
            epoch: store.epoch,
            seq,
            head: before.then(seq, id),
            time,
        };
        let signed = SignedReceipt::sign(receipt, &self.key).as_bytes().to_vec();
        store.log.push(Listed {
            seq,
            id,
            bytes: envelope.as_bytes().len() as u64,
            head: receipt.head,
        });
        let place = (envelope.header().device(), envelope.place().dev_seq);
        store.places.insert(place, id);
        store.receipts.insert(id, signed.clone());
        let twice = store.bodies.insert(id, envelope);
        assert!(twice.is_none(), "{id} is stored twice");
        signed
    }

    /// `GET /v1/scopes/{scope}/log`.
    pub fn list(&self, after: Cursor, limit: usize) -> Option<Page> {
        if self.mood == Mood::Down {
            return None;
        }
        let seq = if after.epoch == self.store.epoch {
            after.seq
        } else {
            0
        };
        let mut rest = self.store.log.iter().filter(|listed| listed.seq > seq);
        let items: Vec<Listed> = rest.by_ref().take(limit).copied().collect();
        Some(Page {
            epoch: self.store.epoch,
            items,
            rest: match rest.next() {
                Some(_) => Rest::More,
                None => Rest::End,
            },
        })
    }

    /// `GET /v1/bundles/{id}`.
    pub fn get(&self, id: BundleId) -> Option<Envelope> {
        (self.mood != Mood::Down)
            .then(|| self.store.bodies.get(&id).cloned())
            .flatten()
    }

    /// `POST /v1/bundles/{id}/opened`.
    pub fn note(&mut self, id: BundleId, note: Vec<u8>) {
        if self.mood != Mood::Down {
            self.store.notes.insert(id, note);
        }
    }

    pub fn notes(&self) -> BTreeMap<BundleId, Vec<u8>> {
        self.store.notes.clone()
    }

    /// The bundles without a note.
    pub fn unnoted(&self) -> Vec<BundleId> {
        let ids = self.store.log.iter().map(|listed| listed.id);
        ids.filter(|id| !self.store.notes.contains_key(id))
            .collect()
    }

    /// The number of this device's bundle, if it has it.
    pub fn has(&self, device: DeviceId, number: DevSeq) -> bool {
        self.store.places.contains_key(&(device, number))
    }

    /// From now on it is set back to no earlier state: two that forget the same, nothing helps.
    pub fn forget_backups(&mut self) {
        self.backups = vec![self.store.clone()];
    }

    pub fn back_up(&mut self) {
        self.backups.push(self.store.clone());
    }

    /// Sets it back to some backup. What was committed since is gone; every life has its own number.
    pub fn restore(&mut self, dice: &mut Dice) {
        let epoch = self.store.epoch + 1;
        let at = dice.below(self.backups.len());
        self.store = Store {
            epoch,
            ..self.backups[at].clone()
        };
    }

    /// The bundles in the order of the log.
    pub fn bundles(&self) -> Vec<&Envelope> {
        let log = self.store.log.iter();
        log.map(|listed| &self.store.bodies[&listed.id]).collect()
    }
}

fn receipted(status: u16, receipt: &[u8]) -> Reply {
    Reply {
        status,
        retry_after: None,
        body: receipt.to_vec(),
    }
}

fn refuse(why: Refusal) -> Reply {
    let problem = serde_json::json!({ "type": why.urn(), "title": "示例", "status": why.status() });
    Reply {
        status: why.status(),
        retry_after: None,
        body: problem.to_string().into_bytes(),
    }
}
