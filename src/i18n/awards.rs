//! 达标评定: which classes have their award, and why.

use wuzha_core::award::Decision;
use wuzha_core::measure::Standing;

/// The texts of the awards.
pub(crate) struct Awards {
    pub(crate) title: &'static str,
    pub(crate) desc: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) reading: fn(done: u32, total: u32) -> String,
    pub(crate) standing: fn(Standing) -> &'static str,
    pub(crate) all: &'static str,
    pub(crate) by_person: &'static str,
    pub(crate) review: &'static str,
    pub(crate) review_hint: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) decide: fn(Decision) -> &'static str,
    pub(crate) decided: fn(time: &str, Decision, reason: &str) -> String,
    pub(crate) earlier: &'static str,
    pub(crate) none: &'static str,
    pub(crate) export: &'static str,
    pub(crate) export_note: &'static str,
}

pub(super) static ZH: Awards = Awards {
    title: "达标评定",
    desc: "无诈班级：每条标准达到没有，人工复核",
    lead: "每条都达到才算达标，不加权打分。案件等由老师掌握的条件，请逐班复核后评定；复核要写理由，前后几次都留着。",
    reading: |done, total| format!("正在逐班计算 {done}/{total}"),
    standing: |standing| match standing {
        Standing::Met => "达标",
        Standing::Unmet => "不达标",
        Standing::Unknown | Standing::Apart => "待核定",
    },
    all: "全部",
    by_person: "人工复核",
    review: "人工复核",
    review_hint: "您的评定代替上面按记录算出的结果，请写明理由，例如：“已核实，本期无案件。”",
    reason: "理由",
    decide: |decision| match decision {
        Decision::Given => "评为达标",
        Decision::Refused => "评为不达标",
    },
    decided: |time, decision, reason| {
        let decision = match decision {
            Decision::Given => "达标",
            Decision::Refused => "不达标",
        };
        format!("{time} 评为{decision}：{reason}")
    },
    earlier: "复核记录",
    none: "没有这样的班级",
    export: "导出评定结果 Excel",
    export_note: "两张表：公示名单（只有达标的班级，可以公布）和评定结果（含理由）。都没有个人信息。",
};

pub(super) static EN: Awards = Awards {
    title: "Awards",
    desc: "Fraud-free classes: gate by gate, and your review",
    lead: "All gates must hold; nothing is weighted. What only teachers know, such as cases, is decided class by class in a review, with a reason; earlier reviews stay.",
    reading: |done, total| format!("Reading class by class {done}/{total}"),
    standing: |standing| match standing {
        Standing::Met => "Given",
        Standing::Unmet => "Not given",
        Standing::Unknown | Standing::Apart => "To be decided",
    },
    all: "All",
    by_person: "Reviewed",
    review: "Review",
    review_hint: "Your decision counts instead of what the records say. Please say why, e.g. “Verified: no case in this period.”",
    reason: "Reason",
    decide: |decision| match decision {
        Decision::Given => "Give it",
        Decision::Refused => "Do not give it",
    },
    decided: |time, decision, reason| {
        let decision = match decision {
            Decision::Given => "given",
            Decision::Refused => "not given",
        };
        format!("{time} {decision}: {reason}")
    },
    earlier: "Reviews",
    none: "No such class",
    export: "Export the results as Excel",
    export_note: "Two sheets: whom to publish, with the classes that have the award only, and all results with reasons. Neither has anything personal.",
};
