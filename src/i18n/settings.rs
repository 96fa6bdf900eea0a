//! 设置.

/// The texts of 设置.
pub(crate) struct Settings {
    pub(crate) title: &'static str,
}

pub(super) static ZH: Settings = Settings { title: "" };

pub(super) static EN: Settings = Settings { title: "" };
