//! The quiz that the first two dorms of the example class have taken.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Desk, ExampleError};
use crate::book::commands;
use crate::ident::Slug;
use crate::quiz::{
    Answers, Attempt, Bank, DEFAULT_PASS_PERCENT, Mode, PaperSpec, Question, Wish, mark,
};
use crate::roster;
use crate::time::{UnixMillis, day_digits};

const QUESTIONS: u16 = 20;
/// How many questions each of those who took it gets wrong: up to 4 of 20 pass. Enough took it for
/// item analysis to say something.
const WRONG: [usize; 12] = [0, 1, 1, 2, 2, 3, 2, 4, 5, 6, 8, 10];
const MINUTE_MS: u64 = 60_000;

/// Sets the paper, and hands in the answers of the first students at 19:00 in China on `day`.
pub(super) fn hold(
    desk: &mut Desk,
    bank: &Bank,
    roster: &[roster::Student],
    day: NaiveDate,
) -> Result<(), ExampleError> {
    let paper = PaperSpec::draw(
        bank,
        Wish {
            seed: 2101,
            count: QUESTIONS,
            categories: BTreeSet::new(),
            pass_percent: DEFAULT_PASS_PERCENT,
            minutes: Some(15),
            retake_of: None,
        },
    )?;
    // Named as any paper set at 19:00, so that it is shown by its time and later ones sort behind it.
    let id = Slug::try_from(format!("{}-190000", day_digits(day)))?;
    desk.write(|_| commands::set_paper(&id, &paper));
    for ((student, wrong), nth) in roster.iter().zip(WRONG).zip(0_u64..) {
        let answers = answers(bank, &paper, wrong);
        let started = UnixMillis(evening(day).0 + 4 * nth * MINUTE_MS);
        let attempt = Attempt {
            score: mark(&paper, bank, &answers).score,
            answers,
            started,
            finished: Some(UnixMillis(started.0 + 3 * MINUTE_MS)),
            mode: Mode::Kiosk,
        };
        desk.write(|book| commands::hand_in(book, &id, &student.no, &attempt));
    }
    Ok(())
}

/// All right but for `wrong` questions. Who gets more wrong gets the same ones wrong and others: the
/// first of them are hard, and tell good from bad.
fn answers(bank: &Bank, paper: &PaperSpec, wrong: usize) -> Answers {
    let count = paper.count();
    // 7 has no factor in common with 20: the steps visit every question once.
    let missed: BTreeSet<usize> = (0..wrong).map(|step| step * 7 % count).collect();
    let mut answers = Answers::default();
    let questions = paper.questions.iter().filter_map(|id| bank.question(id));
    for (at, question) in questions.enumerate() {
        if missed.contains(&at) {
            answers.choose(&question.id, wrong_option(question, wrong));
        } else {
            answers.choose(&question.id, question.answer.iter().copied());
        }
    }
    answers
}

/// A wrong option, not everybody's the same; none, which leaves it blank, where all are right.
fn wrong_option(question: &Question, variant: usize) -> Option<u8> {
    let options = (0..=u8::MAX).take(question.options.len());
    let wrong: Vec<u8> = options
        .filter(|option| !question.answer.contains(option))
        .collect();
    let at = variant.checked_rem(wrong.len())?;
    wrong.get(at).copied()
}

/// 19:00 in China; the example's clock.
fn evening(day: NaiveDate) -> UnixMillis {
    let utc = day.and_hms_opt(11, 0, 0).map(|time| time.and_utc());
    let millis = utc.and_then(|time| u64::try_from(time.timestamp_millis()).ok());
    UnixMillis(millis.unwrap_or(0))
}
