//! Points in time as numbers that come in from outside, and their local form.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct UnixMillis(pub u64);

/// The phone's offset from UTC in minutes, east positive (China: 480).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UtcOffset(pub i32);

impl UtcOffset {
    /// China standard time.
    pub const CHINA: UtcOffset = UtcOffset(480);
}

impl UnixMillis {
    /// The wall clock at this moment in `offset`; `None` for a time no calendar holds.
    pub fn local(self, offset: UtcOffset) -> Option<DateTime<FixedOffset>> {
        let zone = FixedOffset::east_opt(offset.0.checked_mul(60)?)?;
        let utc = DateTime::from_timestamp_millis(i64::try_from(self.0).ok()?)?;
        // The calendar's last hours at Greenwich lie beyond it further east.
        utc.naive_utc().checked_add_offset(zone)?;
        Some(utc.with_timezone(&zone))
    }

    /// The calendar date at this moment in `offset`.
    pub fn date(self, offset: UtcOffset) -> Option<NaiveDate> {
        self.local(offset).map(|time| time.date_naive())
    }

    /// `2021-12-26 19:05`, or an empty text for a time no calendar holds.
    pub fn to_minute_text(self, offset: UtcOffset) -> String {
        match self.local(offset) {
            Some(time) => minute_text(time.naive_local()),
            None => String::new(),
        }
    }

    /// `2021-12-26T19:05:00+08:00`, to the second; `None` beyond the years that RFC 3339 has.
    pub fn to_rfc3339(self, offset: UtcOffset) -> Option<String> {
        let local = self.local(offset).filter(|local| local.year() <= 9999)?;
        let (hour, minute, second) = (local.hour(), local.minute(), local.second());
        let sign = if offset.0 < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.0.unsigned_abs() / 60, offset.0.unsigned_abs() % 60);
        let date = local.date_naive();
        Some(format!(
            "{date}T{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}"
        ))
    }
}

// Not chrono's formats: the code that reads and writes every format there is weighs more than a screen.

/// `2021-12-26 19:05`
pub(crate) fn minute_text(time: NaiveDateTime) -> String {
    format!("{} {:02}:{:02}", time.date(), time.hour(), time.minute())
}

/// `20211226`
pub(crate) fn day_digits(day: NaiveDate) -> String {
    day.to_string().replace('-', "")
}

/// The day that is written as `2021-12-26`.
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-').map(parse_digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A number of at most four digits and nothing else.
pub(crate) fn parse_digits(text: &str) -> Option<u32> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// A day stored as its number (1 is the first day of the year 1): chrono's own form needs its readers and
/// writers of all formats.
pub(crate) mod day_number {
    use chrono::{Datelike, NaiveDate};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i32(day.num_days_from_ce())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        let day = NaiveDate::from_num_days_from_ce_opt(i32::deserialize(from)?);
        day.ok_or_else(|| D::Error::custom("a day that no calendar holds"))
    }

    /// A day that may not be known.
    pub(crate) mod option {
        use chrono::NaiveDate;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        #[derive(Serialize, Deserialize)]
        struct Day(#[serde(with = "super")] NaiveDate);

        pub(crate) fn serialize<S: Serializer>(
            day: &Option<NaiveDate>,
            to: S,
        ) -> Result<S::Ok, S::Error> {
            day.map(Day).serialize(to)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Option<NaiveDate>, D::Error> {
            Ok(Option::deserialize(from)?.map(|Day(day)| day))
        }
    }
}

/// Stores a day that may not be known as its number (1 is the first day of the year 1), for `serde(with)`.
pub mod maybe_day_number {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Day(#[serde(with = "super::day_number")] NaiveDate);

    /// # Errors
    /// What the serializer says.
    pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, to: S) -> Result<S::Ok, S::Error> {
        day.map(Day).serialize(to)
    }

    /// # Errors
    /// What the deserializer says, and a day that no calendar holds.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
        let day = Option::<Day>::deserialize(from)?;
        Ok(day.map(|Day(day)| day))
    }
}

/// A day as it stands in the pack's files: `2021-12-26`.
pub(crate) mod day_text {
    use chrono::NaiveDate;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(from)?;
        super::parse_day(&text).ok_or_else(|| D::Error::custom("a day that no calendar holds"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written_and_nothing_else_is() {
        let day = parse_day("2021-12-26").unwrap();
        assert_eq!(day.to_string(), "2021-12-26");
        assert_eq!(parse_day("0007-01-02").unwrap().to_string(), "0007-01-02");
        for not_a_day in [
            "",
            "2021",
            "2021-12",
            "2021-13-01",
            "2021-02-30",
            "2021-12-26-1",
            "+021-12-26",
            "2021-12-2六",
            "20211-12-26",
            "-2021-12-26",
            " 2021-12-26",
        ] {
            assert_eq!(parse_day(not_a_day), None, "{not_a_day}");
        }
    }

    #[test]
    fn local_time_follows_the_offset_across_midnight() {
        let evening_utc = UnixMillis(1_640_534_700_000); // 2021-12-26T16:05:00Z
        assert_eq!(evening_utc.to_minute_text(UtcOffset(0)), "2021-12-26 16:05");
        assert_eq!(
            evening_utc.to_minute_text(UtcOffset::CHINA),
            "2021-12-27 00:05"
        );
    }

    #[test]
    fn a_moment_is_written_with_its_offset() {
        let evening_utc = UnixMillis(1_640_534_700_999); // 2021-12-26T16:05:00.999Z
        for (offset, expected) in [
            (UtcOffset::CHINA, "2021-12-27T00:05:00+08:00"),
            (UtcOffset(0), "2021-12-26T16:05:00+00:00"),
            (UtcOffset(-210), "2021-12-26T12:35:00-03:30"),
        ] {
            let written = evening_utc.to_rfc3339(offset).unwrap();
            assert_eq!(written, expected);
            let read = DateTime::parse_from_rfc3339(&written).unwrap();
            assert_eq!(read.timestamp(), 1_640_534_700);
        }
        let last = UnixMillis(253_402_300_799_999);
        let written = last.to_rfc3339(UtcOffset(0));
        assert_eq!(written.as_deref(), Some("9999-12-31T23:59:59+00:00"));
        assert_eq!(last.to_rfc3339(UtcOffset::CHINA), None);
        assert_eq!(UnixMillis(u64::MAX).to_rfc3339(UtcOffset::CHINA), None);
    }

    #[test]
    fn a_time_beyond_the_calendar_is_empty_not_a_panic() {
        let last = UnixMillis(8_210_266_876_799_999);
        for beyond in [last, UnixMillis(last.0 + 1), UnixMillis(u64::MAX)] {
            assert_eq!(beyond.to_minute_text(UtcOffset::CHINA), "");
            assert_eq!(beyond.date(UtcOffset::CHINA), None);
        }
        assert_eq!(last.to_minute_text(UtcOffset(0)), "+262142-12-31 23:59");
    }
}
