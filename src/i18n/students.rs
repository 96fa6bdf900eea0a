//! 登记 · 学生.

/// The texts of 登记 · 学生.
pub(crate) struct Students {
    pub(crate) title: &'static str,
}

pub(super) static ZH: Students = Students { title: "" };

pub(super) static EN: Students = Students { title: "" };
