//! A case counts when it is verified, unless it was stopped or reported in time; it names nobody.

use wuzha_core::desk::{
    CaseFacts, CaseField, CasePolicy, CaseStatus, CaseTally, CasesOf, Channel, ClockTime, Course,
    ReportDays, Spared, Treatment, Weighing, correct_case, counts_against, record_case, set_policy,
};
use wuzha_core::log::Op;

use super::{Log, day, facts, id, later, marks, words};

fn weighed(change: impl FnOnce(&mut CaseFacts)) -> Weighing {
    let mut facts = facts();
    change(&mut facts);
    counts_against(&facts, &CasePolicy::default())
}

#[test]
fn a_time_of_day_is_read_as_it_is_written() {
    for text in ["00:00", "19:05", "23:59"] {
        let time = ClockTime::parse(text);
        assert_eq!(time.map(ClockTime::to_text).as_deref(), Some(text));
    }
    for text in ["", "19", "24:00", "19:60", "-1:00", "19:05:00"] {
        assert_eq!(ClockTime::parse(text), None, "{text}");
    }
}

#[test]
fn a_case_is_read_as_it_was_entered() {
    let mut log = Log::new(9);
    let mut full = facts();
    full.time = ClockTime::try_from(19 * 60 + 5).ok();
    full.reported_school = Some(day("2021-12-21"));
    full.reported_police = Some(day("2021-12-22"));
    full.follow_up = words("已谈话，已联系家长");
    full.lessons = words("先垫付的都是诈骗");
    log.write(record_case(&id(0), &full));
    log.write_at(later(1), record_case(&id(1), &facts()));
    let desk = log.desk();
    let read: Vec<_> = desk
        .cases()
        .iter()
        .map(|case| (&case.id, &case.facts))
        .collect();
    assert_eq!(read, [(&id(0), &full), (&id(1), &facts())]);
    assert_eq!(full.time.map(ClockTime::to_text).as_deref(), Some("19:05"));
}

#[test]
fn a_correction_writes_what_changed_and_leaves_the_rest_to_be_read() {
    let mut log = Log::new(9);
    log.write(record_case(&id(0), &facts()));
    let before = log.ops.len();
    let mut closed = facts();
    closed.status = CaseStatus::Closed;
    closed.department = None;
    let desk = log.desk();
    let [case] = desk.cases() else {
        panic!("one case");
    };
    assert_eq!(correct_case(case, &case.facts), []);
    log.write_at(later(5), correct_case(case, &closed));
    let written: Vec<&str> = log
        .ops
        .iter()
        .skip(before)
        .map(|op| op.key.as_str())
        .collect();
    let prefix = format!("case/{}", id(0));
    assert_eq!(
        written,
        [format!("{prefix}/department"), format!("{prefix}/status")]
    );
    let desk = log.desk();
    assert_eq!(desk.cases().first().map(|case| &case.facts), Some(&closed));
}

#[test]
fn two_who_did_not_see_each_other_are_told_so_and_a_correction_settles_it() {
    let (mut one, mut other) = (Log::new(8), Log::new(9));
    one.write(record_case(&id(0), &facts()));
    other.receive(&one);
    let corrected = |log: &Log, channel| {
        let desk = log.desk();
        let case = desk.cases().first().expect("a case").clone();
        let facts = CaseFacts {
            channel,
            ..case.facts.clone()
        };
        correct_case(&case, &facts)
    };
    one.write_at(later(1), corrected(&one, Channel::Sms));
    other.write_at(later(2), corrected(&other, Channel::Phone));
    one.receive(&other);
    let contested = |log: &Log| {
        let desk = log.desk();
        let case = desk.cases().first().expect("a case").clone();
        (case.facts.channel, case.contested)
    };
    assert_eq!(contested(&one), (Channel::Phone, vec![CaseField::Channel]));
    one.write_at(later(3), corrected(&one, Channel::Phone));
    assert_eq!(contested(&one), (Channel::Phone, vec![]));
}

#[test]
fn whether_it_counts_follows_from_what_is_verified() {
    let at = |text| Some(day(text));
    let reported = Weighing::Spared(Spared::ReportedInTime);
    assert_eq!(weighed(|_| {}), Weighing::Counts);
    assert_eq!(
        weighed(|case| case.status = CaseStatus::Closed),
        Weighing::Counts
    );
    assert_eq!(
        weighed(|case| case.status = CaseStatus::Entered),
        Weighing::Open
    );
    assert_eq!(
        weighed(|case| case.status = CaseStatus::Unfounded),
        Weighing::Spared(Spared::Unfounded)
    );
    assert_eq!(
        weighed(|case| case.course = Course::Stopped),
        Weighing::Spared(Spared::Stopped)
    );
    assert_eq!(
        weighed(|case| case.reported_school = at("2021-12-23")),
        reported
    );
    assert_eq!(
        weighed(|case| case.reported_police = at("2021-12-23")),
        reported
    );
    assert_eq!(
        weighed(|case| case.reported_police = at("2021-12-24")),
        Weighing::Counts
    );
    assert_eq!(
        weighed(|case| {
            case.reported_police = at("2021-12-30");
            case.reported_school = at("2021-12-20");
        }),
        reported,
        "one of the two is enough"
    );
    // What is not verified yet neither counts nor clears, whatever is said of it.
    assert_eq!(
        weighed(|case| {
            case.status = CaseStatus::Entered;
            case.course = Course::Stopped;
        }),
        Weighing::Open
    );
}

#[test]
fn the_school_s_rule_is_kept_in_the_log_and_decides() {
    let mut log = Log::new(9);
    let stopped = CaseFacts {
        course: Course::Stopped,
        ..facts()
    };
    let late = CaseFacts {
        reported_school: Some(day("2021-12-25")),
        ..facts()
    };
    let old = CaseFacts {
        day: day("2020-12-20"),
        ..facts()
    };
    for (minute, facts) in [(0, &stopped), (1, &late), (2, &old)] {
        log.write_at(later(minute), record_case(&id(minute), facts));
    }
    assert_eq!(log.desk().case_policy(), &CasePolicy::default());
    assert_eq!(log.desk().counting_cases(&marks(&[1])), 2);
    let rule = CasePolicy {
        since: Some(day("2021-12-01")),
        days: ReportDays::try_from(7).expect("a week"),
        reported_in_time: Treatment::Spared,
        stopped: Treatment::Counted,
    };
    log.write(set_policy(&rule));
    assert_eq!(log.desk().case_policy(), &rule);
    let tally = CaseTally {
        counting: 1,
        spared: 2,
        open: 0,
    };
    assert_eq!(log.desk().case_tally(CasesOf::School), tally);
}

#[test]
fn a_class_a_department_and_the_school_each_have_theirs() {
    let mut log = Log::new(9);
    let other = CaseFacts {
        class: None,
        department: Some(words("财会系（示例）")),
        ..facts()
    };
    let open = CaseFacts {
        status: CaseStatus::Entered,
        ..facts()
    };
    for (minute, facts) in [(0, &facts()), (1, &other), (2, &open)] {
        log.write_at(later(minute), record_case(&id(minute), facts));
    }
    let desk = log.desk();
    let tally = |of: CasesOf<'_>| {
        let tally = desk.case_tally(of);
        (tally.counting, tally.spared, tally.open)
    };
    assert_eq!(tally(CasesOf::Class(&marks(&[1, 5]))), (1, 0, 1));
    assert_eq!(tally(CasesOf::Class(&marks(&[5]))), (0, 0, 0));
    assert_eq!(tally(CasesOf::Department("软件系（示例）")), (1, 0, 1));
    assert_eq!(tally(CasesOf::School), (2, 0, 1));
}

#[test]
fn what_a_newer_version_wrote_never_makes_a_case_count() {
    let mut log = Log::new(9);
    log.write(record_case(&id(0), &facts()));
    let newer = |op: &Op| {
        let mut op = op.clone();
        if op.key.as_str().ends_with("/status") {
            op.value = "appealed".into();
        }
        op
    };
    log.ops = log.ops.iter().map(newer).collect();
    let tally = CaseTally {
        counting: 0,
        spared: 0,
        open: 1,
    };
    assert_eq!(log.desk().case_tally(CasesOf::School), tally);
}
