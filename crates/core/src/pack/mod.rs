//! The content pack: what a school may change without a new version of the app.
//!
//! The files lie in `content/`, with JSON Schemas beside them. The quiz bank is part of the pack but
//! large; it is read by [`crate::quiz::Bank`] when first needed.
//!
//! A school publishes the files that it changes, laid over those that ship ([`PackFiles`]). Whoever
//! publishes or receives one reads the [`WholePack`], which says what is wrong with it; [`changes`] says
//! what is different, and [`sheets`] is the way of all lists through a spreadsheet and back, [`units`] that of the school's tree
//! through lines of text.

mod campaign;
mod checklist;
mod criteria;
mod diff;
mod fault;
mod files;
mod school;
pub mod sheets;
pub mod units;
mod whole;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use campaign::{Campaign, Day, Phase, ReportDue, Task};
pub use checklist::{Checklist, Item, Scope};
pub use criteria::{Criteria, Gate, Level, Measure, Test};
pub use diff::{Change, Field, Part, What, changes};
pub use fault::{PackFault, Wrong};
pub use files::{MAX_PACK, PackFile, PackFiles};
pub use school::{
    Contacts, Department, DownloadCode, Grade, Label, MailBox, Phone, School, SchoolTextError, Term,
};
pub use whole::WholePack;

/// The parts of the pack that every screen may need.
///
/// It crosses to the workers as it is, not as the JSON that it was read from: the readers of that JSON would be in
/// each of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// What is done when.
    pub campaign: Campaign,
    /// The checklist of a dorm.
    pub dorm_checklist: Checklist,
    /// The checklist of the class.
    pub class_checklist: Checklist,
    /// When a dorm counts as 无诈寝室.
    pub dorm_criteria: Criteria,
    /// When the class counts as 无诈班级.
    pub class_criteria: Criteria,
    /// When a department counts as 无诈系部.
    pub department_criteria: Criteria,
    /// When the school counts as 无诈学校.
    pub school_criteria: Criteria,
}

/// A text in both languages of the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Why a pack cannot be used.
#[derive(Debug, Error)]
pub enum PackError {
    /// A file is not what its schema says.
    #[error("{file}: {reason}")]
    Json {
        /// The file's name.
        file: &'static str,
        /// What is wrong where.
        reason: serde_json::Error,
    },
    /// A file is missing.
    #[error("{file} is missing")]
    NoFile {
        /// The file's name.
        file: &'static str,
    },
    /// There is no checklist or no criteria for a scope.
    #[error("{file}: nothing for {level:?}")]
    Missing {
        /// The file's name.
        file: &'static str,
        /// For what.
        level: Level,
    },
}

#[derive(Serialize, Deserialize)]
struct Checklists {
    checklists: Vec<Checklist>,
}

#[derive(Serialize, Deserialize)]
struct CriteriaFile {
    criteria: Vec<Criteria>,
}

impl Pack {
    /// Reads the files that every screen may need.
    ///
    /// # Errors
    /// See [`PackError`].
    pub fn from_files(files: &PackFiles) -> Result<Self, PackError> {
        let text = |file: PackFile| {
            let found = files.text(file);
            found.ok_or(PackError::NoFile { file: file.name() })
        };
        Self::from_json(
            text(PackFile::Campaign)?,
            text(PackFile::Checklists)?,
            text(PackFile::Criteria)?,
        )
    }

    /// Reads the three files' texts.
    ///
    /// # Errors
    /// See [`PackError`].
    pub fn from_json(campaign: &str, checklists: &str, criteria: &str) -> Result<Self, PackError> {
        let Checklists { checklists } = parse("checklists.json", checklists)?;
        let CriteriaFile { criteria } = parse("criteria.json", criteria)?;
        let checklist = |scope| {
            let found = checklists.iter().find(|list| list.scope == scope);
            found.cloned().ok_or(PackError::Missing {
                file: "checklists.json",
                level: scope.into(),
            })
        };
        let criteria = |level| {
            let found = criteria.iter().find(|criteria| criteria.scope == level);
            found.cloned().ok_or(PackError::Missing {
                file: "criteria.json",
                level,
            })
        };
        Ok(Self {
            campaign: parse("campaign.json", campaign)?,
            dorm_checklist: checklist(Scope::Dorm)?,
            class_checklist: checklist(Scope::Class)?,
            dorm_criteria: criteria(Level::Dorm)?,
            class_criteria: criteria(Level::Class)?,
            department_criteria: criteria(Level::Department)?,
            school_criteria: criteria(Level::School)?,
        })
    }

    /// The checklist for a scope.
    pub fn checklist(&self, scope: Scope) -> &Checklist {
        match scope {
            Scope::Dorm => &self.dorm_checklist,
            Scope::Class => &self.class_checklist,
        }
    }

    /// The criteria of an award.
    pub fn criteria(&self, level: Level) -> &Criteria {
        match level {
            Level::Dorm => &self.dorm_criteria,
            Level::Class => &self.class_criteria,
            Level::Department => &self.department_criteria,
            Level::School => &self.school_criteria,
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(file: &'static str, text: &'a str) -> Result<T, PackError> {
    serde_json::from_str(text).map_err(|reason| PackError::Json { file, reason })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The pack that ships.
    pub(crate) fn default_pack() -> Pack {
        let pack = Pack::from_json(
            include_str!("../../../../content/default/campaign.json"),
            include_str!("../../../../content/default/checklists.json"),
            include_str!("../../../../content/default/criteria.json"),
        );
        pack.unwrap()
    }

    #[test]
    fn the_pack_that_ships_is_read_whole() {
        let pack = default_pack();
        assert_eq!(pack.dorm_checklist.items.len(), 10);
        assert_eq!(pack.class_checklist.items.len(), 12);
        assert_eq!(pack.dorm_criteria.gates.len(), 10);
        assert_eq!(pack.class_criteria.gates.len(), 14);
        assert_eq!(pack.department_criteria.gates.len(), 5);
        assert_eq!(pack.school_criteria.gates.len(), 6);
        assert_eq!(pack.campaign.phases.len(), 3);
    }

    #[test]
    fn an_error_names_the_file_and_what_is_missing() {
        let error = Pack::from_json("{}", r#"{"checklists":[]}"#, r#"{"criteria":[]}"#);
        assert!(matches!(
            error,
            Err(PackError::Json {
                file: "campaign.json",
                ..
            })
        ));
    }
}
