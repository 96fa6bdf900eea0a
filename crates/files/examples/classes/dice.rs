//! Chance that is the same every time.

use fastrand::Rng;
use std::ops::RangeInclusive;

/// Draws from a seed: the same seed gives the same draws on every machine.
pub(super) struct Dice(Rng);

impl Dice {
    /// The dice of the `nth` class: what others draw does not change what it draws.
    pub(super) fn of_class(seed: u64, nth: u64) -> Self {
        // The seed is drawn from first, so that seed 7 with class 8 is not seed 8 with class 7.
        let mut of_all = Rng::with_seed(seed);
        Self(Rng::with_seed(of_all.u64(..) ^ nth))
    }

    /// A number in `range`.
    pub(super) fn between(&mut self, range: RangeInclusive<u32>) -> u32 {
        self.0.u32(range)
    }

    /// Whether something happens that happens `percent` times in a hundred.
    pub(super) fn happens(&mut self, percent: u32) -> bool {
        self.0.u32(0..100) < percent
    }

    /// One of `others`, each as often as its percentage says; else what is usual.
    pub(super) fn usually<T: Copy>(&mut self, usual: T, others: &[(u32, T)]) -> T {
        let mut roll = self.0.u32(0..100);
        for &(percent, other) in others {
            if roll < percent {
                return other;
            }
            roll -= percent;
        }
        usual
    }

    /// One of `items`; `None` when there are none.
    pub(super) fn one_of<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        self.0.choice(items).cloned()
    }

    /// `items` in another order.
    pub(super) fn shuffled<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        self.0.shuffle(&mut items);
        items
    }

    /// Eight bytes.
    pub(super) fn bytes(&mut self) -> [u8; 8] {
        self.0.u64(..).to_be_bytes()
    }
}
