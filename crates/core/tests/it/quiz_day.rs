//! The day of a quiz: who still sits, how long there is, how class, dorms and topics stand.

#![expect(
    clippy::expect_used,
    reason = "a fixture that is wrong should stop the test"
)]

use std::collections::BTreeSet;

use wuzha_core::book::commands;
use wuzha_core::ident::{Slug, StudentNo};
use wuzha_core::log::Value;
use wuzha_core::quiz::{Answers, Attempt, Bank, Mode, PaperSpec, Score, analyse};
use wuzha_core::quiz_day::{self, Tally};
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_core::today::{Today, Todo};

use crate::support::{Desk, NOW, dorm, no, pack, slug};

const FIRST: &str = "20211227-190512";
const RETAKE: &str = "20220103-190000";

fn paper(retake_of: Option<&str>) -> PaperSpec {
    PaperSpec {
        seed: 7,
        categories: BTreeSet::new(),
        pass_percent: 80,
        minutes: Some(20),
        questions: (1..=5).map(|n| slug(&format!("q-{n}"))).collect(),
        retake_of: retake_of.map(slug),
    }
}

fn attempt(right: u32) -> Attempt {
    Attempt {
        answers: Answers::default(),
        score: Score::new(right, 5).expect("a score"),
        started: NOW,
        finished: Some(NOW),
        mode: Mode::Kiosk,
    }
}

/// Two dorms of two beds, and a quiz that nobody has sat.
fn class_with_quiz() -> Desk {
    let mut desk = Desk::with_class(2, 2);
    desk.write(commands::set_paper(&slug(FIRST), &paper(None)));
    desk
}

fn sit(desk: &mut Desk, id: &str, student: &StudentNo, attempt: &Attempt) {
    desk.write(commands::hand_in(&desk.book, &slug(id), student, attempt));
}

fn due(desk: &Desk, id: &str) -> Vec<StudentNo> {
    let due = quiz_day::due(&desk.book, &slug(id));
    due.into_iter().cloned().collect()
}

#[test]
fn a_paper_is_named_by_the_minute_it_was_set_in() {
    let id = quiz_day::paper_id(NOW, UtcOffset::CHINA).expect("an id");
    assert_eq!(id, slug("20211227-190500"));
    assert_eq!(quiz_day::set_at(&id).as_deref(), Some("2021-12-27 19:05"));
    assert_eq!(quiz_day::set_at(&slug("final-quiz")), None);
    assert_eq!(quiz_day::paper_id(UnixMillis(u64::MAX), UtcOffset(0)), None);
}

#[test]
fn the_time_runs_from_the_first_question() {
    let mut paper = paper(None);
    let twenty_minutes = UnixMillis(NOW.0 + 1_200_000);
    assert_eq!(quiz_day::deadline(&paper, NOW), Some(twenty_minutes));
    paper.minutes = None;
    assert_eq!(quiz_day::deadline(&paper, NOW), None);
}

#[test]
fn everybody_sits_the_paper_once() {
    let mut desk = class_with_quiz();
    assert_eq!(due(&desk, FIRST), [no(1, 1), no(1, 2), no(2, 1), no(2, 2)]);
    sit(&mut desk, FIRST, &no(1, 1), &attempt(0));
    let open = Attempt {
        finished: None,
        ..attempt(5)
    };
    sit(&mut desk, FIRST, &no(1, 2), &open);
    desk.write(commands::unlist(&no(2, 1)));
    assert_eq!(
        due(&desk, FIRST),
        [no(1, 2), no(2, 2)],
        "an open attempt does not count"
    );
    assert_eq!(due(&desk, "no-such-paper"), []);
}

#[test]
fn a_retake_is_for_who_failed_or_was_absent() {
    let mut desk = class_with_quiz();
    sit(&mut desk, FIRST, &no(1, 1), &attempt(5));
    sit(&mut desk, FIRST, &no(1, 2), &attempt(3));
    desk.write(commands::set_paper(&slug(RETAKE), &paper(Some(FIRST))));
    assert_eq!(due(&desk, RETAKE), [no(1, 2), no(2, 1), no(2, 2)]);
    sit(&mut desk, RETAKE, &no(1, 2), &attempt(0));
    sit(&mut desk, RETAKE, &no(2, 1), &attempt(4));
    assert_eq!(due(&desk, RETAKE), [no(2, 2)], "once each, passed or not");
}

#[test]
fn attempts_are_numbered_and_found_again_by_their_start() {
    let mut desk = class_with_quiz();
    let (id, student) = (slug(FIRST), no(1, 1));
    assert_eq!(quiz_day::next_attempt(&desk.book, &id, &student), 1);
    sit(&mut desk, FIRST, &student, &attempt(2));
    assert_eq!(quiz_day::next_attempt(&desk.book, &id, &student), 2);
    let at = |started| quiz_day::handed_in(&desk.book, &id, &student, started);
    assert_eq!(at(NOW), Some(&attempt(2)));
    assert_eq!(at(UnixMillis(NOW.0 + 1)), None);
}

#[test]
fn absent_is_neither_taken_nor_passed() {
    let mut desk = class_with_quiz();
    sit(&mut desk, FIRST, &no(1, 1), &attempt(5));
    sit(&mut desk, FIRST, &no(1, 2), &attempt(3));
    sit(&mut desk, FIRST, &no(2, 1), &attempt(0));
    let quiz = desk.book.latest_quiz().expect("the quiz");
    let tally = Tally::of(&desk.book, &quiz);
    assert_eq!(
        tally,
        Tally {
            listed: 4,
            taken: 3,
            passed: 1
        }
    );
    assert_eq!((tally.absent(), tally.to_retake()), (1, 3));
}

#[test]
fn today_counts_the_same_students() {
    let mut desk = class_with_quiz();
    sit(&mut desk, FIRST, &no(1, 1), &attempt(3));
    let today = Today::of(&desk.book, &pack());
    assert!(today.todos.contains(&Todo::TakeQuiz(3)));
    assert_eq!(due(&desk, FIRST).len(), 3);
}

#[test]
fn dorms_are_ranked_by_first_attempts_and_unknown_ones_last() {
    let mut desk = Desk::with_class(3, 2);
    desk.write(commands::set_paper(&slug(FIRST), &paper(None)));
    sit(&mut desk, FIRST, &no(2, 1), &attempt(1));
    sit(&mut desk, FIRST, &no(3, 1), &attempt(5));
    sit(&mut desk, FIRST, &no(3, 2), &attempt(3));
    // A later attempt helps to pass, not to win.
    sit(&mut desk, FIRST, &no(2, 1), &attempt(5));
    let quiz = desk.book.latest_quiz().expect("the quiz");
    let ranked = quiz_day::by_dorm(&desk.book, &quiz);
    let read = |place: usize| {
        (
            ranked[place].dorm.clone(),
            ranked[place].first,
            ranked[place].tally.passed,
        )
    };
    assert_eq!(read(0), (dorm(3), Score::new(8, 10), 1));
    assert_eq!(read(1), (dorm(2), Score::new(1, 5), 1));
    assert_eq!(read(2), (dorm(1), None, 0), "not known is not 0");
}

#[test]
fn the_least_known_topic_comes_first() {
    let bank =
        Bank::from_json(include_str!("../../../../content/default/bank.json")).expect("the bank");
    let chosen = |prefix: &str| -> Vec<Slug> {
        let ids = bank.questions().map(|question| question.id.clone());
        ids.filter(|id| id.as_str().starts_with(prefix))
            .take(2)
            .collect()
    };
    let mut paper = paper(None);
    paper.questions = [chosen("brushing-"), chosen("loan-")].concat();
    // All loan questions right, one of the brushing questions.
    let known = paper.questions.iter().skip(1);
    let right = known.map(|id| {
        let answer = &bank.question(id).expect("in the bank").answer;
        let places = answer.iter().map(|at| Value::Int((*at).into()));
        (id.to_string(), Value::List(places.collect()))
    });
    let answers = Answers::from_value(&Value::Map(right.collect())).expect("answers");
    let attempt = Attempt {
        answers,
        ..attempt(3)
    };
    let student = no(1, 1);
    let items = analyse(&paper, &bank, &[(&student, &attempt)].into());
    let topics = quiz_day::topics(&bank, &items);
    let read: Vec<_> = topics
        .iter()
        .map(|topic| (topic.category.as_str(), topic.score))
        .collect();
    let score = |right| Score::new(right, 2).expect("a score");
    assert_eq!(read, [("brushing", score(1)), ("loan", score(2))]);
}
