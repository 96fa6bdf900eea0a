use std::collections::BTreeSet;

use wuzha_core::award::{Awards, Candidate, ClassMark, Decision, Reason};
use wuzha_core::book::commands;
use wuzha_core::desk::{self, Again, Desk, RoundId, RoundTitle, Snapshot};
use wuzha_core::log::Op;
use wuzha_core::measure::Share;
use wuzha_core::pack::{Level, PackFile, PackFiles};
use wuzha_core::report::{Confirmed, ReportSource, Reporter, SummaryInput, work_summary};
use wuzha_core::time::UtcOffset;

use super::{awards, decided, mark};
use crate::support::{Desk as Phone, NOW, no, pack};

const ID: RoundId = RoundId(NOW);

fn files() -> PackFiles {
    [
        (
            PackFile::Campaign,
            include_str!("../../../../../content/default/campaign.json"),
        ),
        (
            PackFile::Checklists,
            include_str!("../../../../../content/default/checklists.json"),
        ),
        (
            PackFile::Criteria,
            include_str!("../../../../../content/default/criteria.json"),
        ),
    ]
    .map(|(file, text)| (file, text.to_owned()))
    .into_iter()
    .collect()
}

/// Freezes how the classes stand into the desk's log.
fn freeze(own: &mut Phone, phones: &[&Phone], log: &mut Vec<Op>) {
    let seen = |phone: &&Phone| {
        (
            BTreeSet::from([mark(phone)]),
            phone.registers.seen().clone(),
        )
    };
    let snapshot = Snapshot {
        pack: files(),
        offset: UtcOffset::CHINA,
        seen: phones.iter().map(seen).collect(),
        desk: own.registers.seen().clone(),
        awards: awards(phones, log),
    };
    let title = RoundTitle {
        title: "2021年冬季第一轮（示例）".into(),
        school: "示例学院".into(),
        issuer: "安保中心（示例）".into(),
    };
    log.extend(own.write(desk::freeze(ID, &title, &snapshot).unwrap()));
}

/// Makes the round again from `ops` of each class.
fn again(own: &Phone, log: &[Op], classes: &[(&Phone, Vec<Op>)]) -> desk::Rebuilt {
    let snapshot = Snapshot::read(&own.registers, ID).unwrap();
    let pack = snapshot.pack().unwrap();
    let desk = snapshot.desk_then(log);
    let made = classes.iter().filter_map(|(phone, ops)| {
        let mark = mark(phone);
        snapshot.class_again(&mark, ops, &pack, &desk)
    });
    snapshot.compare(&Awards::of(made.collect(), &pack, &desk))
}

/// A class with all it wrote, and what it wrote after the round was frozen.
fn written(device: u8, name: &str) -> (Phone, Vec<Op>) {
    let mut phone = Phone::new(device);
    let mut ops = Vec::new();
    let profile = commands::ProfileInput {
        name: name.into(),
        department: "软件系（示例）".into(),
        ..Default::default()
    };
    let rows = [(1, 1), (1, 2)].map(|(dorm, bed)| crate::support::student(dorm, bed));
    ops.extend(phone.write(commands::import(&phone.book, &rows)));
    let today = NOW.date(UtcOffset::CHINA).unwrap();
    ops.extend(phone.write(commands::set_profile(&phone.book, &profile, today)));
    (phone, ops)
}

fn refuse(own: &mut Phone, candidate: &Candidate) -> Vec<Op> {
    let reason = Reason::try_from("后来发现（示例）".to_owned()).unwrap();
    own.write(desk::decide(candidate, Decision::Refused, &reason))
}

#[test]
fn a_frozen_round_is_made_again_whatever_was_recorded_and_decided_since() {
    let (mut phone, mut ops) = written(1, "软件2101班（示例）");
    let candidate = Candidate::Class(mark(&phone));
    let (mut own, mut log) = decided(&[(candidate.clone(), Decision::Given)]);
    freeze(&mut own, &[&phone], &mut log);
    ops.extend(phone.write(commands::unlist(&no(1, 1))));
    log.extend(refuse(&mut own, &candidate));
    assert!(Desk::fold(&log).reviews(&candidate).len() == 2);

    let rebuilt = again(&own, &log, &[(&phone, ops)]);
    let expected = vec![("软件2101班（示例）".to_owned(), Again::Same)];
    assert_eq!(rebuilt.classes, expected);
    assert_eq!(rebuilt.units, Again::Same);
}

#[test]
fn operations_that_are_gone_are_told_and_not_taken_for_a_change() {
    let (phone, ops) = written(1, "软件2101班（示例）");
    let (mut own, mut log) = decided(&[]);
    freeze(&mut own, &[&phone], &mut log);
    let short = ops.iter().skip(1).cloned().collect();
    let rebuilt = again(&own, &log, &[(&phone, short)]);
    assert_eq!(
        rebuilt.classes,
        [("软件2101班（示例）".to_owned(), Again::Gone)]
    );
    assert_eq!(rebuilt.units, Again::Different);
}

#[test]
fn what_was_published_otherwise_than_the_records_say_is_found_out() {
    let (phone, mut ops) = written(1, "软件2101班（示例）");
    let (mut own, mut log) = decided(&[]);
    freeze(&mut own, &[&phone], &mut log);
    // The same number with another content: a forged log.
    if let Some(op) = ops.iter_mut().find(|op| op.key.as_str().ends_with("/name")) {
        op.key = wuzha_core::log::Key::new("student", &["2021019999"], "name");
    }
    let rebuilt = again(&own, &log, &[(&phone, ops)]);
    assert_eq!(
        rebuilt.classes,
        [("软件2101班（示例）".to_owned(), Again::Different)]
    );
}

#[test]
fn a_round_is_listed_with_its_counts_and_its_certificates() {
    let (phone, _) = written(1, "软件2101班（示例）");
    let (mut own, mut log) = decided(&[(Candidate::Class(mark(&phone)), Decision::Given)]);
    freeze(&mut own, &[&phone], &mut log);
    let cards = desk::rounds(&own.registers);
    let [card] = cards.as_slice() else {
        panic!("one round");
    };
    assert_eq!(card.id, ID);
    assert_eq!(card.title.school, "示例学院");
    let one_met = Share {
        met: 1,
        ..Share::default()
    };
    assert_eq!(card.classes, one_met);
    let snapshot = Snapshot::read(&own.registers, ID).unwrap();
    let names = |level| {
        let given = desk::awarded(&snapshot.awards, level);
        given.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(names(Level::Class), ["软件2101班（示例）"]);
    assert_eq!(names(Level::Dorm), Vec::<String>::new());

    let of = |level| desk::certificates(card, &snapshot.awards, &pack(), level, UtcOffset::CHINA);
    let certificate = desk::Certificate {
        school: "示例学院".into(),
        to: "软件系（示例） 软件2101班（示例）".into(),
        award: "无诈班级".into(),
        body: "在防范电信网络诈骗创建活动（2021年冬季第一轮（示例））中，经评定，授予".into(),
        number: "202112271905-B001".into(),
        issuer: "安保中心（示例）".into(),
        date: "2021年12月27日".into(),
    };
    assert_eq!(of(Level::Class), [certificate]);
    assert_eq!(of(Level::Dorm), []);
}

#[test]
fn a_work_summary_says_what_a_round_gave_to_those_whom_it_is_about() {
    let (phone, _) = written(1, "软件2101班（示例）");
    let (mut own, mut log) = decided(&[(Candidate::Class(mark(&phone)), Decision::Given)]);
    freeze(&mut own, &[&phone], &mut log);
    let card = desk::rounds(&own.registers).remove(0);
    let awards = Snapshot::read(&own.registers, ID).unwrap().awards;
    let said = |reporter: &Reporter, marks: &[ClassMark], cases| {
        let marks = marks.iter().cloned().collect();
        let confirmed = Confirmed::of(&card, &awards, reporter, &marks, UtcOffset::CHINA);
        let pack = pack();
        let source = ReportSource {
            author: reporter.author(),
            unit: "示例",
            pack: &pack,
            classes: &[],
            cutoff: NOW,
            offset: UtcOffset::CHINA,
        };
        let input = SummaryInput {
            confirmed: Some(&confirmed),
            cases,
        };
        let report = work_summary(&source, &input);
        let text = |id: &str| {
            let mut texts = report.texts();
            let found = texts.find(|(named, _)| *named == id);
            found.map(|(_, text)| text.to_owned()).unwrap()
        };
        (text("awards-confirmed"), text("awards-cases"))
    };
    let cases = [("刷单返利".to_owned(), 2)];
    let (confirmed, told) = said(&Reporter::SecurityOffice, &[mark(&phone)], Some(&cases[..]));
    assert_eq!(
        confirmed,
        "经2021年冬季第一轮（示例）（2021年12月27日）核定：“无诈寝室”0间；“无诈班级”1个（软件2101班（示例））；“无诈系部”0个；学校未达到“无诈学校”条件。"
    );
    assert!(
        told.starts_with("本期登记电信网络诈骗案件2起，按类型为刷单返利2起。"),
        "{told}"
    );
    assert!(told.contains("【请填写：损失情况"), "{told}");
    let (confirmed, _) = said(&Reporter::Department(None), &[mark(&phone)], None);
    assert!(
        confirmed.ends_with("；【请填写：“无诈系部”的创建结果】。"),
        "which one reports is not known: {confirmed}"
    );
    let (confirmed, told) = said(&Reporter::Teacher, &[], Some(&cases[..]));
    assert!(
        confirmed.ends_with("“无诈寝室”0间；“无诈班级”0个。"),
        "another's class: {confirmed}"
    );
    assert!(
        !told.contains("刷单"),
        "a type would point at a person: {told}"
    );
}
