//! 登记 · 寝室 and 班级: checklists and gates.

/// The texts of 登记 · 寝室 and 班级: checklists and gates.
pub(crate) struct Checks {
    pub(crate) title: &'static str,
}

pub(super) static ZH: Checks = Checks { title: "" };

pub(super) static EN: Checks = Checks { title: "" };
