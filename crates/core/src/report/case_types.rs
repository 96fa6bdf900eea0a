use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Reporter;
use crate::award::ClassMark;
use crate::desk::{CaseCounts, CasesOf, Desk};
use crate::quiz::Category;

/// How many cases of which type a bulletin tells of: those that `reporter` answers for, since `start`, the
/// first day of the campaign, where it is known. `classes` are the marks of their classes, `categories` the
/// bank's.
///
/// `None` where the desk's log does not tell: nobody ever recorded a case, or all that are recorded wait to be
/// verified.
pub fn case_types(
    desk: &Desk,
    reporter: &Reporter,
    classes: &BTreeSet<ClassMark>,
    start: Option<NaiveDate>,
    categories: &[Category],
) -> Option<Vec<(String, u32)>> {
    if desk.cases().is_empty() {
        return None;
    }
    let department = reporter.department();
    let own = desk.cases().iter().filter(|case| {
        department.is_none_or(|name| {
            CasesOf::Department(name).holds(case) || CasesOf::Class(classes).holds(case)
        })
    });
    let own = own.filter(|case| start.is_none_or(|start| case.facts.day >= start));
    // No class is named in a bulletin.
    let counts = CaseCounts::of(own, desk.case_policy(), &[]);
    let is_open = counts.all.cases == 0 && counts.open > 0;
    (!is_open).then(|| counts.by_kind_in_words(categories))
}
