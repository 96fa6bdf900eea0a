//! When to try again.

use serde::{Deserialize, Serialize};
use wuzha_core::time::UnixMillis;

/// The ceiling of the first wait, in ms.
pub const MIN_BACKOFF_MS: u64 = 2_000;
/// The longest wait that is not the server's wish, in ms.
pub const MAX_BACKOFF_MS: u64 = 5 * 60 * 1_000;
/// The longest wait that an answer may ask for, in ms. Whatever stands between the phone and its server
/// can write a `Retry-After`; it must not hold back a class's work for a day.
pub const MAX_RETRY_AFTER_MS: u64 = 60 * 60 * 1_000;

/// A random number from outside, so that phones that failed together do not come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jitter(pub u32);

/// A time during which nothing is sent.
///
/// It is kept as a beginning and a length, not as an end: a phone whose clock stood a year ahead when
/// the wait began, and is right again, would otherwise wait for that year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    since: UnixMillis,
    ms: u64,
}

/// How long to wait after the `attempts`-th failure, in ms: twice as long each time, from
/// [`MIN_BACKOFF_MS`] to [`MAX_BACKOFF_MS`], of which the upper half is left to chance.
pub fn retry_delay_ms(attempts: u32, jitter: Jitter) -> u64 {
    let doublings = attempts.saturating_sub(1).min(16);
    let ceiling = (MIN_BACKOFF_MS << doublings).min(MAX_BACKOFF_MS);
    let half = ceiling / 2;
    half + (half * u64::from(jitter.0)) / u64::from(u32::MAX)
}

impl Hold {
    /// A wait of `ms` from `now` on.
    pub(crate) fn new(now: UnixMillis, ms: u64) -> Self {
        Self { since: now, ms }
    }

    /// How many ms of it are left. When the clock was set back before its beginning, nobody knows how
    /// much has passed: it begins anew, and so ends after its length at the latest.
    pub(crate) fn left_ms(&mut self, now: UnixMillis) -> u64 {
        self.since = self.since.min(now);
        self.end().saturating_sub(now.0)
    }

    /// Over at once, and still in the place in the queue that its beginning gives it.
    pub(crate) fn cut_short(&mut self) {
        self.ms = 0;
    }

    /// The one of two that ends later.
    pub(crate) fn or_longer(self, other: Option<Self>) -> Self {
        match other {
            Some(other) if other.end() > self.end() => other,
            _ => self,
        }
    }

    /// When it ends, by the clock it was made with. No wait that was stored is longer than one that
    /// is made.
    pub(crate) fn end(self) -> u64 {
        self.since.0.saturating_add(self.ms.min(MAX_RETRY_AFTER_MS))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_wait_is_between_a_second_and_five_minutes(attempts in any::<u32>(), jitter in any::<u32>()) {
            let ms = retry_delay_ms(attempts, Jitter(jitter));
            prop_assert!((MIN_BACKOFF_MS / 2..=MAX_BACKOFF_MS).contains(&ms), "{ms}");
            let next = retry_delay_ms(attempts.saturating_add(1), Jitter(jitter));
            prop_assert!(next >= ms, "it never gets shorter");
        }

        #[test]
        fn a_wait_ends_however_the_clock_is_set(
            ms in any::<u64>(), since in any::<u64>(), now in any::<u64>(),
        ) {
            let mut hold = Hold::new(UnixMillis(since), ms);
            let left = hold.left_ms(UnixMillis(now));
            prop_assert!(left <= ms.min(MAX_RETRY_AFTER_MS));
            prop_assert_eq!(hold.left_ms(UnixMillis(now.saturating_add(left))), 0);
        }
    }

    #[test]
    fn waits_double_up_to_five_minutes_and_half_of_each_is_chance() {
        let waits = |jitter| [1, 2, 3, 8, 9, 1_000].map(|n| retry_delay_ms(n, Jitter(jitter)));
        let shortest = [1_000, 2_000, 4_000, 128_000, 150_000, 150_000];
        let longest = [2_000, 4_000, 8_000, 256_000, 300_000, 300_000];
        assert_eq!((waits(0), waits(u32::MAX)), (shortest, longest));
    }

    #[test]
    fn a_clock_that_was_a_year_ahead_does_not_hold_for_a_year() {
        let year = 365 * 24 * 60 * 60 * 1_000;
        let mut hold = Hold::new(UnixMillis(1_000 + year), 5_000);
        assert_eq!(hold.left_ms(UnixMillis(1_000)), 5_000);
        assert_eq!(hold.left_ms(UnixMillis(4_000)), 2_000);
        assert_eq!(hold.left_ms(UnixMillis(6_000)), 0);
    }
}
