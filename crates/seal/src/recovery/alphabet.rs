//! The characters of a recovery key, and the arithmetic of its check characters.

/// Crockford's Base32: digits and capitals without I, L, O and U, which read as others do.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Which symbol, 0 to 31, a typed character stands for. The letters that are not in the alphabet
/// stand for what they look like.
pub(super) fn symbol(typed: char) -> Option<u8> {
    let c = match typed.to_ascii_uppercase() {
        'O' | '〇' => '0',
        'I' | 'L' | '|' => '1',
        'U' => 'V',
        c => c,
    };
    let at = ALPHABET.iter().position(|&known| char::from(known) == c)?;
    u8::try_from(at).ok()
}

/// The character of a symbol; only the lowest five bits count.
pub(super) fn character(symbol: u8) -> Option<char> {
    let c = ALPHABET.get(usize::from(symbol & 31));
    c.map(|&c| char::from(c))
}

/// The check symbol after `symbols` of the group with this `number`, from 1.
///
/// Symbols are numbers of GF(32). Each counts by a weight of its own, 2, 4, 8 …, so that a change of
/// one symbol, and an exchange of two, always changes the sum; the group's number is added, so that
/// whole groups cannot change places.
pub(super) fn check(number: u8, symbols: &[u8]) -> u8 {
    let mut weight = 1;
    symbols.iter().fold(number & 31, |sum, &symbol| {
        weight = times(weight, 2);
        sum ^ times(symbol, weight)
    })
}

/// The product in GF(32), modulo x⁵ + x² + 1.
fn times(a: u8, b: u8) -> u8 {
    let shifted = |a: u8| {
        let doubled = a << 1;
        if doubled & 32 == 0 {
            doubled
        } else {
            doubled ^ 0b10_0101
        }
    };
    let mut shift = a & 31;
    let mut product = 0;
    for bit in 0..5 {
        if b >> bit & 1 == 1 {
            product ^= shift;
        }
        shift = shifted(shift);
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_read_as_it_is_written() {
        for n in 0..32 {
            let c = character(n).unwrap();
            assert_eq!(symbol(c), Some(n));
            assert_eq!(symbol(c.to_ascii_lowercase()), Some(n));
        }
    }

    #[test]
    fn letters_that_are_never_written_are_read_as_what_they_look_like() {
        for (typed, written) in [('o', '0'), ('O', '0'), ('l', '1'), ('I', '1'), ('u', 'V')] {
            assert_eq!(symbol(typed), symbol(written), "{typed}");
        }
        assert_eq!(symbol('班'), None);
        assert_eq!(symbol('*'), None);
    }

    #[test]
    fn multiplication_makes_a_field() {
        for a in 1..32 {
            let mut products: Vec<u8> = (0..32).map(|b| times(a, b)).collect();
            products.sort_unstable();
            assert_eq!(products, (0..32).collect::<Vec<u8>>(), "{a}");
        }
    }
}
