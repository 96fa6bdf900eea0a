//! The server behind the binary `wuzha`: it serves the built app, and takes what classes hand in.
//!
//! # Layout
//! The app:
//! - [`router`]: which request is answered by what
//! - [`site`]: the built app in memory, with its compressed copies and hashes
//! - [`assets`]: one file as a response: encoding, caching, conditional requests
//! - [`cors`]: whether an app from another origin may use this server
//! - [`headers`]: what every response carries, the Content-Security-Policy above all
//!
//! Handing in:
//! - [`api`]: addresses and what goes over the wire
//! - [`enrol`]: who is who, and who may do what
//! - [`hand_in`]: what an upload is answered, and many of them in one commit
//! - [`packs`]: what is published, and what publishing it is answered
//! - [`store`]: SQL, and only there
//! - [`limits`], [`metrics`], [`clock`], [`random`]: what the above need
//! - [`service`]: all of it as one value
//!
//! The program:
//! - [`cli`], [`serve`]: the command line, listening, shutting down
//! - [`data_folder`]: the server's key, and its database if that is SQLite
//! - [`epoch`]: the number of a life of the store
//! - [`problem`]: errors as RFC 9457 problem documents

mod api;
mod assets;
pub mod cli;
pub mod clock;
pub mod cors;
mod data_folder;
pub mod enrol;
pub mod epoch;
pub mod hand_in;
pub mod headers;
pub mod limits;
pub mod metrics;
pub mod packs;
mod problem;
pub mod random;
mod router;
pub mod serve;
pub mod service;
pub mod site;
pub mod store;

pub use api::{NewInvitation, RoleName};
pub use problem::Problem;
pub use router::{HandIn, router};
pub use service::Service;
pub use site::Site;
