//! The desk's own log: what teachers, departments and the office decide and record themselves.
//!
//! A class's book belongs to the class. What is decided about it from above is kept apart, as operations
//! like every other record: nothing is rewritten, and who decided what and when can be read.
//!
//! # Layout
//! - here: the fold, and decisions about awards
//! - `round`: rounds of awards that were frozen, to be published and made again
//! - `certificate`: what a frozen round gives, to be printed
//! - `keys`: where things stand in the log

mod certificate;
mod keys;
mod round;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::award::{Candidate, ClassMark, Decision, Reason, Review};
use crate::ident::DormName;
use crate::log::{Change, Op, Value};

pub use certificate::{Certificate, certificates};
pub use round::{
    Again, Rebuilt, RoundCard, RoundError, RoundId, RoundTitle, Snapshot, awarded, freeze, rounds,
};

/// What the desk's log says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    /// The last decision first.
    reviews: BTreeMap<Candidate, Vec<Review>>,
}

impl Desk {
    /// Reads the log. What a newer version wrote is left out; the operations stay.
    pub fn fold(ops: &[Op]) -> Self {
        let mut newest_first: Vec<&Op> = ops.iter().collect();
        newest_first.sort_unstable_by_key(|op| Reverse((op.hlc, op.id)));
        newest_first.dedup_by_key(|op| op.id);
        let mut desk = Self::default();
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
