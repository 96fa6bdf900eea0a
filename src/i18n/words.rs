//! The words for what is recorded, the same on every screen.

use wuzha_core::book::{Status, Verdict, Verification};

/// The names of the values that a record can have.
pub(crate) struct Words {
    pub(crate) status: fn(Status) -> &'static str,
    /// Nobody has recorded a status yet.
    pub(crate) unrecorded: &'static str,
    pub(crate) verification: fn(Verification) -> &'static str,
    pub(crate) verdict: fn(Verdict) -> &'static str,
}

impl Words {
    /// The status, or that none is recorded.
    pub(crate) fn known_status(&self, status: Option<Status>) -> &'static str {
        status.map_or(self.unrecorded, self.status)
    }
}

pub(super) static ZH: Words = Words {
    status: |status| match status {
        Status::NotInstalled => "未安装",
        Status::Installed => "已安装未注册",
        Status::Registered => "已注册",
        Status::WarningOn => "预警已开启",
        Status::Unable => "无法安装",
        Status::Declined => "本人不同意",
    },
    unrecorded: "未登记",
    verification: |verification| match verification {
        Verification::InPerson => "当面核验",
        Verification::SelfReported => "本人自报",
        Verification::Screenshot => "截图",
    },
    verdict: |verdict| match verdict {
        Verdict::Pass => "合格",
        Verdict::Fail => "不合格",
        Verdict::NotApplicable => "不适用",
    },
};

pub(super) static EN: Words = Words {
    status: |status| match status {
        Status::NotInstalled => "Not installed",
        Status::Installed => "Installed only",
        Status::Registered => "Registered",
        Status::WarningOn => "Warnings on",
        Status::Unable => "Cannot install",
        Status::Declined => "Declined",
    },
    unrecorded: "Not recorded",
    verification: |verification| match verification {
        Verification::InPerson => "In person",
        Verification::SelfReported => "Self-reported",
        Verification::Screenshot => "Screenshot",
    },
    verdict: |verdict| match verdict {
        Verdict::Pass => "Pass",
        Verdict::Fail => "Fail",
        Verdict::NotApplicable => "N/A",
    },
};
