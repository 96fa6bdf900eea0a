//! What an upload is answered.

use std::cmp::Ordering;
use wuzha_seal::{BundleId, Header};

use crate::Problem;
use crate::enrol::Place;

/// What is known when an upload is decided.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The bundle, if it is here already.
    pub before: Option<Before>,
    /// Where it stands among its device's bundles.
    pub own: Numbered,
    /// The device's bundles with this number and the numbers next to it that are here.
    pub around: Vec<Numbered>,
    /// Where the device may hand in, or why not.
    pub may: Result<Place, Problem>,
    /// How many bytes of the class are stored.
    pub stored: u64,
    /// How many bytes the upload has.
    pub size: u64,
    /// How many bytes a class may store.
    pub quota: u64,
}

/// A bundle that is here already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// With this receipt.
    Here(Vec<u8>),
    /// Its content was deleted since.
    Purged,
    /// The same batch brought it a moment ago. Its receipt is not made yet.
    JustKept,
}

/// A bundle as one of its device's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// Its number.
    pub dev_seq: u64,
    /// Its id.
    pub id: BundleId,
    /// The device's bundle before it, by what it says.
    pub previous: Option<BundleId>,
}

impl Numbered {
    /// As its signed header says.
    pub fn of(header: &Header, id: BundleId) -> Self {
        Self {
            dev_seq: header.dev_seq.get(),
            id,
            previous: header.previous,
        }
    }

    /// Whether the device's bundles around it leave it its place: none has its number, and of two
    /// that follow each other the later names the earlier.
    fn fits(&self, around: &[Self]) -> bool {
        around
            .iter()
            .all(|other| match other.dev_seq.cmp(&self.dev_seq) {
                Ordering::Less => self.previous == Some(other.id),
                Ordering::Equal => false,
                Ordering::Greater => other.previous == Some(self.id),
            })
    }
}

/// What is to be done with an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is kept, and listed at this place.
    Keep(Place),
    /// It is not kept.
    Answer(Outcome),
    /// It is kept already, from the same batch: it gets that one's receipt.
    AsKept,
}

/// What an upload is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on the disk now; its receipt.
    New(Vec<u8>),
    /// It was there before; the very same receipt as then.
    Again(Vec<u8>),
    /// It is not taken.
    Refused(Problem),
}

/// Decides. That a bundle is here is told first, whoever sends it: the server has it, and a device
/// that was revoked since may delete its copy as well.
pub fn judge(facts: Facts) -> Verdict {
    let refuse = |problem| Verdict::Answer(Outcome::Refused(problem));
    if let Some(before) = facts.before {
        return match before {
            Before::Here(receipt) => Verdict::Answer(Outcome::Again(receipt)),
            Before::Purged => refuse(Problem::Purged),
            Before::JustKept => Verdict::AsKept,
        };
    }
    if !facts.own.fits(&facts.around) {
        return refuse(Problem::OtherBundle);
    }
    match facts.may {
        Err(problem) => refuse(problem),
        Ok(_) if facts.stored.saturating_add(facts.size) > facts.quota => refuse(Problem::Full),
        Ok(place) => Verdict::Keep(place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            before: None,
            own: numbered(5, 1, 4),
            around: Vec::new(),
            may: Ok(Place::SCHOOL),
            stored: 90,
            size: 10,
            quota: 100,
        }
    }

    /// The bundle `id` with this number, which names `previous`.
    fn numbered(dev_seq: u64, id: u8, previous: u8) -> Numbered {
        Numbered {
            dev_seq,
            id: BundleId::from_bytes([id; 32]),
            previous: Some(BundleId::from_bytes([previous; 32])),
        }
    }

    fn here() -> Option<Before> {
        Some(Before::Here(vec![7]))
    }

    fn refused(problem: Problem) -> Verdict {
        Verdict::Answer(Outcome::Refused(problem))
    }

    #[test]
    fn an_upload_is_kept_or_told_why_not() {
        let revoked = Err(Problem::Revoked);
        let another = vec![numbered(5, 9, 4)];
        let again = Verdict::Answer(Outcome::Again(vec![7]));
        for (what, facts, verdict) in [
            ("new", facts(), Verdict::Keep(Place::SCHOOL)),
            (
                "sent again",
                Facts {
                    before: here(),
                    around: another.clone(),
                    ..facts()
                },
                again.clone(),
            ),
            (
                "sent again after its device was revoked",
                Facts {
                    before: here(),
                    may: revoked,
                    ..facts()
                },
                again.clone(),
            ),
            (
                "sent again when the quota is full",
                Facts {
                    before: here(),
                    stored: 100,
                    ..facts()
                },
                again,
            ),
            (
                "sent again after it was deleted",
                Facts {
                    before: Some(Before::Purged),
                    ..facts()
                },
                refused(Problem::Purged),
            ),
            (
                "twice in one batch",
                Facts {
                    before: Some(Before::JustKept),
                    around: another.clone(),
                    ..facts()
                },
                Verdict::AsKept,
            ),
            (
                "a second bundle of one number",
                Facts {
                    around: another,
                    ..facts()
                },
                refused(Problem::OtherBundle),
            ),
            (
                "between the one that it names and the one that names it",
                Facts {
                    around: vec![numbered(4, 4, 3), numbered(6, 6, 1)],
                    ..facts()
                },
                Verdict::Keep(Place::SCHOOL),
            ),
            (
                "after another than it names",
                Facts {
                    around: vec![numbered(4, 9, 3)],
                    ..facts()
                },
                refused(Problem::OtherBundle),
            ),
            (
                "before one that names another",
                Facts {
                    around: vec![numbered(6, 6, 9)],
                    ..facts()
                },
                refused(Problem::OtherBundle),
            ),
            (
                "of a revoked device",
                Facts {
                    may: revoked,
                    ..facts()
                },
                refused(Problem::Revoked),
            ),
            (
                "a byte over the quota",
                Facts {
                    size: 11,
                    ..facts()
                },
                refused(Problem::Full),
            ),
        ] {
            assert_eq!(judge(facts), verdict, "{what}");
        }
    }
}
