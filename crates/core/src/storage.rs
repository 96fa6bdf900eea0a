//! What is decided about the stored log, apart from how a browser stores it.
//!
//! A log is stored as numbered segments and one [`LogHead`]. Every append compares the head it was
//! computed for with the stored one inside its transaction, so that two tabs of one device never
//! give the same number twice. A [`Sentinel`] kept elsewhere remembers how far the log had come, so
//! that a browser that cleared it is found out and never shown as an empty class.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::log::{DeviceId, Op, OpId, Registers};

/// The most segments that an opening folds on top of the snapshot.
pub const MAX_TAIL: u32 = 64;

/// How far the stored log has come. Every append moves it, and only ever forwards.
///
/// Its stored form is a line of three words. So is a [`Sentinel`]'s: both are read before the first
/// screen, and a JSON reader would weigh more there than everything it read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogHead {
    /// The number of the segment that comes next.
    pub next_segment: u32,
    /// Who writes here.
    pub device: DeviceId,
    /// The device's last counter; 0 before its first operation.
    pub last_ctr: u64,
}

/// A stored text that is no head, or no sentinel.
#[derive(Debug, PartialEq, Eq, Error)]
#[error("the stored state of the log cannot be read: {0:?}")]
pub struct ParseStoredError(String);

/// How the stored head compares to the one that was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has written since.
    Same,
    /// Another tab has written: its segments are to be loaded first.
    Moved,
    /// The log is shorter than it was: the browser has cleared it.
    Vanished,
}

/// What is remembered outside the log, to notice when the log is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentinel {
    /// Who wrote here.
    pub device: DeviceId,
    /// The device's last counter.
    pub last_ctr: u64,
    /// How many operations only this phone has.
    pub not_handed_in: u64,
}

/// Operations that should be here and are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// How many operations there should be, at least.
    pub expected: u64,
    /// How many there are.
    pub found: u64,
    /// How many stored segments cannot be read.
    pub unreadable: u64,
}

impl LogHead {
    /// The head of a log without segments.
    pub fn first(device: DeviceId) -> Self {
        Self {
            next_segment: 0,
            device,
            last_ctr: 0,
        }
    }

    /// The head after `ops`, stamped by this head's device, became the next segment.
    #[must_use]
    pub fn after_own(self, ops: &[Op]) -> Self {
        Self {
            last_ctr: ops.last().map_or(self.last_ctr, |op| op.id.ctr),
            ..self.after_foreign()
        }
    }

    /// The head after operations with ids of their own (a backup's) became the next segment.
    #[must_use]
    pub fn after_foreign(self) -> Self {
        Self {
            next_segment: self.next_segment.saturating_add(1),
            ..self
        }
    }

    /// The head from which another device writes on. The segment number moves too, so that tabs that
    /// know the old head see it has moved.
    #[must_use]
    pub fn handed_to(self, device: DeviceId) -> Self {
        Self {
            device,
            last_ctr: 0,
            ..self.after_foreign()
        }
    }

    /// Whether this head's device may write on: its counter and the log's agree. They do not when
    /// segments are unreadable, or when a backup brought operations that this device wrote before its
    /// log was lost; to write on would use a counter twice.
    pub fn may_write_on(self, registers: &Registers) -> bool {
        registers.seen().last_ctr(self.device) == self.last_ctr
    }

    /// Whether so many segments follow the snapshot (which holds all up to and including
    /// `snapshot`) that a new one is due.
    pub fn compaction_due(self, snapshot: Option<u32>) -> bool {
        let folded = snapshot.map_or(0, |segment| segment.saturating_add(1));
        self.next_segment.saturating_sub(folded) > MAX_TAIL
    }

    /// How the `stored` head compares to the one `known`.
    pub fn standing(known: Option<Self>, stored: Option<Self>) -> Standing {
        let next = |head: Option<Self>| head.map_or(0, |head| head.next_segment);
        if known == stored {
            Standing::Same
        } else if next(stored) > next(known) {
            Standing::Moved
        } else {
            Standing::Vanished
        }
    }
}

impl fmt::Display for LogHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.next_segment, self.device, self.last_ctr)
    }
}

impl FromStr for LogHead {
    type Err = ParseStoredError;

    fn from_str(text: &str) -> Result<Self, ParseStoredError> {
        let (next_segment, device, last_ctr) = three_words(text)?;
        Ok(Self {
            next_segment,
            device,
            last_ctr,
        })
    }
}

impl fmt::Display for Sentinel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {}",
            self.device, self.last_ctr, self.not_handed_in
        )
    }
}

impl FromStr for Sentinel {
    type Err = ParseStoredError;

    fn from_str(text: &str) -> Result<Self, ParseStoredError> {
        let (device, last_ctr, not_handed_in) = three_words(text)?;
        Ok(Self {
            device,
            last_ctr,
            not_handed_in,
        })
    }
}

/// The three values of a stored line.
fn three_words<A: FromStr, B: FromStr, C: FromStr>(
    text: &str,
) -> Result<(A, B, C), ParseStoredError> {
    let read = || {
        let mut words = text.split(' ');
        let values = (
            words.next()?.parse().ok()?,
            words.next()?.parse().ok()?,
            words.next()?.parse().ok()?,
        );
        words.next().is_none().then_some(values)
    };
    read().ok_or_else(|| ParseStoredError(text.to_owned()))
}

impl Sentinel {
    /// What to remember of a log that stands at `head` and folds to `registers`.
    pub fn of(head: LogHead, registers: &Registers) -> Self {
        Self {
            device: head.device,
            last_ctr: head.last_ctr,
            not_handed_in: registers.seen().len(),
        }
    }

    /// This sentinel, unless `other` tells of more: two tabs may write theirs in the wrong order.
    #[must_use]
    pub fn or_later(self, other: Option<Self>) -> Self {
        match other {
            Some(other) if other.device == self.device && other.last_ctr > self.last_ctr => other,
            _ => self,
        }
    }

    fn missing_in(self, registers: &Registers) -> u64 {
        let of_device = self
            .last_ctr
            .saturating_sub(registers.seen().last_ctr(self.device));
        of_device.max(self.not_handed_in.saturating_sub(registers.seen().len()))
    }
}

impl Loss {
    /// What is missing in the log that stands at `head`, folds to `registers` and has `unreadable`
    /// segments, by what `sentinel` remembers; `None` when nothing is.
    pub fn detect(
        sentinel: Option<Sentinel>,
        head: Option<LogHead>,
        registers: &Registers,
        unreadable: u64,
    ) -> Option<Self> {
        let remembered = sentinel.map_or(0, |sentinel| sentinel.missing_in(registers));
        let unread = head.map_or(0, |head| {
            head.last_ctr
                .saturating_sub(registers.seen().last_ctr(head.device))
        });
        // An unreadable segment holds at least one operation.
        let missing = remembered.max(unread).max(unreadable);
        let found = registers.seen().len();
        (missing > 0).then_some(Self {
            expected: found.saturating_add(missing),
            found,
            unreadable,
        })
    }
}

/// Whether an append that failed without a clear answer is stored after all: exactly its operations
/// are among `stored`. A segment is stored as a whole or not at all.
pub fn has_landed(attempt: &[Op], stored: &[Op]) -> bool {
    let stored: BTreeMap<OpId, &Op> = stored.iter().map(|op| (op.id, op)).collect();
    !attempt.is_empty() && attempt.iter().all(|op| stored.get(&op.id) == Some(&op))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Change, Hlc, Key};
    use crate::time::UnixMillis;

    const PHONE: [u8; 8] = [1; 8];
    const OTHER: [u8; 8] = [2; 8];

    fn device(bytes: [u8; 8]) -> DeviceId {
        DeviceId::from_bytes(bytes)
    }

    /// `count` operations of `device` on top of `registers`, applied.
    fn write(registers: &mut Registers, by: [u8; 8], count: u64) -> Vec<Op> {
        let changes = (0..count)
            .map(|n| Change::new(Key::new("student", &[&n.to_string()], "name"), "示例"))
            .collect();
        let ops = registers.stamp(device(by), Hlc::new(UnixMillis(1), 0), changes);
        for op in &ops {
            registers.apply(op);
        }
        ops
    }

    fn head(next_segment: u32, by: [u8; 8], last_ctr: u64) -> LogHead {
        LogHead {
            next_segment,
            device: device(by),
            last_ctr,
        }
    }

    #[test]
    fn the_head_counts_segments_and_own_operations() {
        let mut registers = Registers::default();
        let first = LogHead::first(device(PHONE));
        let own = first.after_own(&write(&mut registers, PHONE, 3));
        assert_eq!(own, head(1, PHONE, 3));
        assert_eq!(own.after_foreign(), head(2, PHONE, 3));
        assert_eq!(own.handed_to(device(OTHER)), head(2, OTHER, 0));
    }

    #[test]
    fn head_and_sentinel_are_stored_as_lines_and_read_back() {
        let head = head(7, PHONE, 12);
        assert_eq!(head.to_string(), "7 0101010101010101 12");
        assert_eq!("7 0101010101010101 12".parse(), Ok(head));
        let sentinel = Sentinel {
            device: device(OTHER),
            last_ctr: 3,
            not_handed_in: 2,
        };
        assert_eq!(sentinel.to_string(), "0202020202020202 3 2");
        assert_eq!("0202020202020202 3 2".parse(), Ok(sentinel));
    }

    #[test]
    fn a_stored_line_that_says_anything_else_is_refused() {
        for text in [
            "",
            "7",
            "7 0101010101010101",
            "7 0101010101010101 12 1",
            "7  0101010101010101 12",
            "-1 0101010101010101 12",
            "4294967296 0101010101010101 12",
            "7 01 12",
            "{}",
        ] {
            let read = text.parse::<LogHead>();
            assert_eq!(read, Err(ParseStoredError(text.to_owned())), "{text:?}");
        }
        assert!("0202020202020202 3".parse::<Sentinel>().is_err());
    }

    #[test]
    fn a_head_is_the_same_moved_or_vanished() {
        let five = Some(head(5, PHONE, 9));
        for (known, stored, standing) in [
            (None, None, Standing::Same),
            (five, five, Standing::Same),
            (None, five, Standing::Moved),
            (five, Some(head(6, PHONE, 10)), Standing::Moved),
            (five, Some(head(6, OTHER, 0)), Standing::Moved),
            (five, None, Standing::Vanished),
            (five, Some(head(4, PHONE, 8)), Standing::Vanished),
            (five, Some(head(5, OTHER, 9)), Standing::Vanished),
        ] {
            assert_eq!(
                LogHead::standing(known, stored),
                standing,
                "{known:?} {stored:?}"
            );
        }
    }

    #[test]
    fn a_device_stops_writing_when_its_counter_and_the_log_disagree() {
        let mut registers = Registers::default();
        write(&mut registers, PHONE, 3);
        assert!(head(1, PHONE, 3).may_write_on(&registers));
        assert!(head(1, OTHER, 0).may_write_on(&registers));
        assert!(
            !head(1, PHONE, 5).may_write_on(&registers),
            "two operations are in a segment that cannot be read"
        );
        assert!(
            !head(1, PHONE, 2).may_write_on(&registers),
            "a backup knows more of this device than its own log"
        );
    }

    #[test]
    fn a_snapshot_is_due_after_64_segments() {
        for (next_segment, snapshot, due) in [
            (64, None, false),
            (65, None, true),
            (64 + 10, Some(9), false),
            (65 + 10, Some(9), true),
            (5, Some(9), false),
        ] {
            assert_eq!(
                head(next_segment, PHONE, 1).compaction_due(snapshot),
                due,
                "{next_segment} {snapshot:?}"
            );
        }
    }

    #[test]
    fn a_log_that_is_whole_has_no_loss() {
        let mut registers = Registers::default();
        assert_eq!(Loss::detect(None, None, &registers, 0), None);
        write(&mut registers, PHONE, 4);
        let head = head(1, PHONE, 4);
        let sentinel = Sentinel::of(head, &registers);
        assert_eq!(
            Loss::detect(Some(sentinel), Some(head), &registers, 0),
            None
        );
        // A kill right after a commit: the log is ahead of the sentinel.
        write(&mut registers, PHONE, 1);
        assert_eq!(
            Loss::detect(Some(sentinel), Some(head), &registers, 0),
            None
        );
    }

    #[test]
    fn a_log_that_is_empty_or_behind_its_sentinel_is_a_loss() {
        let mut registers = Registers::default();
        let sentinel = Sentinel {
            device: device(PHONE),
            last_ctr: 4,
            not_handed_in: 6,
        };
        let lost = |registers: &Registers| Loss::detect(Some(sentinel), None, registers, 0);
        let loss = |expected, found| {
            Some(Loss {
                expected,
                found,
                unreadable: 0,
            })
        };
        assert_eq!(lost(&registers), loss(6, 0));
        write(&mut registers, PHONE, 3);
        assert_eq!(lost(&registers), loss(6, 3));
        write(&mut registers, OTHER, 3);
        assert_eq!(
            lost(&registers),
            loss(7, 6),
            "as many, but not this phone's own"
        );
        write(&mut registers, PHONE, 1);
        assert_eq!(lost(&registers), None);
    }

    #[test]
    fn a_segment_that_cannot_be_read_is_a_loss_without_a_sentinel() {
        let mut registers = Registers::default();
        write(&mut registers, PHONE, 3);
        let behind = Loss::detect(None, Some(head(2, PHONE, 5)), &registers, 1);
        let foreign = Loss::detect(None, Some(head(2, PHONE, 3)), &registers, 1);
        assert_eq!(behind.map(|loss| (loss.expected, loss.found)), Some((5, 3)));
        assert_eq!(
            foreign.map(|loss| (loss.expected, loss.found)),
            Some((4, 3))
        );
    }

    #[test]
    fn the_later_sentinel_of_a_device_stays() {
        let of = |by, last_ctr| Sentinel {
            device: device(by),
            last_ctr,
            not_handed_in: last_ctr,
        };
        assert_eq!(of(PHONE, 3).or_later(Some(of(PHONE, 5))), of(PHONE, 5));
        assert_eq!(of(PHONE, 3).or_later(Some(of(PHONE, 2))), of(PHONE, 3));
        assert_eq!(of(PHONE, 3).or_later(Some(of(OTHER, 5))), of(PHONE, 3));
        assert_eq!(of(PHONE, 3).or_later(None), of(PHONE, 3));
    }

    #[test]
    fn an_append_has_landed_when_exactly_its_operations_are_stored() {
        let mut registers = Registers::default();
        let before = write(&mut registers, PHONE, 2);
        let mut elsewhere = registers.clone();
        let attempt = write(&mut registers, PHONE, 2);
        let stored = [before.clone(), attempt.clone()].concat();
        assert!(has_landed(&attempt, &stored));
        assert!(!has_landed(&attempt, &before));
        assert!(!has_landed(&[], &stored));
        // Another tab of the same device took the same counters for something else.
        let changes = vec![Change::new(Key::new("class", &["self"], "name"), "示例班"); 2];
        let rival = elsewhere.stamp(device(PHONE), Hlc::new(UnixMillis(2), 0), changes);
        for op in &rival {
            elsewhere.apply(op);
        }
        assert_eq!(rival[0].id, attempt[0].id);
        assert!(!has_landed(&attempt, &[before, rival].concat()));
    }
}
