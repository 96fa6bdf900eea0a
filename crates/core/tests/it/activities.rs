//! Activities: recorded, changed, taken off the list; what two phones write; what of it others are told.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a fixture that is wrong should stop the test"
)]

use chrono::NaiveDate;
use proptest::prelude::*;
use wuzha_core::award;
use wuzha_core::book::{
    About, Activity, ActivityField, ActivityInput, ActivityKind, ActivityText, Book, HeldOn,
    People, Round, Subject, Verdict, commands,
};
use wuzha_core::erase::erase_student;
use wuzha_core::history;
use wuzha_core::inspection::{self, Basis, Progress};
use wuzha_core::log::{Change, Key, Op, Registers, Value};
use wuzha_core::time::parse_day;

use crate::support::{Desk, NOW, no, pack, slug};

fn day(text: &str) -> NaiveDate {
    parse_day(text).expect("a day")
}

pub fn text(text: &str) -> ActivityText {
    ActivityText::try_from(text.to_owned()).expect("a text")
}

/// A class meeting of 45 on the first Sunday of the campaign.
pub fn meeting() -> ActivityInput {
    let held = day("2021-12-26");
    ActivityInput {
        kind: Some(ActivityKind::ClassMeeting),
        day: HeldOn::new(held, held).expect("a day"),
        title: text("反诈主题班会"),
        people: Some(People::try_from(45).expect("a number")),
        place: text("教学楼 302"),
        partner: text(""),
        analysis: text(""),
        measures: text("110 和 96110 都讲了"),
    }
}

/// Records an activity of a kind, all else as [`meeting`].
pub fn hold(desk: &mut Desk, id: &str, kind: ActivityKind, people: Option<u32>) -> Vec<Op> {
    let input = ActivityInput {
        kind: Some(kind),
        people: people.and_then(|people| People::try_from(people).ok()),
        ..meeting()
    };
    let id = slug(id);
    let changes = match desk.book.activities().get(&id) {
        None => commands::add_activity(&id, &input),
        Some(known) => commands::change_activity(known, &id, &input),
    };
    desk.write(changes)
}

fn ids(book: &Book) -> Vec<String> {
    let activities = book.activities();
    let listed = activities.listed().into_iter();
    listed.map(|(id, _)| id.to_string()).collect()
}

fn one(book: &Book, id: &str) -> Activity {
    let activities = book.activities();
    activities.get(&slug(id)).cloned().expect("the activity")
}

#[test]
fn what_was_put_in_is_what_is_read() {
    let mut desk = Desk::new(1);
    desk.write(commands::add_activity(&slug("a-1"), &meeting()));
    let activity = one(&desk.book, "a-1");
    assert_eq!(activity.kind.copied(), Some(ActivityKind::ClassMeeting));
    assert_eq!(activity.day.copied(), Some(day("2021-12-26")));
    assert_eq!(activity.people.copied().map(People::get), Some(45));
    assert_eq!(
        activity.title.get().map(String::as_str),
        Some("反诈主题班会")
    );
    assert_eq!(activity.partner.get(), None, "nothing typed is not written");
    assert_eq!(activity.last_written(), Some((desk.device, NOW)));
}

#[test]
fn a_change_writes_what_is_different_and_nothing_else() {
    let mut desk = Desk::new(1);
    desk.write(commands::add_activity(&slug("a-1"), &meeting()));
    let again = commands::change_activity(&one(&desk.book, "a-1"), &slug("a-1"), &meeting());
    assert_eq!(again, []);
    let other = ActivityInput {
        people: None,
        place: text(""),
        ..meeting()
    };
    let changes = commands::change_activity(&one(&desk.book, "a-1"), &slug("a-1"), &other);
    let key = |field| Key::new("activity", &["a-1"], field);
    assert_eq!(
        changes,
        [
            Change::new(key("people"), Value::Null),
            Change::new(key("place"), Value::Null),
        ]
    );
}

#[test]
fn what_another_phone_changed_meanwhile_in_another_field_stays() {
    let mut desk = Desk::new(1);
    hold(&mut desk, "a-1", ActivityKind::ClassMeeting, Some(45));
    let seen = one(&desk.book, "a-1");
    hold(&mut desk, "a-1", ActivityKind::ClassMeeting, Some(44));
    let input = ActivityInput {
        place: text("操场"),
        ..meeting()
    };
    desk.write(commands::change_activity(&seen, &slug("a-1"), &input));
    let activity = one(&desk.book, "a-1");
    assert_eq!(activity.people.copied().map(People::get), Some(44));
    assert_eq!(activity.place.get().map(String::as_str), Some("操场"));
}

#[test]
fn the_newest_day_comes_first_and_of_one_day_the_last_recorded() {
    let mut desk = Desk::new(1);
    for (id, on) in [
        ("20211226-190500-0001", "2021-12-26"),
        ("20211227-080000-0001", "2021-12-24"),
        ("20211227-090000-0001", "2021-12-26"),
    ] {
        let held = day(on);
        let input = ActivityInput {
            day: HeldOn::new(held, held).expect("a day"),
            ..meeting()
        };
        desk.write(commands::add_activity(&slug(id), &input));
    }
    let expected = [
        "20211227-090000-0001",
        "20211226-190500-0001",
        "20211227-080000-0001",
    ];
    assert_eq!(ids(&desk.book), expected);
}

#[test]
fn what_was_removed_or_added_comes_back_or_goes_when_that_is_taken_back() {
    let mut desk = Desk::new(1);
    let add = commands::add_activity(&slug("a-1"), &meeting());
    let without = desk.registers.undoing(&add);
    desk.write(add);
    let remove = commands::remove_activity(&slug("a-1"));
    let back = desk.registers.undoing(&remove);
    desk.write(remove);
    assert_eq!(ids(&desk.book), [""; 0]);
    desk.write(back);
    assert_eq!(ids(&desk.book), ["a-1"]);
    desk.write(without);
    assert_eq!(ids(&desk.book), [""; 0]);
}

#[test]
fn a_kind_of_a_newer_version_is_kept_unknown_and_counted() {
    let mut desk = Desk::new(1);
    desk.write(commands::add_activity(&slug("a-1"), &meeting()));
    let kind = Key::new("activity", &["a-1"], "kind");
    desk.write(vec![Change::new(kind.clone(), "flash_mob")]);
    assert_eq!(one(&desk.book, "a-1").kind.copied(), None);
    assert_eq!(desk.book.activities().held().all.times, 1);
    assert_eq!(desk.book.activities().held().kinds.len(), 0);
    // Whoever corrects something else leaves it.
    let input = ActivityInput {
        kind: None,
        people: None,
        ..meeting()
    };
    let seen = one(&desk.book, "a-1");
    desk.write(commands::change_activity(&seen, &slug("a-1"), &input));
    let shown = desk.registers.heads(&kind).first();
    assert_eq!(
        shown.map(|head| &head.value),
        Some(&Value::text("flash_mob"))
    );
}

#[test]
fn two_phones_that_did_not_see_each_other_make_a_conflict_in_words() {
    let (mut monitor, mut deputy) = (Desk::new(1), Desk::new(2));
    let added = hold(&mut monitor, "a-1", ActivityKind::ClassMeeting, Some(45));
    deputy.receive(&added);
    let ours = hold(&mut monitor, "a-1", ActivityKind::ClassMeeting, Some(44));
    let theirs = hold(&mut deputy, "a-1", ActivityKind::Lecture, Some(45));
    monitor.receive(&theirs);
    deputy.receive(&ours);
    assert!(!one(&monitor.book, "a-1").is_in_conflict(), "other fields");
    let ours = hold(&mut monitor, "a-1", ActivityKind::Lecture, Some(40));
    let theirs = hold(&mut deputy, "a-1", ActivityKind::Lecture, Some(41));
    monitor.receive(&theirs);
    deputy.receive(&ours);
    for desk in [&monitor, &deputy] {
        assert!(one(&desk.book, "a-1").is_in_conflict());
        let about: Vec<About> = desk.book.conflicts().iter().map(About::of).collect();
        let expected = About::Activity {
            id: slug("a-1"),
            field: ActivityField::People,
        };
        assert_eq!(about, [expected]);
    }
    assert_eq!(monitor.book, deputy.book);
}

#[test]
fn the_history_tells_who_changed_what_in_words() {
    let mut desk = Desk::new(1);
    let id = "20211227-190512-3f1a";
    let mut ops = desk.write(commands::set_recorder(&desk.book, desk.device, "班长"));
    ops.extend(hold(&mut desk, id, ActivityKind::Lecture, Some(45)));
    ops.extend(hold(&mut desk, id, ActivityKind::Lecture, Some(44)));
    ops.extend(desk.write(commands::remove_activity(&slug(id))));
    let ledger = history::ledger(&ops, &desk.book, &pack(), 2);
    let said = format!("{:?}", ledger.rows);
    for word in [
        "班长",
        "活动 2021-12-27 19:05 人数",
        "45 人",
        "44 人",
        "是否删除",
        "已删除",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn a_student_who_is_erased_is_named_in_no_activity_any_more() {
    let mut desk = Desk::with_class(1, 2);
    let input = ActivityInput {
        title: text("示例11主持的班会"),
        ..meeting()
    };
    let roster = [crate::support::student(1, 1), crate::support::student(1, 2)];
    let mut ops = Desk::new(1).write(commands::import(&Book::default(), &roster));
    ops.extend(desk.write(commands::add_activity(&slug("a-1"), &input)));
    let (erased, counts) = erase_student(&ops, &no(1, 1));
    assert_eq!(counts.mentions, 1);
    let mut registers = Registers::default();
    for op in &erased {
        registers.apply(op);
    }
    let title = one(&Book::fold(&registers), "a-1").title;
    assert_eq!(title.get().map(String::as_str), Some("某同学主持的班会"));
}

/// Where the item 主题班会 of the class's checklist stands.
fn class_meeting(desk: &Desk) -> (Option<Verdict>, Basis, bool) {
    let pack = pack();
    let round = desk.book.current_round();
    let items = inspection::items(&desk.book, &pack, round, &Subject::Class);
    let mut items = items.into_iter();
    let item = items.find(|state| state.item.id == slug("class-meeting"));
    let item = item.expect("the item");
    (item.verdict, item.basis, item.is_waiting)
}

#[test]
fn a_recorded_class_meeting_fills_its_item_and_its_gate() {
    let mut desk = Desk::with_class(1, 2);
    let round: Round = "2021-12-27".parse().expect("a round");
    desk.write(commands::open_round(&desk.book, &pack(), round));
    let waits = |desk: &Desk| {
        let pack = pack();
        let items = inspection::items(&desk.book, &pack, Some(round), &Subject::Class);
        Progress::of(&items).waiting
    };
    let before = waits(&desk);
    assert_eq!(
        class_meeting(&desk),
        (None, Basis::Person, true),
        "a person may know"
    );
    hold(&mut desk, "a-1", ActivityKind::Lecture, None);
    assert_eq!(
        class_meeting(&desk).0,
        None,
        "a lecture is no class meeting"
    );
    hold(&mut desk, "a-2", ActivityKind::ClassMeeting, None);
    let (verdict, basis, _) = class_meeting(&desk);
    assert_eq!(verdict, Some(Verdict::Pass));
    assert!(matches!(basis, Basis::Book(share) if share.met == 1));
    assert_eq!(waits(&desk), before - 1);
    let pack = pack();
    let gates = award::gates(&desk.book, &pack, &Subject::Class);
    let gate = gates
        .iter()
        .find(|report| report.gate.id == slug("class-meeting"));
    assert_eq!(gate.map(|report| report.state), Some(award::GateState::Met));
    // When the record is taken off the list, a person is asked again.
    desk.write(commands::remove_activity(&slug("a-2")));
    assert_eq!(class_meeting(&desk), (None, Basis::Person, true));
}

#[test]
fn a_round_that_is_over_keeps_what_was_recorded_then_and_asks_nobody() {
    let mut desk = Desk::with_class(1, 2);
    let rounds = ["2021-12-27", "2022-01-10"].map(|day| day.parse().expect("a round"));
    let [first, second] = rounds;
    desk.write(commands::open_round(&desk.book, &pack(), first));
    hold(&mut desk, "a-1", ActivityKind::ClassMeeting, None);
    desk.write(commands::open_round(&desk.book, &pack(), second));
    desk.write(commands::remove_activity(&slug("a-1")));
    let pack = pack();
    let item = |round, id: &str| {
        let items = inspection::items(&desk.book, &pack, Some(round), &Subject::Class);
        let mut items = items.into_iter();
        let item = items
            .find(|state| state.item.id == slug(id))
            .expect("the item");
        (item.verdict, item.is_waiting)
    };
    assert_eq!(item(first, "class-meeting"), (Some(Verdict::Pass), false));
    assert_eq!(item(first, "parents-group-notice"), (None, false));
    assert_eq!(item(second, "class-meeting"), (None, true));
}

/// One step of a made-up history of two activities on two phones.
#[derive(Clone, Debug)]
enum Step {
    Record {
        phone: usize,
        id: usize,
        kind: ActivityKind,
        people: Option<u32>,
    },
    Remove {
        phone: usize,
        id: usize,
    },
    Sync {
        from: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let kind = prop::sample::select(ActivityKind::ALL.to_vec());
    let people = prop::option::of(1..4_u32);
    prop_oneof![
        4 => (0..2_usize, 0..2_usize, kind, people)
            .prop_map(|(phone, id, kind, people)| Step::Record { phone, id, kind, people }),
        1 => (0..2_usize, 0..2_usize).prop_map(|(phone, id)| Step::Remove { phone, id }),
        1 => (0..2_usize).prop_map(|from| Step::Sync { from }),
    ]
}

/// What both phones wrote, in all.
fn played(steps: &[Step]) -> Vec<Op> {
    const IDS: [&str; 2] = ["a-1", "a-2"];
    let mut phones = [Desk::new(1), Desk::new(2)];
    let mut ops: Vec<Op> = Vec::new();
    for step in steps {
        match *step {
            Step::Record {
                phone,
                id,
                kind,
                people,
            } => ops.extend(hold(&mut phones[phone], IDS[id], kind, people)),
            Step::Remove { phone, id } => {
                ops.extend(phones[phone].write(commands::remove_activity(&slug(IDS[id]))));
            }
            Step::Sync { from } => {
                let device = phones[from].device;
                let own = ops.iter().filter(|op| op.id.device == device).cloned();
                let own: Vec<Op> = own.collect();
                phones[1 - from].receive(&own);
            }
        }
    }
    ops
}

fn book_of(ops: &[Op]) -> Book {
    let mut registers = Registers::default();
    for op in ops {
        registers.apply(op);
    }
    Book::fold(&registers)
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(27), ..ProptestConfig::default() })]

    #[test]
    fn activities_fold_the_same_in_any_order_doubled_and_one_after_the_other(
        (ops, shuffled) in prop::collection::vec(step(), 0..30).prop_flat_map(|steps| {
            let ops = played(&steps);
            let doubled = [ops.clone(), ops.clone()].concat();
            (Just(ops), Just(doubled).prop_shuffle())
        })
    ) {
        let book = book_of(&ops);
        prop_assert_eq!(book_of(&shuffled).activities(), book.activities());
        let mut late = Desk::new(3);
        for op in &shuffled {
            late.receive(std::slice::from_ref(op));
        }
        prop_assert_eq!(late.book.activities().held(), book.activities().held());
        prop_assert_eq!(late.book, book);
    }
}
