//! Each figure says what the book says, and nothing where the book says nothing.

#![expect(
    clippy::expect_used,
    reason = "a fixture that is wrong should stop the test"
)]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use wuzha_core::book::commands::{self, Mark, ProfileInput};
use wuzha_core::book::{ActivityKind, Counsellor, Held, Round, Status, Subject, Verification};
use wuzha_core::ident::StudentNo;
use wuzha_core::measure::Share;
use wuzha_core::overview::{Average, Column, Figures};
use wuzha_core::quiz::{Answers, Attempt, Mode, PaperSpec, Score};
use wuzha_core::time::{UnixMillis, UtcOffset, parse_day};
use wuzha_core::today;

use super::share;
use crate::activities::hold;
use crate::support::{Desk, NOW, dorm, no, pack, slug};

const DAY_MS: u64 = 86_400_000;
const QUIZ: &str = "20211227-190512";
const RETAKE: &str = "20220103-190000";

fn figures(desk: &Desk) -> Figures {
    Figures::of(&desk.registers, &desk.book, &pack(), UtcOffset::CHINA)
}

fn day(text: &str) -> NaiveDate {
    parse_day(text).expect("a day")
}

fn register_at(desk: &mut Desk, now: UnixMillis, bed: u32, status: Status) {
    let changes = commands::register(&desk.book, &no(1, bed), status, Verification::InPerson);
    desk.write_at(now, changes);
}

fn register(desk: &mut Desk, bed: u32, status: Status) {
    register_at(desk, NOW, bed, status);
}

fn set_paper(desk: &mut Desk, id: &str, retake_of: Option<&str>) {
    let paper = PaperSpec {
        seed: 7,
        categories: BTreeSet::new(),
        pass_percent: 80,
        minutes: None,
        questions: (1..=10).map(|n| slug(&format!("q-{n}"))).collect(),
        retake_of: retake_of.map(slug),
    };
    desk.write(commands::set_paper(&slug(id), &paper));
}

fn sit(desk: &mut Desk, paper: &str, student: &StudentNo, (right, of): (u32, u32)) {
    let attempt = Attempt {
        answers: Answers::default(),
        score: Score::new(right, of).expect("a score"),
        started: NOW,
        finished: Some(NOW),
        mode: Mode::Kiosk,
    };
    let changes = commands::hand_in(&desk.book, &slug(paper), student, &attempt);
    desk.write(changes);
}

#[test]
fn a_class_shows_what_it_is_called_and_how_large_it_is() {
    let mut desk = Desk::with_class(2, 3);
    let profile = ProfileInput {
        school: "示例学院".to_owned(),
        department: "软件系".to_owned(),
        grade: String::new(),
        name: "软件2101班".to_owned(),
    };
    desk.write(commands::set_profile(
        &desk.book,
        &profile,
        day("2021-12-21"),
    ));
    desk.write(commands::unlist(&no(2, 3)));
    let figures = figures(&desk);
    assert_eq!(figures.class, "软件2101班");
    assert_eq!(figures.department.as_deref(), Some("软件系"));
    assert_eq!(figures.grade, None, "an empty text is not known");
    assert_eq!((figures.students, figures.dorms), (5, 2));
    assert_eq!(figures.campaign_start, Some(day("2021-12-21")));
}

#[test]
fn nothing_is_known_of_a_book_in_which_nothing_is_written() {
    assert_eq!(figures(&Desk::new(1)), Figures::default());
}

#[test]
fn nothing_is_known_of_a_class_that_only_has_its_list() {
    let figures = figures(&Desk::with_class(2, 2));
    for column in Column::ALL {
        if let Some(share) = figures.share(column) {
            assert!(!share.is_known() && share.of() > 0, "{column:?}: {share:?}");
        }
    }
    assert_eq!((figures.average, figures.conflicts), (None, 0));
    assert_eq!(figures.registered_by_day, []);
    assert_eq!(figures.last_record, Some(NOW));
}

#[test]
fn activities_are_counted_and_people_where_they_are_known() {
    let mut desk = Desk::with_class(1, 2);
    assert_eq!(figures(&desk).activities.all.known_times(), None, "not 0");
    for (id, kind, people) in [
        ("a-1", ActivityKind::ClassMeeting, Some(45)),
        ("a-2", ActivityKind::ClassMeeting, None),
        ("a-3", ActivityKind::Family, Some(90)),
        ("a-4", ActivityKind::Lecture, Some(7)),
    ] {
        hold(&mut desk, id, kind, people);
    }
    desk.write(commands::remove_activity(&slug("a-4")));
    let held = figures(&desk).activities;
    let counted = |held: Held| (held.classes, held.times, held.people, held.counted);
    assert_eq!(counted(held.all), (1, 3, 135, 2));
    assert_eq!(
        counted(held.kind(ActivityKind::ClassMeeting)),
        (1, 2, 45, 1)
    );
    assert_eq!(counted(held.kind(ActivityKind::Lecture)), (0, 0, 0, 0));
}

#[test]
fn a_class_shows_who_its_counsellor_is() {
    let mut desk = Desk::with_class(1, 1);
    assert_eq!(figures(&desk).counsellor, None);
    let name = Counsellor::try_from("王 老师").expect("a name");
    desk.write(commands::set_counsellor(&desk.book, &name));
    assert_eq!(figures(&desk).counsellor.as_deref(), Some("王老师"));
}

#[test]
fn registered_and_warned_are_counted_apart_from_who_is_left_out() {
    let mut desk = Desk::with_class(1, 6);
    let statuses = [
        Status::WarningOn,
        Status::Registered,
        Status::Installed,
        Status::Unable,
        Status::Declined,
    ];
    for (bed, status) in (1..).zip(statuses) {
        register(&mut desk, bed, status);
    }
    let figures = figures(&desk);
    assert_eq!(figures.registered, share(2, 1, 2, 1));
    assert_eq!(figures.warning_on, share(1, 2, 2, 1));
}

#[test]
fn pledges_and_slips_are_those_that_were_recorded() {
    let mut desk = Desk::with_class(1, 3);
    desk.write(commands::mark(&no(1, 1), Mark::Pledge, Some(true)));
    desk.write(commands::mark(&no(1, 2), Mark::Pledge, Some(false)));
    desk.write(commands::mark(&no(1, 3), Mark::Notice, Some(true)));
    let figures = figures(&desk);
    assert_eq!(figures.pledge, share(1, 1, 1, 0));
    assert_eq!(figures.notice, share(1, 0, 2, 0));
}

#[test]
fn the_quiz_that_counts_is_the_latest() {
    let mut desk = Desk::with_class(1, 2);
    set_paper(&mut desk, "20211220-080000", None);
    sit(&mut desk, "20211220-080000", &no(1, 1), (10, 10));
    set_paper(&mut desk, QUIZ, None);
    let figures = figures(&desk);
    assert_eq!(figures.quiz_taken, share(0, 2, 0, 0));
    assert_eq!(figures.quiz_passed, share(0, 0, 2, 0), "they may still");
    assert_eq!(figures.average, None, "nobody sat it: unknown, not 0");
}

#[test]
fn a_retake_helps_to_pass_and_not_to_raise_the_average() {
    let mut desk = Desk::with_class(1, 4);
    set_paper(&mut desk, QUIZ, None);
    set_paper(&mut desk, RETAKE, Some(QUIZ));
    sit(&mut desk, QUIZ, &no(1, 1), (9, 10));
    sit(&mut desk, QUIZ, &no(1, 2), (6, 10));
    sit(&mut desk, RETAKE, &no(1, 2), (10, 10));
    sit(&mut desk, RETAKE, &no(1, 3), (4, 10));
    let figures = figures(&desk);
    assert_eq!(figures.quiz_taken, share(3, 1, 0, 0));
    assert_eq!(figures.quiz_passed, share(2, 1, 1, 0));
    let average = figures.average.expect("two first attempts");
    assert_eq!((average.count, average.tenths()), (2, 750));
}

#[test]
fn who_is_off_the_list_counts_nowhere() {
    let mut desk = Desk::with_class(1, 2);
    set_paper(&mut desk, QUIZ, None);
    for bed in [1, 2] {
        register(&mut desk, bed, Status::Registered);
        sit(&mut desk, QUIZ, &no(1, bed), (5 * bed, 10));
    }
    desk.write(commands::unlist(&no(1, 1)));
    let figures = figures(&desk);
    assert_eq!(figures.registered, share(1, 0, 0, 0));
    assert_eq!(figures.average.map(|average| average.count), Some(1));
    assert_eq!(figures.registered_by_day, [(day("2021-12-27"), 1)]);
}

#[test]
fn an_average_is_shown_with_one_decimal_and_100_means_all() {
    // scores; tenths of a percent
    for (scores, tenths) in [
        (&[(10, 10)][..], 1000),
        (&[(2, 3)], 666),
        (&[(0, 10)], 0),
        (&[(10, 10), (9, 10)], 950),
        (&[(2999, 3000), (3000, 3000)], 999),
        // Papers of different length weigh alike: it is the students that are counted.
        (&[(5, 5), (0, 50)], 500),
    ] {
        let scores = scores
            .iter()
            .filter_map(|(right, of)| Score::new(*right, *of));
        let sum = scores.filter_map(Average::of_score).reduce(|a, b| a + b);
        let average = sum.expect("at least one");
        assert_eq!(average.tenths(), tenths);
        assert!((average.percent() * 10.0 - tenths as f64).abs() < 1e-9);
    }
    let two_thirds = Score::new(2, 3).and_then(Average::of_score);
    assert_eq!(two_thirds.map(|one| one.sum_percent), Some(6667));
    let nothing_asked = Score::new(0, 0).and_then(Average::of_score);
    assert_eq!(nothing_asked, None);
}

#[test]
fn a_dorm_is_inspected_when_nothing_waits_for_a_person_there() {
    let pack = pack();
    let mut desk = Desk::with_class(3, 1);
    assert_eq!(figures(&desk).dorms_inspected, share(0, 0, 3, 0));
    let round: Round = "2021-12-27".parse().expect("a round");
    desk.write(commands::open_round(&desk.book, &pack, round));
    let subject = Subject::Dorm(dorm(1));
    desk.write(commands::pass_rest(&desk.book, &pack, round, &subject));
    let inspected = figures(&desk).dorms_inspected;
    assert_eq!(inspected, share(1, 2, 0, 0));
    let waiting = today::uninspected_dorms(&desk.book, &pack).len();
    assert_eq!(usize::try_from(inspected.open()), Ok(waiting));
}

#[test]
fn a_dorm_in_which_a_gate_does_not_hold_is_not_met() {
    let mut desk = Desk::with_class(2, 1);
    register(&mut desk, 1, Status::NotInstalled);
    assert_eq!(figures(&desk).dorms_met, share(0, 1, 1, 0));
}

#[test]
fn without_dorms_there_is_nothing_to_count_in_them() {
    let mut desk = Desk::with_class(1, 1);
    let student = desk.book.student(&no(1, 1)).expect("the student");
    let name = student.name.get().expect("a name").clone();
    let changes = commands::correct_student(&desk.book, &no(1, 1), &name, None);
    desk.write(changes);
    let figures = figures(&desk);
    assert_eq!((figures.students, figures.dorms), (1, 0));
    assert_eq!(figures.dorms_inspected, Share::default());
    assert_eq!(figures.dorms_met, Share::default());
}

#[test]
fn what_two_phones_wrote_differently_is_counted() {
    let mut ours = Desk::with_class(1, 1);
    let mut theirs = Desk::new(2);
    theirs.registers = ours.registers.clone();
    let yes = theirs.write(commands::mark(&no(1, 1), Mark::Pledge, Some(true)));
    ours.write(commands::mark(&no(1, 1), Mark::Pledge, Some(false)));
    ours.receive(&yes);
    assert_eq!(figures(&ours).conflicts, 1);
}

#[test]
fn the_last_record_is_the_newest_that_is_visible() {
    let mut desk = Desk::with_class(1, 1);
    let later = UnixMillis(NOW.0 + 3 * DAY_MS);
    desk.write_at(later, commands::mark(&no(1, 1), Mark::Pledge, Some(true)));
    desk.write_at(NOW, commands::mark(&no(1, 1), Mark::Notice, Some(true)));
    assert_eq!(figures(&desk).last_record, Some(later));
}

#[test]
fn the_trend_grows_on_the_days_on_which_the_present_status_was_written() {
    let mut desk = Desk::with_class(1, 5);
    let days = |n: u64| UnixMillis(NOW.0 + n * DAY_MS);
    register_at(&mut desk, days(0), 1, Status::Registered);
    register_at(&mut desk, days(0), 2, Status::WarningOn);
    register_at(&mut desk, days(0), 3, Status::Registered);
    register_at(&mut desk, days(1), 4, Status::Installed);
    // Who was written anew counts from then on, and who is no longer registered does not count.
    register_at(&mut desk, days(3), 2, Status::Registered);
    register_at(&mut desk, days(4), 3, Status::NotInstalled);
    let figures = figures(&desk);
    assert_eq!(
        figures.registered_by_day,
        [(day("2021-12-27"), 1), (day("2021-12-30"), 2)]
    );
    assert_eq!(figures.registered.met, 2);
}

#[test]
fn a_day_ends_at_midnight_where_the_class_is() {
    let mut desk = Desk::with_class(1, 1);
    // 17:05 at Greenwich is 01:05 on the next day in China.
    let evening = UnixMillis(NOW.0 + 6 * 3_600_000);
    register_at(&mut desk, evening, 1, Status::Registered);
    let trend =
        |offset| Figures::of(&desk.registers, &desk.book, &pack(), offset).registered_by_day;
    assert_eq!(trend(UtcOffset::CHINA), [(day("2021-12-28"), 1)]);
    assert_eq!(trend(UtcOffset(0)), [(day("2021-12-27"), 1)]);
}

#[test]
fn a_clock_beyond_the_calendar_stops_nothing_and_loses_nobody() {
    // The last two are the last moment of the calendar, which lies beyond it in China, and the next.
    for broken in [u64::MAX, 8_210_266_876_799_999, 8_210_266_876_800_000] {
        let mut desk = Desk::with_class(1, 2);
        register(&mut desk, 1, Status::Registered);
        register_at(&mut desk, UnixMillis(broken), 2, Status::Registered);
        let figures = figures(&desk);
        let ends = figures.registered_by_day.last().map(|(_, sum)| *sum);
        assert_eq!(ends, Some(figures.registered.met), "{broken}");
        assert_eq!(figures.last_record, Some(UnixMillis(broken)));
    }
}

#[test]
fn figures_come_back_as_they_were_stored_and_hold_no_person() {
    let mut desk = Desk::with_class(2, 2);
    set_paper(&mut desk, QUIZ, None);
    sit(&mut desk, QUIZ, &no(1, 1), (9, 10));
    register(&mut desk, 1, Status::WarningOn);
    register_at(&mut desk, UnixMillis(u64::MAX), 2, Status::Registered);
    let figures = Figures {
        campaign_start: Some(day("2021-12-21")),
        ..figures(&desk)
    };
    let json = serde_json::to_string(&figures).expect("figures are written");
    assert_eq!(
        serde_json::from_str::<Figures>(&json).ok(),
        Some(figures.clone())
    );
    let bytes = postcard::to_allocvec(&figures).expect("figures are written");
    assert_eq!(postcard::from_bytes::<Figures>(&bytes).ok(), Some(figures));
    for (no, student) in desk.book.students() {
        for word in [no.as_str(), student.name_text(), "3-301"] {
            assert!(!json.contains(word), "{word} in {json}");
        }
    }
    let no_day = json.replace("[[738", "[[2147483");
    assert!(serde_json::from_str::<Figures>(&no_day).is_err());
}

/// Any records of statuses: of which bed, what, on which day.
fn records() -> impl Strategy<Value = Vec<(u32, Status, u64)>> {
    let statuses = [
        Status::NotInstalled,
        Status::Registered,
        Status::WarningOn,
        Status::Declined,
    ];
    let record = (1..=6_u32, prop::sample::select(statuses.to_vec()), 0..9_u64);
    prop::collection::vec(record, 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(27), cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_trend_rises_from_day_to_day_and_ends_with_the_registered(records in records()) {
        let mut desk = Desk::with_class(1, 6);
        for (bed, status, day) in records {
            register_at(&mut desk, UnixMillis(NOW.0 + day * DAY_MS), bed, status);
        }
        let figures = figures(&desk);
        let trend = &figures.registered_by_day;
        for pair in trend.windows(2) {
            prop_assert!(pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1, "{:?}", pair);
        }
        let ends = trend.last().map_or(0, |(_, sum)| *sum);
        prop_assert_eq!(ends, figures.registered.met);
    }
}
