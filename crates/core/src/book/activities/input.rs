//! What a person puts in about an activity, checked.

use chrono::{NaiveDate, Timelike};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ActivityKind;
use crate::ident::Slug;
use crate::log::Value;
use crate::text::{self, ImpersonalError};
use crate::time::{UnixMillis, UtcOffset, day_digits};

/// An activity as a person puts it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityInput {
    /// 类型; `None` leaves what is written, which may be of a newer version.
    pub kind: Option<ActivityKind>,
    /// 日期
    pub day: HeldOn,
    /// 主题
    pub title: ActivityText,
    /// 参加人数, when they are known.
    pub people: Option<People>,
    /// 地点 / 渠道
    pub place: ActivityText,
    /// 合作单位
    pub partner: ActivityText,
    /// 形势分析
    pub analysis: ActivityText,
    /// 措施 / 备注
    pub measures: ActivityText,
}

/// The day on which an activity was held: none that is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldOn(NaiveDate);

/// The day is still to come: what is only planned is not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a day that is still to come")]
pub struct NotYetHeld;

/// How many people took part, or were reached: 1 to [`People::MAX`]. Nobody at all is no activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct People(u32);

/// No number of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a number from 1 to {max}", max = People::MAX)]
pub struct PeopleError;

/// What is written about an activity in words: tidied, bounded, possibly empty, and without long numbers, since it
/// names nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActivityText(String);

/// The id of an activity recorded at `at`, e.g. `20211227-190512-3f1a`: ids sort by time. `salt`, drawn by the
/// phone, keeps apart what two phones record in one second. `None` for a time no calendar holds.
pub fn activity_id(at: UnixMillis, offset: UtcOffset, salt: u16) -> Option<Slug> {
    let time = at.local(offset)?;
    let text = format!(
        "{}-{:02}{:02}{:02}-{salt:04x}",
        day_digits(time.date_naive()),
        time.hour(),
        time.minute(),
        time.second()
    );
    Slug::try_from(text).ok()
}

impl HeldOn {
    /// # Errors
    /// [`NotYetHeld`] for a day after `today`.
    pub fn new(day: NaiveDate, today: NaiveDate) -> Result<Self, NotYetHeld> {
        match day <= today {
            true => Ok(Self(day)),
            false => Err(NotYetHeld),
        }
    }

    /// The day.
    pub fn day(self) -> NaiveDate {
        self.0
    }
}

impl People {
    /// More than any school has students.
    pub const MAX: u32 = 99_999;

    /// How many.
    pub fn get(self) -> u32 {
        self.0
    }

    /// What was typed; nothing typed is not known.
    ///
    /// # Errors
    /// [`PeopleError`].
    pub fn typed(raw: &str) -> Result<Option<Self>, PeopleError> {
        match text::clean(raw).as_str() {
            "" => Ok(None),
            typed => {
                let count: u32 = typed.parse().map_err(|_| PeopleError)?;
                Self::try_from(count).map(Some)
            }
        }
    }

    pub(super) fn from_value(value: &Value) -> Option<Self> {
        Self::try_from(value.as_int::<u32>()?).ok()
    }
}

impl TryFrom<u32> for People {
    type Error = PeopleError;

    fn try_from(count: u32) -> Result<Self, PeopleError> {
        match count {
            1..=Self::MAX => Ok(Self(count)),
            _ => Err(PeopleError),
        }
    }
}

impl From<People> for u32 {
    fn from(people: People) -> u32 {
        people.0
    }
}

impl ActivityText {
    /// The most characters.
    pub const MAX_CHARS: usize = 200;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ActivityText {
    type Error = ImpersonalError;

    fn try_from(raw: String) -> Result<Self, ImpersonalError> {
        text::impersonal(&raw, Self::MAX_CHARS).map(Self)
    }
}

impl From<ActivityText> for String {
    fn from(text: ActivityText) -> String {
        text.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_not_known_and_nobody_is_no_number() {
        let typed = |raw: &str| People::typed(raw).map(|people| people.map(People::get));
        assert_eq!(typed(""), Ok(None));
        assert_eq!(typed(" \u{3000}"), Ok(None));
        assert_eq!(typed("４５"), Ok(Some(45)));
        assert_eq!(typed("99999"), Ok(Some(99_999)));
        for refused in ["0", "100000", "-3", "45人", "4.5", "约45"] {
            assert_eq!(typed(refused), Err(PeopleError), "{refused}");
        }
    }

    #[test]
    fn a_day_to_come_is_refused_and_today_is_not() {
        let day = |day| NaiveDate::from_ymd_opt(2021, 12, day).unwrap();
        assert_eq!(HeldOn::new(day(28), day(27)), Err(NotYetHeld));
        assert_eq!(HeldOn::new(day(27), day(27)).map(HeldOn::day), Ok(day(27)));
    }

    #[test]
    fn a_text_is_bounded_and_holds_no_telephone() {
        let text = |raw: &str| ActivityText::try_from(raw.to_owned()).map(String::from);
        assert_eq!(
            text(" 反诈主题班会，\n96110 "),
            Ok("反诈主题班会， 96110".to_owned())
        );
        assert_eq!(
            text("联系人 139 0000 0000"),
            Err(ImpersonalError::Number { digits: 11 })
        );
        let long = "字".repeat(201);
        assert_eq!(text(&long), Err(ImpersonalError::TooLong { max: 200 }));
    }

    #[test]
    fn ids_sort_by_when_an_activity_was_recorded() {
        let id = |ms, salt| activity_id(UnixMillis(ms), UtcOffset::CHINA, salt).unwrap();
        let first = id(1_640_603_112_000, 0x3f1a);
        assert_eq!(first.as_str(), "20211227-190512-3f1a");
        assert!(id(1_640_603_113_000, 0) > first);
        assert_ne!(id(1_640_603_112_000, 1), first, "another phone's");
    }
}
