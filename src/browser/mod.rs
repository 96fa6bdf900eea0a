//! Thin bindings to the browser; no rules.

pub(crate) mod boot;
pub(crate) mod clock;
pub(crate) mod idb;
pub(crate) mod local;
pub(crate) mod platform;
pub(crate) mod quota;
pub(crate) mod random;
pub(crate) mod tabs;
