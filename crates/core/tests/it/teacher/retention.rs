//! What has been kept long enough is due; of what was erased a certificate stays, without persons.

use wuzha_core::desk::note_erasure;
use wuzha_core::report::Body;
use wuzha_core::retention::{
    ErasedClass, ErasureCertificate, ErasureReason, KeptClass, KeptMonths, RetentionRule, Today,
    due,
};
use wuzha_core::time::{UnixMillis, UtcOffset};

use super::{Log, NOW, day};

const DAY: u64 = 24 * 60 * 60_000;

fn kept(last_record: Option<UnixMillis>) -> KeptClass {
    KeptClass {
        class: "软件2101班（示例）".to_owned(),
        last_record,
        students: 45,
        records: 1200,
    }
}

/// The campaign ended on 31 August 2021; records are kept for six months.
fn due_on(text: &str, classes: &[KeptClass]) -> Vec<(usize, String)> {
    let rule = RetentionRule {
        campaign_end: day("2021-08-31"),
        months: KeptMonths::default(),
    };
    let today = Today {
        day: day(text),
        offset: UtcOffset::CHINA,
    };
    let due = due(classes, rule, today);
    due.iter()
        .map(|due| (due.at, due.since.to_string()))
        .collect()
}

#[test]
fn a_class_is_due_months_after_the_campaign_or_after_its_last_record() {
    let before_its_end = UnixMillis(NOW.0 - 200 * DAY);
    let classes = [kept(Some(NOW)), kept(Some(before_its_end)), kept(None)];
    assert_eq!(due_on("2022-02-27", &classes), []);
    let first = [(1, "2022-02-28".to_owned()), (2, "2022-02-28".to_owned())];
    assert_eq!(due_on("2022-02-28", &classes), first);
    // The last record is of 27 December.
    assert_eq!(due_on("2022-06-26", &classes), first);
    let all = [first.as_slice(), &[(0, "2022-06-27".to_owned())]].concat();
    assert_eq!(due_on("2022-06-27", &classes), all);
}

#[test]
fn a_record_from_a_wrong_clock_keeps_nothing_for_ever() {
    let from_2100 = UnixMillis(4_102_444_800_000);
    let classes = [kept(Some(from_2100)), kept(Some(UnixMillis(u64::MAX)))];
    assert_eq!(due_on("2022-03-01", &classes).len(), 2);
}

fn certificate() -> ErasureCertificate {
    let class = |class: &str, students, records| ErasedClass {
        class: class.to_owned(),
        students,
        records,
    };
    ErasureCertificate {
        unit: "软件系（示例）".to_owned(),
        classes: vec![
            class("软件2101班（示例）", 45, 1200),
            class("软件2102班（示例）", 40, 900),
        ],
        reason: ErasureReason::Expired,
        at: NOW,
        offset: UtcOffset::CHINA,
    }
}

#[test]
fn the_number_follows_from_the_content_alone() {
    let number = certificate().number();
    assert!(number.starts_with("20211227-"), "{number}");
    assert_eq!(certificate().number(), number);
    let mut fewer = certificate();
    fewer.classes.pop();
    let mut requested = certificate();
    requested.reason = ErasureReason::Requested;
    let mut later = certificate();
    later.at = UnixMillis(NOW.0 + 1);
    for other in [fewer, requested, later] {
        assert_ne!(other.number(), number);
    }
}

#[test]
fn the_document_says_what_was_erased_by_which_rule_and_what_is_not_reached() {
    let certificate = certificate();
    let report = certificate.report();
    let texts: Vec<&str> = report.texts().map(|(_, text)| text).collect();
    let texts = texts.join("\n");
    for said in [
        "个人信息清除证明",
        &certificate.number(),
        "保存期限届满",
        "个人信息保护法第四十七条第一款第二项",
        "2个班级",
        "85人",
        "2100条",
        "须分别清除",
        "2021年12月27日",
    ] {
        assert!(texts.contains(said), "{said} in {texts}");
    }
    let sections = report.sections.iter();
    let mut bodies = sections
        .flat_map(|section| &section.paragraphs)
        .map(|p| &p.body);
    assert!(bodies.any(|body| *body == Body::Table(certificate.ledger())));
}

#[test]
fn the_desk_remembers_that_something_was_erased_and_not_of_whom() {
    let mut log = Log::new(9);
    log.write(note_erasure(&certificate()));
    let desk = log.desk();
    let [note] = desk.erasures() else {
        panic!("one note");
    };
    assert_eq!(note.certificate, certificate().number());
    assert_eq!((note.classes, note.students, note.records), (2, 85, 2100));
    assert_eq!((note.reason, note.at), (ErasureReason::Expired, NOW));
    let written = format!("{:?}", log.ops);
    assert!(!written.contains("软件"), "{written}");
}
