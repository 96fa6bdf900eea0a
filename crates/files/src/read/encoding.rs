//! Text of unknown encoding.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::ReadError;

/// The text in `bytes`: by its byte order mark (UTF-8, UTF-16), else UTF-8 if it is that throughout,
/// else GB 18030, in which Chinese Excel saves CSV.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, malformed) = encoding.decode(bytes);
        return if malformed {
            Err(ReadError::Encoding)
        } else {
            readable(text.into_owned())
        };
    }
    // Pictures, archives and UTF-16 without a mark.
    if bytes.contains(&0) {
        return Err(ReadError::NotASpreadsheet);
    }
    let text = [UTF_8, GB18030]
        .into_iter()
        .find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes));
    readable(text.ok_or(ReadError::Encoding)?.into_owned())
}

/// Refuses documents that are text in the letter only.
fn readable(text: String) -> Result<String, ReadError> {
    let begins = text.trim_start();
    let is_markup = ["%PDF", "{\\rtf", "<"]
        .iter()
        .any(|m| begins.starts_with(m));
    let is_binary = text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}'));
    if is_markup || is_binary {
        return Err(ReadError::NotASpreadsheet);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "学号,姓名\n2021010123,张示例";

    fn utf16(text: &str, mark: [u8; 2], unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let units = text.encode_utf16().flat_map(unit);
        mark.into_iter().chain(units).collect()
    }

    #[test]
    fn the_encodings_of_spreadsheet_programs_are_told_apart() {
        let cases = [
            TEXT.as_bytes().to_vec(),
            format!("\u{feff}{TEXT}").into_bytes(),
            utf16(TEXT, [0xff, 0xfe], u16::to_le_bytes),
            utf16(TEXT, [0xfe, 0xff], u16::to_be_bytes),
            GB18030.encode(TEXT).0.into_owned(),
        ];
        for bytes in cases {
            assert_eq!(decode(&bytes).as_deref(), Ok(TEXT), "{bytes:?}");
        }
    }

    #[test]
    fn rare_names_beyond_gbk_are_read() {
        let rare = "姓名\n㛃䶮𬭎";
        assert_eq!(decode(&GB18030.encode(rare).0).as_deref(), Ok(rare));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let cases: [(&[u8], ReadError); 6] = [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ReadError::NotASpreadsheet),
            (b"%PDF-1.4 text", ReadError::NotASpreadsheet),
            (b"<html><table>", ReadError::NotASpreadsheet),
            (b"\x01\x02 abc", ReadError::NotASpreadsheet),
            (b"abc\xff\xff", ReadError::Encoding),
            (b"\xff\xfe\x00\xd8", ReadError::Encoding),
        ];
        for (bytes, error) in cases {
            assert_eq!(decode(bytes), Err(error), "{bytes:?}");
        }
    }
}
