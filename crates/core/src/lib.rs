//! The domain of Wuzha and its log.
//!
//! Pure: no I/O, no clock, no randomness, no browser. Time and seeds come in as arguments, so every
//! rule here is tested on the host in milliseconds and holds on a phone as it does on a teacher's PC.
//!
//! # Layout
//! - [`book`]: the typed reading of a class's log, and the commands that write it
//! - [`ledger`]: the one table model of screens and files
//! - [`log`]: operations, version vectors, clocks and multi-value registers: what is stored and synced
//! - [`ident`], [`text`], [`time`]: the small types everything above is made of

pub mod book;
pub mod ident;
pub mod ledger;
pub mod log;
pub mod text;
pub mod time;
