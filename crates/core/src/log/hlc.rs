use serde::{Deserialize, Serialize};

use crate::time::UnixMillis;

/// Clocks further apart than this are not followed but shown.
pub const MAX_SKEW_MS: u64 = 5 * 60 * 1000;

/// A hybrid logical clock reading: wall time in ms, then a counter within it.
///
/// It orders what people see and nothing else: causality is carried by `pred`, so a wrong clock
/// never makes data be refused.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Hlc(u64, u16);

impl Hlc {
    /// A reading of `time` with counter `tick`.
    pub fn new(time: UnixMillis, tick: u16) -> Self {
        Self(time.0, tick)
    }

    /// The wall time, for display.
    pub fn time(self) -> UnixMillis {
        UnixMillis(self.0)
    }

    /// The reading after `self` at wall time `now`. A `self` more than [`MAX_SKEW_MS`] in the future
    /// came from a wrong clock and is not followed, or one bad phone would date everybody's records.
    #[must_use]
    pub fn next(self, now: UnixMillis) -> Self {
        if now.0 > self.0 || self.skew_ms(now) > MAX_SKEW_MS {
            return Self(now.0, 0);
        }
        match self.1.checked_add(1) {
            Some(tick) => Self(self.0, tick),
            None => Self(self.0.saturating_add(1), 0),
        }
    }

    /// How far this reading lies in the future of `now`, in ms; 0 when it does not.
    pub fn skew_ms(self, now: UnixMillis) -> u64 {
        self.0.saturating_sub(now.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_grow_even_when_the_wall_clock_stands_or_steps_back() {
        let first = Hlc::default().next(UnixMillis(1_000_000));
        let same_ms = first.next(UnixMillis(1_000_000));
        let stepped_back = same_ms.next(UnixMillis(999_990));
        assert!(first < same_ms && same_ms < stepped_back);
        assert_eq!(stepped_back.time(), UnixMillis(1_000_000));
    }

    #[test]
    fn a_clock_a_year_ahead_is_not_followed() {
        let a_year_ahead = Hlc::new(UnixMillis(31_536_000_000 + 1_000), 0);
        assert_eq!(
            a_year_ahead.next(UnixMillis(1_000)),
            Hlc::new(UnixMillis(1_000), 0)
        );
        assert!(a_year_ahead.skew_ms(UnixMillis(1_000)) > MAX_SKEW_MS);
    }

    #[test]
    fn an_exhausted_counter_moves_to_the_next_millisecond() {
        let full = Hlc::new(UnixMillis(7), u16::MAX);
        assert_eq!(full.next(UnixMillis(7)), Hlc::new(UnixMillis(8), 0));
    }
}
