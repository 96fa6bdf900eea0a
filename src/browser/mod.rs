//! Thin bindings to the browser; no rules.

pub(crate) mod boot;
pub(crate) mod camera;
pub(crate) mod clock;
pub(crate) mod content;
pub(crate) mod idb;
pub(crate) mod install;
pub(crate) mod local;
pub(crate) mod picture;
pub(crate) mod pinyin;
pub(crate) mod platform;
pub(crate) mod preference;
pub(crate) mod quota;
pub(crate) mod random;
pub(crate) mod save;
pub(crate) mod share;
pub(crate) mod stylesheet;
pub(crate) mod tabs;
pub(crate) mod theme;
pub(crate) mod wake_lock;
pub(crate) mod worker;
