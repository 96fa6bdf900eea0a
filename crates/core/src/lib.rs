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
//! - [`selection`], [`rooms`], [`quiz_day`]: which students a list shows; the dorms as they are walked
//!   through; how a quiz stands
//! - [`old_ledger`]: the spreadsheets a college kept before, taken over into class books
//! - [`history`]: who changed which record when, from what to what
//! - [`desk`]: the desk's own log: decisions about awards, cases, support, what was erased
//! - [`erase`], [`subject_access`], [`retention`]: what is held about one student, as a file or erased; what
//!   has been kept long enough; certificates of what was erased
//! - `mention`, `small`: persons in free texts, numbers that would name one
//! - [`overview`]: many classes from afar: a row of figures each, ordered, summed, as a file
//! - [`report`]: the work summary, from the figures
//! - [`laws`]: citing the pack's laws; [`link`]: what a scanned code leads to
//! - [`restore`]: what restoring a backup would do; [`example`]: the invented class
//! - [`ledger`]: the one table model of screens and files
//! - [`log`]: operations, version vectors, clocks and multi-value registers: what is stored and synced
//! - [`storage`]: what is decided about the stored log: heads, loss, compaction
//! - [`ident`], [`text`], [`time`]: the small types everything above is made of

pub mod award;
pub mod book;
pub mod desk;
pub mod erase;
pub mod example;
pub mod history;
pub mod ident;
pub mod inspection;
pub mod laws;
pub mod ledger;
pub mod link;
pub mod log;
pub mod measure;
mod mention;
pub mod old_ledger;
pub mod overview;
pub mod pack;
pub mod quiz;
pub mod quiz_day;
pub mod report;
pub mod restore;
pub mod retention;
pub mod rooms;
pub mod roster;
pub mod selection;
mod small;
pub mod storage;
pub mod subject_access;
pub mod text;
pub mod time;
pub mod today;
