use wuzha_core::award::{Awards, Candidate, ClassMark, Decision, GateState, Reason, dorms_met};
use wuzha_core::book::ActivityKind;
use wuzha_core::desk::{self, Desk};
use wuzha_core::example::example_class;
use wuzha_core::measure::{Share, Standing};
use wuzha_core::pack::{Level, Measure, Test};
use wuzha_core::quiz::Bank;
use wuzha_core::time::{UnixMillis, UtcOffset};

use super::{award, awards, class, decided, mark};
use crate::activities::hold;
use crate::support::{Desk as Phone, NOW, dorm, pack};

/// How the gate on `measure` of the first candidate of a level stands.
fn gate(
    awards: &wuzha_core::award::Awards,
    level: Level,
    of: Measure,
) -> (GateState, Option<Share>) {
    let pack = pack();
    let gates = &pack.criteria(level).gates;
    let is_it = |test: &Test| matches!(test, Test::Share { measure, .. } if *measure == of);
    let at = gates.iter().position(|gate| is_it(&gate.test)).unwrap();
    let (_, found) = awards.candidates(level).into_iter().next().unwrap();
    found.ruling.assessment.gates.get(at).copied().unwrap()
}

fn share(met: u32, unmet: u32, unknown: u32) -> Share {
    let apart = 0;
    Share {
        met,
        unmet,
        unknown,
        apart,
    }
}

#[test]
fn a_department_counts_its_own_classes_and_the_school_its_departments() {
    let soft = class(1, "软件2101班（示例）", "软件系（示例）");
    let soft_2 = class(2, "软件2102班（示例）", "软件系（示例）");
    let art = class(3, "通信2101班（示例）", "通信系（示例）");
    let given = |phone| (Candidate::Class(mark(phone)), Decision::Given);
    let refused = |phone| (Candidate::Class(mark(phone)), Decision::Refused);
    let (_, log) = decided(&[given(&soft), refused(&soft_2)]);
    let awards = awards(&[&art, &soft_2, &soft], &log);
    let names: Vec<&str> = awards
        .departments
        .iter()
        .map(|unit| unit.name.as_str())
        .collect();
    assert_eq!(names, ["软件系（示例）", "通信系（示例）"]);
    assert_eq!(
        gate(&awards, Level::Department, Measure::ClassesMet),
        (GateState::Unmet, Some(share(1, 1, 0)))
    );
    assert_eq!(awards.school.classes, share(1, 1, 1));
    assert_eq!(
        gate(&awards, Level::School, Measure::DepartmentsMet),
        (GateState::Unmet, Some(share(0, 1, 1))),
        "one has a gate that does not hold, of the other nothing is known"
    );
}

#[test]
fn a_school_may_ask_in_how_many_classes_a_meeting_is_recorded() {
    let mut met = class(1, "软件2101班（示例）", "软件系（示例）");
    hold(&mut met, "a-1", ActivityKind::ClassMeeting, None);
    let mut other = class(2, "软件2102班（示例）", "软件系（示例）");
    hold(&mut other, "a-1", ActivityKind::Lecture, Some(40));
    let mut pack = pack();
    let test = |measure| Test::Share {
        measure,
        min_percent: 80,
    };
    let gates = &mut pack.department_criteria.gates;
    gates[0].test = test(Measure::ClassMeetingHeld);
    gates[1].test = test(Measure::ActivityHeld);
    let desk = Desk::fold(&[]);
    let classes = vec![award(&met, &desk), award(&other, &desk)];
    let awards = Awards::of(classes, &pack, &desk);
    let found = &awards.departments[0].ruling.assessment.gates;
    assert_eq!(
        found[..2],
        [
            (GateState::Unknown, Some(share(1, 0, 1))),
            (GateState::Met, Some(share(2, 0, 0))),
        ],
        "a class that recorded none may have held one"
    );
}

#[test]
fn a_class_of_no_known_department_is_in_none() {
    let unplaced = class(1, "软件2101班（示例）", "");
    let awards = awards(&[&unplaced], &[]);
    assert_eq!(awards.departments, []);
    assert_eq!(awards.school.classes, share(0, 0, 1));
}

#[test]
fn what_is_decided_about_a_dorm_counts_for_its_class() {
    let phone = class(1, "软件2101班（示例）", "软件系（示例）");
    let of = |n, decision| (Candidate::Dorm(mark(&phone), dorm(n)), decision);
    let before = awards(&[&phone], &[]);
    assert_eq!(
        gate(&before, Level::Class, Measure::DormsMet).1,
        Some(share(0, 0, 2))
    );
    let (_, log) = decided(&[of(1, Decision::Given), of(2, Decision::Refused)]);
    let after = awards(&[&phone], &log);
    assert_eq!(
        gate(&after, Level::Class, Measure::DormsMet),
        (GateState::Unmet, Some(share(1, 1, 0)))
    );
}

#[test]
fn dorms_that_nobody_decided_about_count_for_their_class_as_on_its_own_phone() {
    let mut phone = Phone::new(1);
    let bank = include_str!("../../../../../content/default/bank.json");
    let bank = Bank::from_json(bank).unwrap();
    let today = NOW.date(UtcOffset::CHINA).unwrap();
    phone.write(example_class(&bank, &pack(), today).unwrap());
    let own = dorms_met(&phone.book, &pack());
    assert!(
        own.met > 0,
        "the example has dorms that meet what the book can tell"
    );
    let (_, counted) = gate(&awards(&[&phone], &[]), Level::Class, Measure::DormsMet);
    assert_eq!(counted, Some(own));
}

#[test]
fn a_decision_shown_at_once_is_what_the_log_says_afterwards() {
    let phone = class(1, "软件2101班（示例）", "软件系（示例）");
    for candidate in [
        Candidate::Dorm(mark(&phone), dorm(1)),
        Candidate::Class(mark(&phone)),
        Candidate::Department("软件系（示例）".into()),
        Candidate::School,
    ] {
        let (_, log) = decided(&[(candidate.clone(), Decision::Given)]);
        let mut shown = awards(&[&phone], &[]);
        let review = Desk::fold(&log).reviews(&candidate).remove(0);
        shown.note(&candidate, review, &pack());
        assert_eq!(shown, awards(&[&phone], &log), "{candidate:?}");
    }
}

#[test]
fn the_last_decision_counts_and_earlier_ones_can_be_read() {
    let phone = class(1, "软件2101班（示例）", "软件系（示例）");
    let candidate = Candidate::Class(mark(&phone));
    let decisions = [Decision::Given, Decision::Refused, Decision::ByGates];
    for taken in 0..=decisions.len() {
        let decisions = decisions.iter().take(taken);
        let decisions: Vec<_> = decisions.map(|of| (candidate.clone(), *of)).collect();
        let (_, log) = decided(&decisions);
        let awards = awards(&[&phone], &log);
        let (_, found) = awards.candidates(Level::Class).remove(0);
        let expected = match taken {
            1 => Standing::Met,
            2 => Standing::Unmet,
            _ => Standing::Unknown,
        };
        assert_eq!(found.ruling.standing(), expected, "{taken}");
        assert_eq!(found.ruling.reviews.len(), taken);
    }
}

#[test]
fn a_decision_is_found_under_whatever_the_class_is_known_by() {
    let phone = class(1, "软件2101班（示例）", "软件系（示例）");
    let (_, log) = decided(&[(Candidate::Class(mark(&phone)), Decision::Given)]);
    let desk = Desk::fold(&log);
    let known = [
        mark(&phone),
        wuzha_core::award::ClassMark::of_school("ab12"),
    ];
    assert_eq!(desk.reviews_of_class(&known.into()).len(), 1);
}

#[test]
fn of_decisions_under_several_marks_the_last_one_counts() {
    let phone = class(1, "软件2101班（示例）", "软件系（示例）");
    let school = ClassMark::of_school("ab12");
    // In the order of the marks the school's comes first.
    let (mut own, mut log) = decided(&[(Candidate::Class(school.clone()), Decision::Given)]);
    let reason = Reason::try_from("后来发现（示例）".to_owned()).unwrap();
    let later = UnixMillis(NOW.0 + 60_000);
    let refused = desk::decide(&Candidate::Class(mark(&phone)), Decision::Refused, &reason);
    log.extend(own.write_at(later, refused));
    let reviews = Desk::fold(&log).reviews_of_class(&[mark(&phone), school].into());
    let decisions: Vec<Decision> = reviews.iter().map(|review| review.decision).collect();
    assert_eq!(decisions, [Decision::Refused, Decision::Given]);
}
