//! What a heading of an old ledger says its column holds.
//!
//! Headings come in countless wordings (`是否下载注册国家反诈中心APP`), so they are taken apart into words:
//! those that name a topic, and those that say nothing. A heading with any other word in it
//! (`家长是否下载`, `未注册`, `注册时间`) is not known, however much of it fits.

use serde::{Deserialize, Serialize};

use super::app::AppColumn;
use crate::roster::word;
use crate::text;

/// A column of an old ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its number, from 1.
    pub number: u32,
    /// What stands over it, shortened; of two rows the lower.
    pub heading: String,
    /// What becomes of it.
    pub becomes: Use,
}

/// What becomes of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Use {
    /// Its cells are read.
    Taken(Holds),
    /// They are not.
    LeftOut(LeftOut),
}

/// What a column holds that is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holds {
    /// 系部
    Department,
    /// 年级
    Grade,
    /// 班级
    Class,
    /// 学号
    No,
    /// 姓名
    Name,
    /// 寝室, or its building
    Dorm,
    /// Where the student stands with the app, or a part of it
    App(AppColumn),
    /// 核验方式
    Verification,
    /// 无法安装原因
    Reason,
    /// 地区是否选对
    Region,
    /// 近期已登录
    Login,
    /// 承诺书
    Pledge,
    /// 家长回执
    Notice,
}

/// Why a column is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeftOut {
    /// 序号: says nothing.
    RunningNumber,
    /// 身份证: the book holds none.
    IdentityCard,
    /// Telephones, QQ, 微信, mail: the book holds none.
    Contact,
    /// Accounts and cards: the book holds none.
    Bank,
    /// Where somebody lives or comes from: the book holds none.
    Address,
    /// 备注: may hold anything about a person.
    Note,
    /// Scores: the book knows them with their paper and answers only.
    Score,
    /// Who recorded or verified, and when: the book names whoever writes in it.
    Recorded,
    /// Another column has the same, or this one alone does not say enough (楼栋 without a room).
    Spare,
    /// The heading is not known.
    NotKnown,
}

/// What a word of a heading is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    App,
    Install,
    Register,
    Warning,
    Region,
    Login,
    Pledge,
    Notice,
    /// Says nothing of its own.
    Filler,
}

/// The words of headings. The longest that fits is taken.
const WORDS: &[(Topic, &str)] = &[
    (Topic::App, "app 国家反诈中心 反诈中心 国家反诈 软件 客户端"),
    (Topic::Install, "下载 安装 installed"),
    (Topic::Register, "注册 实名注册 实名认证 实名 registered"),
    (Topic::Warning, "预警"),
    (Topic::Region, "地区 区域 属地"),
    (Topic::Login, "登录"),
    (Topic::Pledge, "承诺书 承诺"),
    (
        Topic::Notice,
        "家长回执 回执 家长信 家长一封信 致家长一封信 致家长的一封信 致家长信 一封信 告家长书 \
         家长告知书",
    ),
    (
        Topic::Filler,
        "是否 有无 是 否 已 情况 状态 完成 成功 到位 功能 提醒 开启 开通 打开 签订 签署 签字 签 \
         提交 上交 交回 交 回收 收回 返回 收 选择 选对 正确 近期 常驻 所在 学生 本人 手机 并 及 和 与 的 \
         反诈 反诈骗 防诈 防诈骗 防骗 防范 诈骗 电信 网络 安全 填 填写 单",
    ),
];

/// Headings that are one word.
const WHOLE: &[(Use, &str)] = &[
    (
        Use::Taken(Holds::Department),
        "系部 系 系别 系名 系名称 系院 院系 院部 院系名称 学院 学院名称 二级学院 教学系部 \
         department",
    ),
    (Use::Taken(Holds::Grade), "年级 入学年级 grade"),
    (
        Use::Taken(Holds::Class),
        "班级 班别 班 班级名 班级名称 行政班 行政班级 专业班级 class classname",
    ),
    (Use::Taken(Holds::Verification), "核验方式"),
    (
        Use::Taken(Holds::Reason),
        "无法安装原因 无法安装的原因 不能安装原因",
    ),
    (Use::LeftOut(LeftOut::RunningNumber), "序号 编号 no num"),
    (Use::LeftOut(LeftOut::Contact), "手机 号码"),
    (Use::LeftOut(LeftOut::Note), "说明 remark note"),
];

/// What a column with one of these anywhere in its heading is left out for.
const PARTS: &[(LeftOut, &str)] = &[
    (LeftOut::IdentityCard, "身份证 证件号 idcard"),
    (
        LeftOut::Contact,
        "手机号 电话 联系方式 联系人 qq 微信 邮箱 phone mobile email wechat",
    ),
    (LeftOut::Bank, "银行 卡号 支付宝"),
    (LeftOut::Address, "住址 家庭地址 籍贯 户籍 生源"),
    (LeftOut::Note, "备注"),
    (
        LeftOut::Score,
        "成绩 测验 测试 首测 补测 补考 缺考 得分 分数 考试 竞赛 答题",
    ),
    (
        LeftOut::Recorded,
        "核验人 登记人 检查人 填表人 填报人 记录人 时间 日期",
    ),
];

impl Column {
    /// Whether it asks for the app, and says nothing of the registration by a bare 是.
    pub(super) fn asks_for_app_alone(&self) -> bool {
        self.asks_for(AppColumn::App) || self.asks_for(AppColumn::Installed)
    }

    fn asks_for(&self, app: AppColumn) -> bool {
        self.becomes == Use::Taken(Holds::App(app))
    }
}

/// Whether one of them asks for the registration.
pub(super) fn ask_for_registration(columns: &[Column]) -> bool {
    let asks = |column: &Column| {
        column.asks_for(AppColumn::Registered) || column.asks_for(AppColumn::Both)
    };
    columns.iter().any(asks)
}

/// What the column under `cell` is for; `None` if it is not known, or a roster's own.
pub(super) fn of_heading(cell: &str) -> Option<Use> {
    let word = word(cell);
    let left_out = PARTS.iter().find(|(_, parts)| has_part(&word, parts));
    if let Some((reason, _)) = left_out {
        return Some(Use::LeftOut(*reason));
    }
    let plain = ["所在", "所属", "学生"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix));
    let whole = [Some(word.as_str()), plain]
        .into_iter()
        .flatten()
        .find_map(whole);
    whole.or_else(|| holds(&word, cell).map(Use::Taken))
}

fn has_part(word: &str, parts: &str) -> bool {
    parts.split(' ').any(|part| word.contains(part))
}

fn whole(word: &str) -> Option<Use> {
    let found = WHOLE
        .iter()
        .find(|(_, words)| words.split(' ').any(|known| known == word));
    found.map(|(becomes, _)| *becomes)
}

/// By the topics of a heading; `APP（是否注册）` is asked for what stands in its brackets as well.
fn holds(word: &str, cell: &str) -> Option<Holds> {
    let found = of_topics(&topics(word)?)?;
    if found != Holds::App(AppColumn::App) {
        return Some(found);
    }
    let with_brackets: String = text::folded(cell)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let closer = topics(&with_brackets).and_then(|topics| of_topics(&topics));
    Some(closer.unwrap_or(found))
}

fn of_topics(topics: &[Topic]) -> Option<Holds> {
    use Topic::{App, Install, Login, Notice, Pledge, Region, Register, Warning};
    let app = |column| Some(Holds::App(column));
    match topics {
        [App] => app(AppColumn::App),
        [App, Install] | [Install] => app(AppColumn::Installed),
        [App, Register] | [Register] => app(AppColumn::Registered),
        [App, Install, Register] | [Install, Register] => app(AppColumn::Both),
        [App, Warning] | [Warning] => app(AppColumn::Warning),
        [App, Register, Region] | [App, Region] | [Register, Region] | [Region] => {
            Some(Holds::Region)
        }
        [App, Login] | [Login] => Some(Holds::Login),
        [Pledge] => Some(Holds::Pledge),
        [Notice] => Some(Holds::Notice),
        _ => None,
    }
}

/// The topics of a heading, each once and in order; `None` if it has a word that is not known.
fn topics(heading: &str) -> Option<Vec<Topic>> {
    let mut topics = Vec::new();
    let mut rest = heading;
    while !rest.is_empty() {
        let (topic, after) = first_word(rest)?;
        if topic != Topic::Filler {
            topics.push(topic);
        }
        rest = after;
    }
    topics.sort_unstable();
    topics.dedup();
    Some(topics)
}

fn first_word(text: &str) -> Option<(Topic, &str)> {
    WORDS
        .iter()
        .flat_map(|(topic, words)| words.split(' ').map(move |word| (*topic, word)))
        .filter_map(|(topic, word)| Some((topic, text.strip_prefix(word)?)))
        .min_by_key(|(_, rest)| rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_their_columns_hold() {
        use Holds::{App, Verification};
        use Holds::{Class, Department, Grade, Login, Notice, Pledge, Reason, Region};
        for (cell, expected) in [
            ("系部", Department),
            ("所属学院", Department),
            ("院系", Department),
            ("年级", Grade),
            ("所在班级", Class),
            ("班  别", Class),
            ("APP状态", App(AppColumn::App)),
            ("国家反诈中心APP", App(AppColumn::App)),
            ("国家反诈中心ＡＰＰ（是/否）", App(AppColumn::App)),
            ("反诈APP（是否注册）", App(AppColumn::Registered)),
            ("是否下载", App(AppColumn::Installed)),
            ("手机是否安装国家反诈中心APP", App(AppColumn::Installed)),
            ("注册情况", App(AppColumn::Registered)),
            ("是否完成实名注册", App(AppColumn::Registered)),
            ("是否下载并注册国家反诈中心APP", App(AppColumn::Both)),
            ("预警", App(AppColumn::Warning)),
            ("是否开启\n预警功能", App(AppColumn::Warning)),
            ("核验方式", Verification),
            ("无法安装原因", Reason),
            ("地区", Region),
            ("注册地区是否正确", Region),
            ("近期是否登录", Login),
            ("是否签订反诈承诺书", Pledge),
            ("承诺书（签字）", Pledge),
            ("《致家长的一封信》回执", Notice),
            ("家长回执是否交回", Notice),
        ] {
            assert_eq!(of_heading(cell), Some(Use::Taken(expected)), "{cell:?}");
        }
    }

    #[test]
    fn what_the_book_does_not_hold_is_left_out_by_name() {
        for (cell, expected) in [
            ("序号", LeftOut::RunningNumber),
            ("身份证号码", LeftOut::IdentityCard),
            ("手机", LeftOut::Contact),
            ("注册手机号", LeftOut::Contact),
            ("家长联系电话", LeftOut::Contact),
            ("QQ号", LeftOut::Contact),
            ("银行卡号", LeftOut::Bank),
            ("家庭住址", LeftOut::Address),
            ("备  注", LeftOut::Note),
            ("首测", LeftOut::Score),
            ("反诈知识竞赛成绩", LeftOut::Score),
            ("核验人", LeftOut::Recorded),
            ("注册时间", LeftOut::Recorded),
        ] {
            assert_eq!(of_heading(cell), Some(Use::LeftOut(expected)), "{cell:?}");
        }
    }

    #[test]
    fn a_heading_that_says_more_than_is_known_is_not_known() {
        for cell in [
            "",
            "家长是否下载",
            "家长承诺书",
            "未注册",
            "无法注册",
            "注册率",
            "安装截图",
            "签订情况",
            "是否参加反诈讲座",
            "承诺书及家长回执",
            "预警次数",
            "民族",
        ] {
            assert_eq!(of_heading(cell), None, "{cell:?}");
        }
    }
}
