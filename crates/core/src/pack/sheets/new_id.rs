//! Ids for rows that a person added.

use std::collections::BTreeSet;

use super::line::{ID, Line};
use super::{SheetFault, WrongCell};
use crate::ident::Slug;

/// The ids of a list so far.
#[derive(Default)]
pub(super) struct Ids(BTreeSet<Slug>);

impl Ids {
    /// All ids that stand in the rows already, so that no new one is equal to one of a later row.
    pub(super) fn of<'a>(lines: impl Iterator<Item = Line<'a>>) -> Self {
        Self(lines.filter_map(|line| line.id().ok().flatten()).collect())
    }

    /// An id made from the row's words, with `prefix` before it: the same file gives the same ids, on any
    /// device. Two rows of the same words are told apart by the order in which they stand.
    pub(super) fn make_from(&mut self, prefix: &str, words: &str) -> Option<Slug> {
        // So much that with the rest it is still an id.
        let prefix: String = prefix.chars().take(40).collect();
        let base = format!("{prefix}-{:08x}", hash(words));
        let numbered = (2..).map(|n: u32| format!("{base}-{n}"));
        let id = std::iter::once(base.clone())
            .chain(numbered)
            .map_while(|id| Slug::try_from(id).ok())
            .find(|id| !self.0.contains(id))?;
        self.0.insert(id.clone());
        Some(id)
    }
}

/// Ids that a row has given, to notice one that is there twice.
#[derive(Default)]
pub(super) struct Given(BTreeSet<Slug>);

impl Given {
    /// Takes the id of `line`; one that another line has is told.
    pub(super) fn take(&mut self, line: &Line<'_>, id: &Slug) -> Result<(), SheetFault> {
        if self.0.insert(id.clone()) {
            return Ok(());
        }
        Err(line.fault(ID, WrongCell::RepeatedId(id.as_str().to_owned())))
    }
}

/// FNV-1a: no secret depends on it, it only has to be the same everywhere.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
