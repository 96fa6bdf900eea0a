//! The order in which a part of the school has its bundles.

use wuzha_seal::{Envelope, HeadHash, SchoolId, ScopeId, Unit};

use crate::store::bundles::Entry;

/// How far an order goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The number of the last bundle; 0 where there is none.
    pub seq: u64,
    /// The hash over all bundles up to it.
    pub head: HeadHash,
}

impl End {
    /// Of an order in which there is nothing yet.
    pub fn empty(school: SchoolId, unit: Unit) -> Self {
        let head = HeadHash::empty(ScopeId { school, unit });
        Self { seq: 0, head }
    }

    /// The entry of a bundle that comes next. The order goes up to it from now on.
    pub fn add(&mut self, bundle: &Envelope) -> Entry {
        let id = bundle.id();
        self.seq = self.seq.saturating_add(1);
        self.head = self.head.then(self.seq, id);
        Entry {
            seq: self.seq,
            id,
            bytes: bundle.as_bytes().len() as u64,
            head: self.head,
        }
    }
}
