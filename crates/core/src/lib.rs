//! The domain of Wuzha and its log.
//!
//! Pure: no I/O, no clock, no randomness, no browser. Time and seeds come in as arguments, so every
//! rule here is tested on the host in milliseconds and holds on a phone as it does on a teacher's PC.
//!
//! # Layout
//! - [`book`]: the typed reading of a class's log, and the commands that write it
//! - [`pack`]: the content a school may change: campaign, checklists, criteria
//! - [`measure`], [`inspection`], [`award`], [`today`]: what the book says: shares, checklists, gates, what is next
//! - [`quiz`]: the quiz: bank, papers, marking, item analysis
//! - [`roster`]: from a pasted or read table to a class list
//! - [`ledger`]: the one table model of screens and files
//! - [`log`]: operations, version vectors, clocks and multi-value registers: what is stored and synced
//! - [`storage`]: what is decided about the stored log: heads, loss, compaction
//! - [`ident`], [`text`], [`time`]: the small types everything above is made of

pub mod award;
pub mod book;
pub mod ident;
pub mod inspection;
pub mod ledger;
pub mod log;
pub mod measure;
pub mod pack;
pub mod quiz;
pub mod roster;
pub mod storage;
pub mod text;
pub mod time;
pub mod today;
