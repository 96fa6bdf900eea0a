//! Retention (保存期限): which classes have been kept long enough, and a certificate of what was erased.
//!
//! # Layout
//! - here: the rule, and what is due by it
//! - `certificate`: what was erased and why, as a document

mod certificate;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::time::{UnixMillis, UtcOffset};

pub use certificate::{ErasedClass, ErasureCertificate, ErasureReason};

/// How long the records of a campaign are kept: the shortest time that serves their purpose (个人信息保护法
/// 第十九条), as the school decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionRule {
    /// 活动结束日
    #[serde(with = "crate::time::day_number")]
    pub campaign_end: NaiveDate,
    /// For how long after it.
    pub months: KeptMonths,
}

/// For how many months records are kept, 1 to [`KeptMonths::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct KeptMonths(u8);

/// No month, or too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} months are not 1 to {max}", max = KeptMonths::MAX)]
pub struct NotKeptMonths(u8);

/// A class as far as its retention is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptClass {
    /// 班级
    pub class: String,
    /// When the newest of its records was written, as its figures say.
    pub last_record: Option<UnixMillis>,
    /// How many students are on its list.
    pub students: u32,
    /// How many operations are kept of it.
    pub records: u32,
}

/// A class that has been kept long enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Its place among those that were asked about.
    pub at: usize,
    /// The first day on which it is not kept any more.
    #[serde(with = "crate::time::day_number")]
    pub since: NaiveDate,
}

/// The classes that are due for erasure on `today`, the longest due first.
pub fn due(classes: &[KeptClass], rule: RetentionRule, today: Today) -> Vec<Due> {
    let due = |(at, class): (usize, &KeptClass)| {
        let since = rule.kept_until(class.last_record, today)?;
        (since <= today.day).then_some(Due { at, since })
    };
    let mut due: Vec<Due> = classes.iter().enumerate().filter_map(due).collect();
    due.sort_by_key(|due| due.since);
    due
}

/// The day on which is asked, and the offset in which moments are days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today {
    /// The day.
    pub day: NaiveDate,
    /// The offset.
    pub offset: UtcOffset,
}

impl RetentionRule {
    /// Records count from the campaign's end, or from the last of them when that is later: a class that is
    /// still at work is not taken from under its hands. A last record after today is a wrong clock's, and
    /// would keep a class for ever; it is not followed.
    fn kept_until(self, last_record: Option<UnixMillis>, today: Today) -> Option<NaiveDate> {
        let last = last_record.and_then(|at| at.date(today.offset));
        let last = last.filter(|day| *day <= today.day);
        let from = last.map_or(self.campaign_end, |day| day.max(self.campaign_end));
        from.checked_add_months(Months::new(self.months.0.into()))
    }
}

impl KeptMonths {
    /// The most months.
    pub const MAX: u8 = 36;

    /// How many.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Default for KeptMonths {
    /// Six months (示例).
    fn default() -> Self {
        Self(6)
    }
}

impl TryFrom<u8> for KeptMonths {
    type Error = NotKeptMonths;

    fn try_from(months: u8) -> Result<Self, NotKeptMonths> {
        match months {
            1..=Self::MAX => Ok(Self(months)),
            _ => Err(NotKeptMonths(months)),
        }
    }
}

impl From<KeptMonths> for u8 {
    fn from(months: KeptMonths) -> u8 {
        months.0
    }
}
