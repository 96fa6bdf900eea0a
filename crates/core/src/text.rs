//! Cleaning of text that people type, paste or export from spreadsheets.

use thiserror::Error;

/// `raw` with full-width ASCII made half-width, zero-width and control characters removed, and runs
/// of white space folded to one space. `"２０２１ ０１\u{200b}"` becomes `"2021 01"`.
pub fn clean(raw: &str) -> String {
    fold_gaps(raw.chars().filter(|c| !is_invisible(*c)).map(half_width))
}

/// Free text as a person wrote it, Chinese punctuation included, without invisible and control
/// characters and with runs of white space folded to one space.
pub fn tidy(raw: &str) -> String {
    fold_gaps(raw.chars().filter(|c| !is_invisible(*c)))
}

/// [`clean`], then without the spaces that people put between Han characters to align names
/// (`"张 三"` → `"张三"`); spaces between Latin words stay.
pub fn clean_name(raw: &str) -> String {
    let cleaned = clean(raw);
    let chars: Vec<char> = cleaned.chars().collect();
    let beside_latin = |i: usize| {
        let around = [i.checked_sub(1), i.checked_add(1)];
        around
            .iter()
            .flatten()
            .all(|&at| chars.get(at).is_some_and(|&c| !is_han(c)))
    };
    chars
        .iter()
        .enumerate()
        .filter(|&(i, &c)| c != ' ' || beside_latin(i))
        .map(|(_, &c)| c)
        .collect()
}

/// How a search compares texts: case, width and spaces do not matter. `"Ｓoft 2101"` becomes
/// `"soft2101"`.
pub fn folded(raw: &str) -> String {
    let cleaned = clean(raw).to_lowercase();
    cleaned.chars().filter(|c| *c != ' ').collect()
}

/// Why a text may not stand where nobody is to be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ImpersonalError {
    /// More characters than the field holds.
    #[error("longer than {max} characters")]
    TooLong {
        /// The most characters the field holds.
        max: usize,
    },
    /// Digits like those of a student number, a telephone or an account.
    #[error("{digits} digits in a row name a person, a telephone or an account")]
    Number {
        /// How many.
        digits: usize,
    },
}

/// One digit less than a short telephone number; the hotlines have three and five.
const MAX_DIGITS: usize = 6;

/// `raw` tidied, of at most `max` characters and without long numbers: a text about something that names nobody.
pub(crate) fn impersonal(raw: &str, max: usize) -> Result<String, ImpersonalError> {
    let tidied = tidy(raw);
    if tidied.chars().count() > max {
        return Err(ImpersonalError::TooLong { max });
    }
    match longest_number(&tidied) {
        0..=MAX_DIGITS => Ok(tidied),
        digits => Err(ImpersonalError::Number { digits }),
    }
}

/// Digits in a row, be they full-width or set apart by spaces. Hyphens end a number: `2021-12-27` is a day.
fn longest_number(text: &str) -> usize {
    let compact = folded(text);
    let numbers = compact.split(|c: char| !c.is_ascii_digit());
    numbers.map(str::len).max().unwrap_or(0)
}

/// Whether `c` is a Han character, the iteration mark for zero included (`〇`).
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

fn fold_gaps(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in chars {
        if c.is_whitespace() || c.is_control() {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        out.push(c);
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(u32::from(c), 0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064 | 0xfeff)
}

/// A full-width ASCII character as its half-width one, any other as it is.
pub(crate) fn half_width(c: char) -> char {
    match u32::from(c) {
        0x3000 | 0xa0 => ' ',
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_smuggle_in_is_cleaned() {
        for (raw, expected) in [
            ("２０２１０１０１", "20210101"),
            ("\u{feff}学号\u{200b}", "学号"),
            ("  软件\u{3000}\t2101  ", "软件 2101"),
            ("（示例）", "(示例)"),
            ("", ""),
        ] {
            assert_eq!(clean(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn free_text_keeps_its_punctuation() {
        assert_eq!(
            tidy(" 破损，\u{200b}已换新\n（示例） "),
            "破损，已换新 （示例）"
        );
    }

    #[test]
    fn names_lose_alignment_spaces_but_keep_word_spaces() {
        assert_eq!(clean_name("张　三"), "张三");
        assert_eq!(clean_name("Li  Ming"), "Li Ming");
        assert_eq!(clean_name("阿依古丽·买买提"), "阿依古丽·买买提");
    }
}
