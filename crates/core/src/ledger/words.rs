//! The words of the files. Ledgers are Chinese documents whatever language the app shows.

use crate::award::{self, GateState};
use crate::book::{ActivityField, ActivityKind, Status, Verdict, Verification};
use crate::quiz::Outcome;

pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::NotInstalled => "未安装",
        Status::Installed => "已安装未注册",
        Status::Registered => "已注册",
        Status::WarningOn => "预警已开启",
        Status::Unable => "无法安装",
        Status::Declined => "本人不同意",
    }
}

pub(crate) fn verification(verification: Verification) -> &'static str {
    match verification {
        Verification::InPerson => "当面核验",
        Verification::SelfReported => "本人自报",
        Verification::Screenshot => "截图",
    }
}

pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "合格",
        Verdict::Fail => "不合格",
        Verdict::NotApplicable => "不适用",
    }
}

pub(crate) fn activity_kind(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::ClassMeeting => "主题班会",
        ActivityKind::WorkMeeting => "专题会议",
        ActivityKind::Lecture => "讲座",
        ActivityKind::Publicity => "宣传",
        ActivityKind::Contest => "竞赛",
        ActivityKind::Family => "家校联动",
        ActivityKind::Other => "其他",
    }
}

pub(crate) fn activity_field(field: ActivityField) -> &'static str {
    match field {
        ActivityField::Kind => "类型",
        ActivityField::Day => "日期",
        ActivityField::Title => "主题",
        ActivityField::People => "人数",
        ActivityField::Place => "地点或渠道",
        ActivityField::Partner => "合作单位",
        ActivityField::Analysis => "形势分析",
        ActivityField::Measures => "措施或备注",
        ActivityField::Removed => "是否删除",
    }
}

/// Whether the region is the right one.
pub(crate) fn region(is_right: bool) -> &'static str {
    yes(is_right, "正确", "选错")
}

pub(crate) fn pledge(is_signed: bool) -> &'static str {
    yes(is_signed, "已签", "未签")
}

pub(crate) fn notice(is_returned: bool) -> &'static str {
    yes(is_returned, "已交", "未交")
}

pub(super) fn gate(state: GateState) -> &'static str {
    match state {
        GateState::Met => "达到",
        GateState::Unmet => "未达到",
        GateState::Unknown => "未知",
        GateState::Teacher => "由老师核定",
    }
}

pub(crate) fn yes(yes: bool, if_yes: &'static str, if_no: &'static str) -> &'static str {
    match yes {
        true => if_yes,
        false => if_no,
    }
}

pub(super) fn award(outcome: award::Outcome) -> &'static str {
    match outcome {
        award::Outcome::MetSoFar => "达标待核定",
        award::Outcome::Unmet => "未达标",
        award::Outcome::Unknown => "未查完",
    }
}

pub(super) fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Absent => "缺考",
        Outcome::Passed(_) => "合格",
        Outcome::Failed(_) => "不合格",
    }
}
