//! Base45 (RFC 9285): bytes as characters that a QR code holds at 5.5 bits each. Digits, capitals and
//! a few signs, which every scanner hands on unchanged; bytes are not.

/// A character that no bytes are written with in this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotBase45 {
    /// Which, from 0.
    pub(crate) at: u64,
}

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// `bytes` as text: three characters for two bytes, two for a last one.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3 / 2 + 1);
    for chunk in bytes.chunks(2) {
        let number = chunk.iter().fold(0, |n, &byte| n * 256 + u32::from(byte));
        push_digits(&mut text, number, chunk.len() + 1);
    }
    text
}

/// The bytes in `text`.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, NotBase45> {
    let mut bytes = Vec::with_capacity(text.len() * 2 / 3);
    for (chunk, at) in text.as_bytes().chunks(3).zip((0u64..).step_by(3)) {
        let misread = NotBase45 { at };
        let number = number(chunk).ok_or(misread)?;
        let [high, low] = u16::try_from(number).map_err(|_| misread)?.to_be_bytes();
        match (chunk.len(), high) {
            (3, high) => bytes.extend([high, low]),
            (2, 0) => bytes.push(low),
            _ => return Err(misread),
        }
    }
    Ok(bytes)
}

/// The lowest digit first.
fn push_digits(text: &mut String, mut number: u32, digits: usize) {
    for _ in 0..digits {
        let digit = ALPHABET.get((number % 45) as usize);
        text.extend(digit.map(|&c| char::from(c)));
        number /= 45;
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().rev().try_fold(0, |number: u32, c| {
        let digit = ALPHABET.iter().position(|known| known == c)?;
        Some(number * 45 + u32::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc() {
        for (bytes, text) in [
            ("AB", "BB8"),
            ("Hello!!", "%69 VD92EX0"),
            ("base-45", "UJCLQE7W581"),
            ("ietf!", "QED8WEX0"),
            ("", ""),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text), Ok(bytes.as_bytes().to_vec()));
        }
        assert_eq!(decode("FGW"), Ok(vec![0xff, 0xff]));
    }

    #[test]
    fn what_no_bytes_encode_to_is_refused_where_it_stands() {
        for (text, at) in [
            // 65536, and the largest three digits.
            ("GGW", 0),
            (":::", 0),
            // 256, as a last byte.
            ("BB8V5", 3),
            // One character over.
            ("BB8A", 3),
            ("BB8bb8", 3),
            ("班", 0),
        ] {
            assert_eq!(decode(text), Err(NotBase45 { at }), "{text}");
        }
        assert_eq!(decode("U5"), Ok(vec![255]));
    }
}
