//! What taking a class over does to its book.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use wuzha_core::book::commands::{self, Mark, ProfileInput};
use wuzha_core::book::{Book, ProfileField, Status, Student, Verification};
use wuzha_core::ident::StudentNo;
use wuzha_core::ledger::{Cell, Source};
use wuzha_core::log::Op;
use wuzha_core::old_ledger::{
    ClassEffect, Counts, Differences, Effect, Fact, OWN_SHEET, OldClass, Outcome, Plan, Reading,
    affinity, plan, read,
};
use wuzha_core::roster::{Row, Table};
use wuzha_core::time::UtcOffset;

use super::understood;
use crate::support::{Desk, NOW, no, pack};

const ALL: usize = usize::MAX;

fn class(text: &str) -> OldClass {
    let mut classes = understood(text).classes.into_iter();
    classes.next().expect("a class")
}

fn kept(old: &OldClass, desk: &Desk) -> Plan {
    plan(old, Some(&desk.book), Differences::KeepBook, ALL)
}

fn taken(old: &OldClass, desk: &Desk) -> Plan {
    plan(old, Some(&desk.book), Differences::TakeLedger, ALL)
}

fn student<'a>(desk: &'a Desk, no: &StudentNo) -> &'a Student {
    desk.book.student(no).expect("a student")
}

fn register(desk: &mut Desk, no: &StudentNo, status: Status) {
    let changes = commands::register(&desk.book, no, status, Verification::InPerson);
    desk.write(changes);
}

#[test]
fn without_a_book_everything_is_new() {
    let old = class(
        "系部 | 班级 | 学号 | 姓名 | 寝室 | APP状态 | 承诺书
         示例系 | 软件2101 | 202100101 | 示例一 | 3-301 | 已注册 | 已签
         示例系 | 软件2101 | 202100102 | 示例二 | | | ",
    );
    let plan = plan(&old, None, Differences::KeepBook, ALL);
    let counts = Counts {
        new: 2,
        ..Counts::default()
    };
    assert_eq!(plan.counts, counts);
    let mut desk = Desk::new(1);
    desk.write(plan.changes);
    assert_eq!(desk.book.class_name(), "软件2101");
    assert_eq!(desk.book.profile.department.get().unwrap(), "示例系");
    assert_eq!(
        desk.book.profile.campaign_start.get(),
        None,
        "no day is made up"
    );
    let first = student(&desk, &"202100101".try_into().unwrap());
    assert_eq!(first.status.copied(), Some(Status::Registered));
    assert_eq!(first.pledge.copied(), Some(true));
    let second = student(&desk, &"202100102".try_into().unwrap());
    assert!(second.is_listed());
    assert_eq!(second.status.get(), None);
    assert_eq!(second.pledge.get(), None, "an empty cell is not 否");
}

#[test]
fn a_number_that_the_book_knows_under_another_name_takes_nothing_by_itself() {
    let desk = Desk::with_class(1, 2);
    let known = student(&desk, &no(1, 1))
        .name
        .get()
        .expect("a name")
        .clone();
    let row = |name: &str| {
        class(&format!(
            "学号 | 姓名 | APP状态 | 承诺书\n{} | {name} | 已注册 | 已签",
            no(1, 1)
        ))
    };
    let plan = kept(&row("示例另名"), &desk);
    assert_eq!(plan.counts.differing, 1);
    let name = Effect::Differs {
        from: Some(Fact::Name(known.clone())),
        to: Fact::Name("示例另名".try_into().expect("a name")),
    };
    assert_eq!(
        plan.lines[0].effects,
        [name],
        "and nothing that another person signed"
    );
    assert_eq!(plan.changes, []);
    let spaced = format!(" {known} ");
    assert_eq!(kept(&row(&spaced), &desk).counts.filled, 1, "the same name");
    let all = taken(&row("示例另名"), &desk);
    assert!(
        all.lines[0].effects.len() > 1,
        "a person has said that the ledger is right"
    );
}

#[test]
fn a_status_of_which_nobody_says_how_it_was_verified_is_the_students_own_word() {
    let old = class("学号 | 姓名 | APP状态\n202100101 | 示例一 | 已注册");
    let mut desk = Desk::new(1);
    let changes = kept(&old, &desk).changes;
    desk.write(changes);
    let verified = student(&desk, &old.students[0].person.no).verified.copied();
    assert_eq!(verified, Some(Verification::SelfReported));
}

#[test]
fn what_the_book_does_not_know_is_filled_and_what_it_knows_stays() {
    let mut desk = Desk::with_class(1, 3);
    register(&mut desk, &no(1, 1), Status::WarningOn);
    desk.write(commands::mark(&no(1, 2), Mark::Pledge, Some(true)));
    let old = class(
        "学号 | 姓名 | APP状态 | 承诺书
         202100101 | 示例11 | 已注册 | 已签
         202100102 | 示例12 | 已注册 | 已签
         202100104 | 示例14 | |",
    );
    let plan = kept(&old, &desk);
    let counts = Counts {
        new: 1,
        filled: 1,
        differing: 1,
        absent: 1,
        ..Counts::default()
    };
    assert_eq!(plan.counts, counts);
    assert_eq!(plan.absent, [(no(1, 3), "示例13".try_into().unwrap())]);
    let outcomes: Vec<_> = plan.lines.iter().map(|line| line.outcome).collect();
    assert_eq!(outcomes, [Outcome::Differs, Outcome::New, Outcome::Fills]);
    let differs = |from: Fact, to: Fact| Effect::Differs {
        from: Some(from),
        to,
    };
    assert_eq!(
        plan.lines[0].effects,
        [
            differs(
                Fact::Status(Status::WarningOn),
                Fact::Status(Status::Registered)
            ),
            differs(
                Fact::Verification(Verification::InPerson),
                Fact::Verification(Verification::SelfReported)
            ),
            Effect::Fills(Fact::Mark(Mark::Pledge, true)),
        ]
    );
    desk.write(plan.changes);
    let first = student(&desk, &no(1, 1));
    assert_eq!(first.status.copied(), Some(Status::WarningOn));
    assert_eq!(first.verified.copied(), Some(Verification::InPerson));
    assert_eq!(first.pledge.copied(), Some(true));
    assert!(student(&desk, &no(1, 3)).is_listed(), "nobody is deleted");
}

#[test]
fn a_person_may_take_the_ledgers_facts_for_all() {
    let mut desk = Desk::with_class(1, 1);
    register(&mut desk, &no(1, 1), Status::WarningOn);
    let old = class(
        "学号 | 姓名 | 寝室 | APP状态
         202100101 | 示例甲 | 5-501 | 老年机",
    );
    let changes = taken(&old, &desk).changes;
    desk.write(changes);
    let first = student(&desk, &no(1, 1));
    assert_eq!(first.name_text(), "示例甲");
    assert_eq!(first.dorm.get().unwrap().as_str(), "5-501");
    assert_eq!(first.status.copied(), Some(Status::Unable));
    assert_eq!(first.verified.copied(), Some(Verification::SelfReported));
    assert_eq!(first.reason.get().unwrap(), "老年机");
}

#[test]
fn a_reason_stays_away_with_the_status_that_it_explains() {
    let mut desk = Desk::with_class(1, 1);
    register(&mut desk, &no(1, 1), Status::Registered);
    let old = class("学号 | 姓名 | APP状态\n202100101 | 示例11 | 老年机");
    let changes = kept(&old, &desk).changes;
    desk.write(changes);
    assert_eq!(student(&desk, &no(1, 1)).reason.get(), None);
}

#[test]
fn who_was_taken_off_the_list_stays_off_it() {
    let mut desk = Desk::with_class(1, 2);
    desk.write(commands::unlist(&no(1, 1)));
    let old = class(
        "学号 | 姓名 | 承诺书
         202100101 | 示例11 | 是
         202100102 | 示例12 | ",
    );
    let plan = taken(&old, &desk);
    assert_eq!((plan.counts.off_list, plan.counts.same), (1, 1));
    assert_eq!(plan.lines[0].outcome, Outcome::OffList);
    assert_eq!(plan.changes, []);
    assert_eq!(affinity(&old, &desk.book), 1);
}

#[test]
fn a_conflict_waits_for_a_person() {
    let mut desk = Desk::with_class(1, 1);
    let mut other = Desk::new(2);
    let ops = other.write(commands::mark(&no(1, 1), Mark::Pledge, Some(false)));
    desk.write(commands::mark(&no(1, 1), Mark::Pledge, None));
    desk.receive(&ops);
    let old = class("学号 | 姓名 | 承诺书\n202100101 | 示例11 | 是");
    let plan = kept(&old, &desk);
    assert_eq!(plan.counts.differing, 1);
    assert_eq!(plan.changes, []);
}

#[test]
fn a_class_is_told_by_its_people_and_keeps_its_name() {
    let mut desk = Desk::with_class(1, 2);
    let profile = ProfileInput {
        name: "软件一班".into(),
        ..ProfileInput::default()
    };
    desk.write(commands::name_class(&desk.book, &profile));
    let old = class(
        "系部 | 班级 | 学号 | 姓名
         示例系 | 软件 2101 | 202100101 | 示例11
         示例系 | 软件 2101 | 202100109 | 示例19",
    );
    assert_eq!(affinity(&old, &desk.book), 1);
    let plan = kept(&old, &desk);
    let effect = |field, from: Option<&str>, to: &str| ClassEffect {
        field,
        from: from.map(str::to_owned),
        to: to.into(),
    };
    assert_eq!(
        plan.class,
        [
            effect(ProfileField::Department, None, "示例系"),
            effect(ProfileField::Name, Some("软件一班"), "软件 2101"),
        ]
    );
    desk.write(plan.changes);
    assert_eq!(desk.book.class_name(), "软件一班");
    assert_eq!(desk.book.profile.department.get().unwrap(), "示例系");
    let changes = taken(&old, &desk).changes;
    desk.write(changes);
    assert_eq!(desk.book.class_name(), "软件 2101");
}

#[test]
fn the_preview_is_as_long_as_asked_for_and_the_counts_are_of_all() {
    let desk = Desk::with_class(2, 3);
    let rows: String = (10..40).map(|n| format!("20219{n} | 示例 | \n")).collect();
    let old = class(&format!("学号 | 姓名 | 承诺书\n{rows}"));
    let plan = plan(&old, Some(&desk.book), Differences::KeepBook, 4);
    assert_eq!((plan.lines.len(), plan.absent.len()), (4, 4));
    assert_eq!((plan.counts.new, plan.counts.absent), (30, 6));
}

#[test]
fn a_ledger_and_its_plan_cross_to_a_worker_and_back() {
    let mut desk = Desk::with_class(1, 2);
    register(&mut desk, &no(1, 1), Status::WarningOn);
    let ledger = understood(
        "学号 | 姓名 | APP状态 | 地区 | 身份证号
         202100101 | 示例甲 | 老年机 | 示例 |
         2021/00103 | 示例13 | | |",
    );
    let bytes = postcard::to_allocvec(&ledger).unwrap();
    assert_eq!(postcard::from_bytes(&bytes), Ok(ledger.clone()));
    let plan = taken(&ledger.classes[0], &desk);
    let bytes = postcard::to_allocvec(&plan).unwrap();
    assert_eq!(postcard::from_bytes(&bytes), Ok(plan));
}

/// The 学生台账 of a book as a reader of files gives it.
fn exported(desk: &Desk) -> Table {
    let source = Source {
        book: &desk.book,
        pack: &pack(),
        bank: None,
        cutoff: NOW,
        offset: UtcOffset::CHINA,
    };
    let ledgers = source.workbook().ledgers.into_iter();
    let mut sheets = ledgers.filter(|ledger| ledger.name == OWN_SHEET);
    let ledger = sheets.next().expect("the students' sheet");
    let headings = ledger.columns.into_iter().map(|column| column.heading);
    let rows = ledger.rows.into_iter().map(|row| row.into_iter().map(text));
    let rows = std::iter::once(headings.collect()).chain(rows.map(Iterator::collect));
    Table {
        rows: (1..).zip(rows).map(|(at, row)| Row::new(at, row)).collect(),
    }
}

fn text(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Unknown => "未知".into(),
        Cell::Text(text) => text,
        Cell::Time(time) => time.to_minute_text(UtcOffset::CHINA),
        other => panic!("{other:?} is not in this sheet"),
    }
}

/// What a random book or file says of a student.
#[derive(Clone, Debug)]
struct Said {
    status: Option<Status>,
    verification: Verification,
    reason: Option<String>,
    marks: [Option<bool>; 3],
}

const MARKS: [Mark; 3] = [Mark::Region, Mark::Pledge, Mark::Notice];

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn said() -> impl Strategy<Value = Said> {
    let marks = proptest::array::uniform3(any::<Option<bool>>());
    let reason = proptest::option::of("[示例 a0]{0,210}");
    (
        proptest::option::of(one_of(Status::ALL)),
        one_of(Verification::ALL),
        reason,
        marks,
    )
        .prop_map(|(status, verification, reason, marks)| Said {
            status,
            verification,
            reason,
            marks,
        })
}

fn record(desk: &mut Desk, no: &StudentNo, said: &Said) -> Vec<Op> {
    let mut changes = Vec::new();
    if let Some(status) = said.status {
        changes = commands::register(&desk.book, no, status, said.verification);
    }
    if let Some(reason) = &said.reason {
        changes.extend(commands::set_reason(&desk.book, no, reason));
    }
    for (mark, yes) in MARKS.into_iter().zip(said.marks) {
        changes.extend(commands::mark(no, mark, yes));
    }
    desk.write(changes)
}

/// What a book shows of its students, in comparable form.
fn shown(book: &Book) -> Vec<String> {
    let student = |(no, student): (&StudentNo, &Student)| {
        format!(
            "{no} {:?} {:?} {:?} {:?} {:?} {:?}",
            student.name.get(),
            student.dorm.get(),
            student.status.get(),
            student.status.get().and(student.verified.get()),
            student.reason.get(),
            MARKS.map(|mark| mark.of(student)),
        )
    };
    book.students().map(student).collect()
}

/// A file of words from old ledgers, understood and not, over the numbers of [`Desk::with_class`] and more.
fn file() -> impl Strategy<Value = String> {
    let word = one_of(&[
        "是",
        "否",
        "√",
        "×",
        "",
        "未知",
        "已注册",
        "未注册",
        "已安装未注册",
        "未安装",
        "预警已开启",
        "老年机",
        "本人不同意",
        "已签",
        "未交",
        "正确",
        "选错",
        "示例",
    ]);
    let row = (
        1..4u32,
        1..4u32,
        one_of(&["示例", "示例甲"]),
        proptest::array::uniform5(word),
    );
    proptest::collection::vec(row, 1..9).prop_map(|rows| {
        let lines = rows.into_iter().map(|(dorm, bed, name, words)| {
            let [app, registered, region, pledge, notice] = words;
            let no = no(dorm, bed);
            format!("软件2101 | {no} | {name} | {dorm}-10{bed} | {app} | {registered} | {region} | {pledge} | {notice}\n")
        });
        let headings = "班级 | 学号 | 姓名 | 寝室 | APP状态 | 是否注册 | 地区 | 承诺书 | 家长回执\n";
        headings.to_owned() + &lines.collect::<String>()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        rng_seed: RngSeed::Fixed(20211230),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn our_own_ledger_in_an_empty_book_says_the_same(students in proptest::collection::vec(said(), 6)) {
        let mut desk = Desk::with_class(2, 3);
        let profile = ProfileInput {
            school: String::new(),
            department: "示例系".into(),
            grade: "2021级".into(),
            name: "软件2101".into(),
        };
        desk.write(commands::name_class(&desk.book, &profile));
        let places = (1..=2).flat_map(|dorm| (1..=3).map(move |bed| no(dorm, bed)));
        for (no, said) in places.zip(&students) {
            record(&mut desk, &no, said);
        }
        let ledger = read(&exported(&desk), &Reading::default()).unwrap();
        prop_assert_eq!(&ledger.unread, &[]);
        prop_assert_eq!(ledger.classes.len(), 1);
        let mut copy = Desk::new(2);
        let changes = plan(&ledger.classes[0], None, Differences::KeepBook, 0).changes;
        copy.write(changes);
        prop_assert_eq!(shown(&copy.book), shown(&desk.book));
        prop_assert_eq!(copy.book.class_name(), desk.book.class_name());
        let back = plan(&ledger.classes[0], Some(&desk.book), Differences::TakeLedger, 0);
        prop_assert_eq!(back.changes, []);
    }

    #[test]
    fn taking_a_ledger_over_twice_adds_nothing(
        file in file(),
        students in proptest::collection::vec(said(), 4),
        unseen in proptest::collection::vec(said(), 2),
        takes in any::<bool>(),
    ) {
        let old = class(&file);
        let mut desk = Desk::with_class(2, 2);
        let mut other = Desk::new(2);
        let places = (1..=2).flat_map(|dorm| (1..=2).map(move |bed| no(dorm, bed)));
        for (no, said) in places.clone().zip(&students) {
            record(&mut desk, &no, said);
        }
        // A second phone that has not seen what the first wrote.
        for (no, said) in places.zip(&unseen) {
            let ops = record(&mut other, &no, said);
            desk.receive(&ops);
        }
        let differences = match takes {
            true => Differences::TakeLedger,
            false => Differences::KeepBook,
        };
        let first = plan(&old, Some(&desk.book), differences, ALL);
        let before = desk.book.clone();
        desk.write(first.changes);
        let second = plan(&old, Some(&desk.book), differences, ALL);
        prop_assert_eq!(second.changes, []);
        if differences == Differences::KeepBook {
            for (no, student) in before.students() {
                let now = desk.book.student(no).unwrap();
                prop_assert!(student.status.get().is_none() || student.status == now.status);
                prop_assert!(student.pledge.get().is_none() || student.pledge == now.pledge);
            }
        }
    }
}
