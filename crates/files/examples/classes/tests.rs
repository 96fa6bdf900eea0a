//! What the generated classes are: the same every time, readable by the app, and full of the gaps that
//! whoever counts classes has to get right.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use wuzha_core::book::{Book, Finding, Held, Status, Student, Subject, Verdict};
use wuzha_core::log::{DeviceId, Hlc, Key, Op, OpId, Registers, Value};
use wuzha_core::measure::Share;
use wuzha_core::pack::Measure;
use wuzha_core::quiz::Outcome;
use wuzha_core::today;
use wuzha_files::{Backup, read_backup};

use super::*;

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::read().unwrap());
/// 64 classes of seed 7.
static SCHOOL: LazyLock<Vec<Read>> = LazyLock::new(|| {
    let files = files(64, 7, 0);
    files.iter().map(Read::of).collect()
});

/// A class as the app reads its file.
struct Read {
    file: String,
    meta: BackupMeta,
    ops: Vec<Op>,
    registers: Registers,
    book: Book,
}

impl Read {
    fn of(file: &ClassFile) -> Self {
        let Backup { ops, meta } = read_backup(&file.bytes).unwrap();
        let mut registers = Registers::default();
        for op in &ops {
            registers.apply(op);
        }
        let book = Book::fold(&registers);
        Self {
            file: file.name.clone(),
            meta: meta.unwrap(),
            ops,
            registers,
            book,
        }
    }

    fn share(&self, measure: Measure) -> Share {
        Share::of_class(&self.book, measure)
    }

    fn has_student(&self, holds: impl Fn(&Student) -> bool) -> bool {
        self.book.students().any(|(_, student)| holds(student))
    }

    fn has_outcome(&self, holds: impl Fn(Outcome) -> bool) -> bool {
        let quiz = self.book.latest_quiz();
        let mut numbers = self.book.students().map(|(no, _)| no);
        quiz.is_some_and(|quiz| numbers.any(|no| holds(quiz.outcome(no))))
    }

    fn devices(&self) -> usize {
        let devices: BTreeSet<_> = self.ops.iter().map(|op| op.id.device).collect();
        devices.len()
    }
}

fn files(count: usize, seed: u64, ops: usize) -> Vec<ClassFile> {
    let out = PathBuf::new();
    let options = Options {
        count,
        seed,
        out,
        ops,
    };
    (0..count)
        .zip(ClassName::all())
        .map(|(nth, name)| class_file(&CONTENT, &options, nth, &name).unwrap())
        .collect()
}

fn bytes(files: &[ClassFile]) -> Vec<&[u8]> {
    files.iter().map(|file| file.bytes.as_slice()).collect()
}

#[test]
fn a_seed_gives_the_same_bytes_every_time_and_another_seed_gives_others() {
    let (once, again, others) = (files(8, 7, 0), files(8, 7, 0), files(8, 8, 0));
    assert_eq!(bytes(&once), bytes(&again));
    for (one, other) in once.iter().zip(&others) {
        assert_eq!(one.name, other.name);
        assert!(one.bytes != other.bytes, "{}", one.name);
    }
}

#[test]
fn more_classes_leave_the_first_ones_as_they_are() {
    let (few, more) = (files(3, 7, 0), files(9, 7, 0));
    assert_eq!(bytes(&few), bytes(&more[..3]));
}

#[test]
fn files_are_called_as_the_app_calls_them_and_each_otherwise() {
    let names: BTreeSet<&str> = SCHOOL.iter().map(|class| class.file.as_str()).collect();
    assert_eq!(names.len(), 64);
    assert!(names.contains("软件2101班（示例）_备份_2021-12-26.zip"));
    for class in SCHOOL.iter() {
        assert!(
            class.file.starts_with(&class.meta.class_name),
            "{}",
            class.file
        );
        assert_eq!(class.meta.class_name, class.book.class_name());
    }
}

#[test]
fn every_class_folds_to_a_book_that_says_it_is_invented() {
    for Read { ops, book, .. } in SCHOOL.iter() {
        let (class, profile) = (book.class_name(), &book.profile);
        assert!(class.contains("示例"), "{class}");
        assert!(
            profile.department.get().unwrap().contains("示例"),
            "{class}"
        );
        let grade = profile.grade.get().unwrap();
        assert!(["2021级", "2020级", "2019级"].contains(&grade.as_str()));
        let mut students = book.students();
        assert!(students.all(|(_, student)| student.name_text().starts_with("示例")));
        let imported = ops.iter().filter(|op| op.key.as_str().ends_with("/name"));
        assert!((20..=56).contains(&imported.count()), "{class}");
        assert!(ops.iter().all(|op| op.hlc.time() < BACKUP), "{class}");
    }
}

#[test]
fn several_departments_and_grades_have_several_classes_each() {
    let mut classes: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for Read { book, .. } in SCHOOL.iter() {
        let department = book.profile.department.get().unwrap();
        let grade = book.profile.grade.get().unwrap();
        *classes.entry((department, grade)).or_default() += 1;
    }
    assert_eq!(classes.len(), 21, "seven departments, three grades");
    assert!(classes.values().all(|&count| count >= 3));
}

/// Classes are told apart by who writes for them (`crates/shelf`).
#[test]
fn no_phone_writes_for_two_classes() {
    let devices =
        |class: &Read| -> BTreeSet<DeviceId> { class.ops.iter().map(|op| op.id.device).collect() };
    let all: Vec<DeviceId> = SCHOOL.iter().flat_map(devices).collect();
    let distinct: BTreeSet<&DeviceId> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
}

#[test]
fn rosters_have_gaps() {
    occur(&[
        (4, "nothing but a roster", has_only_a_roster),
        (4, "no dorm is known", |class| class.book.dorms().is_empty()),
        (8, "some live in no dorm", has_some_without_dorm),
        (8, "some are off the list", has_some_off_the_list),
    ]);
}

#[test]
fn registrations_have_gaps() {
    occur(&[
        (8, "unable, with a reason", |class| {
            class.has_student(|student| is_unable(student, true))
        }),
        (4, "unable, without a reason", |class| {
            class.has_student(|student| is_unable(student, false))
        }),
        (4, "a reason that no longer counts", |class| {
            class.has_student(has_old_reason)
        }),
        (8, "declined", |class| {
            class.has_student(|student| student.status.copied() == Some(Status::Declined))
        }),
        (8, "the wrong region", |class| {
            class.has_student(|student| student.region.copied() == Some(false))
        }),
        (16, "status partly recorded", |class| {
            is_partly_known(class.share(Measure::Registered))
        }),
        (16, "pledges partly recorded", |class| {
            is_partly_known(class.share(Measure::PledgeSigned))
        }),
        (16, "slips partly recorded", |class| {
            is_partly_known(class.share(Measure::NoticeReturned))
        }),
    ]);
}

#[test]
fn inspections_have_gaps() {
    occur(&[
        (4, "no round", |class| class.book.current_round().is_none()),
        (8, "two rounds", |class| class.book.rounds().count() == 2),
        (8, "some dorms inspected", has_some_dorms_inspected),
        (16, "a failed item", |class| {
            has_finding(class, Verdict::Fail)
        }),
        (8, "an item that does not apply", |class| {
            has_finding(class, Verdict::NotApplicable)
        }),
    ]);
}

#[test]
fn quizzes_have_gaps() {
    occur(&[
        (8, "no quiz", |class| class.book.latest_quiz().is_none()),
        (4, "an older quiz that no longer counts", |class| {
            class.book.quizzes().count() == 2
        }),
        (16, "absent", |class| {
            class.has_outcome(|outcome| outcome == Outcome::Absent)
        }),
        (8, "failed", |class| {
            class.has_outcome(|outcome| matches!(outcome, Outcome::Failed(_)))
        }),
        (16, "passed at the retake", |class| {
            class.has_outcome(is_passed_at_retake)
        }),
        (4, "an attempt not handed in", has_open_attempt),
    ]);
}

#[test]
fn activities_and_counsellors_have_gaps() {
    occur(&[
        (16, "no activity", |class| held(class).times == 0),
        (16, "several activities", |class| held(class).times > 2),
        (16, "people are not known of some", |class| {
            held(class).uncounted() > 0
        }),
        (2, "taken off the list", has_removed_activity),
        (1, "of a kind of a newer version", |class| {
            let kinds = class.book.activities().held().kinds;
            kinds.iter().map(|(_, held)| held.times).sum::<u32>() < held(class).times
        }),
        (1, "two wrote different numbers", |class| {
            let mut conflicts = class.book.conflicts().iter();
            conflicts.any(|key| key.as_str().starts_with("activity/"))
        }),
        (4, "no counsellor", |class| {
            class.book.counsellor().get().is_none()
        }),
    ]);
    let counsellors = SCHOOL.iter().map(|class| class.book.counsellor());
    let counsellors: Vec<String> = counsellors.filter_map(|of| of.get().cloned()).collect();
    let several: BTreeSet<&String> = counsellors.iter().collect();
    assert!(several.len() > 5 && several.len() < counsellors.len());
    assert!(several.iter().all(|name| name.contains("示例")));
}

fn held(class: &Read) -> Held {
    class.book.activities().held().all
}

fn has_removed_activity(class: &Read) -> bool {
    let removed = |key: &Key| key.as_str().ends_with("/removed");
    class.ops.iter().any(|op| removed(&op.key))
}

#[test]
fn phones_write_without_seeing_each_other() {
    occur(&[
        (4, "conflicts", |class| !class.book.conflicts().is_empty()),
        (2, "the same from two, which is none", has_agreeing_rivals),
        (2, "replaced by an earlier clock", has_replaced_later_clock),
    ]);
}

/// A gap, and in how many of the 64 classes it is at the least.
type Gap = (usize, &'static str, fn(&Read) -> bool);

/// What is everywhere is no gap but a rule.
fn occur(gaps: &[Gap]) {
    for &(at_least, gap, has) in gaps {
        let found = SCHOOL.iter().filter(|class| has(class)).count();
        assert!((at_least..SCHOOL.len()).contains(&found), "{gap}: {found}");
    }
}

#[test]
fn one_to_three_phones_write_a_class_and_correct_what_they_wrote() {
    let phones: BTreeSet<usize> = SCHOOL.iter().map(Read::devices).collect();
    assert_eq!(phones, [1, 2, 3].into());
    let corrected = SCHOOL
        .iter()
        .filter(|class| class.ops.iter().any(|op| !op.pred.is_empty()));
    assert!(corrected.count() > 32);
}

#[test]
fn as_many_operations_as_asked_for_leave_every_number_as_it_was() {
    let (plain, long) = (files(6, 7, 0), files(6, 7, 12_001));
    assert_eq!(long.iter().map(|file| file.ops).sum::<usize>(), 12_001);
    for (plain, long) in plain.iter().zip(&long) {
        let (plain, long) = (Read::of(plain), Read::of(long));
        for measure in [
            Measure::Registered,
            Measure::RegionRight,
            Measure::PledgeSigned,
            Measure::NoticeReturned,
        ] {
            assert_eq!(plain.share(measure), long.share(measure));
        }
        assert_eq!(plain.book.conflicts(), long.book.conflicts());
        assert!(long.ops.iter().all(|op| op.hlc.time() < BACKUP));
    }
}

fn has_only_a_roster(class: &Read) -> bool {
    let of_roster = |op: &Op| {
        let parts = op.key.parts();
        ["class", "device", "student"].contains(&parts[0].as_str())
    };
    class.ops.iter().all(of_roster)
}

fn has_some_without_dorm(class: &Read) -> bool {
    !class.book.dorms().is_empty() && class.has_student(|student| student.dorm.get().is_none())
}

fn is_unable(student: &Student, has_reason: bool) -> bool {
    student.status.copied() == Some(Status::Unable) && student.reason.get().is_some() == has_reason
}

fn has_old_reason(student: &Student) -> bool {
    student.reason.get().is_some() && student.status.copied() != Some(Status::Unable)
}

fn is_partly_known(share: Share) -> bool {
    share.met > 0 && share.unknown > 0
}

fn has_some_dorms_inspected(class: &Read) -> bool {
    let left = today::uninspected_dorms(&class.book, &CONTENT.pack).len();
    (1..class.book.dorms().len()).contains(&left)
}

fn has_finding(class: &Read, verdict: Verdict) -> bool {
    let book = &class.book;
    let holds = |finding: &Finding| finding.verdict.copied() == Some(verdict);
    book.current_round().is_some_and(|round| {
        book.dorms().into_keys().any(|dorm| {
            let findings = book.findings(round, &Subject::Dorm(dorm.clone()));
            findings.is_some_and(|findings| findings.values().any(holds))
        })
    })
}

fn is_passed_at_retake(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Passed(results) => results.retake.is_some(),
        _ => false,
    }
}

fn has_open_attempt(class: &Read) -> bool {
    let is_open = |op: &Op| op.value.get("finished") == Some(&Value::Null);
    class.ops.iter().any(is_open)
}

fn has_agreeing_rivals(class: &Read) -> bool {
    let mut registers = class.registers.iter();
    registers.any(|(key, heads)| heads.len() > 1 && !class.book.conflicts().contains(key))
}

fn has_some_off_the_list(class: &Read) -> bool {
    let mut registers = class.registers.iter();
    registers.any(|(key, heads)| {
        key.as_str().ends_with("/listed") && heads[0].value == Value::Bool(false)
    })
}

/// Whoever takes the latest clock for the last word reads such a register wrong.
fn has_replaced_later_clock(class: &Read) -> bool {
    let clocks: BTreeMap<OpId, Hlc> = class.ops.iter().map(|op| (op.id, op.hlc)).collect();
    let goes_back = |op: &Op| op.pred.iter().any(|replaced| clocks[replaced] > op.hlc);
    class.ops.iter().any(goes_back)
}
