//! What the book holds about one student, and no more than that.

use super::Field;
use super::code::coded;
use crate::ident::{DormName, PersonName};

coded! {
    /// Where a student stands with the app of 国家反诈中心 (notice 五(一)2: registration counts, not
    /// installation).
    Status {
        /// 未安装
        NotInstalled = "not_installed",
        /// 已安装未注册
        Installed = "installed",
        /// 已注册
        Registered = "registered",
        /// 预警已开启
        WarningOn = "warning_on",
        /// 无法安装: listed apart once a reason is given
        Unable = "unable",
        /// 本人不同意: listed apart, the teacher's to handle
        Declined = "declined",
    }
}

coded! {
    /// How a status was verified.
    Verification {
        /// 当面核验
        InPerson = "in_person",
        /// 本人自报
        SelfReported = "self_reported",
        /// 截图
        Screenshot = "screenshot",
    }
}

/// A student of the class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Student {
    /// 姓名
    pub name: Field<PersonName>,
    /// 寝室
    pub dorm: Field<DormName>,
    /// Whether the student is on the list; `false` after being taken off it. Records stay.
    pub listed: Field<bool>,
    /// Where the student stands with the app.
    pub status: Field<Status>,
    /// 地区是否选对
    pub region: Field<bool>,
    /// How the status was verified.
    pub verified: Field<Verification>,
    /// Why the student cannot install.
    pub reason: Field<String>,
    /// 近期已登录
    pub login: Field<bool>,
    /// 承诺书
    pub pledge: Field<bool>,
    /// 家长回执
    pub notice: Field<bool>,
    /// 备注: the monitor's own, never in anything handed upward.
    pub note: Field<String>,
}

impl Student {
    /// Whether the student is on the class list.
    pub fn is_listed(&self) -> bool {
        self.listed.copied() != Some(false) && self.name.get().is_some()
    }

    /// The name, or an empty text for a record whose name has not arrived yet.
    pub fn name_text(&self) -> &str {
        self.name.get().map_or("", PersonName::as_str)
    }

    /// Whether any field has rival values.
    pub fn is_in_conflict(&self) -> bool {
        self.name.is_in_conflict()
            || self.dorm.is_in_conflict()
            || self.listed.is_in_conflict()
            || self.status.is_in_conflict()
            || self.region.is_in_conflict()
            || self.verified.is_in_conflict()
            || self.reason.is_in_conflict()
            || self.login.is_in_conflict()
            || self.pledge.is_in_conflict()
            || self.notice.is_in_conflict()
            || self.note.is_in_conflict()
    }
}
