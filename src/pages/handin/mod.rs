//! 上交: files out, backup, restore.
//!
//! # Layout
//! - `page`: the screen
//! - `export`: which files there are, and how each is written
//! - `job`: one export at a time: its progress, its file, its failure
//! - `restore`: a backup file back into the book

mod export;
mod job;
mod page;
mod restore;

pub(crate) use page::HandIn;
pub(crate) use restore::Restore;
