//! 活动: what a class held or took part in, as the notice asks for it.
//!
//! They are read from their registers where somebody asks for them ([`Book::activities`]), not by the fold: the
//! first screen shows none, and must not carry the reading.
//!
//! # Layout
//! - here: an activity as it stands; `input`: what a person puts in; `write`: the commands
//! - `held`: how many, and how many people they reached

mod held;
mod input;
mod write;

use chrono::NaiveDate;

use super::code::coded;
use super::{Book, Field, date, keys, text};
use crate::ident::Slug;
use crate::log::{DeviceId, Head, Registers, Value};
use crate::time::UnixMillis;

pub use held::{Held, HeldByKind};
pub use input::{
    ActivityInput, ActivityText, HeldOn, NotYetHeld, People, PeopleError, activity_id,
};
pub use write::{add_activity, change_activity, remove_activity};

coded! {
    /// What kind of activity it is, by the lines of work of the notice.
    ActivityKind {
        /// 主题班会
        ClassMeeting = "class_meeting",
        /// 专题会议: looks at the situation (形势分析) and decides measures (措施).
        WorkMeeting = "work_meeting",
        /// 讲座: with a partner, e.g. the police station.
        Lecture = "lecture",
        /// 宣传: posters, banners, broadcasts, short films.
        Publicity = "publicity",
        /// 竞赛: contests, speeches, short plays.
        Contest = "contest",
        /// 家校联动: what went out to the parents, through which channel.
        Family = "family",
        /// 其他
        Other = "other",
    }
}

coded! {
    /// A field of an activity.
    ActivityField {
        /// 类型
        Kind = "kind",
        /// 日期
        Day = "day",
        /// 主题
        Title = "title",
        /// 参加人数, of 家校 how many were reached.
        People = "people",
        /// 地点, of 家校 the channel.
        Place = "place",
        /// 合作单位
        Partner = "partner",
        /// 形势分析
        Analysis = "analysis",
        /// 措施, of anything but a meeting: 备注.
        Measures = "measures",
        /// Whether it was taken off the list.
        Removed = "removed",
    }
}

/// One activity as it stands.
///
/// A field that nobody has written, or that a newer version wrote in its own way, is unknown here; the log keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Activity {
    /// 类型
    pub kind: Field<ActivityKind>,
    /// 日期
    pub day: Field<NaiveDate>,
    /// 主题
    pub title: Field<String>,
    /// 参加人数; unknown is not 0.
    pub people: Field<People>,
    /// 地点 / 渠道
    pub place: Field<String>,
    /// 合作单位
    pub partner: Field<String>,
    /// 形势分析
    pub analysis: Field<String>,
    /// 措施 / 备注
    pub measures: Field<String>,
    removed: Field<bool>,
}

/// The activities of a class, each with its id; ids sort by when they were recorded.
///
/// A list, not a map: a class has a few, and a map of them costs the worker kilobytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Activities(Vec<(Slug, Activity)>);

impl Book {
    /// What the class has recorded of its activities. Read anew at each call.
    pub fn activities(&self) -> Activities {
        Activities::of(&self.unread)
    }
}

impl Activities {
    fn of(registers: &Registers) -> Self {
        let mut all = Self::default();
        for (key, heads) in registers.iter() {
            if let [entity, id, field] = key.parts().as_slice()
                && entity == keys::ACTIVITY
                && let (Ok(id), Some(field)) =
                    (Slug::try_from(id.as_str()), ActivityField::from_code(field))
            {
                // The fields of one activity stand one after the other, as keys do.
                match all.0.last_mut() {
                    Some((last, activity)) if *last == id => activity.read(field, heads),
                    _ => {
                        let mut activity = Activity::default();
                        activity.read(field, heads);
                        all.0.push((id, activity));
                    }
                }
            }
        }
        all
    }

    /// One activity, on the list or not.
    pub fn get(&self, id: &Slug) -> Option<&Activity> {
        let found = self.0.iter().find(|(of, _)| of == id);
        found.map(|(_, activity)| activity)
    }

    /// Those on the list, the newest first: by day, those of one day by when they were recorded. One whose day is
    /// not known comes first, to be completed.
    pub fn listed(&self) -> Vec<(&Slug, &Activity)> {
        let mut listed: Vec<(&Slug, &Activity)> = Vec::new();
        for (id, activity) in &self.0 {
            if activity.is_listed() {
                let before =
                    |(of, other): &(&Slug, &Activity)| is_before((of, other), (id, activity));
                // Few, and no sort of the library's for it.
                let at = listed.partition_point(before);
                listed.insert(at, (id, activity));
            }
        }
        listed
    }
}

/// Whether an activity stands before another one in the list.
fn is_before((id, one): (&Slug, &Activity), (other_id, other): (&Slug, &Activity)) -> bool {
    match (one.day.copied(), other.day.copied()) {
        (None, Some(_)) => true,
        (Some(_), None) => false,
        (day, other_day) => (day, id) > (other_day, other_id),
    }
}

impl Activity {
    /// Whether it is on the list: something is written about it, and nobody has taken it off. An addition that was
    /// taken back leaves an empty one.
    pub fn is_listed(&self) -> bool {
        let is_written = self.kind.get().is_some()
            || self.day.get().is_some()
            || self.people.get().is_some()
            || self.texts().iter().any(|text| text.get().is_some());
        is_written && self.removed.copied() != Some(true)
    }

    /// Whether people wrote different things about it without seeing each other.
    pub fn is_in_conflict(&self) -> bool {
        self.kind.is_in_conflict()
            || self.day.is_in_conflict()
            || self.people.is_in_conflict()
            || self.removed.is_in_conflict()
            || self.texts().iter().any(|text| text.is_in_conflict())
    }

    /// Who wrote about it last, and when.
    pub fn last_written(&self) -> Option<(DeviceId, UnixMillis)> {
        fn written<T>(field: &Field<T>) -> Option<(DeviceId, UnixMillis)> {
            field.written().map(|written| (written.by, written.at))
        }
        let others = [
            written(&self.kind),
            written(&self.day),
            written(&self.people),
        ];
        let all = self.texts().into_iter().map(written).chain(others);
        all.flatten().max_by_key(|(by, at)| (*at, *by))
    }

    fn texts(&self) -> [&Field<String>; 5] {
        [
            &self.title,
            &self.place,
            &self.partner,
            &self.analysis,
            &self.measures,
        ]
    }

    fn read(&mut self, field: ActivityField, heads: &[Head]) {
        match field {
            ActivityField::Kind => self.kind = Field::read(heads, ActivityKind::from_value),
            ActivityField::Day => self.day = Field::read(heads, date),
            ActivityField::People => self.people = Field::read(heads, People::from_value),
            ActivityField::Removed => self.removed = Field::read(heads, Value::as_bool),
            ActivityField::Title => self.title = Field::read(heads, text),
            ActivityField::Place => self.place = Field::read(heads, text),
            ActivityField::Partner => self.partner = Field::read(heads, text),
            ActivityField::Analysis => self.analysis = Field::read(heads, text),
            ActivityField::Measures => self.measures = Field::read(heads, text),
        }
    }
}
