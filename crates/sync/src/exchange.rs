//! What one phone has and another has not.
//!
//! What arrives is folded into [`wuzha_core::log::Registers`], which merges and shows conflicts; here
//! only ids are compared.

use wuzha_core::log::{Op, VersionVector};

use crate::ranges::{OpRange, OpRanges};

/// What another replica has and this one lacks: what to ask it for.
pub fn missing(mine: &VersionVector, theirs: &VersionVector) -> OpRanges {
    OpRanges::of(theirs).without(&OpRanges::of(mine))
}

/// What is known to exist and is not here: a later operation of the same device is.
pub fn holes(seen: &VersionVector) -> OpRanges {
    let here = OpRanges::of(seen);
    let up_to_the_last = here.iter().map(|range| OpRange { from: 1, ..range });
    up_to_the_last.collect::<OpRanges>().without(&here)
}

/// Those of `ops` that are in `ranges`, in their order.
pub fn pick<'a>(ops: &'a [Op], ranges: &'a OpRanges) -> impl Iterator<Item = &'a Op> {
    ops.iter().filter(|op| ranges.contains(op.id))
}
