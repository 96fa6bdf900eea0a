use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Case, CasePolicy, Weighing, counts_against};
use crate::award::ClassMark;

/// Whose cases.
#[derive(Clone, Copy, Debug)]
pub enum CasesOf<'a> {
    /// Of the class that has these marks.
    Class(&'a BTreeSet<ClassMark>),
    /// Of the department of this name.
    Department(&'a str),
    /// All.
    School,
}

/// How cases count for an award: while one is open, "no case" is not known to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseTally {
    /// 计入评定
    pub counting: u32,
    /// 不计
    pub spared: u32,
    /// 待核实
    pub open: u32,
}

impl CaseTally {
    pub(super) fn of<'a>(cases: impl Iterator<Item = &'a Case>, policy: &CasePolicy) -> Self {
        let mut tally = Self::default();
        for case in cases {
            let count = match counts_against(&case.facts, policy) {
                Weighing::Counts => &mut tally.counting,
                Weighing::Spared(_) => &mut tally.spared,
                Weighing::Open => &mut tally.open,
            };
            *count = count.saturating_add(1);
        }
        tally
    }
}

impl CasesOf<'_> {
    /// Whether the case is one of them.
    pub fn holds(self, case: &Case) -> bool {
        let facts = &case.facts;
        match self {
            Self::Class(marks) => facts
                .class
                .as_ref()
                .is_some_and(|mark| marks.contains(mark)),
            Self::Department(name) => {
                let department = facts.department.as_ref();
                department.is_some_and(|department| department.as_str() == name)
            }
            Self::School => true,
        }
    }
}
