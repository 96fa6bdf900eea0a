//! One field of the book: what is shown, and what was written beside it unseen.

use crate::log::{DeviceId, Head, Value};
use crate::time::UnixMillis;

/// A typed reading of one register.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<T> {
    shown: Option<Written<T>>,
    rivals: Vec<Written<Option<T>>>,
}

/// A value with who wrote it and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<T> {
    /// What was written.
    pub value: T,
    /// When, by the writer's clock.
    pub at: UnixMillis,
    /// On which device.
    pub by: DeviceId,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self {
            shown: None,
            rivals: Vec::new(),
        }
    }
}

impl<T: PartialEq> Field<T> {
    /// Reads a register's visible operations, the shown one first.
    ///
    /// A value this version cannot read (written by a newer one) is kept in the log and shown as
    /// unknown here. Rivals that say the same as what is shown are no conflict.
    pub(super) fn read(heads: &[Head], parse: impl Fn(&Value) -> Option<T>) -> Self {
        let mut readings = heads.iter().map(|head| Written {
            value: parse(&head.value),
            at: head.hlc.time(),
            by: head.id.device,
        });
        let Some(first) = readings.next() else {
            return Self::default();
        };
        let rivals = readings
            .filter(|rival| rival.value != first.value)
            .collect();
        let Written { value, at, by } = first;
        Self {
            shown: value.map(|value| Written { value, at, by }),
            rivals,
        }
    }
}

impl<T> Field<T> {
    /// The value, when one is known.
    pub fn get(&self) -> Option<&T> {
        self.shown.as_ref().map(|written| &written.value)
    }

    /// The value with who wrote it and when.
    pub fn written(&self) -> Option<&Written<T>> {
        self.shown.as_ref()
    }

    /// Other values that somebody wrote without seeing this one (`None`: cleared it).
    pub fn rivals(&self) -> &[Written<Option<T>>] {
        &self.rivals
    }

    /// Whether people wrote different things without seeing each other.
    pub fn is_in_conflict(&self) -> bool {
        !self.rivals.is_empty()
    }
}

impl<T: Copy> Field<T> {
    /// A copy of the value, when one is known.
    pub fn copied(&self) -> Option<T> {
        self.get().copied()
    }
}
