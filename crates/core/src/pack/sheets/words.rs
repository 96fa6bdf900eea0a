//! The words of the sheets, and what they stand for.

use crate::pack::{Level, Measure};
use crate::quiz::{Difficulty, Kind};

/// How a gate is decided.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Decides {
    Share,
    Item,
    Teacher,
}

pub(super) const LEVELS: [(Level, &str); 4] = [
    (Level::Dorm, "寝室"),
    (Level::Class, "班级"),
    (Level::Department, "系部"),
    (Level::School, "学校"),
];

pub(super) const MEASURES: [(Measure, &str); 13] = [
    (Measure::Registered, "已注册"),
    (Measure::WarningOn, "预警已开启"),
    (Measure::RegionRight, "地区正确"),
    (Measure::QuizTaken, "参加测验"),
    (Measure::QuizPassed, "测验合格"),
    (Measure::PledgeSigned, "已签承诺书"),
    (Measure::NoticeReturned, "已交回执"),
    (Measure::ActivityHeld, "有活动"),
    (Measure::ClassMeetingHeld, "有班会"),
    (Measure::FamilyReached, "有家校联动"),
    (Measure::DormsMet, "寝室达标"),
    (Measure::ClassesMet, "班级达标"),
    (Measure::DepartmentsMet, "系部达标"),
];

pub(super) const DECIDES: [(Decides, &str); 3] = [
    (Decides::Share, "比例"),
    (Decides::Item, "检查项"),
    (Decides::Teacher, "老师"),
];

pub(super) const KINDS: [(Kind, &str); 3] = [
    (Kind::Single, "单选"),
    (Kind::Multiple, "多选"),
    (Kind::Judge, "判断"),
];

pub(super) const DIFFICULTIES: [(Difficulty, &str); 3] = [
    (Difficulty::Easy, "易"),
    (Difficulty::Medium, "中"),
    (Difficulty::Hard, "难"),
];

/// The word of `meaning`; empty for one that the sheets have no word for, which then cannot be read back.
pub(super) fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], meaning: T) -> &'static str {
    let found = words.iter().find(|(of, _)| *of == meaning);
    found.map_or("", |(_, word)| word)
}
