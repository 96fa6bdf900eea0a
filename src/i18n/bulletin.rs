//! 通报: how far the units have come, gone over by a person.

/// The texts of the bulletin beside those of the work summary.
pub(crate) struct Bulletin {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) deadline: &'static str,
    pub(crate) deadline_hint: &'static str,
}

pub(super) static ZH: Bulletin = Bulletin {
    title: "通报",
    lead: "比较各单位的进度，不写学生姓名，案件只写类型和数量。系统不知道的留作【请填写】。每段都能改，改过的会留着。",
    deadline: "完成时限",
    deadline_hint: "要求在哪天前完成；不选就留作【请填写】",
};

pub(super) static EN: Bulletin = Bulletin {
    title: "Bulletin",
    lead: "Compares how far the units have come. It has no student's name, and of cases their types and numbers only. What is not known is left as a blank, 【请填写】. Every paragraph can be changed, and changes are kept.",
    deadline: "Deadline",
    deadline_hint: "The day before which it is to be done; without one it is left as a blank",
};
