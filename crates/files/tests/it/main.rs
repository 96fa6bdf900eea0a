//! Files in and out, seen from outside the crate: one program, so that it is linked once.

mod backups;
mod ledgers_out;
mod packs;
mod reports_out;
mod rosters_in;
