//! The history (变更记录): who changed which record when, from what to what.
//!
//! A correction is a new operation that names what it replaces, so whatever a class ever wrote can be
//! read from its log, and nothing has to be kept for it beside.
//!
//! # Layout
//! - here: the changes, in types
//! - `ledger`: the same as a table; `words`: what its cells say

mod ledger;
pub(crate) mod words;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::book::{About, is_private};
use crate::log::{DeviceId, Op, OpId, Value};
use crate::time::UnixMillis;

pub use ledger::{ledger, table};

/// One change of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// When, by the writer's clock.
    pub at: UnixMillis,
    /// On which device.
    pub by: DeviceId,
    /// Of which record.
    pub about: About,
    /// What the writer saw and replaced: nothing when it was the first to be written, several when a
    /// conflict was settled. `None` is a value that is not among the operations at hand.
    pub from: Vec<Option<&'a Value>>,
    /// What was written.
    pub to: &'a Value,
}

/// Every operation at hand once, by its id.
type Index<'a> = BTreeMap<OpId, &'a Op>;

/// All changes in a class's log, newest first, whatever the order of `ops` and however often one comes.
///
/// The private notes (备注) are not in it, nor is what this version cannot tell the meaning of.
pub fn of(ops: &[Op]) -> Vec<Entry<'_>> {
    let index = index(ops);
    let mut newest_first: Vec<&Op> = index.values().copied().collect();
    newest_first.sort_unstable_by_key(|op| Reverse((op.hlc, op.id)));
    let entry = |op| entry(op, &index);
    newest_first.into_iter().filter_map(entry).collect()
}

/// Of two operations with one id the first counts, as in [`crate::log::Registers::apply`].
fn index(ops: &[Op]) -> Index<'_> {
    let mut index = Index::new();
    for op in ops {
        index.entry(op.id).or_insert(op);
    }
    index
}

fn entry<'a>(op: &'a Op, index: &Index<'a>) -> Option<Entry<'a>> {
    if is_private(&op.key.parts()) {
        return None;
    }
    let about = About::of(&op.key);
    (about != About::Other).then(|| Entry {
        at: op.hlc.time(),
        by: op.id.device,
        about,
        from: replaced(op, index),
        to: &op.value,
    })
}

/// What `op` names as replaced. An operation replaces under its own key and nowhere else; one that names
/// another key's all the same must not bring that to light, which may be a private note.
fn replaced<'a>(op: &Op, index: &Index<'a>) -> Vec<Option<&'a Value>> {
    op.pred
        .iter()
        .map(|id| index.get(id))
        .filter(|named| named.is_none_or(|named| named.key == op.key))
        .map(|named| named.map(|named| &named.value))
        .collect()
}
