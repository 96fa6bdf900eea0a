//! One file per screen. A page composes; it does not compute.

mod download;
mod help;
mod home;
mod not_found;

pub(crate) use download::Download;
pub(crate) use help::Help;
pub(crate) use home::Home;
pub(crate) use not_found::NotFound;
