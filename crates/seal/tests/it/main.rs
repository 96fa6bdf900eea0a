//! Sealing, seen from outside the crate: one program, so that it is linked once.

mod bundles;
mod claims;
mod envelopes;
mod hostile_bundles;
mod invitations;
mod notes;
mod recovery;
mod school_packs;
mod sealing;
mod stock_age;
mod support;
mod transfers;
mod vectors;
