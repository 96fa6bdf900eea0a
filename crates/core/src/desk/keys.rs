//! The keys of the desk's log.

use super::RoundId;
use crate::award::Candidate;
use crate::log::Key;
use crate::time::UnixMillis;

/// A decision about an award.
pub(super) const REVIEW: &str = "review";
/// A frozen round.
const ROUND: &str = "round";
/// The field that has what a round is called.
const CARD: &str = "card";

pub(super) fn review(candidate: &Candidate) -> Key {
    Key::new(REVIEW, &candidate.parts(), "decision")
}

/// What a frozen round is called.
pub(super) fn round(id: RoundId) -> Key {
    Key::new(ROUND, &[&id.0.0.to_string()], CARD)
}

/// All of a frozen round.
pub(super) fn snapshot(id: RoundId) -> Key {
    Key::new(ROUND, &[&id.0.0.to_string()], "snapshot")
}

/// Which round a key names, where it is one of [`round`].
pub(super) fn round_of(key: &Key) -> Option<RoundId> {
    match key.parts().as_slice() {
        [entity, id, field] if entity == ROUND && field == CARD => {
            Some(RoundId(UnixMillis(id.parse().ok()?)))
        }
        _ => None,
    }
}
