//! The desk's own log: what teachers, departments and the office decide and record themselves.
//!
//! A class's book belongs to the class. What is decided about it from above is kept apart, as operations
//! like every other record: nothing is rewritten, and who decided what and when can be read.
//!
//! # Layout
//! - here: the fold, and decisions about awards
//! - `round`: rounds of awards that were frozen, to be published and made again
//! - `certificate`: what a frozen round gives, to be printed
//! - `case`: cases, and which count; `case_tally`: how many do for an award; `case_counts`: 案件统计;
//!   `case_history`: what was written about one
//! - `support`: 帮扶 in numbers, and sealed notes
//! - `erasure`: that something was erased
//! - `entry`: the ids of what is entered here; `keys`: where these stand in the log

mod case;
mod case_counts;
mod case_history;
mod case_tally;
mod certificate;
mod entry;
mod erasure;
mod keys;
mod round;
mod support;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::award::{Candidate, ClassMark, Decision, Reason, Review};
use crate::ident::DormName;
use crate::log::{Change, Op, Registers, Value};

pub use case::{
    AmountBand, Case, CaseFacts, CaseField, CaseKind, CasePolicy, CaseStatus, CaseText, Channel,
    ClockTime, Course, NoReportDays, NoSuchMinute, ReportDays, Spared, Treatment, Weighing,
    correct_case, counts_against, record_case, set_policy,
};
pub use case_counts::{CaseCount, CaseCounts, NamedClass};
pub use case_history::{CaseWords, case_history};
pub use case_tally::{CaseTally, CasesOf};
pub use certificate::{Certificate, certificates};
pub use entry::EntryId;
pub use erasure::{ErasureNote, note_erasure};
pub use round::{
    Again, Rebuilt, RoundCard, RoundError, RoundId, RoundTitle, Snapshot, awarded, freeze, rounds,
};
pub use support::{
    SealedText, SealedTextError, SupportCounts, SupportItem, SupportNote, count_support, keep_note,
    support_ledger, withdraw_note,
};

/// What the desk's log says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    /// The last decision first.
    reviews: BTreeMap<Candidate, Vec<Review>>,
    cases: Vec<Case>,
    policy: CasePolicy,
    support: support::Support,
    erasures: Vec<ErasureNote>,
}

impl Desk {
    /// Reads the log. What a newer version wrote is left out; the operations stay.
    pub fn fold(ops: &[Op]) -> Self {
        let mut newest_first: Vec<&Op> = ops.iter().collect();
        newest_first.sort_unstable_by_key(|op| Reverse((op.hlc, op.id)));
        newest_first.dedup_by_key(|op| op.id);
        // In any order: what is visible does not depend on it.
        let mut registers = Registers::default();
        for op in &newest_first {
            registers.apply(op);
        }
        let mut desk = Self {
            reviews: BTreeMap::new(),
            cases: case::read(&registers),
            policy: CasePolicy::read(registers.heads(&CasePolicy::key())),
            support: support::Support::read(&registers),
            erasures: erasure::read(&registers),
        };
        for op in newest_first {
            if let Some((candidate, review)) = review(op) {
                desk.reviews.entry(candidate).or_default().push(review);
            }
        }
        desk
    }

    /// What was decided about a candidate, the last decision first.
    pub fn reviews(&self, candidate: &Candidate) -> Vec<Review> {
        self.reviews.get(candidate).cloned().unwrap_or_default()
    }

    /// What was decided about the class that has these marks, the last decision first.
    pub fn reviews_of_class(&self, marks: &BTreeSet<ClassMark>) -> Vec<Review> {
        self.reviews_of(marks, |mark| Candidate::Class(mark.clone()))
    }

    /// What was decided about a dorm of the class that has these marks, the last decision first.
    pub fn reviews_of_dorm(&self, marks: &BTreeSet<ClassMark>, dorm: &DormName) -> Vec<Review> {
        self.reviews_of(marks, |mark| Candidate::Dorm(mark.clone(), dorm.clone()))
    }

    /// All cases, the first entered first.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// The school's rule on which cases count.
    pub fn case_policy(&self) -> &CasePolicy {
        &self.policy
    }

    /// How cases count, by that rule.
    pub fn case_tally(&self, of: CasesOf<'_>) -> CaseTally {
        let cases = self.cases.iter().filter(|case| of.holds(case));
        CaseTally::of(cases, &self.policy)
    }

    /// How many cases count against the class that has these marks.
    pub fn counting_cases(&self, marks: &BTreeSet<ClassMark>) -> u32 {
        self.case_tally(CasesOf::Class(marks)).counting
    }

    /// How many are looked after in the class that has these marks, as far as it is known.
    pub fn support_of_class(&self, marks: &BTreeSet<ClassMark>) -> SupportCounts {
        self.support.counts(marks)
    }

    /// The sealed notes on the class that has these marks, the newest first.
    pub fn notes_of_class<'a>(
        &'a self,
        marks: &'a BTreeSet<ClassMark>,
    ) -> impl Iterator<Item = &'a SupportNote> {
        self.support.notes(marks)
    }

    /// What was erased, the last first.
    pub fn erasures(&self) -> &[ErasureNote] {
        &self.erasures
    }

    fn reviews_of(
        &self,
        marks: &BTreeSet<ClassMark>,
        candidate: impl Fn(&ClassMark) -> Candidate,
    ) -> Vec<Review> {
        let reviews = marks.iter().flat_map(|mark| self.reviews(&candidate(mark)));
        let mut reviews: Vec<Review> = reviews.collect();
        reviews.sort_by_key(|review| Reverse(review.at));
        reviews
    }
}

/// Decides about an award, with the reason.
pub fn decide(candidate: &Candidate, decision: Decision, reason: &Reason) -> Vec<Change> {
    let value = Value::map([
        ("decision", Value::text(decision.code())),
        ("reason", Value::text(reason.as_str())),
    ]);
    vec![Change::new(keys::review(candidate), value)]
}

fn review(op: &Op) -> Option<(Candidate, Review)> {
    let parts = op.key.parts();
    let [entity, id @ .., _field] = parts.as_slice() else {
        return None;
    };
    if entity != keys::REVIEW {
        return None;
    }
    let text = |name| op.value.get(name).and_then(Value::as_text);
    let review = Review {
        decision: Decision::of_code(text("decision")?)?,
        reason: Reason::try_from(text("reason")?.to_owned()).ok()?,
        at: op.hlc.time(),
    };
    Some((Candidate::of_parts(id)?, review))
}
