use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a file in a bundle is called: a bare name that every system can write, no path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(String);

/// Why a name is none for a file in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum FileNameError {
    /// Nothing is left to call it by.
    #[error("empty")]
    Empty,
    /// Longer than every system takes.
    #[error("longer than {max} bytes", max = FileName::MAX_LEN)]
    TooLong,
    /// It leads out of the folder that a person unpacks into, or into another one there.
    #[error("leads to another folder")]
    Path,
    /// A character that Windows or Android refuses, or that makes a name read as another.
    #[error("character {0:?} is not allowed")]
    Character(char),
    /// Hidden on Linux and Android, or cut by Windows.
    #[error("begins or ends with a dot or a space")]
    Ends,
    /// Windows takes it for a device.
    #[error("a device's name on Windows")]
    Device,
}

impl FileName {
    /// The most bytes in a name: what a phone's file system takes, less what it may add.
    pub const MAX_LEN: usize = 200;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two names share that are one on Windows and on phones.
    pub(super) fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl TryFrom<&str> for FileName {
    type Error = FileNameError;

    fn try_from(name: &str) -> Result<Self, FileNameError> {
        if name.is_empty() {
            return Err(FileNameError::Empty);
        }
        if name.len() > Self::MAX_LEN {
            return Err(FileNameError::TooLong);
        }
        if is_path(name) {
            return Err(FileNameError::Path);
        }
        if let Some(c) = name.chars().find(|&c| is_forbidden(c)) {
            return Err(FileNameError::Character(c));
        }
        if name.starts_with(['.', ' ']) || name.ends_with(['.', ' ']) {
            return Err(FileNameError::Ends);
        }
        if is_device(name) {
            return Err(FileNameError::Device);
        }
        Ok(Self(name.to_owned()))
    }
}

impl TryFrom<String> for FileName {
    type Error = FileNameError;

    fn try_from(name: String) -> Result<Self, FileNameError> {
        Self::try_from(name.as_str())
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> String {
        name.0
    }
}

impl Borrow<str> for FileName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_path(name: &str) -> bool {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    name == "." || name == ".." || name.contains(['/', '\\']) || has_drive
}

/// Characters that Windows or Android's FAT forbids; direction marks, which make `xlsx.exe` read as
/// `exe.xlsx`; zero-width characters, which make two names look the same.
fn is_forbidden(c: char) -> bool {
    let is_invisible =
        matches!(u32::from(c), 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfeff);
    c.is_control() || is_invisible || "\"*:<>?|".contains(c)
}

/// `NUL`, `com1.csv` and the like, whatever their ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        let number = stem.strip_prefix(prefix);
        number.is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()))
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(name: &str) -> Option<FileNameError> {
        FileName::try_from(name).err()
    }

    #[test]
    fn ledgers_are_called_in_chinese() {
        for name in [
            "软件2101班_学生台账_2021-12-26.csv",
            "manifest.json",
            "a",
            "console.csv",
            "com10.csv",
        ] {
            assert_eq!(error(name), None, "{name}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_no_name() {
        for name in [
            "/etc/passwd",
            "../台账.csv",
            "..",
            ".",
            "a/b",
            "a/",
            "..\\台账.csv",
            "C:\\台账.csv",
            "C:台账.csv",
        ] {
            assert_eq!(error(name), Some(FileNameError::Path), "{name}");
        }
    }

    #[test]
    fn what_some_system_cannot_write_is_no_name() {
        for (name, expected) in [
            ("", FileNameError::Empty),
            (".htaccess", FileNameError::Ends),
            ("台账.csv ", FileNameError::Ends),
            ("台账.", FileNameError::Ends),
            ("台账?.csv", FileNameError::Character('?')),
            ("台账\0.csv", FileNameError::Character('\0')),
            ("台账\u{202e}vsc.exe", FileNameError::Character('\u{202e}')),
            ("nul", FileNameError::Device),
            ("Com1.csv", FileNameError::Device),
        ] {
            assert_eq!(error(name), Some(expected), "{name:?}");
        }
        assert_eq!(error(&"班".repeat(66)), None);
        assert_eq!(error(&"班".repeat(67)), Some(FileNameError::TooLong));
    }
}
