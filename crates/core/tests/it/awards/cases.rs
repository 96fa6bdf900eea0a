//! The desk's cases and the gate on them.

use wuzha_core::award::{Awards, Candidate, Decision, Found, GateState, Outcome, Reason};
use wuzha_core::desk::{
    self, AmountBand, CaseFacts, CaseKind, CasePolicy, CaseStatus, CaseTally, CaseText, Channel,
    Course, EntryId, ReportDays, Treatment,
};
use wuzha_core::ledger::{self, Cell};
use wuzha_core::log::Op;
use wuzha_core::measure::Standing;
use wuzha_core::pack::{Gate, Level};
use wuzha_core::time::{UtcOffset, parse_day};

use super::{awards, class, decided, mark};
use crate::support::{Desk as Phone, NOW, pack};

const DEPARTMENT: &str = "软件系（示例）";

/// A case of the class that nobody reported and nobody stopped.
fn facts(phone: &Phone, status: CaseStatus) -> CaseFacts {
    CaseFacts {
        day: parse_day("2021-12-20").unwrap(),
        time: None,
        kind: CaseKind::Other,
        band: AmountBand::UpTo1000,
        channel: Channel::Phone,
        course: Course::Happened,
        class: Some(mark(phone)),
        department: CaseText::try_from(DEPARTMENT.to_owned()).ok(),
        reported_school: None,
        reported_police: None,
        status,
        follow_up: CaseText::default(),
        lessons: CaseText::default(),
    }
}

/// What the desk wrote about these cases.
fn log_of(cases: &[CaseFacts]) -> (Phone, Vec<Op>) {
    let mut own = Phone::new(99);
    let mut log = Vec::new();
    for facts in cases {
        let id = EntryId::new(own.registers.last_hlc().time(), own.device);
        log.extend(own.write(desk::record_case(&id, facts)));
    }
    (own, log)
}

fn gate(level: Level) -> (usize, Gate) {
    let gates = pack().criteria(level).gates.clone().into_iter();
    let mut gates = gates.enumerate();
    gates
        .find(|(_, gate)| gate.id.as_str() == "no-case")
        .unwrap()
}

/// How the gate on cases of the first candidate stands, and by which cases.
fn stands(awards: &Awards, level: Level) -> (GateState, Option<CaseTally>) {
    let (at, gate) = gate(level);
    let (_, Found { ruling, .. }) = awards.candidates(level).into_iter().next().unwrap();
    let (state, _) = ruling.assessment.gates.get(at).copied().unwrap();
    (state, ruling.assessment.cases_of(&gate))
}

const ABOVE: [Level; 3] = [Level::Class, Level::Department, Level::School];

#[test]
fn a_case_that_counts_vetoes_the_class_its_department_and_the_school() {
    let phone = class(1, "软件2101班（示例）", DEPARTMENT);
    let (_, log) = log_of(&[facts(&phone, CaseStatus::Verified)]);
    let awards = awards(&[&phone], &log);
    let one = CaseTally {
        counting: 1,
        ..CaseTally::default()
    };
    for level in ABOVE {
        let (_, gate) = gate(level);
        assert!(gate.veto, "{level:?}");
        assert_eq!(stands(&awards, level), (GateState::Unmet, Some(one)));
        let (_, found) = awards.candidates(level).remove(0);
        assert_eq!(found.ruling.assessment.outcome, Outcome::Unmet, "{level:?}");
        assert_eq!(found.ruling.standing(), Standing::Unmet, "{level:?}");
    }
}

#[test]
fn a_case_of_one_class_says_nothing_of_another_or_of_its_dorms() {
    let art = class(1, "通信2101班（示例）", "通信系（示例）");
    let soft = class(2, "软件2101班（示例）", DEPARTMENT);
    let (_, log) = log_of(&[facts(&soft, CaseStatus::Verified)]);
    let awards = awards(&[&art], &log);
    for level in [Level::Class, Level::Department] {
        let expected = (GateState::Teacher, None);
        assert_eq!(stands(&awards, level), expected, "{level:?}");
    }
    let of_soft = super::awards(&[&soft], &log);
    assert_eq!(stands(&of_soft, Level::Dorm), (GateState::Teacher, None));
}

#[test]
fn while_a_case_is_open_nobody_knows_and_without_any_the_teacher_has_to_say() {
    let phone = class(1, "软件2101班（示例）", DEPARTMENT);
    let open = CaseTally {
        open: 1,
        ..CaseTally::default()
    };
    let (_, log) = log_of(&[facts(&phone, CaseStatus::Entered)]);
    let entered = awards(&[&phone], &log);
    let nothing = awards(&[&phone], &[]);
    for level in ABOVE {
        assert_eq!(stands(&entered, level), (GateState::Unknown, Some(open)));
        assert_eq!(stands(&nothing, level), (GateState::Teacher, None));
    }
}

#[test]
fn a_case_that_is_spared_leaves_the_gate_to_the_teacher_and_is_shown() {
    let phone = class(1, "软件2101班（示例）", DEPARTMENT);
    let mut in_time = facts(&phone, CaseStatus::Closed);
    in_time.reported_police = parse_day("2021-12-21");
    let spared = CaseTally {
        spared: 1,
        ..CaseTally::default()
    };
    let (mut own, mut log) = log_of(&[in_time]);
    let before = awards(&[&phone], &log);
    let strict = CasePolicy {
        days: ReportDays::default(),
        reported_in_time: Treatment::Counted,
        ..CasePolicy::default()
    };
    log.extend(own.write(desk::set_policy(&strict)));
    let after = awards(&[&phone], &log);
    for level in ABOVE {
        assert_eq!(stands(&before, level), (GateState::Teacher, Some(spared)));
        assert_eq!(
            stands(&after, level).0,
            GateState::Unmet,
            "a switch of the school's: {level:?}"
        );
    }
}

#[test]
fn a_decision_shown_at_once_leaves_the_gate_on_cases_as_it_stood() {
    let phone = class(1, "软件2101班（示例）", DEPARTMENT);
    let (mut own, mut log) = log_of(&[facts(&phone, CaseStatus::Verified)]);
    let candidate = Candidate::Class(mark(&phone));
    let mut shown = awards(&[&phone], &log);
    let reason = Reason::try_from("已复核（示例）".to_owned()).unwrap();
    log.extend(own.write(desk::decide(&candidate, Decision::Given, &reason)));
    let review = desk::Desk::fold(&log).reviews(&candidate).remove(0);
    shown.note(&candidate, review, &pack());
    assert_eq!(shown, awards(&[&phone], &log));
    for level in ABOVE {
        assert_eq!(stands(&shown, level).0, GateState::Unmet, "{level:?}");
    }
}

#[test]
fn the_file_of_the_awards_does_not_tell_of_which_class_there_was_a_case() {
    let phone = class(1, "软件2101班（示例）", DEPARTMENT);
    let (_, log) = log_of(&[facts(&phone, CaseStatus::Verified)]);
    let awards = awards(&[&phone], &log);
    let workbook = ledger::awards(&awards, &pack(), NOW, UtcOffset::CHINA);
    let cells = |sheet: usize| workbook.ledgers.get(sheet).unwrap().rows.iter().flatten();
    let says = |sheet, word: &str| {
        cells(sheet).any(|cell| matches!(cell, Cell::Text(text) if text.contains(word)))
    };
    let (classes, units) = (1, 3);
    assert!(!says(classes, "案件") && says(classes, "由老师掌握的条件"));
    assert!(says(units, "案件"));
    let (_, log) = decided(&[]);
    let none = super::awards(&[&phone], &log);
    let workbook = ledger::awards(&none, &pack(), NOW, UtcOffset::CHINA);
    assert!(workbook.ledgers.iter().all(|sheet| {
        let mut cells = sheet.rows.iter().flatten();
        !cells.any(|cell| *cell == Cell::text("由老师掌握的条件"))
    }));
}
