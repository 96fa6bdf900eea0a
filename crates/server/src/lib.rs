//! The server behind the binary `wuzha`: it serves the built app.
//!
//! # Layout
//! - [`router`]: which request is answered by what
//! - [`site`]: the built app in memory, with its compressed copies and hashes
//! - [`assets`]: one file as a response: encoding, caching, conditional requests
//! - [`headers`]: what every response carries, the Content-Security-Policy above all
//! - [`problem`]: errors as RFC 9457 problem documents
//! - [`cli`], [`serve`]: the command line, listening, shutting down

mod assets;
pub mod cli;
pub mod headers;
mod problem;
mod router;
pub mod serve;
pub mod site;

pub use problem::Problem;
pub use router::router;
pub use site::Site;
