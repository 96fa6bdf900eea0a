//! Several pieces of bytes as one: only one can stand beside a message.

use crate::Broken;

/// The pieces as one: each after its length.
pub fn pack<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut packed = Vec::new();
    for piece in pieces {
        packed.extend((piece.len() as u64).to_le_bytes());
        packed.extend(piece);
    }
    packed
}

/// The pieces that were packed.
///
/// # Errors
/// [`Broken::Message`] when the last one is cut short.
pub fn unpack(mut packed: &[u8]) -> Result<Vec<&[u8]>, Broken> {
    let mut pieces = Vec::new();
    while !packed.is_empty() {
        let (piece, rest) =
            first(packed).ok_or_else(|| Broken::Message("a piece is cut short".to_owned()))?;
        pieces.push(piece);
        packed = rest;
    }
    Ok(pieces)
}

fn first(packed: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = packed.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*len)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_out_as_they_were_packed() {
        let pieces: [&[u8]; 3] = [b"one", b"", b"three"];
        let packed = pack(pieces);
        assert_eq!(unpack(&packed), Ok(pieces.to_vec()));
        assert_eq!(unpack(&[]), Ok(Vec::new()));
        for cut in [1, 8, 12, packed.len() - 1] {
            let cut_short = packed.get(..cut).unwrap_or_default();
            assert!(
                matches!(unpack(cut_short), Err(Broken::Message(_))),
                "{cut}"
            );
        }
    }
}
