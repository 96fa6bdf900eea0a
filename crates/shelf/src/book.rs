//! A class's book on the shelf.
//!
//! A class is known by who writes for it. Every phone has a log device of its own for each class
//! (`wuzha_core::storage`), so operations with a writer in common are of one class, whether they came from
//! the server, in a backup, or in somebody else's backup of a year ago. What the school knows as one class
//! is one as well.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use wuzha_core::book::Book;
use wuzha_core::log::{DeviceId, Op, OpId, Registers};
use wuzha_core::overview::Figures;
use wuzha_core::pack::Pack;
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_jobs::shelf::{BookId, Card};
use wuzha_seal::ClassId;

/// What stands on a book's back: its card, and who writes in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Back {
    pub(crate) card: Card,
    writers: BTreeSet<DeviceId>,
}

/// What is to be put on the shelf.
pub(crate) struct Batch {
    /// As the school knows the class, where it came from the server.
    pub(crate) class: Option<ClassId>,
    pub(crate) ops: Vec<Op>,
}

/// With what figures are made.
pub(crate) struct Means<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) offset: UtcOffset,
    pub(crate) now: UnixMillis,
}

impl Back {
    /// Whether a batch belongs to this book.
    pub(crate) fn is_of(&self, batch: &Batch) -> bool {
        let is_same_class = self.card.class.is_some() && self.card.class == batch.class;
        let mut devices = batch.ops.iter().map(|op| op.id.device);
        is_same_class || devices.any(|device| self.writers.contains(&device))
    }

    /// The back of a book with these operations, which has taken in `before`.
    pub(crate) fn of(
        book: BookId,
        ops: &BTreeMap<OpId, Op>,
        class: Option<ClassId>,
        means: &Means<'_>,
    ) -> Self {
        let registers = fold(ops.values());
        let figures = Figures::of(
            &registers,
            &Book::fold(&registers),
            means.pack,
            means.offset,
        );
        Self {
            card: Card {
                book,
                class,
                taken_at: means.now,
                records: ops.len() as u64,
                figures,
            },
            writers: ops.keys().map(|id| id.device).collect(),
        }
    }
}

/// The registers of a class.
pub(crate) fn fold<'a>(ops: impl IntoIterator<Item = &'a Op>) -> Registers {
    let mut registers = Registers::default();
    for op in ops {
        registers.apply(op);
    }
    registers
}
