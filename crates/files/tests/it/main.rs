//! Files in and out, seen from outside the crate: one program, so that it is linked once.

mod backups;
mod for_programs;
mod ledgers_out;
mod old_ledgers_in;
mod packs;
mod reports_out;
mod rosters_in;
