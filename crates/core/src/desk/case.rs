//! Cases (案件): what happened, without whom it happened to.
//!
//! A case has no name, no student number and no sum: bands instead of sums, and texts that are bounded and
//! refuse long numbers. Only teachers enter cases, so that a class is never asked to tell on itself.
//!
//! # Layout
//! - here: what a case says
//! - `store`: how it stands in the desk's log, field by field, and the commands that write it
//! - `policy`: whether a case counts against a class
//! - `text`: what is written about it in words

mod policy;
mod store;
mod text;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::EntryId;
use crate::award::ClassMark;
use crate::book::code::coded;
use crate::ident::Slug;

pub use policy::{
    CasePolicy, NoReportDays, ReportDays, Spared, Treatment, Weighing, counts_against, set_policy,
};
pub use store::{CaseField, correct_case, record_case};
pub use text::CaseText;

pub(super) use store::{field_of, read};

/// A case with its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Which one.
    pub id: EntryId,
    /// What is known of it.
    pub facts: CaseFacts,
    /// The fields in which people wrote different things without seeing each other.
    pub contested: Vec<CaseField>,
}

/// What is known of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFacts {
    /// The day on which it happened.
    #[serde(with = "crate::time::day_number")]
    pub day: NaiveDate,
    /// The time of that day, when it is known.
    pub time: Option<ClockTime>,
    /// 类型
    pub kind: CaseKind,
    /// 金额区间
    pub band: AmountBand,
    /// 途径
    pub channel: Channel,
    /// Whether it came to an end as its makers meant it to.
    pub course: Course,
    /// The class, when it is of one.
    pub class: Option<ClassMark>,
    /// 系部, when it is known.
    pub department: Option<CaseText>,
    /// When the school was told; `None` when it was not.
    #[serde(with = "crate::time::maybe_day_number")]
    pub reported_school: Option<NaiveDate>,
    /// When the police was told; `None` when it was not.
    #[serde(with = "crate::time::maybe_day_number")]
    pub reported_police: Option<NaiveDate>,
    /// 状态
    pub status: CaseStatus,
    /// 后续处理
    pub follow_up: CaseText,
    /// 一案一复盘: what is learnt from it.
    pub lessons: CaseText,
}

/// The type of a case: a category of the pack's question bank, which is the taxonomy of frauds, or another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CaseKind {
    /// A category of the bank, by its id.
    Known(Slug),
    /// 其他
    Other,
}

/// A time of day, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct ClockTime(u16);

/// More minutes than a day has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a day has no minute {0}")]
pub struct NoSuchMinute(u16);

coded! {
    /// How much was lost, in bands invented for this tool (示例): no sum is kept, and none of the bounds is one
    /// of a law.
    AmountBand {
        /// 未遂: nothing
        Nothing = "nothing",
        /// Up to 1,000 yuan
        UpTo1000 = "up_to_1000",
        /// Up to 5,000 yuan
        UpTo5000 = "up_to_5000",
        /// Up to 30,000 yuan
        UpTo30000 = "up_to_30000",
        /// More
        More = "more",
        /// 未知
        Unknown = "unknown",
    }
}

coded! {
    /// By what the swindler came.
    Channel {
        /// 电话
        Phone = "phone",
        /// 短信
        Sms = "sms",
        /// 聊天软件
        Chat = "chat",
        /// 游戏
        Game = "game",
        /// 购物平台
        Shopping = "shopping",
        /// 短视频、直播
        ShortVideo = "short_video",
        /// 线下
        Offline = "offline",
        /// 其他
        Other = "other",
    }
}

coded! {
    /// How a case went.
    Course {
        /// 已发生
        Happened = "happened",
        /// 被劝阻: somebody stopped it
        Stopped = "stopped",
    }
}

coded! {
    /// How far the work on a case is. Any may follow any other: a wrong tap must be corrected.
    CaseStatus {
        /// 登记: heard of, nothing is checked yet
        Entered = "entered",
        /// 核实: it is so
        Verified = "verified",
        /// 已结: verified and dealt with
        Closed = "closed",
        /// 不成立: it was none
        Unfounded = "unfounded",
    }
}

impl CaseFacts {
    /// Whether it is known to have been a case.
    pub fn is_verified(&self) -> bool {
        matches!(self.status, CaseStatus::Verified | CaseStatus::Closed)
    }

    /// Whether school or police heard of it within `days` after it happened, or while it went on.
    pub fn was_reported_within(&self, days: ReportDays) -> bool {
        let reports = [self.reported_school, self.reported_police];
        let waited = |report: NaiveDate| report.signed_duration_since(self.day).num_days();
        let mut reports = reports.into_iter().flatten();
        reports.any(|report| waited(report) <= days.get().into())
    }
}

/// What is stored for [`CaseKind::Other`]; no category of a bank has this id.
const OTHER_KIND: &str = "other";

impl CaseKind {
    /// What is stored.
    pub fn code(&self) -> &str {
        match self {
            Self::Known(category) => category.as_str(),
            Self::Other => OTHER_KIND,
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        match code {
            OTHER_KIND => Some(Self::Other),
            category => Slug::try_from(category).ok().map(Self::Known),
        }
    }
}

impl ClockTime {
    /// The time that is written so; see [`ClockTime::to_text`].
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        let is_time = hour < 24 && minute < 60;
        is_time.then(|| Self(hour * 60 + minute))
    }

    /// `19:05`
    pub fn to_text(self) -> String {
        format!("{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl TryFrom<u16> for ClockTime {
    type Error = NoSuchMinute;

    /// The time this many minutes after midnight.
    fn try_from(minute: u16) -> Result<Self, NoSuchMinute> {
        match minute {
            0..1440 => Ok(Self(minute)),
            _ => Err(NoSuchMinute(minute)),
        }
    }
}

impl From<ClockTime> for u16 {
    fn from(time: ClockTime) -> u16 {
        time.0
    }
}
