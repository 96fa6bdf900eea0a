//! Quizzes: who takes part, how many answers are right, who gets another chance.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use wuzha_core::book::commands;
use wuzha_core::ident::{Slug, StudentNo};
use wuzha_core::quiz::{
    Answers, Attempt, Bank, DEFAULT_PASS_PERCENT, Mode, PaperSpec, Question, Wish, mark,
};
use wuzha_core::quiz_day;
use wuzha_core::time::{UnixMillis, UtcOffset};

use super::Class;

const MINUTE_MS: u64 = 60_000;

/// A paper for the whole class; some are absent.
pub(super) fn hold(class: &mut Class<'_>) -> Result<Slug> {
    let (id, paper) = set_paper(class, None)?;
    let taking_part = class.dice.usually(90, &[(30, 100), (20, 60)]);
    let worst = class.plan.worst;
    for no in class.numbers() {
        if class.dice.happens(taking_part) {
            sit(class, &id, &paper, &no, worst)?;
        }
    }
    class.phones.meet();
    Ok(id)
}

/// Another paper for who was absent or failed; not all of them come.
pub(super) fn hold_again(class: &mut Class<'_>, first: &Slug) -> Result<()> {
    let book = class.phones.book(0)?;
    let quiz = book.quiz_of(first).context("the quiz has gone")?;
    let invited: Vec<StudentNo> = quiz.to_retake().into_iter().cloned().collect();
    let (id, paper) = set_paper(class, Some(first.clone()))?;
    // They have learned.
    let worst = class.plan.worst / 2;
    for no in invited {
        if class.dice.happens(80) {
            sit(class, &id, &paper, &no, worst)?;
        }
    }
    class.phones.meet();
    Ok(())
}

fn set_paper(class: &mut Class<'_>, retake_of: Option<Slug>) -> Result<(Slug, PaperSpec)> {
    let wish = Wish {
        seed: class.dice.between(1..=9999),
        count: class.dice.usually(20, &[(25, 10), (15, 25)]),
        categories: BTreeSet::new(),
        pass_percent: class
            .dice
            .usually(DEFAULT_PASS_PERCENT, &[(15, 60), (10, 90)]),
        minutes: class.dice.usually(Some(15), &[(30, None)]),
        retake_of,
    };
    let paper = PaperSpec::draw(&class.content.bank, wish)?;
    let id = quiz_day::paper_id(class.phones.now(), UtcOffset::CHINA)
        .context("the time is in no calendar")?;
    class
        .phones
        .write(0, |_| commands::set_paper(&id, &paper))?;
    class.phones.meet();
    Ok((id, paper))
}

/// One student answers; a few do so twice, and a few begin and do not hand in.
fn sit(
    class: &mut Class<'_>,
    id: &Slug,
    paper: &PaperSpec,
    no: &StudentNo,
    worst: u32,
) -> Result<()> {
    let who = class.anybody();
    if class.dice.happens(2) {
        let attempt = attempt(class, paper, worst, None);
        class
            .phones
            .write(who, |book| commands::hand_in(book, id, no, &attempt))?;
    }
    let times = class.dice.usually(1, &[(3, 2)]);
    for _ in 0..times {
        let minutes = u64::from(class.dice.between(1..=4));
        let attempt = attempt(class, paper, worst, Some(minutes));
        class.phones.wait_ms(minutes * MINUTE_MS);
        class
            .phones
            .write(who, |book| commands::hand_in(book, id, no, &attempt))?;
    }
    Ok(())
}

/// An attempt that begins now and is handed in after some minutes, or not at all.
fn attempt(class: &mut Class<'_>, paper: &PaperSpec, worst: u32, minutes: Option<u64>) -> Attempt {
    let count = u32::try_from(paper.count()).unwrap_or(u32::MAX);
    let wrong = count * class.dice.between(0..=worst) / 100;
    let answers = answers(class, paper, wrong as usize);
    let started = class.phones.now();
    Attempt {
        score: mark(paper, &class.content.bank, &answers).score,
        answers,
        started,
        finished: minutes.map(|minutes| UnixMillis(started.0 + minutes * MINUTE_MS)),
        mode: class.dice.usually(Mode::Kiosk, &[(30, Mode::Own)]),
    }
}

/// All right but for `wrong` questions, of which some are left blank.
fn answers(class: &mut Class<'_>, paper: &PaperSpec, wrong: usize) -> Answers {
    let bank: &Bank = &class.content.bank;
    let order = class.dice.shuffled(paper.questions.clone());
    let mut answers = Answers::default();
    for (at, question) in order.iter().filter_map(|id| bank.question(id)).enumerate() {
        if at >= wrong {
            answers.choose(&question.id, question.answer.iter().copied());
        } else if class.dice.happens(80) {
            let option = class.dice.one_of(&wrong_options(question));
            answers.choose(&question.id, option);
        }
    }
    answers
}

fn wrong_options(question: &Question) -> Vec<u8> {
    let options = (0..=u8::MAX).take(question.options.len());
    options
        .filter(|option| !question.answer.contains(option))
        .collect()
}
