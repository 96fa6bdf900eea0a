//! The rules of the book: what counts, what does not, and what is not known.

#![expect(
    clippy::expect_used,
    reason = "a fixture that is wrong should stop the test"
)]

use wuzha_core::award::{self, GateState, Outcome};
use wuzha_core::book::commands::{self, Mark};
use wuzha_core::book::{Book, Round, Status, Subject, Verdict, Verification};
use wuzha_core::inspection::{self, Basis, Progress};
use wuzha_core::log::Value;
use wuzha_core::measure::{Reach, Share};
use wuzha_core::pack::Measure;
use wuzha_core::today::{Today, Todo};

use crate::support::{Desk, dorm, no, pack, slug, student};

fn share(met: u32, unmet: u32, unknown: u32, apart: u32) -> Share {
    Share {
        met,
        unmet,
        unknown,
        apart,
    }
}

fn round(day: &str) -> Round {
    day.parse().expect("a date")
}

fn register(desk: &mut Desk, bed: u32, status: Status) {
    let changes = commands::register(&desk.book, &no(1, bed), status, Verification::InPerson);
    desk.write(changes);
}

#[test]
fn each_status_counts_as_the_notice_says() {
    // Registration counts, not installation; unknown is unknown; who declines is apart.
    let cases = [
        (None, share(0, 0, 1, 0), share(0, 0, 1, 0)),
        (
            Some(Status::NotInstalled),
            share(0, 1, 0, 0),
            share(0, 1, 0, 0),
        ),
        (
            Some(Status::Installed),
            share(0, 1, 0, 0),
            share(0, 1, 0, 0),
        ),
        (
            Some(Status::Registered),
            share(1, 0, 0, 0),
            share(0, 1, 0, 0),
        ),
        (
            Some(Status::WarningOn),
            share(1, 0, 0, 0),
            share(1, 0, 0, 0),
        ),
        (Some(Status::Unable), share(0, 0, 1, 0), share(0, 0, 1, 0)),
        (Some(Status::Declined), share(0, 0, 0, 1), share(0, 0, 0, 1)),
    ];
    for (status, registered, warning) in cases {
        let mut desk = Desk::with_class(1, 1);
        if let Some(status) = status {
            register(&mut desk, 1, status);
        }
        assert_eq!(
            Share::of_class(&desk.book, Measure::Registered),
            registered,
            "{status:?}"
        );
        assert_eq!(
            Share::of_class(&desk.book, Measure::WarningOn),
            warning,
            "{status:?}"
        );
    }
}

#[test]
fn who_cannot_install_is_apart_once_the_reason_is_given() {
    let mut desk = Desk::with_class(1, 2);
    register(&mut desk, 1, Status::Unable);
    let changes = commands::set_reason(&desk.book, &no(1, 1), "老人机（示例）");
    desk.write(changes);
    assert_eq!(
        Share::of_class(&desk.book, Measure::Registered),
        share(0, 0, 1, 1)
    );
}

#[test]
fn a_share_reaches_a_percentage_only_whatever_the_unknown_turn_out_to_be() {
    let cases = [
        (share(4, 0, 0, 0), 100, Reach::Met),
        (share(3, 0, 1, 0), 100, Reach::Unknown),
        (share(3, 1, 0, 0), 100, Reach::Unmet),
        (share(3, 1, 0, 0), 75, Reach::Met),
        (share(8, 1, 1, 0), 80, Reach::Met),
        (share(7, 1, 2, 0), 80, Reach::Unknown),
        (share(7, 3, 0, 0), 80, Reach::Unmet),
        (share(0, 0, 0, 3), 100, Reach::Unknown),
    ];
    for (share, percent, reach) in cases {
        assert_eq!(share.reaches(percent), reach, "{share:?} {percent}");
    }
}

#[test]
fn a_percentage_is_rounded_down_so_that_100_means_all() {
    assert_eq!(share(299, 1, 0, 0).percent(), Some(99));
    assert_eq!(share(0, 0, 0, 2).percent(), None);
}

#[test]
fn saying_the_same_twice_writes_nothing() {
    let mut desk = Desk::with_class(1, 1);
    register(&mut desk, 1, Status::Registered);
    let again = commands::register(
        &desk.book,
        &no(1, 1),
        Status::Registered,
        Verification::InPerson,
    );
    assert_eq!(again, []);
    assert_eq!(commands::import(&desk.book, &[student(1, 1)]), []);
}

#[test]
fn importing_an_empty_dorm_keeps_the_old_one_and_brings_the_unlisted_back() {
    let mut desk = Desk::with_class(1, 1);
    desk.write(commands::unlist(&no(1, 1)));
    assert_eq!(desk.book.students().count(), 0);
    let mut row = student(1, 1);
    row.dorm = None;
    let changes = commands::import(&desk.book, &[row]);
    desk.write(changes);
    let (_, back) = desk.book.students().next().expect("back on the list");
    assert_eq!(back.dorm.get(), Some(&dorm(1)));
}

#[test]
fn taking_back_restores_what_was_shown_before() {
    let mut desk = Desk::with_class(1, 1);
    register(&mut desk, 1, Status::Installed);
    let before = desk.book.clone();
    let changes = commands::register(
        &desk.book,
        &no(1, 1),
        Status::WarningOn,
        Verification::SelfReported,
    );
    let undo = desk.registers.undoing(&changes);
    desk.write(changes);
    desk.write(undo);
    let now = desk.book.student(&no(1, 1)).expect("the student");
    let then = before.student(&no(1, 1)).expect("the student");
    assert_eq!(now.status.get(), then.status.get());
    assert_eq!(now.verified.get(), then.verified.get());
}

#[test]
fn two_phones_that_disagree_unseen_are_a_conflict_until_a_person_chooses() {
    let mut ours = Desk::with_class(1, 1);
    let mut theirs = Desk::new(2);
    theirs.registers = ours.registers.clone();
    theirs.book = Book::fold(&theirs.registers);
    let said_yes = theirs.write(commands::mark(&no(1, 1), Mark::Pledge, Some(true)));
    ours.write(commands::mark(&no(1, 1), Mark::Pledge, Some(false)));
    ours.receive(&said_yes);
    assert_eq!(ours.book.conflicts().len(), 1);
    assert_eq!(
        Today::of(&ours.book, &pack()).todos.first(),
        Some(&Todo::SettleConflicts(1))
    );

    let key = ours.book.conflicts().first().expect("the conflict").clone();
    ours.write(commands::choose(&key, Value::Bool(true)));
    assert!(ours.book.conflicts().is_empty());
    assert_eq!(
        ours.book
            .student(&no(1, 1))
            .and_then(|student| student.pledge.copied()),
        Some(true)
    );
}

#[test]
fn agreeing_unseen_is_no_conflict() {
    let mut ours = Desk::with_class(1, 1);
    let mut theirs = Desk::new(2);
    theirs.registers = ours.registers.clone();
    let same = theirs.write(commands::mark(&no(1, 1), Mark::Pledge, Some(true)));
    ours.write(commands::mark(&no(1, 1), Mark::Pledge, Some(true)));
    ours.receive(&same);
    assert!(ours.book.conflicts().is_empty());
}

#[test]
fn a_value_of_a_newer_version_is_shown_as_unknown_and_kept() {
    let mut desk = Desk::with_class(1, 1);
    register(&mut desk, 1, Status::Registered);
    let key = desk
        .registers
        .iter()
        .map(|(key, _)| key.clone())
        .find(|key| key.as_str().ends_with("/status"))
        .expect("the status");
    desk.write(commands::choose(&key, Value::text("quantum_secured")));
    assert_eq!(
        Share::of_class(&desk.book, Measure::Registered),
        share(0, 0, 1, 0)
    );
    assert_eq!(
        desk.registers.heads(&key).first().map(|head| &head.value),
        Some(&Value::text("quantum_secured"))
    );
}

#[test]
fn reading_op_by_op_and_reading_all_at_once_give_the_same_book() {
    let mut desk = Desk::with_class(2, 3);
    register(&mut desk, 1, Status::WarningOn);
    let subject = Subject::Dorm(dorm(1));
    desk.write(commands::open_round(
        &desk.book,
        &pack(),
        round("2021-12-27"),
    ));
    desk.write(commands::judge(
        round("2021-12-27"),
        &subject,
        &slug("card-posted"),
        Some(Verdict::Fail),
    ));
    assert_eq!(Book::fold(&desk.registers), desk.book);
}

#[test]
fn an_item_fills_itself_from_the_book_until_a_person_says_otherwise() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 2);
    let day = round("2021-12-27");
    desk.write(commands::open_round(&desk.book, &pack, day));
    let subject = Subject::Dorm(dorm(1));
    let registered = |desk: &Desk| {
        let items = inspection::items(&desk.book, &pack, Some(day), &subject);
        let item = items
            .iter()
            .find(|state| state.item.id == slug("registered"));
        item.map(|state| (state.verdict, state.basis))
            .expect("the item")
    };
    assert_eq!(registered(&desk), (None, Basis::Book(share(0, 0, 2, 0))));
    register(&mut desk, 1, Status::Registered);
    register(&mut desk, 2, Status::Registered);
    assert_eq!(
        registered(&desk),
        (Some(Verdict::Pass), Basis::Book(share(2, 0, 0, 0)))
    );
    register(&mut desk, 2, Status::NotInstalled);
    assert_eq!(
        registered(&desk),
        (Some(Verdict::Fail), Basis::Book(share(1, 1, 0, 0)))
    );
    let by_hand = Some(Verdict::NotApplicable);
    desk.write(commands::judge(day, &subject, &slug("registered"), by_hand));
    assert_eq!(registered(&desk), (by_hand, Basis::Person));
}

#[test]
fn passing_the_rest_leaves_exceptions_and_the_book_s_own_items() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 1);
    let day = round("2021-12-27");
    desk.write(commands::open_round(&desk.book, &pack, day));
    let subject = Subject::Dorm(dorm(1));
    desk.write(commands::judge(
        day,
        &subject,
        &slug("card-posted"),
        Some(Verdict::Fail),
    ));
    desk.write(commands::pass_rest(&desk.book, &pack, day, &subject));
    let items = inspection::items(&desk.book, &pack, Some(day), &subject);
    let progress = Progress::of(&items);
    assert_eq!((progress.failed, progress.waiting), (1, 0));
    assert!(progress.is_inspected());
    let written = items.iter().filter(|state| state.basis == Basis::Person);
    assert!(
        written.clone().count() < items.len(),
        "the book's items are not written"
    );
}

#[test]
fn opening_the_next_round_freezes_what_the_book_said_in_the_last() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 1);
    let (first, second) = (round("2021-12-27"), round("2022-01-10"));
    desk.write(commands::open_round(&desk.book, &pack, first));
    register(&mut desk, 1, Status::NotInstalled);
    desk.write(commands::open_round(&desk.book, &pack, second));
    register(&mut desk, 1, Status::Registered);
    let subject = Subject::Dorm(dorm(1));
    let verdict = |round| {
        let items = inspection::items(&desk.book, &pack, Some(round), &subject);
        let item = items
            .into_iter()
            .find(|state| state.item.id == slug("registered"));
        item.and_then(|state| state.verdict)
    };
    assert_eq!(verdict(first), Some(Verdict::Fail));
    assert_eq!(verdict(second), Some(Verdict::Pass));
}

#[test]
fn what_nobody_knew_in_an_old_round_stays_unknown_there() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 1);
    let (first, second) = (round("2021-12-27"), round("2022-01-10"));
    desk.write(commands::open_round(&desk.book, &pack, first));
    desk.write(commands::open_round(&desk.book, &pack, second));
    register(&mut desk, 1, Status::Registered);
    let items = inspection::items(&desk.book, &pack, Some(first), &Subject::Dorm(dorm(1)));
    assert!(items.iter().all(|state| state.verdict.is_none()));
}

#[test]
fn gates_explain_themselves_and_unknown_never_counts_as_met() {
    let pack = pack();
    let desk = Desk::with_class(1, 2);
    let gates = award::gates(&desk.book, &pack, &Subject::Dorm(dorm(1)));
    let state = |id: &str| {
        let report = gates
            .iter()
            .find(|report| report.gate.id == slug(id))
            .expect("the gate");
        (report.state, report.share)
    };
    assert_eq!(
        state("registered"),
        (GateState::Unknown, Some(share(0, 0, 2, 0)))
    );
    assert_eq!(state("card-posted"), (GateState::Unknown, None));
    assert_eq!(state("no-case"), (GateState::Teacher, None));
    assert_eq!(award::outcome(&gates), Outcome::Unknown);
}

#[test]
fn one_gate_that_does_not_hold_decides_whatever_is_not_known() {
    let pack = pack();
    let mut desk = Desk::with_class(1, 1);
    register(&mut desk, 1, Status::NotInstalled);
    let gates = award::gates(&desk.book, &pack, &Subject::Dorm(dorm(1)));
    assert!(
        gates
            .iter()
            .any(|report| report.state == GateState::Unknown)
    );
    assert_eq!(award::outcome(&gates), Outcome::Unmet);
    assert_eq!(award::dorms_met(&desk.book, &pack), share(0, 1, 0, 0));
}

#[test]
fn a_dorm_that_does_everything_meets_its_gates_so_far() {
    let pack = pack();
    let mut desk = Desk::with_class(2, 1);
    let subject = Subject::Dorm(dorm(1));
    register(&mut desk, 1, Status::WarningOn);
    for what in [Mark::Region, Mark::Pledge, Mark::Notice] {
        desk.write(commands::mark(&no(1, 1), what, Some(true)));
    }
    let day = round("2021-12-27");
    desk.write(commands::open_round(&desk.book, &pack, day));
    desk.write(commands::pass_rest(&desk.book, &pack, day, &subject));
    let unmet: Vec<_> = award::gates(&desk.book, &pack, &subject)
        .into_iter()
        .filter(|report| !matches!(report.state, GateState::Met | GateState::Teacher))
        .map(|report| report.gate.id.to_string())
        .collect();
    assert_eq!(unmet, ["quiz-passed"], "only the quiz is open");
    assert_eq!(award::dorms_met(&desk.book, &pack), share(0, 0, 2, 0));
}

#[test]
fn the_first_thing_to_do_is_the_roster_and_then_what_blocks_the_rest() {
    let pack = pack();
    let todos = |desk: &Desk| Today::of(&desk.book, &pack).todos;
    assert_eq!(todos(&Desk::new(1)), [Todo::ImportRoster]);
    let mut desk = Desk::with_class(1, 2);
    register(&mut desk, 1, Status::Installed);
    let found = todos(&desk);
    let expected = [
        Todo::RecordStatus(1),
        Todo::Register(1),
        Todo::InspectDorms(1),
    ];
    assert_eq!(found.get(..3), Some(expected.as_slice()));
    assert!(found.contains(&Todo::SetQuiz));
    assert!(found.contains(&Todo::SignPledge(2)));
}
