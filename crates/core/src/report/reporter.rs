use serde::{Deserialize, Serialize};

use super::Author;
use crate::overview::Figures;

/// Who reports, and on which of the classes at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reporter {
    /// 辅导员, on all of them.
    Teacher,
    /// 系部, on the classes that name it as their own; without a name on all of them, as where classes have
    /// not written to which department they belong.
    Department(Option<String>),
    /// 安保中心, on all of them.
    SecurityOffice,
}

impl Reporter {
    /// Who that is.
    pub fn author(&self) -> Author {
        match self {
            Self::Teacher => Author::Teacher,
            Self::Department(_) => Author::Department,
            Self::SecurityOffice => Author::SecurityOffice,
        }
    }

    /// The department whose classes alone it is about.
    pub fn department(&self) -> Option<&str> {
        match self {
            Self::Department(name) => name.as_deref(),
            Self::Teacher | Self::SecurityOffice => None,
        }
    }

    /// Whether the class of these figures is one of theirs.
    pub fn holds(&self, figures: &Figures) -> bool {
        let own = self.department();
        own.is_none_or(|name| figures.department.as_deref() == Some(name))
    }
}
