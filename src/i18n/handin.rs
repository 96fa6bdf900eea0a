//! 上交.

/// The texts of 上交.
pub(crate) struct HandIn {
    pub(crate) title: &'static str,
}

pub(super) static ZH: HandIn = HandIn { title: "" };

pub(super) static EN: HandIn = HandIn { title: "" };
