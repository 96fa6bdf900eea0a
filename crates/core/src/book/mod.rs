//! The class book: the typed reading of a class's registers.

use crate::log::{Key, Registers};

/// Everything a class has recorded, as types.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {}

impl Book {
    /// Reads all registers.
    pub fn fold(registers: &Registers) -> Self {
        let mut book = Self::default();
        book.refresh(registers, registers.iter().map(|(key, _)| key));
        book
    }

    /// Reads the registers of `keys` anew, after operations on them were applied.
    pub fn refresh<'a>(
        &mut self,
        _registers: &Registers,
        _keys: impl IntoIterator<Item = &'a Key>,
    ) {
    }
}
