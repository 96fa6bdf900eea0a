//! Rooms and rounds: what a class monitor walks through, and what is taken back.

#![expect(clippy::expect_used, reason = "a test stops at what cannot be")]

use wuzha_core::award::Outcome;
use wuzha_core::book::commands::{self, Mark};
use wuzha_core::book::{Book, Round, Status, Subject, Verdict, Verification};
use wuzha_core::inspection::{self, Basis};
use wuzha_core::log::Change;
use wuzha_core::rooms::{self, Neighbours, RoomState};

use crate::support::{Desk, dorm, no, pack, slug, student};

fn round(day: &str) -> Round {
    day.parse().expect("a date")
}

fn state(desk: &Desk, round: Round) -> RoomState {
    let rooms = rooms::rooms(&desk.book, &pack(), Some(round));
    rooms.first().expect("a room").state
}

/// Writes, and returns what takes it back.
fn write(desk: &mut Desk, changes: Vec<Change>) -> Vec<Change> {
    let undo = desk.registers.undoing(&changes);
    desk.write(changes);
    undo
}

#[test]
fn a_room_goes_from_uninspected_to_what_its_gates_say() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 1);
    let (day, subject) = (round("2021-12-27"), Subject::Dorm(dorm(1)));
    assert_eq!(state(&desk, day), RoomState::NotInspected);
    let judge = |verdict| commands::judge(day, &subject, &slug("card-posted"), Some(verdict));
    desk.write(commands::open_round(&desk.book, &pack, day));
    desk.write(judge(Verdict::Fail));
    assert_eq!(state(&desk, day), RoomState::Started);
    desk.write(commands::pass_rest(&desk.book, &pack, day, &subject));
    assert_eq!(state(&desk, day), RoomState::Failed);
    desk.write(judge(Verdict::Pass));
    assert_eq!(state(&desk, day), RoomState::Undecided, "nobody registered");
    let who = no(1, 1);
    let registered =
        commands::register(&desk.book, &who, Status::WarningOn, Verification::InPerson);
    desk.write(registered);
    desk.write(commands::mark(&who, Mark::Pledge, Some(true)));
    desk.write(commands::judge(
        day,
        &subject,
        &slug("quiz-passed"),
        Some(Verdict::NotApplicable),
    ));
    assert_eq!(state(&desk, day), RoomState::Gates(Outcome::Unknown));
    desk.write(commands::open_round(&desk.book, &pack, round("2022-01-10")));
    assert_eq!(state(&desk, day), RoomState::Passed);
    assert_eq!(state(&desk, round("2022-01-10")), RoomState::NotInspected);
}

#[test]
fn rooms_lead_from_one_to_the_next_and_know_who_is_missing() {
    let mut desk = Desk::with_class(3, 1);
    let mut homeless = student(9, 1);
    homeless.dorm = None;
    desk.write(commands::import(&desk.book, &[homeless]));
    let beside = |n| rooms::neighbours(&desk.book, &dorm(n));
    let expected = |previous: Option<u32>, next: Option<u32>| Neighbours {
        previous: previous.map(dorm),
        next: next.map(dorm),
    };
    assert_eq!(beside(1), expected(None, Some(2)));
    assert_eq!(beside(2), expected(Some(1), Some(3)));
    assert_eq!(beside(3), expected(Some(2), None));
    assert_eq!(beside(7), expected(None, None), "nobody lives there");
    let missing: Vec<_> = rooms::without_dorm(&desk.book).map(|(no, _)| no).collect();
    assert_eq!(missing, [&no(9, 1)]);
}

#[test]
fn the_first_verdict_opens_a_round_in_which_the_book_decides_too() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 1);
    let (day, subject) = (round("2021-12-27"), Subject::Dorm(dorm(1)));
    let (to_write, mut changes) = commands::round_to_write(&desk.book, &pack, day.0);
    assert_eq!(to_write, day);
    changes.extend(commands::pass_rest(&desk.book, &pack, day, &subject));
    let undo = write(&mut desk, changes);
    let items = inspection::items(&desk.book, &pack, Some(day), &subject);
    for state in &items {
        let expected = if state.item.auto.is_some() {
            None
        } else {
            Some(Verdict::Pass)
        };
        assert_eq!(state.verdict, expected, "{}", state.item.id);
    }
    assert!(
        commands::round_to_write(&desk.book, &pack, day.0)
            .1
            .is_empty()
    );
    desk.write(undo);
    assert_eq!(desk.book.current_round(), None);
}

#[test]
fn taking_back_a_new_round_gives_the_one_before_its_life_again() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 1);
    let (first, second) = (round("2021-12-27"), round("2022-01-10"));
    let subject = Subject::Dorm(dorm(1));
    desk.write(commands::open_round(&desk.book, &pack, first));
    let who = no(1, 1);
    let register =
        |book: &Book, status| commands::register(book, &who, status, Verification::InPerson);
    desk.write(register(&desk.book, Status::Registered));
    let opening = commands::open_round(&desk.book, &pack, second);
    let undo = write(&mut desk, opening);
    assert_eq!(desk.book.current_round(), Some(second));
    desk.write(undo);
    assert_eq!(desk.book.current_round(), Some(first));
    assert_eq!(Book::fold(&desk.registers), desk.book);
    let items = inspection::items(&desk.book, &pack, Some(first), &subject);
    let registered = items.first().expect("an item");
    assert!(
        matches!(registered.basis, Basis::Book(_)),
        "the book decides again, not the frozen verdict"
    );
}

#[test]
fn a_round_with_something_written_in_it_does_not_vanish_when_its_opening_is_taken_back() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 1);
    let (day, subject) = (round("2021-12-27"), Subject::Dorm(dorm(1)));
    let opening = commands::open_round(&desk.book, &pack, day);
    let undo = write(&mut desk, opening);
    let judge = |verdict| commands::judge(day, &subject, &slug("card-posted"), verdict);
    desk.write(judge(Some(Verdict::Fail)));
    desk.write(undo);
    assert_eq!(desk.book.current_round(), Some(day));
    desk.write(judge(None));
    assert_eq!(desk.book.current_round(), None);
}

#[test]
fn only_a_later_day_opens_another_round() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 1);
    let day = round("2021-12-27");
    assert!(commands::may_open_round(&desk.book, day.0));
    desk.write(commands::open_round(&desk.book, &pack, day));
    for (today, may) in [
        ("2021-12-26", false),
        ("2021-12-27", false),
        ("2021-12-28", true),
    ] {
        assert_eq!(
            commands::may_open_round(&desk.book, round(today).0),
            may,
            "{today}"
        );
    }
}

#[test]
fn in_a_round_that_is_over_what_the_book_wrote_is_nobody_s_inspection() {
    let pack = pack();
    let mut desk = Desk::with_class(2, 1);
    let first = round("2021-12-27");
    desk.write(commands::open_round(&desk.book, &pack, first));
    for dorm in [1, 2] {
        let changes = commands::register(
            &desk.book,
            &no(dorm, 1),
            Status::WarningOn,
            Verification::InPerson,
        );
        desk.write(changes);
    }
    let inspected = Subject::Dorm(dorm(1));
    desk.write(commands::pass_rest(&desk.book, &pack, first, &inspected));
    let second = round("2022-01-10");
    desk.write(commands::open_round(&desk.book, &pack, second));
    let rooms = rooms::rooms(&desk.book, &pack, Some(first));
    let read: Vec<_> = rooms
        .iter()
        .map(|room| (room.progress.is_inspected(), room.state))
        .collect();
    let expected = [
        (true, RoomState::Undecided),
        (false, RoomState::NotInspected),
    ];
    assert_eq!(read, expected, "nobody knows of the pledge and the quiz");
}
