//! The server, as sync.md describes it: one scope, a chain of receipts, backups.

use std::collections::{BTreeMap, BTreeSet};

use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleId, DevSeq, Envelope, HeadHash, Receipt, ScopeId, ServerKey, SignedOpened, SignedReceipt,
};
use wuzha_sync::{Cursor, Listed, Page, Refusal, Rest};

use crate::dice::Dice;

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
        let (id, place) = (envelope.id(), envelope.place());
        if let Some(receipt) = self.store.receipts.get(&id) {
            return Some(receipted(200, receipt));
        }
        let place = (envelope.header().device(), place.dev_seq);
        if self.store.places.contains_key(&place) {
            return Some(refuse(Refusal::OtherBundle));
        }
        if self.poisonous.contains(&id) {
            return Some(refuse(Refusal::Invalid));
        }
        if self.uninvited.contains(&id) {
            return Some(refuse(Refusal::Revoked));
        }
        Some(receipted(201, &self.commit(envelope, now)))
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
    pub fn note(&mut self, note: Vec<u8>) {
        let opened = SignedOpened::parse(note.clone()).expect("a note");
        if self.mood != Mood::Down {
            self.store.notes.insert(opened.opened().bundle, note);
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
