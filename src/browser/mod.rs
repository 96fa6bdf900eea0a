//! Thin bindings to the browser; no rules.

pub(crate) mod boot;
pub(crate) mod platform;
