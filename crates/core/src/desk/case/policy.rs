//! Whether a case counts against a class: the school's rule.
//!
//! "Zero cases" must not invite hiding. So what was reported in time and what was stopped does not count,
//! unless the school decides otherwise.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{CaseFacts, CaseStatus, Course};
use crate::book::code::coded;
use crate::log::{Change, Head, Key, Value};
use crate::time::parse_day;

/// The entity of the registers of the school's own rules.
const POLICY: &str = "policy";

/// The school's rule on which cases count against a class (示例 until the school sets its own).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CasePolicy {
    /// 评定期 from this day; `None` for all that is entered. What happened earlier counts for nobody.
    #[serde(with = "crate::time::maybe_day_number")]
    pub since: Option<NaiveDate>,
    /// Until when a report is in time.
    pub days: ReportDays,
    /// What becomes of cases that were reported in time.
    pub reported_in_time: Treatment,
    /// What becomes of stopped attempts.
    pub stopped: Treatment,
}

/// Within how many days after a case a report to the school or the police is in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct ReportDays(u8);

/// More days than make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} days are more than {max}", max = ReportDays::MAX)]
pub struct NoReportDays(u8);

coded! {
    /// What becomes of a kind of cases.
    #[derive(Default)]
    Treatment {
        /// 不计
        #[default]
        Spared = "spared",
        /// 计入
        Counted = "counted",
    }
}

/// Whether a case counts against the class, department and school it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Weighing {
    /// 计入
    Counts,
    /// 不计, with the reason.
    Spared(Spared),
    /// 待核实: until it is verified, nobody knows.
    Open,
}

/// Why a case does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spared {
    /// 不成立
    Unfounded,
    /// 不在评定期内
    BeforePeriod,
    /// 被劝阻
    Stopped,
    /// 及时报告
    ReportedInTime,
}

/// Whether a case counts, by the school's rule.
pub fn counts_against(case: &CaseFacts, policy: &CasePolicy) -> Weighing {
    let spares = |treatment| treatment == Treatment::Spared;
    if case.status == CaseStatus::Unfounded {
        Weighing::Spared(Spared::Unfounded)
    } else if policy.since.is_some_and(|since| case.day < since) {
        Weighing::Spared(Spared::BeforePeriod)
    } else if !case.is_verified() {
        // Also when it would be spared: what is entered now may prove to have gone otherwise.
        Weighing::Open
    } else if case.course == Course::Stopped && spares(policy.stopped) {
        Weighing::Spared(Spared::Stopped)
    } else if case.was_reported_within(policy.days) && spares(policy.reported_in_time) {
        Weighing::Spared(Spared::ReportedInTime)
    } else {
        Weighing::Counts
    }
}

/// Sets the school's rule.
pub fn set_policy(policy: &CasePolicy) -> Vec<Change> {
    let since = policy.since.map(|day| Value::Text(day.to_string()));
    let value = Value::map([
        ("since", since.unwrap_or(Value::Null)),
        ("days", Value::Int(policy.days.get().into())),
        ("reported_in_time", policy.reported_in_time.code().into()),
        ("stopped", policy.stopped.code().into()),
    ]);
    vec![Change::new(CasePolicy::key(), value)]
}

impl CasePolicy {
    /// The rule that is set; each part that cannot be read is the default's.
    pub(in crate::desk) fn read(heads: &[Head]) -> Self {
        let default = Self::default();
        let Some(rule) = heads.first().map(|head| &head.value) else {
            return default;
        };
        let treatment = |name| rule.get(name).and_then(Treatment::from_value);
        let days = rule.get("days").and_then(Value::as_int::<u8>);
        Self {
            since: rule
                .get("since")
                .and_then(Value::as_text)
                .and_then(parse_day),
            days: days
                .and_then(|days| ReportDays::try_from(days).ok())
                .unwrap_or_default(),
            reported_in_time: treatment("reported_in_time").unwrap_or_default(),
            stopped: treatment("stopped").unwrap_or_default(),
        }
    }

    pub(in crate::desk) fn key() -> Key {
        Key::new(POLICY, &["cases"], "rule")
    }
}

impl ReportDays {
    /// The most days.
    pub const MAX: u8 = 30;

    /// How many.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Default for ReportDays {
    /// Three days (示例).
    fn default() -> Self {
        Self(3)
    }
}

impl TryFrom<u8> for ReportDays {
    type Error = NoReportDays;

    fn try_from(days: u8) -> Result<Self, NoReportDays> {
        match days {
            0..=Self::MAX => Ok(Self(days)),
            _ => Err(NoReportDays(days)),
        }
    }
}

impl From<ReportDays> for u8 {
    fn from(days: ReportDays) -> u8 {
        days.0
    }
}
