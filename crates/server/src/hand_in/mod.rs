//! Taking bundles: what is decided about each, and how many are committed at once.
//!
//! # Layout
//! - [`judge`]: what an upload is answered, from what is known of it
//! - [`known`]: what is known of a batch's uploads, the ones before them included
//! - [`order`]: the numbers of bundles, and the hashes over them
//! - [`clerk`]: looks up, decides and writes a batch in one transaction
//! - [`desk`]: gathers uploads into batches; one at a time is written

pub mod clerk;
pub mod desk;
pub mod judge;
pub mod known;
pub mod order;

pub use clerk::{Clerk, Terms};
pub use desk::Desk;
pub use judge::Outcome;
