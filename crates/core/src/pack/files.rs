//! The files of a pack by name: all of them, or only those that a school changes.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The most bytes of all files of a published pack together: nine times what ships. A phone keeps it beside
/// its book and reads it whenever the app opens.
pub const MAX_PACK: usize = 1024 * 1024;

/// A file of the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PackFile {
    /// What is done when.
    #[serde(rename = "campaign.json")]
    Campaign,
    /// What is looked at.
    #[serde(rename = "checklists.json")]
    Checklists,
    /// When an award is met.
    #[serde(rename = "criteria.json")]
    Criteria,
    /// The questions.
    #[serde(rename = "bank.json")]
    Bank,
    /// The school itself.
    #[serde(rename = "school.json")]
    School,
}

/// The texts of a pack's files: a whole pack, or an overlay that has only what a school changes.
///
/// A text is handed on exactly as it was published, so that fields which this version does not know, and
/// passes over when it reads them, are there for a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFiles(BTreeMap<PackFile, String>);

impl PackFile {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Campaign,
        Self::Checklists,
        Self::Criteria,
        Self::Bank,
        Self::School,
    ];

    /// Its name, e.g. `campaign.json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Campaign => "campaign.json",
            Self::Checklists => "checklists.json",
            Self::Criteria => "criteria.json",
            Self::Bank => "bank.json",
            Self::School => "school.json",
        }
    }

    /// The file of this name; `None` for one that only another version of the app knows.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == name)
    }
}

impl fmt::Display for PackFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PackFiles {
    /// The text of a file, where there is one.
    pub fn text(&self, file: PackFile) -> Option<&str> {
        self.0.get(&file).map(String::as_str)
    }

    /// The files that are there, in the order of [`PackFile::ALL`].
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (PackFile, &str)> {
        self.0.iter().map(|(file, text)| (*file, text.as_str()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bytes all texts have together.
    pub fn bytes(&self) -> usize {
        self.0.values().map(String::len).sum()
    }

    /// These files, and where there is none those of `defaults`.
    #[must_use]
    pub fn over(&self, defaults: &Self) -> Self {
        let mut files = defaults.0.clone();
        files.extend(self.0.clone());
        Self(files)
    }

    /// Takes a file in, in the place of the one that was there.
    pub fn put(&mut self, file: PackFile, text: String) {
        self.0.insert(file, text);
    }

    /// Only what has another text than in `defaults`: what is to be published.
    #[must_use]
    pub fn changed_from(&self, defaults: &Self) -> Self {
        let changed = self
            .iter()
            .filter(|(file, text)| defaults.text(*file) != Some(text));
        changed
            .map(|(file, text)| (file, text.to_owned()))
            .collect()
    }
}

impl FromIterator<(PackFile, String)> for PackFiles {
    fn from_iter<I: IntoIterator<Item = (PackFile, String)>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}
