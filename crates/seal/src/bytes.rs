//! Reading binary fields from outside, and writing them: big-endian, no padding.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The bytes end within a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("cut short: a field that begins at byte {at} is not whole")]
pub struct CutShort {
    /// Where the field begins, from 0.
    pub at: u64,
}

/// Takes fields off the front of bytes from outside.
pub(crate) struct Reader<'a> {
    whole: usize,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            whole: bytes.len(),
            rest: bytes,
        }
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], CutShort> {
        let (field, rest) = self.rest.split_first_chunk().ok_or(self.cut_short())?;
        self.rest = rest;
        Ok(*field)
    }

    pub(crate) fn slice(&mut self, len: usize) -> Result<&'a [u8], CutShort> {
        let (field, rest) = self.rest.split_at_checked(len).ok_or(self.cut_short())?;
        self.rest = rest;
        Ok(field)
    }

    /// A length of one byte, then so many bytes.
    pub(crate) fn short_slice(&mut self) -> Result<&'a [u8], CutShort> {
        let len = self.u8()?;
        self.slice(usize::from(len))
    }

    pub(crate) fn u8(&mut self) -> Result<u8, CutShort> {
        self.array().map(u8::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, CutShort> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, CutShort> {
        self.array().map(u64::from_be_bytes)
    }

    /// What no field has taken.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// How many bytes the fields have taken.
    pub(crate) fn taken(&self) -> usize {
        self.whole.saturating_sub(self.rest.len())
    }

    fn cut_short(&self) -> CutShort {
        CutShort {
            at: self.taken() as u64,
        }
    }
}

/// A length of one byte, then the bytes. What is longer than 255 is cut: the types that are written
/// so hold less.
pub(crate) fn push_short_slice(out: &mut Vec<u8>, bytes: &[u8]) {
    let len = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
    out.push(len);
    out.extend(bytes.iter().take(usize::from(len)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_in_order_and_a_missing_end_is_located() {
        let mut reader = Reader::new(&[1, 0, 0, 0, 2, 2, 7, 8, 9]);
        assert_eq!(reader.u8(), Ok(1));
        assert_eq!(reader.u32(), Ok(2));
        assert_eq!(reader.short_slice(), Ok(&[7, 8][..]));
        assert_eq!((reader.taken(), reader.rest()), (8, &[9][..]));
        assert_eq!(reader.u64(), Err(CutShort { at: 8 }));
        assert_eq!(reader.slice(2), Err(CutShort { at: 8 }));
        assert_eq!(reader.array(), Ok([9]));
    }
}
