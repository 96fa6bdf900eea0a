//! Identifiers that cannot be wrong: made by `TryFrom`, read by `as_str`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text;

/// Why a text is not the identifier it should be.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum IdentError {
    /// Nothing is left after cleaning.
    #[error("empty")]
    Empty,
    /// More characters than the field holds.
    #[error("longer than {max} characters")]
    TooLong {
        /// The most characters the field holds.
        max: usize,
    },
    /// A spreadsheet showed a long number as `2.02101E+11`; the digits are gone.
    #[error("a number in scientific notation, its digits are lost")]
    Scientific,
    /// A character that the field never holds.
    #[error("character {0:?} is not allowed")]
    Character(char),
    /// Looks like a spreadsheet formula.
    #[error("begins like a formula")]
    Formula,
}

/// A text that cannot be wrong: `$parse` makes it of what was written, or says why it is none.
macro_rules! text_ident {
    ($(#[$doc:meta])* $name:ident, $error:ty, $parse:path) => {
        $(#[$doc])*
        #[derive(
            Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// It as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<&str> for $name {
            type Error = $error;
            fn try_from(raw: &str) -> Result<Self, $error> {
                $parse(raw).map(Self)
            }
        }
        impl TryFrom<String> for $name {
            type Error = $error;
            fn try_from(raw: String) -> Result<Self, $error> {
                $parse(&raw).map(Self)
            }
        }
        impl From<$name> for String {
            fn from(ident: $name) -> String {
                ident.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(crate) use text_ident;

text_ident!(
    /// 学号: the student's number, ASCII letters, digits and hyphens; the key of a student in the book.
    StudentNo,
    IdentError,
    parse_student_no
);
text_ident!(
    /// 姓名: letters of any script, `·`, spaces, hyphens and parentheses.
    PersonName,
    IdentError,
    parse_person_name
);
text_ident!(
    /// 寝室: building and room as the class writes it, e.g. `3-312`.
    DormName,
    IdentError,
    parse_dorm_name
);
text_ident!(
    /// The id of a paper, checklist, item, gate or question: lower-case ASCII, digits, hyphens.
    Slug,
    IdentError,
    parse_slug
);

impl StudentNo {
    /// The last four characters, enough to tell two students of one name apart.
    pub fn tail(&self) -> &str {
        let start = self.0.len().saturating_sub(4);
        self.0.get(start..).unwrap_or(&self.0)
    }
}

fn parse_student_no(raw: &str) -> Result<String, IdentError> {
    let no: String = text::clean(raw).chars().filter(|c| *c != ' ').collect();
    if is_scientific(&no) {
        return Err(IdentError::Scientific);
    }
    bounded(&no, 24)?;
    reject(&no, |c| c.is_ascii_alphanumeric() || c == '-')?;
    Ok(no.to_ascii_uppercase())
}

fn parse_person_name(raw: &str) -> Result<String, IdentError> {
    let name = text::clean_name(raw);
    bounded(&name, 40)?;
    if name.starts_with(['=', '+', '-', '@']) {
        return Err(IdentError::Formula);
    }
    reject(&name, |c| {
        c.is_alphabetic() || "·•.-' ()".contains(c) || c.is_ascii_digit()
    })?;
    match name.chars().next() {
        Some(first) if !first.is_alphabetic() => Err(IdentError::Character(first)),
        _ => Ok(name),
    }
}

fn parse_dorm_name(raw: &str) -> Result<String, IdentError> {
    let dorm = text::clean(raw);
    bounded(&dorm, 32)?;
    if dorm.starts_with(['=', '+', '-', '@']) {
        return Err(IdentError::Formula);
    }
    Ok(dorm)
}

fn parse_slug(raw: &str) -> Result<String, IdentError> {
    bounded(raw, 64)?;
    reject(raw, |c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_'
    })?;
    Ok(raw.to_owned())
}

fn bounded(text: &str, max: usize) -> Result<(), IdentError> {
    match text.chars().count() {
        0 => Err(IdentError::Empty),
        n if n > max => Err(IdentError::TooLong { max }),
        _ => Ok(()),
    }
}

fn reject(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), IdentError> {
    match text.chars().find(|&c| !allowed(c)) {
        Some(c) => Err(IdentError::Character(c)),
        None => Ok(()),
    }
}

/// `2.02101E+11`, as spreadsheets show a long number in a narrow column.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    mantissa.contains('.')
        && mantissa.chars().all(|c| c.is_ascii_digit() || c == '.')
        && exponent
            .strip_prefix('+')
            .unwrap_or(exponent)
            .chars()
            .all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_numbers_are_cleaned_and_checked() {
        let no = |raw: &str| StudentNo::try_from(raw).map(String::from);
        assert_eq!(no("２０２１０１０１２３"), Ok("2021010123".into()));
        assert_eq!(no(" 2021 0101 23 "), Ok("2021010123".into()));
        assert_eq!(no("rj2101-07"), Ok("RJ2101-07".into()));
        assert_eq!(no("2.02101E+11"), Err(IdentError::Scientific));
        assert_eq!(no(""), Err(IdentError::Empty));
        assert_eq!(no("2021/01"), Err(IdentError::Character('/')));
        assert_eq!(no(&"1".repeat(25)), Err(IdentError::TooLong { max: 24 }));
    }

    #[test]
    fn names_take_every_script_and_no_formula() {
        let name = |raw: &str| PersonName::try_from(raw).map(String::from);
        assert_eq!(name("张 三（示例）"), Ok("张三(示例)".into()));
        assert_eq!(name("阿依古丽·买买提"), Ok("阿依古丽·买买提".into()));
        assert_eq!(name("=HYPERLINK(\"x\")"), Err(IdentError::Formula));
        assert_eq!(name("13800000000"), Err(IdentError::Character('1')));
        assert_eq!(name("\u{200b}"), Err(IdentError::Empty));
    }

    #[test]
    fn the_tail_is_four_characters_or_all() {
        assert_eq!(
            StudentNo::try_from("2021010123").map(|n| n.tail().to_owned()),
            Ok("0123".into())
        );
        assert_eq!(
            StudentNo::try_from("7").map(|n| n.tail().to_owned()),
            Ok("7".into())
        );
    }
}
