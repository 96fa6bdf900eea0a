//! 变更记录 of a case: which field was written when and by whom, from what to what.

use std::collections::BTreeMap;

use super::case::field_of;
use super::case_counts::{band_word, channel_word, title};
use super::{
    AmountBand, CaseField, CaseKind, CaseStatus, Channel, ClockTime, Course, EntryId, NamedClass,
};
use crate::award::ClassMark;
use crate::history::words;
use crate::ledger::{Cell, Column, Ledger};
use crate::log::{Op, OpId, Value};
use crate::quiz::Category;

/// With which words values are said.
#[derive(Clone, Copy, Debug)]
pub struct CaseWords<'a> {
    /// Those of the bank.
    pub categories: &'a [Category],
    /// The classes that have a name here.
    pub classes: &'a [NamedClass],
}

/// What was written about a case in `ops`, the desk's log; the newest first.
pub fn case_history(ops: &[Op], id: &EntryId, said: CaseWords<'_>) -> Ledger {
    let known: BTreeMap<OpId, &Op> = ops.iter().map(|op| (op.id, op)).collect();
    let mut own: Vec<(&Op, CaseField)> = known
        .values()
        .filter_map(|op| Some((*op, field_of(&op.key, id)?)))
        .collect();
    own.sort_by_key(|(op, field)| std::cmp::Reverse((op.hlc, op.id, *field)));
    let row = |(op, field): &(&Op, CaseField)| {
        let before = op.pred.iter().find_map(|id| known.get(id));
        vec![
            Cell::Time(op.hlc.time()),
            Cell::text(words::device(op.id.device)),
            Cell::text(name(*field)),
            before.map_or(Cell::Empty, |op| said.value(*field, &op.value)),
            said.value(*field, &op.value),
        ]
    };
    let headings = [
        ("时间", 17),
        ("记录设备", 16),
        ("项目", 14),
        ("原来", 30),
        ("改为", 30),
    ];
    Ledger {
        name: "变更记录".to_owned(),
        columns: headings
            .map(|(heading, width)| Column::new(heading, width))
            .into(),
        rows: own.iter().map(row).collect(),
    }
}

impl CaseWords<'_> {
    /// What a newer version wrote is unknown here.
    fn value(self, field: CaseField, value: &Value) -> Cell {
        if *value == Value::Null {
            return Cell::text("（空）");
        }
        let text = || value.as_text().map(str::to_owned);
        let known = |word: Option<&'static str>| word.map(str::to_owned);
        let said = match field {
            CaseField::Day
            | CaseField::Department
            | CaseField::ReportedSchool
            | CaseField::ReportedPolice
            | CaseField::FollowUp
            | CaseField::Lessons => text(),
            CaseField::Time => {
                let minute = value.as_int::<u16>();
                let time = minute.and_then(|minute| ClockTime::try_from(minute).ok());
                time.map(ClockTime::to_text)
            }
            CaseField::Kind => {
                let kind = value.as_text().and_then(CaseKind::from_code);
                kind.map(|kind| title(&kind, self.categories))
            }
            CaseField::Band => known(AmountBand::from_value(value).map(band_word)),
            CaseField::Channel => known(Channel::from_value(value).map(channel_word)),
            CaseField::Course => known(Course::from_value(value).map(course_word)),
            CaseField::Status => known(CaseStatus::from_value(value).map(status_word)),
            CaseField::Class => text().map(|mark| self.class(&ClassMark::of_stored(&mark))),
        };
        Cell::known(said, Cell::text)
    }

    fn class(self, mark: &ClassMark) -> String {
        let mut classes = self.classes.iter();
        let class = classes.find(|class| class.marks.contains(mark));
        class
            .map_or("不在本机的班级", |class| &class.name)
            .to_owned()
    }
}

fn name(field: CaseField) -> &'static str {
    match field {
        CaseField::Day => "发生日期",
        CaseField::Time => "发生时间",
        CaseField::Kind => "类型",
        CaseField::Band => "金额区间",
        CaseField::Channel => "途径",
        CaseField::Course => "经过",
        CaseField::Class => "班级",
        CaseField::Department => "系部",
        CaseField::ReportedSchool => "报告学校",
        CaseField::ReportedPolice => "报警",
        CaseField::Status => "状态",
        CaseField::FollowUp => "后续处理",
        CaseField::Lessons => "一案一复盘",
    }
}

fn course_word(course: Course) -> &'static str {
    match course {
        Course::Happened => "已发生",
        Course::Stopped => "被劝阻",
    }
}

fn status_word(status: CaseStatus) -> &'static str {
    match status {
        CaseStatus::Entered => "登记",
        CaseStatus::Verified => "核实",
        CaseStatus::Closed => "已结",
        CaseStatus::Unfounded => "不成立",
    }
}
