//! The rules of the book, seen from outside the crate: one program, so that it is linked once.

mod content;
mod convergence;
mod history;
mod ledgers;
mod overview;
mod pack;
mod private;
mod quiz_day;
mod report;
mod rooms;
mod rules;
mod support;
