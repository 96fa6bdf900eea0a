use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Change, DeviceId, Hlc, Key, Op, OpId, Value, VersionVector};

/// The fold of a log: every register with what is visible in it, and which operations went in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Registers {
    seen: VersionVector,
    last_hlc: Hlc,
    cells: BTreeMap<Key, Register>,
}

/// A multi-value register: the operations on one key that no other has replaced.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Register {
    /// Greatest (hlc, id) first: the first one is shown.
    heads: Vec<Head>,
    /// Operations that were named as replaced before they themselves arrived.
    replaced_early: Vec<OpId>,
}

/// One visible operation of a register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Its operation.
    pub id: OpId,
    /// When it was written.
    pub hlc: Hlc,
    /// What it wrote.
    pub value: Value,
}

/// What [`Registers::apply`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The operation is new; its register may read differently now.
    New,
    /// The operation was here already; nothing changed.
    Duplicate,
}

impl Registers {
    /// Folds one operation in.
    pub fn apply(&mut self, op: &Op) -> Applied {
        if !self.seen.insert(op.id) {
            return Applied::Duplicate;
        }
        self.last_hlc = self.last_hlc.max(op.hlc);
        let cell = self.cells.entry(op.key.clone()).or_default();
        for &replaced in &op.pred {
            cell.replace(replaced, self.seen.contains(replaced));
        }
        cell.show(op);
        Applied::New
    }

    /// Takes over what is visible under `key` somewhere else, in place of what is here.
    pub(crate) fn keep(&mut self, key: &Key, heads: &[Head]) {
        let cell = self.cells.entry(key.clone()).or_default();
        cell.heads = heads.to_vec();
    }

    /// Gives `changes` their identity: written by `device` at `hlc`, each replacing what is visible
    /// now. The operations are not applied yet; that comes after they are stored.
    pub fn stamp(&self, device: DeviceId, hlc: Hlc, changes: Vec<Change>) -> Vec<Op> {
        let last_ctr = self.seen.last_ctr(device);
        let mut ops: Vec<Op> = Vec::with_capacity(changes.len());
        // The last write of a batch to each key, so that a second write to a key replaces the first.
        let mut written: BTreeMap<Key, OpId> = BTreeMap::new();
        for (nth, Change { key, value }) in (1..).zip(changes) {
            let ctr = last_ctr.saturating_add(nth);
            let id = OpId { device, ctr };
            let pred = match written.insert(key.clone(), id) {
                Some(earlier) => vec![earlier],
                None => self.heads(&key).iter().map(|head| head.id).collect(),
            };
            ops.push(Op {
                id,
                hlc,
                key,
                value,
                pred,
                extra: BTreeMap::new(),
            });
        }
        ops
    }

    /// What takes `changes` back: the values that are shown now. To be asked before they are applied.
    pub fn undoing(&self, changes: &[Change]) -> Vec<Change> {
        let shown = |key: &Key| {
            let head = self.heads(key).first();
            head.map_or(Value::Null, |head| head.value.clone())
        };
        changes
            .iter()
            .map(|change| Change::new(change.key.clone(), shown(&change.key)))
            .collect()
    }

    /// What is visible under `key`, the shown one first; empty for a key never written.
    pub fn heads(&self, key: &Key) -> &[Head] {
        self.cells.get(key).map_or(&[], |cell| &cell.heads)
    }

    /// All registers in key order.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &[Head])> {
        self.cells
            .iter()
            .map(|(key, cell)| (key, cell.heads.as_slice()))
    }

    /// Which operations are in this fold.
    pub fn seen(&self) -> &VersionVector {
        &self.seen
    }

    /// The greatest clock reading seen.
    pub fn last_hlc(&self) -> Hlc {
        self.last_hlc
    }
}

impl Register {
    fn replace(&mut self, replaced: OpId, has_arrived: bool) {
        if let Some(at) = self.heads.iter().position(|head| head.id == replaced) {
            self.heads.remove(at);
        } else if !has_arrived && !self.replaced_early.contains(&replaced) {
            self.replaced_early.push(replaced);
        }
    }

    fn show(&mut self, op: &Op) {
        if let Some(at) = self.replaced_early.iter().position(|&id| id == op.id) {
            self.replaced_early.remove(at);
            return;
        }
        let head = Head {
            id: op.id,
            hlc: op.hlc,
            value: op.value.clone(),
        };
        let at = self
            .heads
            .partition_point(|other| (other.hlc, other.id) > (head.hlc, head.id));
        self.heads.insert(at, head);
    }
}
