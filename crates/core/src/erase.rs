//! Erasing one student (删除): a class's operations without anything of them.
//!
//! Operations are numbered without gaps, so none can go. What is about the student is emptied instead, as a
//! private note is on hand-in: the number stays and says nothing, not even whom it was about.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::book::About;
use crate::ident::StudentNo;
use crate::log::{Key, Op, OpId, Value};
use crate::mention::{self, Person};

/// What was erased of one student.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedCounts {
    /// Operations that were about the student and are empty now.
    pub records: u32,
    /// Texts about something else out of which number and name were taken.
    pub mentions: u32,
}

/// `ops` without the student `no`, and what that took. Erasing again finds nothing.
///
/// All other operations are as they were, but for remarks and reasons that named the student. The ids stay:
/// where the old operations arrive once more, they are duplicates. What the class's phones write about the
/// student afterwards is new; it has to be erased there as well.
pub fn erase_student(ops: &[Op], no: &StudentNo) -> (Vec<Op>, ErasedCounts) {
    let person = mention::people(ops).remove(no);
    let person = person.unwrap_or_else(|| Person::of(no));
    let mut counts = ErasedCounts::default();
    let erased = ops.iter().map(|op| {
        if is_about(op, no, &person) {
            counts.records = counts.records.saturating_add(1);
            return emptied(op);
        }
        let mut op = op.clone();
        if person.take_out_of(&mut op) {
            counts.mentions = counts.mentions.saturating_add(1);
        }
        op
    });
    (erased.collect(), counts)
}

/// Whether an operation is about the student, be it one that only a newer version can read.
pub(crate) fn is_about(op: &Op, no: &StudentNo, person: &Person) -> bool {
    match About::of(&op.key) {
        About::Student { no: of, .. } | About::Attempt { no: of, .. } => of == *no,
        About::Other if op.key == emptied_key(op.id) => false,
        About::Other => {
            let mut parts = op.key.parts().into_iter();
            parts.any(|part| part == no.as_str() || person.is_in(&part))
        }
        About::Profile(_)
        | About::Round(_)
        | About::Finding { .. }
        | About::Paper(_)
        | About::Activity { .. }
        | About::Recorder(_) => false,
    }
}

/// Each gets a key of its own and replaces nothing: which belonged together, and how often one record was
/// changed, is gone too. A `pred` under another key would make the fold depend on the order.
fn emptied(op: &Op) -> Op {
    Op {
        id: op.id,
        hlc: op.hlc,
        key: emptied_key(op.id),
        value: Value::Null,
        pred: Vec::new(),
        extra: BTreeMap::new(),
    }
}

fn emptied_key(id: OpId) -> Key {
    Key::new("erased", &[&id.to_string()], "value")
}
