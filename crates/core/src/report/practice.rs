//! 主要做法: a part for each line of work of the notice.
//!
//! The book counts registrations, signatures, quizzes, inspections, and the activities that classes recorded. What
//! else was held, hung up or talked about it does not know; that is for a person to fill in.

use super::blank::blank;
use super::source::Facts;
use super::{Paragraph, Section, held, phrases};
use crate::book::ActivityKind;
use crate::overview::Column;

/// What of 防范教育 classes record. Lectures are told under 警校联动.
const EDUCATION: [ActivityKind; 4] = [
    ActivityKind::ClassMeeting,
    ActivityKind::Contest,
    ActivityKind::Publicity,
    ActivityKind::Other,
];

pub(super) fn sections(facts: &Facts<'_>) -> [Section; 8] {
    [
        Section::chapter("主要做法", Vec::new()),
        Section::part(
            "全面开展防范教育",
            vec![
                recorded(
                    facts,
                    "education",
                    &EDUCATION,
                    "主题班会、专题讲座、竞赛等活动的时间、次数和参加人数，校园网、广播、电子屏、展板、横幅等宣传的情况",
                    "班级台账之外的活动，校园网、广播、电子屏、展板、横幅等宣传的情况",
                ),
                counted(
                    facts,
                    "education-quiz",
                    "组织防范电信网络诈骗知识测验",
                    Column::QuizTaken,
                ),
            ],
        ),
        Section::part(
            "着力提升法治意识",
            vec![
                asked(
                    "law",
                    "法律法规教育的情况，电话卡、银行卡、支付账户自查的情况",
                ),
                counted(facts, "law-pledge", "组织签订承诺书", Column::Pledge),
            ],
        ),
        Section::part(
            "深入开展隐患排查",
            vec![
                asked(
                    "hazards",
                    "排查的范围、次数，发现的隐患和线索、采取的措施和整改结果，向公安机关报告的情况",
                ),
                counted(
                    facts,
                    "hazards-dorms",
                    "组织寝室检查",
                    Column::DormsInspected,
                ),
            ],
        ),
        Section::part(
            "关爱帮扶重点群体",
            vec![asked(
                "support",
                "重点群体的摸排人数，勤工助学、资助、谈心和心理支持的情况；只写人数，不写姓名",
            )],
        ),
        Section::part(
            "加强警校联动",
            vec![recorded(
                facts,
                "police",
                &[ActivityKind::Lecture],
                "与派出所、反诈中心联系的情况，专家讲座的时间、次数和参加人数",
                "与派出所、反诈中心联系的情况，讲座的时间和合作单位",
            )],
        ),
        Section::part(
            "强化家校联动",
            vec![
                recorded(
                    facts,
                    "families",
                    &[ActivityKind::Family],
                    "通过家校微信群、公众号、微博、抖音等发布安全提醒的渠道、次数和覆盖人数",
                    "发布安全提醒的渠道，班级台账之外的次数和覆盖人数",
                ),
                counted(facts, "families-notice", "组织收回家长回执", Column::Notice),
            ],
        ),
        Section::part(
            "推广国家反诈中心APP",
            vec![
                asked(
                    "app",
                    "组织师生下载、注册的做法，说明地区选择和开启预警的方式",
                ),
                counted(facts, "app-registered", "组织实名注册", Column::Registered),
                counted(facts, "app-warning", "组织开启预警", Column::WarningOn),
            ],
        ),
    ]
}

fn asked(id: &str, what: &str) -> Paragraph {
    Paragraph::text(id, blank(what))
}

/// What classes recorded of these kinds and what else there was, or all of it asked for.
fn recorded(
    facts: &Facts<'_>,
    id: &str,
    kinds: &[ActivityKind],
    all: &str,
    rest: &str,
) -> Paragraph {
    Paragraph::text(id, held::recorded_or_asked(facts, kinds, all, rest))
}

/// What was done and how far it came; where nothing of it is known, or nobody has come to it, a person has
/// to say whether it was done at all.
fn counted(facts: &Facts<'_>, id: &str, done: &str, column: Column) -> Paragraph {
    let share = facts.total.figures.share(column).unwrap_or_default();
    let text = match phrases::in_short(column, share) {
        Some(figures) if share.met > 0 => format!("{done}，{figures}。"),
        Some(_) => blank(&format!("{done}的情况；台账中尚无完成的登记")),
        None => blank(&format!("{done}的情况；台账中情况未知")),
    };
    Paragraph::text(id, text)
}
