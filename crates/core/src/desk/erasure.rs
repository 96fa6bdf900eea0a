//! That something was erased: numbers, and no word about whom.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::log::{Change, Head, Key, Registers, Value};
use crate::retention::{ErasureCertificate, ErasureReason};
use crate::time::UnixMillis;

const ERASURE: &str = "erasure";

/// A note of an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureNote {
    /// The number of its certificate.
    pub certificate: String,
    /// Why.
    pub reason: ErasureReason,
    /// Of how many classes.
    pub classes: u32,
    /// Of how many students.
    pub students: u32,
    /// How many records.
    pub records: u32,
    /// When.
    pub at: UnixMillis,
}

/// Notes what a certificate says, without the names of the classes.
pub fn note_erasure(certificate: &ErasureCertificate) -> Vec<Change> {
    let (students, records) = certificate.total();
    let classes = u32::try_from(certificate.classes.len()).unwrap_or(u32::MAX);
    let count = |count: u32| Value::Int(count.into());
    let value = Value::map([
        ("reason", certificate.reason.code().into()),
        ("classes", count(classes)),
        ("students", count(students)),
        ("records", count(records)),
        (
            "at",
            Value::Int(i64::try_from(certificate.at.0).unwrap_or(i64::MAX)),
        ),
    ]);
    let key = Key::new(ERASURE, &[&certificate.number()], "note");
    vec![Change::new(key, value)]
}

/// All notes, the last first.
pub(super) fn read(registers: &Registers) -> Vec<ErasureNote> {
    let notes = registers.iter().filter_map(|(key, heads)| {
        let parts = key.parts();
        match parts.as_slice() {
            [entity, number, _] if entity == ERASURE => note(number, heads),
            _ => None,
        }
    });
    let mut notes: Vec<ErasureNote> = notes.collect();
    notes.sort_by_key(|note| Reverse(note.at));
    notes
}

fn note(number: &str, heads: &[Head]) -> Option<ErasureNote> {
    let value = &heads.first()?.value;
    let count = |name| value.get(name)?.as_int();
    Some(ErasureNote {
        certificate: number.to_owned(),
        reason: ErasureReason::from_value(value.get("reason")?)?,
        classes: count("classes")?,
        students: count("students")?,
        records: count("records")?,
        at: UnixMillis(value.get("at")?.as_int()?),
    })
}
