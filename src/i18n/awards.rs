//! 达标评定: which dorms, classes and departments have their award, and why; rounds that were frozen.

use wuzha_core::award::Decision;
use wuzha_core::desk::Again;
use wuzha_core::measure::{Share, Standing};
use wuzha_core::pack::Level;

/// The texts of the awards.
pub(crate) struct Awards {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) reading: fn(done: u32, total: u32) -> String,
    pub(crate) levels: &'static str,
    pub(crate) level: fn(Level) -> &'static str,
    pub(crate) school: &'static str,
    pub(crate) of_classes: fn(Share) -> String,
    /// Of whom nothing is known there is no n/m, which would read as 0.
    pub(crate) met_of: fn(Share) -> String,
    pub(crate) standing: fn(Standing) -> &'static str,
    /// What a candidate fails at, and how many gates nobody knows of.
    pub(crate) open: fn(unmet: &[&str], unknown: usize) -> String,
    pub(crate) all: &'static str,
    pub(crate) more: fn(usize) -> String,
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
    pub(crate) rounds: &'static str,
    pub(crate) rounds_note: &'static str,
    pub(crate) no_round: &'static str,
    pub(crate) round_counts: fn(departments: &str, classes: &str, dorms: &str) -> String,
    pub(crate) freeze: &'static str,
    pub(crate) round_title: &'static str,
    pub(crate) school_name: &'static str,
    pub(crate) issuer: &'static str,
    pub(crate) frozen_at: fn(time: &str) -> String,
    pub(crate) check: &'static str,
    pub(crate) check_note: &'static str,
    pub(crate) all_again: fn(usize) -> String,
    pub(crate) some_again: fn(same: usize, all: usize) -> String,
    pub(crate) again: fn(name: &str, Again) -> String,
    pub(crate) certificates: &'static str,
    pub(crate) no_certificate: &'static str,
    pub(crate) which: &'static str,
    pub(crate) all_certificates: fn(usize) -> String,
    pub(crate) print: &'static str,
    pub(crate) print_note: &'static str,
}

pub(super) static ZH: Awards = Awards {
    title: "达标评定",
    lead: "每条都达到才算达标，不加权打分；寝室计入班级，班级计入系部，系部计入学校。案件等由老师掌握的条件，请复核后评定；复核要写理由，前后几次都留着。",
    reading: |done, total| format!("正在逐班计算 {done}/{total}"),
    levels: "评定对象",
    level: |level| match level {
        Level::Dorm => "寝室",
        Level::Class => "班级",
        Level::Department => "系部",
        Level::School => "学校",
    },
    school: "全校",
    of_classes: |Share { met, unknown, .. }: Share| match unknown {
        0 => format!("{met} 个班达标"),
        _ => format!("{met} 个班达标，{unknown} 个待核定"),
    },
    met_of: |share| match share.is_known() {
        true => format!("{}/{}", share.met, share.of()),
        false => "待核定".to_owned(),
    },
    standing: |standing| match standing {
        Standing::Met => "达标",
        Standing::Unmet => "不达标",
        Standing::Unknown | Standing::Apart => "待核定",
    },
    open: |unmet, unknown| {
        let unmet = match unmet {
            [] => None,
            [only] => Some(format!("未达到：{only}")),
            [first, ..] => Some(format!("未达到 {} 条：{first}等", unmet.len())),
        };
        let unknown = (unknown > 0).then(|| format!("{unknown} 条没有记录"));
        unmet
            .into_iter()
            .chain(unknown)
            .collect::<Vec<_>>()
            .join("；")
    },
    all: "全部",
    more: |count| format!("再显示一些（还有 {count} 个）"),
    by_person: "人工复核",
    review: "人工复核",
    review_hint: "您的评定代替上面按记录算出的结果，请写明理由，例如：“已核实，本期无案件。”",
    reason: "理由",
    decide: |decision| match decision {
        Decision::Given => "评为达标",
        Decision::Refused => "评为不达标",
        Decision::ByGates => "恢复按标准评定",
    },
    decided: |time, decision, reason| {
        let decision = match decision {
            Decision::Given => "评为达标",
            Decision::Refused => "评为不达标",
            Decision::ByGates => "恢复按标准评定",
        };
        format!("{time} {decision}：{reason}")
    },
    earlier: "复核记录",
    none: "没有符合的",
    export: "导出评定结果 Excel",
    export_note: "公示名单（只有达标的，可以公布），班级、寝室、系部和学校的评定结果（含理由和数字）。都没有个人信息。",
    rounds: "评定快照",
    rounds_note: "公布之前先冻结一轮：以后记录再有变化，也能按当时的记录重新算出公布的结果，证书按快照打印。",
    no_round: "还没有冻结过。",
    round_counts: |departments, classes, dorms| {
        format!("达标：系部 {departments}，班级 {classes}，寝室 {dorms}")
    },
    freeze: "冻结本轮评定",
    round_title: "轮次名称",
    school_name: "学校",
    issuer: "发证单位",
    frozen_at: |time| format!("冻结于 {time}。以下是当时的结果，不随记录变化。"),
    check: "按当时的记录核对",
    check_note: "用当时的记录、标准和复核重新计算一遍，与公布的结果逐班比较。",
    all_again: |count| format!("{count} 个班都与公布的结果一致。"),
    some_again: |same, all| format!("{all} 个班中 {same} 个与公布的结果一致，下面的不一致："),
    again: |name, again| match again {
        Again::Same => format!("{name}：一致"),
        Again::Different => format!("{name}：重新计算的结果不同"),
        Again::Gone => format!("{name}：当时的记录已不在本机（移除或到期清除），无法核对"),
    },
    certificates: "打印证书",
    no_certificate: "这一轮没有可发的证书。",
    which: "打印哪些",
    all_certificates: |count| format!("全部 {count} 张"),
    print: "打印",
    print_note: "A4 横向，每张一页；也可以在打印窗口里存成 PDF。",
};

pub(super) static EN: Awards = Awards {
    title: "Awards",
    lead: "All gates must hold; nothing is weighted. Dorms count for their class, classes for their department, departments for the school. What only teachers know, such as cases, is decided in a review, with a reason; earlier reviews stay.",
    reading: |done, total| format!("Reading class by class {done}/{total}"),
    levels: "Awards of",
    level: |level| match level {
        Level::Dorm => "Dorms",
        Level::Class => "Classes",
        Level::Department => "Departments",
        Level::School => "School",
    },
    school: "The whole school",
    of_classes: |Share { met, unknown, .. }: Share| match unknown {
        0 => format!("Classes with the award: {met}"),
        _ => format!("Classes with the award: {met}, to be decided: {unknown}"),
    },
    met_of: |share| match share.is_known() {
        true => format!("{}/{}", share.met, share.of()),
        false => "to be decided".to_owned(),
    },
    standing: |standing| match standing {
        Standing::Met => "Given",
        Standing::Unmet => "Not given",
        Standing::Unknown | Standing::Apart => "To be decided",
    },
    open: |unmet, unknown| {
        let unmet = match unmet {
            [] => None,
            [only] => Some(format!("Not met: {only}")),
            [first, ..] => Some(format!("{} not met: {first}, …", unmet.len())),
        };
        let unknown = (unknown > 0).then(|| format!("{unknown} without records"));
        unmet
            .into_iter()
            .chain(unknown)
            .collect::<Vec<_>>()
            .join("; ")
    },
    all: "All",
    more: |count| format!("Show more ({count} left)"),
    by_person: "Reviewed",
    review: "Review",
    review_hint: "Your decision counts instead of what the records say. Please say why, e.g. “Verified: no case in this period.”",
    reason: "Reason",
    decide: |decision| match decision {
        Decision::Given => "Give it",
        Decision::Refused => "Do not give it",
        Decision::ByGates => "Go by the gates again",
    },
    decided: |time, decision, reason| {
        let decision = match decision {
            Decision::Given => "given",
            Decision::Refused => "not given",
            Decision::ByGates => "by the gates again",
        };
        format!("{time} {decision}: {reason}")
    },
    earlier: "Reviews",
    none: "None of that kind",
    export: "Export the results as Excel",
    export_note: "Whom to publish (those with an award only), and all results of classes, dorms, departments and the school, with reasons and numbers. Nothing personal in any of it.",
    rounds: "Frozen rounds",
    rounds_note: "Freeze a round before you publish it: whatever changes in the records later, what was published can be computed again from the records of that day. Certificates are printed from a frozen round.",
    no_round: "None has been frozen yet.",
    round_counts: |departments, classes, dorms| {
        format!("Given: departments {departments}, classes {classes}, dorms {dorms}")
    },
    freeze: "Freeze this round",
    round_title: "Name of the round",
    school_name: "School",
    issuer: "Issued by",
    frozen_at: |time| {
        format!("Frozen on {time}. These are the results of that time; they do not change.")
    },
    check: "Check against the records of that time",
    check_note: "Computes everything again from the records, criteria and reviews of that time, and compares class by class.",
    all_again: |count| format!("All {count} classes come out as they were published."),
    some_again: |same, all| {
        format!("{same} of {all} classes come out as they were published; these do not:")
    },
    again: |name, again| match again {
        Again::Same => format!("{name}: as published"),
        Again::Different => format!("{name}: comes out otherwise"),
        Again::Gone => {
            format!("{name}: the records of that time are not on this device any more")
        }
    },
    certificates: "Print certificates",
    no_certificate: "No award was given in this round.",
    which: "Which ones",
    all_certificates: |count| format!("All {count}"),
    print: "Print",
    print_note: "A4 landscape, one a page; the print dialog can save them as PDF too.",
};
