//! 测验.

/// The texts of 测验.
pub(crate) struct Quiz {
    pub(crate) title: &'static str,
}

pub(super) static ZH: Quiz = Quiz { title: "" };

pub(super) static EN: Quiz = Quiz { title: "" };
