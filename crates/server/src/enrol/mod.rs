//! Who is who, and who may do what. Pure: what is stored comes in, a decision goes out.
//!
//! # Layout
//! - [`place`]: the parts of a school, and what contains what
//! - [`member`]: what a device became by claiming an invitation, and what that allows
//! - [`invitation`]: what a server keeps of an invitation, and what it says to a claim
//! - [`inviting`]: whether a device may invite, and what for exactly
//! - [`publishing`]: who may publish a school pack, and who may read it
//! - [`access`]: challenges and tokens

pub mod access;
pub mod invitation;
pub mod inviting;
pub mod member;
pub mod place;
pub mod publishing;

pub use access::Access;
pub use invitation::{Claimed, Kept, Verdict};
pub use inviting::{Wish, invite};
pub use member::{Member, Members};
pub use place::Place;
