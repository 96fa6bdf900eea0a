//! Which parts a code mixes: for both ends the same, from the transfer and the code's number.

use super::TransferId;
use super::{MAX_PARTS, frame::Cut};

/// Parts as bits of a number.
const BITS: usize = u64::BITS as usize;
/// So many words a code has at most.
const WORDS: u64 = (MAX_PARTS / BITS) as u64;

/// Which of a transfer's parts are mixed, part 0 as the lowest bit of the first word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selection(Vec<u64>);

impl Selection {
    /// The parts that the code of this number shows: below the number of parts the one of that number, else each
    /// by the throw of a coin, and one where none was thrown.
    pub(super) fn of(cut: &Cut, number: u32) -> Self {
        let parts = cut.parts();
        let number_of_one = number as usize % parts;
        if (number as usize) < parts {
            return Self::single(number_of_one, parts);
        }
        let mut words: Vec<u64> = (0..parts.div_ceil(BITS) as u64)
            .map(|word| random(cut.id, u64::from(number) * WORDS + word))
            .collect();
        if let (Some(last), used @ 1..) = (words.last_mut(), parts % BITS) {
            *last &= (1 << used) - 1;
        }
        let thrown = Self(words);
        match thrown.first() {
            Some(_) => thrown,
            None => Self::single(number_of_one, parts),
        }
    }

    fn single(part: usize, parts: usize) -> Self {
        let mut selection = Self(vec![0; parts.div_ceil(BITS)]);
        if let Some(word) = selection.0.get_mut(part / BITS) {
            *word |= 1 << (part % BITS);
        }
        selection
    }

    /// Whether a part is in it.
    pub(super) fn has(&self, part: usize) -> bool {
        let word = self.0.get(part / BITS);
        word.is_some_and(|word| word >> (part % BITS) & 1 == 1)
    }

    /// The lowest part in it; `None` for nothing.
    pub(super) fn first(&self) -> Option<usize> {
        let (at, word) = self.0.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(at * BITS + word.trailing_zeros() as usize)
    }

    /// Mixes another one in: what both have is gone.
    pub(super) fn mix(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word ^= other;
        }
    }
}

/// Mixes `other` into `data`.
pub(super) fn mix(data: &mut [u8], other: &[u8]) {
    for (byte, other) in data.iter_mut().zip(other) {
        *byte ^= other;
    }
}

/// `SplitMix64` (Steele, Lea, Flood 2014) with the transfer as its seed: the number at this place of its sequence.
fn random(id: TransferId, at: u64) -> u64 {
    const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = GAMMA.wrapping_mul(at.wrapping_add(1));
    let z = u64::from_be_bytes(id.0).wrapping_add(step);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
