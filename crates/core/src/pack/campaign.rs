use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Bilingual;
use crate::ident::Slug;

/// A campaign: phases counted in days from its start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Its id.
    pub id: Slug,
    /// Its title.
    pub title: Bilingual,
    /// The document that orders it, by name and number.
    pub notice: String,
    /// Whether it is only an example, to be replaced by the school's own.
    pub example: bool,
    /// The first day that its document gives; a class may begin on another.
    #[serde(with = "crate::time::day_text")]
    pub start: NaiveDate,
    /// The last day that its document gives.
    #[serde(with = "crate::time::day_text")]
    pub end: NaiveDate,
    /// Its phases in order, without gaps.
    pub phases: Vec<Phase>,
    /// What is to be reported when it is over.
    pub report: ReportDue,
}

/// The report at the end of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDue {
    /// The last day to hand it in.
    #[serde(with = "crate::time::day_text")]
    pub due: NaiveDate,
    /// How and where to.
    pub text: Bilingual,
}

/// A phase of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Its id.
    pub id: Slug,
    /// Its title.
    pub title: Bilingual,
    /// Its first day, counted from 0 at the campaign's start.
    pub first_day: u32,
    /// Its last day, counted likewise.
    pub last_day: u32,
    /// What is to be done in it.
    pub tasks: Vec<Task>,
}

/// Something to be done in a phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: Slug,
    /// What is to be done.
    pub text: Bilingual,
}

/// Where a date lies in a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day<'a> {
    /// It begins in this many days.
    Before {
        /// Days until the start.
        days: u32,
    },
    /// It is on.
    In {
        /// The phase that is on.
        phase: &'a Phase,
        /// Today's number, from 1.
        day: u32,
        /// Days in all.
        of: u32,
    },
    /// It is over.
    After,
}

impl Campaign {
    /// The last day of the phase at `at`, when the campaign begins on its own first day; `None` for one that is not
    /// there, or beyond the calendar.
    pub fn last_day_of(&self, at: usize) -> Option<NaiveDate> {
        let phase = self.phases.get(at)?;
        self.start
            .checked_add_days(Days::new(phase.last_day.into()))
    }

    /// Ends the phase at `at` on `day`; the one after it begins on the next day. A day before the phase begins
    /// changes nothing.
    pub fn end_phase(&mut self, at: usize, day: NaiveDate) {
        let last = u32::try_from(day.signed_duration_since(self.start).num_days());
        let (Ok(last), Some(phase)) = (last, self.phases.get_mut(at)) else {
            return;
        };
        if last < phase.first_day {
            return;
        }
        phase.last_day = last;
        if let Some(next) = self.phases.get_mut(at + 1) {
            next.first_day = last.saturating_add(1);
        }
    }

    /// Where `today` lies, when the campaign starts on `start`.
    pub fn day(&self, start: NaiveDate, today: NaiveDate) -> Day<'_> {
        let elapsed = today.signed_duration_since(start).num_days();
        let Ok(elapsed) = u32::try_from(elapsed) else {
            let days = u32::try_from(elapsed.unsigned_abs()).unwrap_or(u32::MAX);
            return Day::Before { days };
        };
        let on = |phase: &&Phase| (phase.first_day..=phase.last_day).contains(&elapsed);
        match self.phases.iter().find(on) {
            Some(phase) => Day::In {
                phase,
                day: elapsed + 1,
                of: self.length(),
            },
            None => Day::After,
        }
    }

    /// The last day, when the campaign starts on `start`; `None` beyond the calendar.
    pub fn end(&self, start: NaiveDate) -> Option<NaiveDate> {
        start.checked_add_days(Days::new(u64::from(self.length().saturating_sub(1))))
    }

    /// Days in all.
    fn length(&self) -> u32 {
        self.phases
            .iter()
            .map(|phase| phase.last_day.saturating_add(1))
            .max()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::default_pack;
    use super::*;

    #[test]
    fn a_phase_that_ends_later_moves_the_beginning_of_the_next() {
        let mut campaign = default_pack().campaign;
        let date = |m, d, y| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        campaign.end_phase(0, date(12, 26, 2021));
        assert_eq!(campaign.last_day_of(0), Some(date(12, 26, 2021)));
        assert_eq!(campaign.phases[1].first_day, 6);
        let before = campaign.clone();
        campaign.end_phase(1, date(12, 1, 2021));
        campaign.end_phase(9, date(12, 29, 2021));
        assert_eq!(campaign, before, "it does not end before it begins");
    }

    #[test]
    fn the_notice_s_dates_fall_into_its_phases() {
        let campaign = default_pack().campaign;
        let date = |m, d, y| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let start = date(12, 21, 2021);
        let phase = |today| match campaign.day(start, today) {
            Day::In { phase, day, of } => (phase.id.as_str(), day, of),
            other => panic!("{other:?}"),
        };
        assert_eq!(phase(date(12, 21, 2021)), ("deploy", 1, 68));
        assert_eq!(phase(date(12, 27, 2021)), ("campaign-week", 7, 68));
        assert_eq!(phase(date(2, 26, 2022)).1, 68);
        assert_eq!(campaign.end(start), Some(date(2, 26, 2022)));
        assert_eq!(campaign.day(start, date(2, 27, 2022)), Day::After);
        assert_eq!(
            campaign.day(start, date(12, 19, 2021)),
            Day::Before { days: 2 }
        );
    }
}
