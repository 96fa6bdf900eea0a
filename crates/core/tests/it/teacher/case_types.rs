//! What a bulletin tells of cases: their types and numbers, and nothing where nothing is known.

use wuzha_core::desk::{CaseFacts, CaseStatus, record_case};
use wuzha_core::report::{Reporter, case_types};

use super::{Log, bank, day, facts, id, mark_of, marks, words};

/// What is told when these cases are recorded, of the classes of devices 1 and 2.
fn told(cases: &[CaseFacts], reporter: &Reporter) -> Option<Vec<(String, u32)>> {
    let mut log = Log::new(9);
    for (at, case) in (0..).zip(cases) {
        log.write(record_case(&id(at), case));
    }
    let start = Some(day("2021-12-01"));
    let bank = bank();
    case_types(
        &log.desk(),
        reporter,
        &marks(&[1, 2]),
        start,
        bank.categories(),
    )
}

fn of_department(department: Option<&str>, device: Option<u8>) -> CaseFacts {
    CaseFacts {
        department: department.map(words),
        class: device.map(mark_of),
        ..facts()
    }
}

fn count(told: Option<Vec<(String, u32)>>) -> Option<u32> {
    told.map(|types| types.iter().map(|(_, cases)| cases).sum())
}

#[test]
fn nothing_recorded_is_not_no_case() {
    assert_eq!(told(&[], &Reporter::SecurityOffice), None);
}

#[test]
fn cases_that_wait_to_be_verified_are_not_no_case_either() {
    let mut open = facts();
    open.status = CaseStatus::Entered;
    assert_eq!(told(&[open.clone()], &Reporter::SecurityOffice), None);
    let verified = told(&[open, facts()], &Reporter::SecurityOffice);
    assert_eq!(count(verified), Some(1));
}

#[test]
fn what_was_unfounded_is_no_case() {
    let mut unfounded = facts();
    unfounded.status = CaseStatus::Unfounded;
    assert_eq!(
        told(&[unfounded], &Reporter::SecurityOffice),
        Some(Vec::new())
    );
}

#[test]
fn a_department_tells_of_its_own_cases_whether_they_name_it_or_its_class() {
    let cases = [
        of_department(Some("软件系（示例）"), None),
        of_department(None, Some(2)),
        of_department(Some("会计系（示例）"), Some(7)),
        of_department(None, None),
    ];
    let own = Reporter::Department(Some("软件系（示例）".to_owned()));
    assert_eq!(count(told(&cases, &own)), Some(2));
    assert_eq!(count(told(&cases, &Reporter::SecurityOffice)), Some(4));
}

#[test]
fn a_case_before_the_campaign_is_not_of_this_period() {
    let mut before = facts();
    before.day = day("2021-11-30");
    let told = told(&[before, facts()], &Reporter::SecurityOffice);
    assert_eq!(count(told), Some(1));
}

#[test]
fn a_type_has_the_banks_name_for_it() {
    let told = told(&[facts()], &Reporter::SecurityOffice);
    let titles: Vec<String> = told.into_iter().flatten().map(|(title, _)| title).collect();
    assert_eq!(titles, ["刷单返利"]);
}
