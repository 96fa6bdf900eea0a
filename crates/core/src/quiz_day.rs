//! What a class needs on the day of a quiz: who still sits, how long there is, how the class stands,
//! which dorm and which topic needs attention.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{NaiveDate, Timelike};

use crate::book::{Book, Quiz, attempts_of};
use crate::ident::{DormName, Slug, StudentNo};
use crate::quiz::{Attempt, Bank, ItemAnalysis, Outcome, PaperSpec, Score};
use crate::time::{UnixMillis, UtcOffset, day_digits, minute_text, parse_digits};

const MINUTE: u64 = 60_000;

/// The id of a paper set at `at`, e.g. `20211227-190512`: ids sort by time. `None` for a time no
/// calendar holds.
pub fn paper_id(at: UnixMillis, offset: UtcOffset) -> Option<Slug> {
    let time = at.local(offset)?;
    let text = format!(
        "{}-{:02}{:02}{:02}",
        day_digits(time.date_naive()),
        time.hour(),
        time.minute(),
        time.second()
    );
    Slug::try_from(text).ok()
}

/// When a paper was set, read from its id, as `2021-12-27 19:05` of the phone that set it; `None` for
/// an id that was not made by [`paper_id`].
pub fn set_at(paper: &Slug) -> Option<String> {
    let text = paper.as_str();
    // `20211227-190512`; where it was cut differently, a part is no number.
    let part = |range: Range<usize>| parse_digits(text.get(range)?);
    if text.len() != 15 || text.get(8..9) != Some("-") {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(i32::try_from(part(0..4)?).ok()?, part(4..6)?, part(6..8)?)?;
    let time = day.and_hms_opt(part(9..11)?, part(11..13)?, part(13..15)?)?;
    Some(minute_text(time))
}

/// Until when a sitting that began at `started` lasts; `None` without a time limit.
pub fn deadline(paper: &PaperSpec, started: UnixMillis) -> Option<UnixMillis> {
    let minutes = u64::from(paper.minutes?);
    Some(UnixMillis(started.0.saturating_add(minutes * MINUTE)))
}

/// The listed students who still have to sit `paper`, by 学号: once each, and at a retake only who has
/// not passed before. An attempt that was not handed in does not count.
pub fn due<'a>(book: &'a Book, paper: &Slug) -> Vec<&'a StudentNo> {
    let Some(quiz) = book.quiz_of(paper) else {
        return Vec::new();
    };
    let is_retake = quiz.id != paper;
    let listed = book.students().map(|(no, _)| no);
    listed
        .filter(|no| !has_sat(book, paper, no))
        .filter(|no| !is_retake || quiz.outcome(no).needs_retake())
        .collect()
}

/// The running number that the next attempt of `no` at `paper` gets; options are shuffled by it.
pub fn next_attempt(book: &Book, paper: &Slug, no: &StudentNo) -> u32 {
    let last = book
        .attempts(paper)
        .and_then(|attempts| attempts.get(no)?.keys().next_back());
    last.map_or(1, |last| last.saturating_add(1))
}

/// The attempt of `no` at `paper` that began at `started`, when it was handed in.
pub fn handed_in<'a>(
    book: &'a Book,
    paper: &Slug,
    no: &StudentNo,
    started: UnixMillis,
) -> Option<&'a Attempt> {
    finished(book, paper, no).find(|attempt| attempt.started == started)
}

fn has_sat(book: &Book, paper: &Slug, no: &StudentNo) -> bool {
    finished(book, paper, no).next().is_some()
}

fn finished<'a>(
    book: &'a Book,
    paper: &Slug,
    no: &StudentNo,
) -> impl Iterator<Item = &'a Attempt> + use<'a> {
    attempts_of(book, paper, no).filter(|attempt| attempt.finished.is_some())
}

/// How many of a class sat a quiz and passed it, retakes included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// On the class list.
    pub listed: u32,
    /// Sat the paper or a retake.
    pub taken: u32,
    /// Passed one of them.
    pub passed: u32,
}

impl Tally {
    /// How the listed students stand after `quiz`.
    pub fn of(book: &Book, quiz: &Quiz<'_>) -> Self {
        book.students()
            .map(|(no, _)| quiz.outcome(no))
            .fold(Self::default(), Self::with)
    }

    /// 缺考: sat nothing.
    pub fn absent(self) -> u32 {
        self.listed - self.taken
    }

    /// 待补考: failed or absent.
    pub fn to_retake(self) -> u32 {
        self.listed - self.passed
    }

    fn with(self, outcome: Outcome) -> Self {
        Self {
            listed: self.listed + 1,
            taken: self.taken + u32::from(outcome != Outcome::Absent),
            passed: self.passed + u32::from(!outcome.needs_retake()),
        }
    }
}

/// How a dorm stands in a quiz.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DormResult {
    /// Which one.
    pub dorm: DormName,
    /// How many sat and passed.
    pub tally: Tally,
    /// All right answers of its first attempts, of all questions asked there; `None` before anybody
    /// there has sat: not known is not 0.
    pub first: Option<Score>,
}

/// How the dorms stand, the best average of the first attempts first, those without any last.
pub fn by_dorm(book: &Book, quiz: &Quiz<'_>) -> Vec<DormResult> {
    let mut dorms: Vec<DormResult> = book
        .dorms()
        .into_iter()
        .map(|(dorm, members)| dorm_result(quiz, dorm, &members))
        .collect();
    // Equal ones stay in the order of their names.
    dorms.sort_by(|a, b| match (a.first, b.first) {
        (Some(a), Some(b)) => b.cmp_share(a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    dorms
}

fn dorm_result(quiz: &Quiz<'_>, dorm: &DormName, members: &[&StudentNo]) -> DormResult {
    let outcomes: Vec<Outcome> = members.iter().map(|no| quiz.outcome(no)).collect();
    let firsts = outcomes
        .iter()
        .filter_map(|outcome| outcome.results()?.first);
    let sum = firsts.fold((0, 0), |(right, of), score| {
        (right + score.right(), of + score.of())
    });
    DormResult {
        dorm: dorm.clone(),
        tally: outcomes.into_iter().fold(Tally::default(), Tally::with),
        first: Score::new(sum.0, sum.1).filter(|score| score.of() > 0),
    }
}

/// How a class knows a category of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The category.
    pub category: Slug,
    /// Its right answers, of all that were asked.
    pub score: Score,
}

/// The categories of the analysed questions, the least known first: what to explain again.
pub fn topics(bank: &Bank, items: &[ItemAnalysis]) -> Vec<Topic> {
    let mut sums: BTreeMap<&Slug, (u32, u32)> = BTreeMap::new();
    for item in items {
        if let Some(question) = bank.question(&item.question) {
            let (right, asked) = sums.entry(&question.category).or_default();
            *right += item.right;
            *asked += item.asked;
        }
    }
    let topic = |(category, (right, asked)): (&Slug, (u32, u32))| {
        let score = Score::new(right, asked)?;
        Some(Topic {
            category: category.clone(),
            score,
        })
    };
    let mut topics: Vec<Topic> = sums.into_iter().filter_map(topic).collect();
    topics.sort_by(|a, b| a.score.cmp_share(b.score));
    topics
}
