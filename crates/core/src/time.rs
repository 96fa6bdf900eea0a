//! Points in time as numbers that come in from outside, and their local form.

use chrono::{DateTime, FixedOffset, NaiveDate};
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
        Some(utc.with_timezone(&zone))
    }

    /// The calendar date at this moment in `offset`.
    pub fn date(self, offset: UtcOffset) -> Option<NaiveDate> {
        self.local(offset).map(|time| time.date_naive())
    }

    /// `2021-12-26 19:05`, or an empty text for a time no calendar holds.
    pub fn to_minute_text(self, offset: UtcOffset) -> String {
        match self.local(offset) {
            Some(time) => time.format("%Y-%m-%d %H:%M").to_string(),
            None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_time_beyond_the_calendar_is_empty_not_a_panic() {
        assert_eq!(UnixMillis(u64::MAX).to_minute_text(UtcOffset::CHINA), "");
    }
}
