use std::collections::BTreeSet;

use super::*;
use crate::measure::Share;
use crate::pack::tests::default_pack;
use crate::quiz::{TOO_FEW, analyse};
use crate::quiz_day;
use crate::today::{Today, Todo};

fn bank() -> Bank {
    Bank::from_json(include_str!("../../../../content/default/bank.json")).unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 12, 27).unwrap()
}

fn changes() -> Vec<Change> {
    example_class(&bank(), &default_pack(), today()).unwrap()
}

/// The book after all changes were committed at once, as the app does.
fn book() -> Book {
    let mut desk = Desk::default();
    desk.write(|_| changes());
    desk.book
}

fn share(met: u32, unmet: u32, unknown: u32, apart: u32) -> Share {
    Share {
        met,
        unmet,
        unknown,
        apart,
    }
}

#[test]
fn the_class_is_the_same_every_time() {
    assert_eq!(changes(), changes());
}

#[test]
fn forty_five_students_in_eight_dorms_say_that_they_are_invented() {
    let book = book();
    assert!(book.class_name().contains("示例"));
    assert_eq!(book.students().count(), 45);
    let sizes: Vec<usize> = book.dorms().values().map(Vec::len).collect();
    assert_eq!(sizes, [6, 6, 6, 6, 6, 5, 5, 5]);
    let names: BTreeSet<&str> = book.students().map(|(_, s)| s.name_text()).collect();
    assert_eq!(names.len(), 45);
    assert!(names.iter().all(|name| name.starts_with("示例")));
}

#[test]
fn every_change_can_be_read_back_and_none_is_superfluous() {
    let changes = changes();
    let keys: BTreeSet<_> = changes.iter().map(|change| &change.key).collect();
    assert_eq!(keys.len(), changes.len(), "nothing is written twice");
    let book = book();
    assert!(book.conflicts().is_empty());
    let statuses: BTreeSet<_> = book.students().map(|(_, s)| s.status.copied()).collect();
    assert_eq!(statuses.len(), 1 + Status::ALL.len(), "all, and unrecorded");
}

#[test]
fn today_shows_a_class_in_the_middle_of_things() {
    let today = Today::of(&book(), &default_pack());
    assert_eq!(today.registered, share(30, 5, 8, 2));
    assert_eq!(today.quiz_passed, share(8, 4, 33, 0));
    assert_eq!(today.dorms_met.met, 1);
    for todo in [
        Todo::RecordStatus(7),
        Todo::Register(5),
        Todo::GiveReason(1),
        Todo::CorrectRegion(1),
        Todo::InspectDorms(2),
        Todo::TakeQuiz(33),
        Todo::RetakeQuiz(4),
    ] {
        assert!(today.todos.contains(&todo), "{todo:?} in {:?}", today.todos);
    }
}

#[test]
fn three_activities_were_held_and_of_one_nobody_knows_whom_it_reached() {
    let held = book().activities().held();
    assert_eq!((held.all.times, held.all.people), (3, 163));
    assert_eq!(held.all.uncounted(), 1);
    let activities = book().activities();
    let titles = activities.listed();
    let titles = titles
        .iter()
        .filter_map(|(_, activity)| activity.title.get());
    assert!(titles.clone().all(|title| title.contains("示例")));
    assert_eq!(titles.count(), 3);
}

#[test]
fn the_quiz_has_enough_answers_for_an_analysis_that_tells_something() {
    let (book, bank) = (book(), bank());
    let quiz = book.latest_quiz().unwrap();
    let shown_as = quiz_day::set_at(quiz.id);
    assert_eq!(shown_as.as_deref(), Some("2021-12-26 19:00"));
    let attempts = quiz.first_attempts();
    assert!(attempts.len() >= TOO_FEW);
    let items = analyse(quiz.paper, &bank, &attempts);
    assert_eq!(items.len(), 20);
    let telling = items.iter().filter(|item| item.discrimination > Some(0.3));
    assert!(telling.count() >= 5);
    assert!(items.iter().any(|item| item.distractor.is_some()));
}

#[test]
fn a_bank_without_questions_is_an_error_and_not_a_panic() {
    let empty = Bank::from_json(r#"{"version":1,"categories":[],"questions":[]}"#).unwrap();
    let error = example_class(&empty, &default_pack(), today());
    assert!(matches!(error, Err(ExampleError::Paper(_))), "{error:?}");
}
