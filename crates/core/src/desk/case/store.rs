//! How a case stands in the desk's log: one register a field, so that each correction can be read.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    AmountBand, Case, CaseFacts, CaseKind, CaseStatus, CaseText, Channel, ClockTime, Course,
};
use crate::award::ClassMark;
use crate::book::code::coded;
use crate::desk::EntryId;
use crate::log::{Change, Head, Key, Registers, Value};
use crate::time::parse_day;

/// The entity of the registers of cases.
const CASE: &str = "case";

coded! {
    /// A field of a case.
    CaseField {
        /// 发生日期
        Day = "day",
        /// 发生时间
        Time = "time",
        /// 类型
        Kind = "kind",
        /// 金额区间
        Band = "band",
        /// 途径
        Channel = "channel",
        /// 经过
        Course = "course",
        /// 班级
        Class = "class",
        /// 系部
        Department = "department",
        /// 报告学校
        ReportedSchool = "reported_school",
        /// 报警
        ReportedPolice = "reported_police",
        /// 状态
        Status = "status",
        /// 后续处理
        FollowUp = "follow_up",
        /// 一案一复盘
        Lessons = "lessons",
    }
}

/// Enters a case.
pub fn record_case(id: &EntryId, facts: &CaseFacts) -> Vec<Change> {
    let fields = CaseField::ALL.iter();
    fields
        .map(|field| (field, field.written(facts)))
        .filter(|(_, value)| *value != Value::Null)
        .map(|(field, value)| Change::new(field.key(id), value))
        .collect()
}

/// Corrects a case, or goes on with it: writes the fields that differ, and settles those that are contested.
pub fn correct_case(case: &Case, facts: &CaseFacts) -> Vec<Change> {
    let differs = |field: &&CaseField| {
        field.written(facts) != field.written(&case.facts) || case.contested.contains(field)
    };
    let fields = CaseField::ALL.iter().filter(differs);
    fields
        .map(|field| Change::new(field.key(&case.id), field.written(facts)))
        .collect()
}

/// All cases in the desk's registers, the oldest entered first. One whose day cannot be read is left out.
pub(in crate::desk) fn read(registers: &Registers) -> Vec<Case> {
    let mut cases: BTreeMap<EntryId, Fields<'_>> = BTreeMap::new();
    for (key, heads) in registers.iter() {
        let parts = key.parts();
        if let [entity, id, field] = parts.as_slice()
            && entity == CASE
            && let Some(field) = CaseField::from_code(field)
        {
            let fields = cases.entry(EntryId::of_part(id)).or_default();
            fields.0.insert(field, heads);
        }
    }
    let case = |(id, fields): (EntryId, Fields<'_>)| {
        Some(Case {
            id,
            facts: fields.facts()?,
            contested: fields.contested(),
        })
    };
    cases.into_iter().filter_map(case).collect()
}

/// The field of the case that a key names; `None` for a key of something else.
pub(in crate::desk) fn field_of(key: &Key, id: &EntryId) -> Option<CaseField> {
    match key.parts().as_slice() {
        [entity, of, field] if entity == CASE && of == id.as_str() => CaseField::from_code(field),
        _ => None,
    }
}

/// What is visible in each field of a case.
#[derive(Default)]
struct Fields<'a>(BTreeMap<CaseField, &'a [Head]>);

impl Fields<'_> {
    fn value(&self, field: CaseField) -> Option<&Value> {
        let heads = self.0.get(&field)?;
        heads.first().map(|head| &head.value)
    }

    fn text(&self, field: CaseField) -> Option<&str> {
        self.value(field).and_then(Value::as_text)
    }

    fn day(&self, field: CaseField) -> Option<NaiveDate> {
        self.text(field).and_then(parse_day)
    }

    fn words(&self, field: CaseField) -> CaseText {
        let text = self.text(field).map(str::to_owned);
        let text = text.and_then(|text| CaseText::try_from(text).ok());
        text.unwrap_or_default()
    }

    fn read<T>(&self, field: CaseField, parse: impl Fn(&Value) -> Option<T>) -> Option<T> {
        self.value(field).and_then(parse)
    }

    /// What a newer version wrote is the unknown or other one of its kind. A status that cannot be read is
    /// the one by which nothing is decided yet.
    fn facts(&self) -> Option<CaseFacts> {
        let minute = self.read(CaseField::Time, Value::as_int::<u16>);
        let department = self.words(CaseField::Department);
        Some(CaseFacts {
            day: self.day(CaseField::Day)?,
            time: minute.and_then(|minute| ClockTime::try_from(minute).ok()),
            kind: self
                .text(CaseField::Kind)
                .and_then(CaseKind::from_code)
                .unwrap_or(CaseKind::Other),
            band: self
                .read(CaseField::Band, AmountBand::from_value)
                .unwrap_or(AmountBand::Unknown),
            channel: self
                .read(CaseField::Channel, Channel::from_value)
                .unwrap_or(Channel::Other),
            course: self
                .read(CaseField::Course, Course::from_value)
                .unwrap_or(Course::Happened),
            class: self.text(CaseField::Class).map(ClassMark::of_stored),
            department: (!department.is_empty()).then_some(department),
            reported_school: self.day(CaseField::ReportedSchool),
            reported_police: self.day(CaseField::ReportedPolice),
            status: self
                .read(CaseField::Status, CaseStatus::from_value)
                .unwrap_or(CaseStatus::Entered),
            follow_up: self.words(CaseField::FollowUp),
            lessons: self.words(CaseField::Lessons),
        })
    }

    fn contested(&self) -> Vec<CaseField> {
        let fields = self.0.iter();
        fields
            .filter(|(_, heads)| differ(heads))
            .map(|(field, _)| *field)
            .collect()
    }
}

fn differ(heads: &[Head]) -> bool {
    heads
        .split_first()
        .is_some_and(|(first, rivals)| rivals.iter().any(|rival| rival.value != first.value))
}

impl CaseField {
    fn key(self, id: &EntryId) -> Key {
        Key::new(CASE, &[id.as_str()], self.code())
    }

    fn written(self, facts: &CaseFacts) -> Value {
        match self {
            Self::Day => day(facts.day),
            Self::Time => maybe(facts.time, |time| Value::Int(u16::from(time).into())),
            Self::Kind => facts.kind.code().into(),
            Self::Band => facts.band.code().into(),
            Self::Channel => facts.channel.code().into(),
            Self::Course => facts.course.code().into(),
            Self::Class => maybe(facts.class.as_ref(), |class| class.as_str().into()),
            Self::Department => maybe(facts.department.as_ref(), words),
            Self::ReportedSchool => maybe(facts.reported_school, day),
            Self::ReportedPolice => maybe(facts.reported_police, day),
            Self::Status => facts.status.code().into(),
            Self::FollowUp => words(&facts.follow_up),
            Self::Lessons => words(&facts.lessons),
        }
    }
}

fn maybe<T>(known: Option<T>, value: impl FnOnce(T) -> Value) -> Value {
    known.map_or(Value::Null, value)
}

fn day(day: NaiveDate) -> Value {
    Value::Text(day.to_string())
}

fn words(text: &CaseText) -> Value {
    match text.as_str() {
        "" => Value::Null,
        text => text.into(),
    }
}
