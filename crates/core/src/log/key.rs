use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The name of one register: `entity/id/field`, e.g. `registration/2021010123/status`.
///
/// The id may have several parts (`inspection/2021-12-27/dorm-3-312/card-posted`). Keys are made
/// from what they are about, never at random, so that two phones that fill in the same form write
/// the same registers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(String);

/// Why a text is not a key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Fewer than three parts, or an empty one.
    #[error("a key has the form entity/id/field, this is {0:?}")]
    Shape(String),
    /// More than [`Key::MAX_LEN`] bytes.
    #[error("a key has at most {max} bytes", max = Key::MAX_LEN)]
    TooLong,
}

impl Key {
    /// The most bytes in a key.
    pub const MAX_LEN: usize = 400;

    /// A key from its parts; `/` and `%` inside a part are escaped.
    pub fn new(entity: &str, id: &[&str], field: &str) -> Self {
        let mut text = String::from(entity);
        for part in id.iter().chain([&field]) {
            text.push('/');
            escape_into(part, &mut text);
        }
        Self(text)
    }

    /// The whole key as text, escaped.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// All parts in order, unescaped: the entity, the parts of the id, the field.
    pub fn parts(&self) -> Vec<String> {
        self.0.split('/').map(unescape).collect()
    }
}

impl TryFrom<String> for Key {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        if text.len() > Self::MAX_LEN {
            return Err(KeyError::TooLong);
        }
        let mut parts = 0;
        let is_empty = |part: &[u8]| {
            parts += 1;
            part.is_empty()
        };
        let has_gap = text.as_bytes().split(|&byte| byte == b'/').any(is_empty);
        if parts >= 3 && !has_gap {
            Ok(Self(text))
        } else {
            Err(KeyError::Shape(text))
        }
    }
}

impl From<Key> for String {
    fn from(key: Key) -> String {
        key.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn escape_into(part: &str, out: &mut String) {
    for c in part.chars() {
        match c {
            '/' => out.push_str("%2F"),
            '%' => out.push_str("%25"),
            c => out.push(c),
        }
    }
}

fn unescape(part: &str) -> String {
    part.replace("%2F", "/").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back_as_they_went_in() {
        let key = Key::new(
            "inspection",
            &["2021-12-27", "dorm-3/312 50%2F"],
            "card-posted",
        );
        assert_eq!(
            key.parts(),
            [
                "inspection",
                "2021-12-27",
                "dorm-3/312 50%2F",
                "card-posted"
            ]
        );
        assert_eq!(Key::try_from(key.as_str().to_owned()), Ok(key));
    }

    #[test]
    fn texts_that_are_no_key_are_refused() {
        for bad in ["", "a", "a/b", "a//b", "/a/b"] {
            assert_eq!(
                Key::try_from(bad.to_owned()),
                Err(KeyError::Shape(bad.to_owned()))
            );
        }
        assert_eq!(
            Key::try_from(format!("a/b/{}", "c".repeat(400))),
            Err(KeyError::TooLong)
        );
    }
}
