//! The number of a life of the store.

use wuzha_core::time::UnixMillis;

/// How many bits at the end are random.
const RANDOM_BITS: u32 = 20;

/// The epoch that begins now, after `previous`. Later epochs are larger: a phone tells by that which
/// receipt is of a life that ended. It is made of the time, so that two restores of one backup are two
/// epochs, and of some random bits, in case they happen in one second on two machines. It stays below
/// 2^53, which JavaScript can hold, for two centuries.
pub fn next(previous: Option<u64>, now: UnixMillis, random: [u8; 4]) -> u64 {
    let random = u64::from(u32::from_be_bytes(random) >> (32 - RANDOM_BITS));
    let by_time = (now.0 / 1000) << RANDOM_BITS | random;
    previous.map_or(by_time, |previous| by_time.max(previous.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

    #[test]
    fn restoring_one_backup_twice_gives_two_epochs() {
        let backup = next(None, NOW, [0; 4]);
        let later = UnixMillis(NOW.0 + 1_000);
        let first = next(Some(backup), UnixMillis(NOW.0), [1, 2, 3, 4]);
        assert_ne!(first, next(Some(backup), later, [1, 2, 3, 4]));
        assert_ne!(first, next(Some(backup), NOW, [4, 3, 2, 1]));
    }

    #[test]
    fn epochs_grow_even_when_the_clock_is_set_back() {
        let before = next(None, NOW, [255; 4]);
        assert_eq!(next(Some(before), UnixMillis(0), [0; 4]), before + 1);
        assert!(next(Some(before), UnixMillis(NOW.0 + 1_000), [0; 4]) > before);
    }

    #[test]
    fn an_epoch_is_a_number_that_javascript_holds() {
        let in_the_year_2200 = UnixMillis(7_258_118_400_000);
        assert!(next(None, in_the_year_2200, [255; 4]) < 1 << 53);
    }
}
