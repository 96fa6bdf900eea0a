//! What only teachers keep, and what students may ask for.

#![expect(
    clippy::expect_used,
    reason = "a fixture that is wrong should stop the test"
)]

mod case_history;
mod case_types;
mod cases;
mod counts;
mod erasing;
mod retention;
mod subject_access;
mod support_counts;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use wuzha_core::award::ClassMark;
use wuzha_core::book::{Book, Round, Status, Subject, Verification, commands};
use wuzha_core::desk::{
    AmountBand, Case, CaseCounts, CaseFacts, CaseField, CaseKind, CasePolicy, CaseStatus, CaseText,
    Channel, ClockTime, Course, Desk, EntryId, NamedClass, ReportDays, SupportCounts, SupportItem,
};
use wuzha_core::ident::StudentNo;
use wuzha_core::log::{Change, DeviceId, Op};
use wuzha_core::quiz::{Answers, Attempt, Bank, Mode, PaperSpec, Wish, mark};
use wuzha_core::roster;
use wuzha_core::time::{UnixMillis, parse_day};

use crate::support::{self, NOW, dorm, no, slug, student};

fn day(text: &str) -> NaiveDate {
    parse_day(text).expect("a day")
}

fn later(minutes: u64) -> UnixMillis {
    UnixMillis(NOW.0 + minutes * 60_000)
}

fn mark_of(device: u8) -> ClassMark {
    ClassMark::of_writer(DeviceId::from_bytes([device; 8]))
}

fn marks(devices: &[u8]) -> BTreeSet<ClassMark> {
    devices.iter().map(|device| mark_of(*device)).collect()
}

fn class(device: u8, name: &str) -> NamedClass {
    NamedClass {
        marks: marks(&[device]),
        name: name.to_owned(),
    }
}

fn id(minutes: u64) -> EntryId {
    EntryId::new(later(minutes), DeviceId::from_bytes([9; 8]))
}

fn words(text: &str) -> CaseText {
    CaseText::try_from(text.to_owned()).expect("a text")
}

/// A verified case of the class of device 1, which nobody reported and nobody stopped.
fn facts() -> CaseFacts {
    CaseFacts {
        day: day("2021-12-20"),
        time: None,
        kind: CaseKind::Known(slug("brushing")),
        band: AmountBand::UpTo5000,
        channel: Channel::Chat,
        course: Course::Happened,
        class: Some(mark_of(1)),
        department: Some(words("软件系（示例）")),
        reported_school: None,
        reported_police: None,
        status: CaseStatus::Verified,
        follow_up: words(""),
        lessons: words(""),
    }
}

/// A log with what was written to it: a teacher's desk or a class's phone.
struct Log {
    writer: support::Desk,
    ops: Vec<Op>,
}

impl Log {
    fn new(device: u8) -> Self {
        Self {
            writer: support::Desk::new(device),
            ops: Vec::new(),
        }
    }

    fn write(&mut self, changes: Vec<Change>) {
        let ops = self.writer.write(changes);
        self.ops.extend(ops);
    }

    fn write_at(&mut self, now: UnixMillis, changes: Vec<Change>) {
        let ops = self.writer.write_at(now, changes);
        self.ops.extend(ops);
    }

    /// Takes over what the other one has.
    fn receive(&mut self, other: &Log) {
        self.writer.receive(&other.ops);
        self.ops.extend(other.ops.iter().cloned());
    }

    fn desk(&self) -> Desk {
        Desk::fold(&self.ops)
    }

    /// Writes as the command says that sees the book as it is.
    fn book(&mut self, command: impl FnOnce(&Book) -> Vec<Change>) {
        let changes = command(&self.writer.book);
        self.write(changes);
    }
}

fn bank() -> Bank {
    let bank = Bank::from_json(include_str!("../../../../../content/default/bank.json"));
    bank.expect("the bank that ships")
}

fn round() -> Round {
    Round(day("2021-12-27"))
}

/// 示例11, about whom everything is recorded, and who is named beside 示例12 in texts.
fn subject() -> StudentNo {
    no(1, 1)
}

/// A class of two dorms of two, with all that can be held about one student.
fn class_log() -> Log {
    let mut log = Log::new(1);
    let rows = [(1, 1), (1, 2), (2, 1), (2, 2)].map(|(dorm, bed)| student(dorm, bed));
    let rows: Vec<roster::Student> = rows.into();
    log.book(|book| commands::import(book, &rows));
    let phone = log.writer.device;
    log.book(|book| commands::set_recorder(book, phone, "班长"));
    for (no, status) in [
        (subject(), Status::Installed),
        (subject(), Status::Unable),
        (no(1, 2), Status::WarningOn),
    ] {
        log.book(|book| commands::register(book, &no, status, Verification::InPerson));
    }
    log.book(|book| commands::set_reason(book, &subject(), "与示例12合用一部手机"));
    log.book(|book| commands::set_note(book, &subject(), "悄悄话"));
    log.book(|book| commands::set_reason(book, &no(2, 2), "手机借给示例11了"));
    let remark = format!("{}的床铺和示例22的桌子", subject());
    let about = Subject::Dorm(dorm(1));
    log.book(|book| commands::set_remark(book, round(), &about, &slug("card-posted"), &remark));
    let other = Subject::Dorm(dorm(2));
    log.book(|book| commands::set_remark(book, round(), &other, &slug("card-posted"), "撕坏了"));
    sit_quiz(&mut log);
    log
}

/// The subject answers the first question wrong and the second right, and leaves the third; 示例12 all right.
fn sit_quiz(log: &mut Log) {
    let bank = bank();
    let wish = Wish {
        seed: 7,
        count: 3,
        categories: BTreeSet::new(),
        pass_percent: 80,
        minutes: None,
        retake_of: None,
    };
    let paper = PaperSpec::draw(&bank, wish).expect("three questions");
    let id = slug("20211227-190500");
    log.book(|_| commands::set_paper(&id, &paper));
    let questions: Vec<_> = paper
        .questions
        .iter()
        .filter_map(|id| bank.question(id))
        .collect();
    let mut right = Answers::default();
    for question in &questions {
        right.choose(&question.id, question.answer.iter().copied());
    }
    let mut mixed = Answers::default();
    for (at, question) in questions.iter().take(2).enumerate() {
        let wrong = (0..).find(|option| !question.answer.contains(option));
        match at {
            0 => mixed.choose(&question.id, wrong),
            _ => mixed.choose(&question.id, question.answer.iter().copied()),
        }
    }
    for (no, answers) in [(subject(), mixed), (no(1, 2), right)] {
        let attempt = Attempt {
            score: mark(&paper, &bank, &answers).score,
            answers,
            started: NOW,
            finished: Some(NOW),
            mode: Mode::Kiosk,
        };
        log.book(|book| commands::hand_in(book, &id, &no, &attempt));
    }
}

/// A value as it comes out of a worker.
fn through_worker<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    let bytes = postcard::to_allocvec(value).expect("bytes");
    postcard::from_bytes(&bytes).expect("a value")
}

#[test]
fn what_crosses_to_a_worker_comes_back_as_it_was() {
    let mut full = facts();
    full.time = ClockTime::try_from(1).ok();
    full.reported_police = Some(day("2021-12-21"));
    for facts in [facts(), full] {
        let case = Case {
            id: id(0),
            facts,
            contested: vec![CaseField::Status],
        };
        assert_eq!(through_worker(&case), case);
        let counts = CaseCounts::of([&case], &CasePolicy::default(), &[class(1, "示例")]);
        assert_eq!(through_worker(&counts), counts);
    }
    let policy = CasePolicy {
        since: Some(day("2021-12-01")),
        ..CasePolicy::default()
    };
    assert_eq!(through_worker(&policy), policy);
    let counts = SupportCounts::from([(SupportItem::Talks, 4)]);
    assert_eq!(through_worker(&counts), counts);
}

#[test]
fn a_worker_hands_over_no_number_that_is_out_of_bounds() {
    let read = |byte: u8| postcard::from_bytes::<ReportDays>(&[byte]);
    assert!(read(ReportDays::MAX).is_ok() && read(ReportDays::MAX + 1).is_err());
    let minute = |minute: u16| {
        let bytes = postcard::to_allocvec(&minute).expect("bytes");
        postcard::from_bytes::<ClockTime>(&bytes)
    };
    assert!(minute(1439).is_ok() && minute(1440).is_err());
}
