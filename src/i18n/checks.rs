//! 登记 · 寝室 and 班级: checklists and gates.

use wuzha_core::award::{GateState, Outcome};
use wuzha_core::book::{Round, Verdict};
use wuzha_core::inspection::Progress;
use wuzha_core::measure::Share;
use wuzha_core::pack::{Measure, Test};
use wuzha_core::rooms::RoomState;

/// The texts of 登记 · 寝室 and 班级: checklists and gates.
pub(crate) struct Checks {
    // Rounds
    pub(crate) rounds: &'static str,
    pub(crate) round: fn(Round) -> String,
    pub(crate) in_round: fn(Round) -> String,
    pub(crate) round_current: fn(Round) -> String,
    pub(crate) no_round: &'static str,
    pub(crate) pick_round: &'static str,
    pub(crate) new_round: &'static str,
    pub(crate) new_round_tomorrow: &'static str,
    pub(crate) round_opened: fn(Round) -> String,
    pub(crate) over: &'static str,
    pub(crate) to_current: &'static str,

    // Rooms
    pub(crate) inspected: fn(inspected: usize, all: usize) -> String,
    pub(crate) members: &'static str,
    pub(crate) members_count: fn(u32) -> String,
    pub(crate) room_state: fn(RoomState, Progress) -> String,
    pub(crate) previous_room: &'static str,
    pub(crate) next_room: &'static str,
    pub(crate) all_rooms: &'static str,
    pub(crate) no_such_room: &'static str,
    pub(crate) no_such_room_next: &'static str,
    pub(crate) no_dorms: &'static str,
    pub(crate) no_dorms_next: &'static str,
    pub(crate) no_students: &'static str,
    pub(crate) import: &'static str,
    pub(crate) without_dorm: fn(n: usize, names: &str) -> String,
    pub(crate) give_dorm: &'static str,
    pub(crate) comma: &'static str,

    // The checklist
    pub(crate) progress: fn(Progress) -> String,
    pub(crate) judged: fn(Verdict) -> String,
    pub(crate) taken_back: &'static str,
    pub(crate) pass_rest: &'static str,
    pub(crate) rest_passed: fn(items: u32) -> String,
    pub(crate) automatic: fn(Measure, Share) -> String,
    pub(crate) by_person: &'static str,
    pub(crate) unrecorded: &'static str,
    pub(crate) remark: &'static str,
    pub(crate) remarked: fn(&str) -> String,
    pub(crate) remark_written: &'static str,

    // The gates
    pub(crate) outcome: fn(Outcome) -> &'static str,
    pub(crate) gate_state: fn(GateState) -> &'static str,
    pub(crate) share: fn(Measure, Share) -> String,
    pub(crate) decided_by: fn(&Test, source: &str) -> String,
    pub(crate) veto: &'static str,
    pub(crate) gates_note: &'static str,
    pub(crate) gates_example: &'static str,
}

pub(super) static ZH: Checks = Checks {
    rounds: "检查轮次",
    round: |round| format!("本轮检查：{round}"),
    in_round: |round| format!(" · {round} 轮"),
    round_current: |round| format!("{round}（本轮）"),
    no_round: "还没有检查过。记下第一项时自动开始本轮。",
    pick_round: "查看轮次",
    new_round: "开始新一轮检查",
    new_round_tomorrow: "今天的一轮已经开始，明天起可以再开新一轮。",
    round_opened: |round| format!("已开始 {round} 这一轮"),
    over: "这一轮已经结束，只能查看。",
    to_current: "回到本轮",

    inspected: |inspected, all| format!("已检查 {inspected}/{all} 间寝室"),
    members: "成员",
    members_count: |n| format!("{n} 人"),
    room_state: |state, progress| match state {
        RoomState::NotInspected => "未检查".to_owned(),
        RoomState::Started => format!("还有 {} 项", progress.waiting),
        RoomState::Failed => format!("不合格 {} 项", progress.failed),
        RoomState::Undecided => format!("{} 项未知", progress.items - progress.decided),
        RoomState::Passed => "全部合格".to_owned(),
        RoomState::Gates(Outcome::MetSoFar) => "达标待核定".to_owned(),
        RoomState::Gates(Outcome::Unmet) => "未达标".to_owned(),
        RoomState::Gates(Outcome::Unknown) => "全部合格，达标未知".to_owned(),
    },
    previous_room: "上一间",
    next_room: "下一间",
    all_rooms: "全部寝室",
    no_such_room: "没有这间寝室",
    no_such_room_next: "可能改了名字，或者已经没有人住。",
    no_dorms: "还没有寝室",
    no_dorms_next: "花名册里写上寝室，这里就会列出每一间。",
    no_students: "还没有学生，自动统计的项目暂时未知。",
    import: "导入花名册",
    without_dorm: |n, names| format!("{n} 人没有寝室：{names}"),
    give_dorm: "去补寝室",
    comma: "、",

    progress: |Progress {
                   decided,
                   failed,
                   items,
                   ..
               }| match failed {
        0 => format!("已查 {decided}/{items}"),
        _ => format!("已查 {decided}/{items}，不合格 {failed}"),
    },
    judged: |verdict| match verdict {
        Verdict::Pass => "已记为合格".to_owned(),
        Verdict::Fail => "已记为不合格".to_owned(),
        Verdict::NotApplicable => "已记为不适用".to_owned(),
    },
    taken_back: "已取消这一项的结果",
    pass_rest: "全部合格",
    rest_passed: |items| format!("{items} 项已记为合格，可再改例外"),
    automatic: |measure, share| match measure.is_of_activities() {
        true => format!("自动得出：{}", measure_zh(measure)),
        false => format!(
            "自动统计：{} {}",
            measure_zh(measure),
            share_zh(measure, share)
        ),
    },
    by_person: "已由人判定。再点一次选中的结果，改回自动统计。",
    unrecorded: "“活动”里还没有记录；记一次就自动得出，也可以直接判定。",
    remark: "备注",
    remarked: |remark| format!("备注：{remark}"),
    remark_written: "已改备注",

    outcome: |outcome| match outcome {
        Outcome::MetSoFar => "达标待核定",
        Outcome::Unmet => "未达标",
        Outcome::Unknown => "未知",
    },
    gate_state: |state| match state {
        GateState::Met => "达到",
        GateState::Unmet => "未达到",
        GateState::Unknown => "未知",
        GateState::Teacher => "老师判定",
    },
    share: share_zh,
    decided_by: |test, source| match test {
        Test::Share {
            min_percent: 100, ..
        } => format!("自动统计 · 来源：{source}"),
        Test::Share { min_percent, .. } => {
            format!("自动统计，不低于 {min_percent}% · 来源：{source}")
        }
        Test::Item(_) => format!("按检查表 · 来源：{source}"),
        Test::Teacher(_) => format!("由老师核实 · 来源：{source}"),
    },
    veto: "一票否决",
    gates_note: "每一条都要达到。这里只按本机记录计算，其余由老师核实，最后由老师评定。",
    gates_example: "标准为示例，请学校核实。",
};

pub(super) static EN: Checks = Checks {
    rounds: "Rounds of inspections",
    round: |round| format!("Current round: {round}"),
    in_round: |round| format!(" · round of {round}"),
    round_current: |round| format!("{round} (current)"),
    no_round: "Nothing inspected yet. The first entry starts the round.",
    pick_round: "Show round",
    new_round: "Start a new round",
    new_round_tomorrow: "Today's round is open. You can start another from tomorrow.",
    round_opened: |round| format!("Round of {round} started"),
    over: "This round is over and can only be read.",
    to_current: "Current round",

    inspected: |inspected, all| format!("Dorms inspected: {inspected}/{all}"),
    members: "Members",
    members_count: |n| format!("Members: {n}"),
    room_state: |state, progress| match state {
        RoomState::NotInspected => "Not inspected".to_owned(),
        RoomState::Started => format!("Items left: {}", progress.waiting),
        RoomState::Failed => format!("Failed: {}", progress.failed),
        RoomState::Undecided => format!("Unknown: {}", progress.items - progress.decided),
        RoomState::Passed => "All passed".to_owned(),
        RoomState::Gates(Outcome::MetSoFar) => "On target, to be confirmed".to_owned(),
        RoomState::Gates(Outcome::Unmet) => "Not on target".to_owned(),
        RoomState::Gates(Outcome::Unknown) => "Passed, target unknown".to_owned(),
    },
    previous_room: "Previous",
    next_room: "Next",
    all_rooms: "All dorms",
    no_such_room: "No such dorm",
    no_such_room_next: "It may have been renamed, or nobody lives there any more.",
    no_dorms: "No dorms yet",
    no_dorms_next: "Put the dorms into the class list and each will be shown here.",
    no_students: "No students yet; what is counted automatically is unknown.",
    import: "Import class list",
    without_dorm: |n, names| format!("Without a dorm ({n}): {names}"),
    give_dorm: "Add dorms",
    comma: ", ",

    progress: |Progress {
                   decided,
                   failed,
                   items,
                   ..
               }| match failed {
        0 => format!("Checked {decided}/{items}"),
        _ => format!("Checked {decided}/{items}, failed {failed}"),
    },
    judged: |verdict| match verdict {
        Verdict::Pass => "Recorded as passed".to_owned(),
        Verdict::Fail => "Recorded as failed".to_owned(),
        Verdict::NotApplicable => "Recorded as not applicable".to_owned(),
    },
    taken_back: "Result of this item taken back",
    pass_rest: "Pass the rest",
    rest_passed: |items| format!("Items recorded as passed: {items}. Now mark exceptions."),
    automatic: |measure, share| {
        format!(
            "Counted automatically: {} {}",
            measure_en(measure),
            share_en(measure, share)
        )
    },
    by_person: "Set by a person. Tap the chosen result again to go back to the count.",
    unrecorded: "Not recorded under Activities yet; record it there, or judge it here.",
    remark: "Remark",
    remarked: |remark| format!("Remark: {remark}"),
    remark_written: "Remark changed",

    outcome: |outcome| match outcome {
        Outcome::MetSoFar => "On target, to be confirmed",
        Outcome::Unmet => "Not on target",
        Outcome::Unknown => "Unknown",
    },
    gate_state: |state| match state {
        GateState::Met => "Met",
        GateState::Unmet => "Not met",
        GateState::Unknown => "Unknown",
        GateState::Teacher => "Teacher decides",
    },
    share: share_en,
    decided_by: |test, source| match test {
        Test::Share {
            min_percent: 100, ..
        } => format!("Counted · source: {source}"),
        Test::Share { min_percent, .. } => {
            format!("Counted, at least {min_percent}% · source: {source}")
        }
        Test::Item(_) => format!("From the checklist · source: {source}"),
        Test::Teacher(_) => format!("Verified by the teacher · source: {source}"),
    },
    veto: "Veto",
    gates_note: "Every line must be met. This counts what is recorded on this phone; the teacher verifies the rest and decides.",
    gates_example: "These criteria are an example, to be confirmed by the school.",
};

/// `3/4，1 人未知`. As long as nobody is known either way there is no n/m, which would read as 0.
fn share_zh(measure: Measure, share: Share) -> String {
    let unit = match measure {
        Measure::DormsMet => "间",
        Measure::ActivityHeld | Measure::ClassMeetingHeld | Measure::FamilyReached => "个班",
        Measure::ClassesMet | Measure::DepartmentsMet => "个",
        _ => "人",
    };
    let mut text = match share {
        Share { unknown: 0, .. } if share.of() == 0 => "没有可统计的对象".to_owned(),
        Share {
            met: 0,
            unmet: 0,
            unknown,
            ..
        } => format!("{unknown} {unit}未知"),
        Share {
            met, unknown: 0, ..
        } => format!("{met}/{}", share.of()),
        Share { met, unknown, .. } => format!("{met}/{}，{unknown} {unit}未知", share.of()),
    };
    if share.apart > 0 {
        text += &format!("，另列 {} {unit}", share.apart);
    }
    text
}

/// `3/4, 1 unknown`
fn share_en(_: Measure, share: Share) -> String {
    let mut text = match share {
        Share { unknown: 0, .. } if share.of() == 0 => "nobody to count".to_owned(),
        Share {
            met: 0,
            unmet: 0,
            unknown,
            ..
        } => format!("{unknown} unknown"),
        Share {
            met, unknown: 0, ..
        } => format!("{met}/{}", share.of()),
        Share { met, unknown, .. } => format!("{met}/{}, {unknown} unknown", share.of()),
    };
    if share.apart > 0 {
        text += &format!(", {} apart", share.apart);
    }
    text
}

pub(super) fn measure_zh(measure: Measure) -> &'static str {
    match measure {
        Measure::Registered => "已注册",
        Measure::WarningOn => "预警已开启",
        Measure::RegionRight => "地区选对",
        Measure::QuizTaken => "已参加测验",
        Measure::QuizPassed => "测验合格",
        Measure::PledgeSigned => "已签承诺书",
        Measure::NoticeReturned => "回执已交",
        Measure::ActivityHeld => "有活动记录",
        Measure::ClassMeetingHeld => "有班会记录",
        Measure::FamilyReached => "有家校联动记录",
        Measure::DormsMet => "寝室达标",
        Measure::ClassesMet => "班级达标",
        Measure::DepartmentsMet => "系部达标",
    }
}

pub(super) fn measure_en(measure: Measure) -> &'static str {
    match measure {
        Measure::Registered => "registered",
        Measure::WarningOn => "warnings on",
        Measure::RegionRight => "right region",
        Measure::QuizTaken => "took the quiz",
        Measure::QuizPassed => "passed the quiz",
        Measure::PledgeSigned => "pledge signed",
        Measure::NoticeReturned => "slips back",
        Measure::ActivityHeld => "activities recorded",
        Measure::ClassMeetingHeld => "class meeting recorded",
        Measure::FamilyReached => "message to parents recorded",
        Measure::DormsMet => "dorms on target",
        Measure::ClassesMet => "classes with the award",
        Measure::DepartmentsMet => "departments with the award",
    }
}
