//! Inspections: what was found in a dorm or the class, item by item, in rounds.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use thiserror::Error;

use super::Field;
use super::code::coded;
use crate::ident::{DormName, Slug};
use crate::time::parse_day;

coded! {
    /// What was found for one item of a checklist.
    Verdict {
        /// 合格
        Pass = "pass",
        /// 不合格
        Fail = "fail",
        /// 不适用
        NotApplicable = "na",
    }
}

/// A round of inspections, named by the day it was opened: `2021-12-27`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Round(pub NaiveDate);

/// What is inspected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The class as a whole.
    Class,
    /// One dorm.
    Dorm(DormName),
}

/// A text that names no round or subject.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} names no round or subject of an inspection")]
pub struct ParseInspectionError(String);

/// What was written down for one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finding {
    /// The verdict a person gave, or that was frozen when the next round opened.
    pub verdict: Field<Verdict>,
    /// 备注
    pub remark: Field<String>,
}

impl Finding {
    /// Whether it says anything: what was taken back leaves an empty finding.
    pub fn is_written(&self) -> bool {
        self.verdict.get().is_some() || self.remark.get().is_some()
    }
}

/// The findings of one subject in one round, by item.
pub type Findings = BTreeMap<Slug, Finding>;

impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Round {
    type Err = ParseInspectionError;

    fn from_str(text: &str) -> Result<Self, ParseInspectionError> {
        parse_day(text)
            .map(Self)
            .ok_or_else(|| ParseInspectionError(text.to_owned()))
    }
}

const CLASS: &str = "class";
const DORM_PREFIX: &str = "dorm-";

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Class => f.write_str(CLASS),
            Self::Dorm(name) => write!(f, "{DORM_PREFIX}{name}"),
        }
    }
}

impl FromStr for Subject {
    type Err = ParseInspectionError;

    fn from_str(text: &str) -> Result<Self, ParseInspectionError> {
        if text == CLASS {
            return Ok(Self::Class);
        }
        text.strip_prefix(DORM_PREFIX)
            .and_then(|name| DormName::try_from(name).ok())
            .map(Self::Dorm)
            .ok_or_else(|| ParseInspectionError(text.to_owned()))
    }
}
