//! Handing in, as decisions: what to upload next, what an answer means, what to fetch, what is missing.
//!
//! Pure: no I/O, no clock, no randomness. The time and a random number for the jitter come in as
//! arguments; the caller sends, fetches and stores. Whatever is told late, twice or in another order
//! leads to the same state, so a caller that is killed at any point starts again from what it stored.
//!
//! # The way of an operation
//! ```text
//! 仅本机 ──seal──▶ 待上交 ──receipt──▶ 已送达 ──opened note──▶ 已查收
//!    ▲                │ ▲                 │
//!    └── refused ─────┘ └── lost by a ────┘
//!        (sealed anew)      restored server
//! ```
//!
//! # Layout
//! - [`Outbox`]: the sealed bundles of this device, and how far each is; [`Entry`], [`State`], [`Stage`]
//! - [`Recognised`], [`reissue`]: when this device was set back or copied, and goes on as another
//! - [`Answer`], [`Refusal`], [`Trouble`]: what a server said, parsed once
//! - [`Evidence`], [`Contradiction`]: two receipts that cannot both be true
//! - [`LogReader`], [`Cursor`], [`Page`]: following a scope's log, and what is odd about its devices
//! - [`missing`], [`holes`], [`pick`]: what one phone has and another has not; [`OpRanges`]
//! - [`Progress`], [`Counts`]: how many records are how far, for the screen
//! - [`Jitter`], [`retry_delay_ms`]: when to try again

mod answer;
mod backoff;
mod cursor;
mod devices;
mod evidence;
mod exchange;
mod outbox;
mod ranges;
mod reader;
mod refusal;

pub use answer::{Answer, Response, Trouble};
pub use backoff::{
    Hold, Jitter, MAX_BACKOFF_MS, MAX_RETRY_AFTER_MS, MIN_BACKOFF_MS, retry_delay_ms,
};
pub use cursor::{Cursor, Listed, Page, PageError, ParseCursorError, Rest};
pub use devices::Oddity;
pub use evidence::{Contradiction, Evidence};
pub use exchange::{holes, missing, pick};
pub use outbox::{
    AddError, Body, Consent, Counts, DeleteError, Enrolment, Entry, Next, Outbox, OutboxError,
    Progress, Recognised, Reconciled, Stage, State, SucceedError, Told, reissue,
};
pub use ranges::{OpRange, OpRanges};
pub use reader::{Fetched, LogReader, Read};
pub use refusal::Refusal;
