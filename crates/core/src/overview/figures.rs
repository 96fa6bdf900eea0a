use std::cmp::Ordering;
use std::ops::Add;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::trend;
use crate::award;
use crate::book::{Book, HeldByKind};
use crate::log::Registers;
use crate::measure::Share;
use crate::pack::{Measure, Pack};
use crate::quiz::Score;
use crate::time::{UnixMillis, UtcOffset, day_number};
use crate::today;

/// What one class shows from afar: figures, and no name of a person but its counsellor's, by which a desk narrows
/// its own list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// 班级, or an empty text before the class is named.
    pub class: String,
    /// 系部, when it is known.
    pub department: Option<String>,
    /// 年级, when it is known.
    pub grade: Option<String>,
    /// 辅导员, when it is known. In no file that leaves the desk.
    #[serde(default)]
    pub counsellor: Option<String>,
    /// How many are on the class list.
    pub students: u32,
    /// In how many dorms they are known to live.
    pub dorms: u32,
    /// 注册率, of the students.
    pub registered: Share,
    /// 预警率, of the students.
    pub warning_on: Share,
    /// 承诺书, of the students.
    pub pledge: Share,
    /// 家长回执, of the students.
    pub notice: Share,
    /// 测验参与, of the students, in the quiz that counts ([`Book::latest_quiz`]).
    pub quiz_taken: Share,
    /// 测验合格, of the students, in the same quiz, retakes included.
    pub quiz_passed: Share,
    /// 平均分 of the same quiz, by first attempts; `None` while nobody has made one.
    pub average: Option<Average>,
    /// 寝室检查, of the dorms.
    pub dorms_inspected: Share,
    /// 达标寝室, of the dorms.
    pub dorms_met: Share,
    /// 活动: how many it recorded, and how many people they reached.
    #[serde(default)]
    pub activities: HeldByKind,
    /// Fields in which people wrote different things without seeing each other.
    pub conflicts: u32,
    /// 最后记录: when the newest of all that is visible was written, by its writer's clock.
    pub last_record: Option<UnixMillis>,
    /// How many of those who are registered now had been so by the end of each day on which that
    /// changed: cumulative, days ascending; the last number is `registered.met`. A student counts from
    /// the day on which the present status was written.
    #[serde(with = "trend::days")]
    pub registered_by_day: Vec<(NaiveDate, u32)>,
    /// The first day of the campaign, when it is known; of several classes the earliest.
    #[serde(with = "day_number::option")]
    pub campaign_start: Option<NaiveDate>,
}

/// The average of scores, kept as their sum and number, so that the average of a unit is that of its
/// students and not that of its classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Average {
    /// The sum of the scores, in hundredths of a percent; each is rounded to that before it is added.
    pub sum_percent: u64,
    /// Of how many scores; at least 1.
    pub count: u32,
}

impl Figures {
    /// What the class of `registers` shows; `book` is their reading. Days are those in `offset`.
    pub fn of(registers: &Registers, book: &Book, pack: &Pack, offset: UtcOffset) -> Self {
        let share = |measure| Share::of_class(book, measure);
        let profile = &book.profile;
        Self {
            class: book.class_name().to_owned(),
            department: profile.department.get().cloned(),
            grade: profile.grade.get().cloned(),
            counsellor: book.counsellor().get().cloned(),
            students: count(book.students()),
            dorms: count(book.dorms()),
            registered: share(Measure::Registered),
            warning_on: share(Measure::WarningOn),
            pledge: share(Measure::PledgeSigned),
            notice: share(Measure::NoticeReturned),
            quiz_taken: share(Measure::QuizTaken),
            quiz_passed: share(Measure::QuizPassed),
            average: average(book),
            dorms_inspected: today::dorms_inspected(book, pack),
            dorms_met: award::dorms_met(book, pack),
            activities: book.activities().held(),
            conflicts: count(book.conflicts()),
            last_record: last_record(registers),
            registered_by_day: trend::of(book, offset),
            campaign_start: profile.campaign_start.copied(),
        }
    }
}

impl AsRef<Figures> for Figures {
    fn as_ref(&self) -> &Figures {
        self
    }
}

impl Average {
    /// One student's score; `None` when nothing was asked.
    pub fn of_score(score: Score) -> Option<Self> {
        let (right, of) = (u64::from(score.right()), u64::from(score.of()));
        let sum_percent = (right * 10_000 + of / 2).checked_div(of)?;
        Some(Self {
            sum_percent,
            count: 1,
        })
    }

    /// In tenths of a percent, rounded down so that 1000 means that all answers were right.
    pub fn tenths(self) -> u64 {
        let hundredths = self.sum_percent.checked_div(self.count.into());
        hundredths.unwrap_or_default() / 10
    }

    /// In percent with one decimal, rounded down as [`Average::tenths`]: what is shown.
    pub fn percent(self) -> f64 {
        // No average is above 1000 tenths; a number that is none of ours is cut, not wrapped.
        f64::from(u32::try_from(self.tenths()).unwrap_or(u32::MAX)) / 10.0
    }

    /// Compares two averages without rounding.
    pub fn cmp_percent(self, other: Self) -> Ordering {
        let crosswise =
            |one: Self, other: Self| u128::from(one.sum_percent) * u128::from(other.count);
        crosswise(self, other).cmp(&crosswise(other, self))
    }
}

impl Add for Average {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            sum_percent: self.sum_percent.saturating_add(other.sum_percent),
            count: self.count.saturating_add(other.count),
        }
    }
}

/// The average of the first attempts of the listed students, as dorms are ranked by
/// ([`crate::quiz_day::by_dorm`]): a later attempt helps to pass, not to raise the average.
fn average(book: &Book) -> Option<Average> {
    let quiz = book.latest_quiz()?;
    book.students()
        .filter_map(|(no, _)| quiz.outcome(no).results()?.first)
        .filter_map(Average::of_score)
        .reduce(Average::add)
}

fn last_record(registers: &Registers) -> Option<UnixMillis> {
    // The first of the visible operations of a register is its newest.
    let newest = registers.iter().filter_map(|(_, heads)| heads.first());
    newest.map(|head| head.hlc.time()).max()
}

fn count(items: impl IntoIterator) -> u32 {
    u32::try_from(items.into_iter().count()).unwrap_or(u32::MAX)
}
