//! The rules of the book, seen from outside the crate: one program, so that it is linked once.

mod activities;
mod awards;
mod content;
mod convergence;
mod history;
mod ledgers;
mod old_ledger;
mod overview;
mod pack;
mod private;
mod quiz_day;
mod report;
mod rooms;
mod rules;
mod support;
mod teacher;
