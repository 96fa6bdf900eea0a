//! Token buckets: so many at once, then so many a minute.

use std::collections::HashMap;
use std::hash::Hash;
use wuzha_core::time::UnixMillis;

use crate::Problem;

/// How often something may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// As often as anyone likes.
    Unlimited,
    /// So many times a minute, and as many at once after a minute of rest.
    PerMinute(u32),
}

/// Counts by key. Keys that have rested for a minute are forgotten.
#[derive(Debug)]
pub struct Buckets<K> {
    rate: Rate,
    /// Until when each key has used up its share, were all of it used at the allowed rate.
    used_until: HashMap<K, u64>,
    forget_at: usize,
}

const MINUTE: u64 = 60_000;
/// How many keys are kept before the rested ones are looked for.
const FORGET_FROM: usize = 10_000;

impl<K: Eq + Hash> Buckets<K> {
    /// No key has used anything yet.
    pub fn new(rate: Rate) -> Self {
        Self {
            rate,
            used_until: HashMap::new(),
            forget_at: FORGET_FROM,
        }
    }

    /// Uses one of `key`'s share.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when it is used up.
    pub fn take(&mut self, key: K, now: UnixMillis) -> Result<(), Problem> {
        let Rate::PerMinute(count) = self.rate else {
            return Ok(());
        };
        self.forget(now);
        let each = MINUTE / u64::from(count.max(1));
        let used_until = self.used_until.entry(key).or_insert(now.0);
        // A clock that was set back does not lock anybody out for longer than a minute.
        let from = (*used_until).clamp(now.0, now.0.saturating_add(MINUTE));
        let until = from.saturating_add(each);
        let over = until.saturating_sub(now.0.saturating_add(MINUTE));
        if over > 0 {
            let retry_after = u32::try_from(over.div_ceil(1000)).unwrap_or(u32::MAX);
            return Err(Problem::TooMany { retry_after });
        }
        *used_until = until;
        Ok(())
    }

    fn forget(&mut self, now: UnixMillis) {
        if self.used_until.len() >= self.forget_at {
            self.used_until.retain(|_, until| *until > now.0);
            self.forget_at = FORGET_FROM.max(self.used_until.len() * 2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(buckets: &mut Buckets<u32>, key: u32, ms: u64) -> Result<(), Problem> {
        buckets.take(key, UnixMillis(1_000_000 + ms))
    }

    #[test]
    fn a_share_is_used_up_and_comes_back() {
        let mut buckets = Buckets::new(Rate::PerMinute(6));
        for n in 0..6 {
            assert_eq!(take(&mut buckets, 1, 0), Ok(()), "{n}");
        }
        let refused = Err(Problem::TooMany { retry_after: 10 });
        assert_eq!(take(&mut buckets, 1, 0), refused);
        assert_eq!(take(&mut buckets, 2, 0), Ok(()), "another's share");
        let refused = Err(Problem::TooMany { retry_after: 1 });
        assert_eq!(take(&mut buckets, 1, 9_999), refused);
        assert_eq!(take(&mut buckets, 1, 10_000), Ok(()));
        assert!(take(&mut buckets, 1, 10_000).is_err());
        for n in 0..6 {
            assert_eq!(take(&mut buckets, 1, 100_000), Ok(()), "{n} after resting");
        }
        assert!(take(&mut buckets, 1, 100_000).is_err());
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out_for_long() {
        let mut buckets = Buckets::new(Rate::PerMinute(1));
        assert_eq!(take(&mut buckets, 1, 900_000), Ok(()));
        let refused = Err(Problem::TooMany { retry_after: 60 });
        assert_eq!(take(&mut buckets, 1, 0), refused);
    }

    #[test]
    fn no_limit_is_no_limit() {
        let mut buckets = Buckets::new(Rate::Unlimited);
        assert!((0..1_000).all(|_| take(&mut buckets, 1, 0).is_ok()));
        assert!(buckets.used_until.is_empty());
    }

    #[test]
    fn keys_that_rest_are_forgotten() {
        let mut buckets = Buckets::new(Rate::PerMinute(6));
        for key in 0..20_000 {
            let ms = u64::from(key) * 100;
            assert_eq!(take(&mut buckets, key, ms), Ok(()));
        }
        assert!(buckets.used_until.len() <= FORGET_FROM);
    }
}
