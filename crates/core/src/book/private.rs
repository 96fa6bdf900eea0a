//! What stays on the phone that wrote it: the private note on a student (备注).

use std::collections::BTreeMap;

use super::keys;
use crate::log::{Head, Op, Value};

/// The operation as others get it, be they the class's other phones or the school. Of a private one they
/// get that there is one, since numbers have no gaps, and nothing of what it says; it replaces nothing.
pub fn for_others(op: &Op) -> Op {
    match is_private(&op.key.parts()) {
        true => Op {
            value: Value::Null,
            pred: Vec::new(),
            extra: BTreeMap::new(),
            ..op.clone()
        },
        false => op.clone(),
    }
}

/// What was written here: of others' private operations only marks arrive.
pub(super) fn written_here(heads: &[Head]) -> Vec<Head> {
    let written = heads.iter().filter(|head| head.value != Value::Null);
    written.cloned().collect()
}

/// Whether the register with these parts is private.
pub(crate) fn is_private(parts: &[String]) -> bool {
    parts.first().is_some_and(|entity| entity == keys::NOTE)
}
