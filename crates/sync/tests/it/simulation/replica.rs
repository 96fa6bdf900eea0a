//! What a phone and a teacher's device have in common: a log, its fold, and a reader; on a disk that
//! survives, and in a memory that does not.

use std::collections::BTreeMap;

use wuzha_core::log::{Applied, Op, OpId, Registers, decode_ops, encode_ops};
use wuzha_seal::{Envelope, ScopeId};
use wuzha_sync::{Cursor, LogReader, OpRanges, Page};

pub struct Replica {
    /// On disk: the operations, in the order in which they came.
    log: Vec<Op>,
    /// On disk: the reader. It is written and read as text only on a restart.
    stored_reader: LogReader,
    pub registers: Registers,
    pub reader: LogReader,
}

impl Replica {
    pub fn new(scope: ScopeId) -> Self {
        let reader = LogReader::new(scope);
        Self {
            log: Vec::new(),
            stored_reader: reader.clone(),
            registers: Registers::default(),
            reader,
        }
    }

    pub fn log(&self) -> &[Op] {
        &self.log
    }

    /// Stores and folds operations.
    pub fn append(&mut self, ops: &[Op]) {
        for op in ops {
            if self.registers.apply(op) == Applied::New {
                self.log.push(op.clone());
            } else {
                let known = self.log.iter().find(|known| known.id == op.id);
                assert_eq!(known, Some(op), "two operations of one id");
            }
        }
    }

    /// Puts operations in the place of others.
    pub fn replace(&mut self, ranges: &OpRanges, ops: &[Op]) {
        self.log.retain(|op| !ranges.contains(op.id));
        self.log.extend_from_slice(ops);
        self.fold();
    }

    /// What a backup of the whole phone has.
    pub fn on_disk(&self) -> Self {
        Self {
            log: self.log.clone(),
            stored_reader: self.stored_reader.clone(),
            registers: Registers::default(),
            reader: self.stored_reader.clone(),
        }
    }

    pub fn read(&mut self, asked: Cursor, page: &Page) {
        self.reader.read(asked, page).expect("an honest list");
    }

    pub fn take(&mut self, envelope: &Envelope, ops: &[Op]) {
        self.append(ops);
        self.reader.fetched(envelope, OpRanges::of_ops(ops));
    }

    pub fn store_reader(&mut self) {
        self.stored_reader = self.reader.clone();
    }

    /// All that is not on disk is forgotten.
    pub fn restart(&mut self) {
        let text = serde_json::to_string(&self.stored_reader).expect("written");
        self.reader = serde_json::from_str(&text).expect("as it was written");
        assert_eq!(self.reader, self.stored_reader);
        self.fold();
    }

    fn fold(&mut self) {
        self.registers = Registers::default();
        for op in &self.log {
            self.registers.apply(op);
        }
    }
}

/// In place of sealing, which is not what is tested here: the operations as they are.
pub fn close(ops: &[Op]) -> Vec<u8> {
    encode_ops(ops).expect("written")
}

pub fn open(envelope: &Envelope) -> Vec<Op> {
    decode_ops(envelope.sealed()).expect("as it was closed")
}

/// All operations by id; two different ones of one id end the test.
pub fn by_id<'a>(ops: impl IntoIterator<Item = &'a Op>) -> BTreeMap<OpId, Op> {
    let mut all = BTreeMap::new();
    for op in ops {
        let known = all.insert(op.id, op.clone());
        assert!(known.is_none_or(|known| known == *op), "two of {}", op.id);
    }
    all
}
