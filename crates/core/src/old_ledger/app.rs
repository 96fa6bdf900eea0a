//! Where a student stands with the app, from what one column or several say about it.
//!
//! Old ledgers ask 是否下载, 是否注册, 是否开启预警 apart or together; the book holds one
//! [`Status`]. Each cell says a part; the parts make a status only where they leave no doubt.

use serde::{Deserialize, Serialize};

use super::words::yes_or_no;
use super::{AppYes, Why};
use crate::book::Status;
use crate::ledger::words;
use crate::text;

/// What a column asks about the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppColumn {
    /// 国家反诈中心APP, APP状态: no more than that.
    App,
    /// 是否下载, 是否安装
    Installed,
    /// 是否注册
    Registered,
    /// 是否下载注册: both in one.
    Both,
    /// 是否开启预警
    Warning,
}

/// What the cells of a row say about the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    installed: Option<bool>,
    registered: Option<bool>,
    warning: Option<bool>,
    apart: Option<Apart>,
}

/// Who is listed apart.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Apart {
    Unable { reason: Option<String> },
    Declined,
}

/// Words for who cannot install, each of them the reason too.
const REASONS: &[&str] = &[
    "无智能手机",
    "没有智能手机",
    "非智能手机",
    "无手机",
    "没有手机",
    "老年机",
    "老人机",
    "功能机",
    "手机不支持",
    "系统不支持",
    "系统版本过低",
    "系统版本低",
    "ios限制",
    "ios系统限制",
    "苹果限制",
    "苹果系统限制",
];
const UNABLE: &[&str] = &["不能安装", "安装不了", "无法下载", "下载不了"];
const DECLINED: &[&str] = &["不同意", "不同意安装", "拒绝", "拒绝安装", "不愿安装"];

/// What a word of a cell says.
#[derive(Clone, Copy)]
enum Part {
    Yes,
    No,
    Installed,
    Registered,
    Warning,
    Filler,
}

/// The words that cells are made of (`已下载，未注册`). The longest that fits is taken.
const PARTS: &[(Part, &str)] = &[
    (Part::Yes, "已 已经"),
    (Part::No, "未 还未 尚未 没 没有"),
    (Part::Installed, "下载 安装 装"),
    (Part::Registered, "注册 实名注册 实名认证 实名"),
    (Part::Warning, "开启 开通 打开 开启预警 开通预警 打开预警"),
    (
        Part::Filler,
        "预警 功能 app 国家反诈中心 反诈中心 成功 并 且 并且 和 及 但 、 , ;",
    ),
];

impl Evidence {
    /// What a cell says that is not empty; `None` if it is not understood.
    pub(super) fn of(column: AppColumn, folded: &str, cell: &str) -> Option<Self> {
        apart(folded, cell)
            .or_else(|| yes_or_no(folded).map(|yes| plain(column, yes)))
            .or_else(|| in_parts(folded))
    }

    /// Both together; `None` if they say the opposite of each other.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        let apart = match (self.apart, other.apart) {
            (Some(Apart::Declined), Some(Apart::Unable { .. }))
            | (Some(Apart::Unable { .. }), Some(Apart::Declined)) => return None,
            (apart, other) => apart.or(other),
        };
        Some(Self {
            installed: agreed(self.installed, other.installed)?,
            registered: agreed(self.registered, other.registered)?,
            warning: agreed(self.warning, other.warning)?,
            apart,
        })
    }

    /// The status that this leaves no doubt about, and why one cannot install.
    ///
    /// # Errors
    /// If it says too little, or what cannot be.
    pub(super) fn status(self, yes: AppYes) -> Result<(Status, Option<String>), Why> {
        let is_there = [self.installed, self.registered, self.warning].contains(&Some(true));
        match self.apart {
            Some(_) if is_there => return Err(Why::Contradiction),
            Some(Apart::Unable { reason }) => return Ok((Status::Unable, reason)),
            Some(Apart::Declined) => return Ok((Status::Declined, None)),
            None => {}
        }
        let registered = match (self.installed, self.registered, yes) {
            (Some(true), None, AppYes::Registered) => Some(true),
            (_, registered, _) => registered,
        };
        let status = match (self.installed, registered, self.warning) {
            (Some(false), Some(true), _) | (Some(false), _, Some(true)) => {
                return Err(Why::Contradiction);
            }
            (_, Some(false), Some(true)) => return Err(Why::Contradiction),
            (_, _, Some(true)) => Status::WarningOn,
            (_, Some(true), _) => Status::Registered,
            (Some(false), _, _) => Status::NotInstalled,
            (Some(true), Some(false), _) => Status::Installed,
            _ => return Err(Why::NotEnough),
        };
        Ok((status, None))
    }
}

/// The one value that both allow, if there is one: `Some(None)` if neither says anything.
fn agreed(one: Option<bool>, other: Option<bool>) -> Option<Option<bool>> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => Some(one.or(other)),
    }
}

/// 是 and 否, by what was asked. Whoever has the app, whatever was meant by that, has installed it; whoever
/// has not, has not registered.
fn plain(column: AppColumn, yes: bool) -> Evidence {
    let mut said = Evidence::default();
    match (column, yes) {
        (AppColumn::App, true) | (AppColumn::Installed, _) => said.installed = Some(yes),
        (AppColumn::App, false) | (AppColumn::Registered | AppColumn::Both, _) => {
            said.registered = Some(yes);
        }
        (AppColumn::Warning, _) => said.warning = Some(yes),
    }
    said
}

fn apart(folded: &str, cell: &str) -> Option<Evidence> {
    let unable = |reason| Some(Apart::Unable { reason });
    let apart = if REASONS.contains(&folded) {
        unable(Some(text::tidy(cell)))
    } else if folded == words::status(Status::Unable) || UNABLE.contains(&folded) {
        unable(None)
    } else if folded == words::status(Status::Declined) || DECLINED.contains(&folded) {
        Some(Apart::Declined)
    } else {
        None
    };
    apart.map(|apart| Evidence {
        apart: Some(apart),
        ..Evidence::default()
    })
}

/// A cell of several words: 已 and 未 are said of all that comes after them, something at least.
fn in_parts(folded: &str) -> Option<Evidence> {
    let mut said = Evidence::default();
    let mut polarity = None;
    let mut is_waiting = false;
    let mut rest = folded;
    while !rest.is_empty() {
        let (part, after) = first_part(rest)?;
        rest = after;
        let fact = match part {
            Part::Filler => continue,
            Part::Yes | Part::No if is_waiting => return None,
            Part::Yes | Part::No => {
                polarity = Some(matches!(part, Part::Yes));
                is_waiting = true;
                continue;
            }
            Part::Installed => &mut said.installed,
            Part::Registered => &mut said.registered,
            Part::Warning => &mut said.warning,
        };
        *fact = agreed(*fact, Some(polarity?))?;
        is_waiting = false;
    }
    (!is_waiting && said != Evidence::default()).then_some(said)
}

fn first_part(text: &str) -> Option<(Part, &str)> {
    PARTS
        .iter()
        .flat_map(|(part, words)| words.split(' ').map(move |word| (*part, word)))
        .filter_map(|(part, word)| Some((part, text.strip_prefix(word)?)))
        .min_by_key(|(_, rest)| rest.len())
}

#[cfg(test)]
mod tests {
    use super::super::words::folded;
    use super::*;

    /// What the cells of a row come to: a status, why there is none, or `None` if one of them is not
    /// understood.
    fn status(cells: &[(AppColumn, &str)]) -> Option<Result<Status, Why>> {
        told(cells, AppYes::NotSaid)
    }

    fn told(cells: &[(AppColumn, &str)], yes: AppYes) -> Option<Result<Status, Why>> {
        let mut said = Evidence::default();
        for (column, cell) in cells {
            match said.and(Evidence::of(*column, &folded(cell), cell)?) {
                Some(both) => said = both,
                None => return Some(Err(Why::Contradiction)),
            }
        }
        Some(said.status(yes).map(|(status, _)| status))
    }

    #[test]
    fn one_cell_says_where_a_student_stands() {
        use Status::{Declined, Installed, NotInstalled, Registered, Unable, WarningOn};
        for (cell, expected) in [
            ("未安装", NotInstalled),
            ("没有下载", NotInstalled),
            ("已安装未注册", Installed),
            ("已下载，未注册", Installed),
            ("已注册", Registered),
            ("已下载并注册", Registered),
            ("已实名注册，未开启预警", Registered),
            ("预警已开启", WarningOn),
            ("已注册已开启预警", WarningOn),
            ("无智能手机", Unable),
            ("iOS 限制", Unable),
            ("老年机", Unable),
            ("无法安装", Unable),
            ("本人不同意", Declined),
            ("拒绝安装", Declined),
        ] {
            for column in [AppColumn::App, AppColumn::Registered, AppColumn::Installed] {
                let said = status(&[(column, cell)]);
                assert_eq!(said, Some(Ok(expected)), "{cell:?} {column:?}");
            }
        }
    }

    #[test]
    fn every_status_of_our_own_ledgers_is_read_back() {
        for expected in Status::ALL.iter().copied() {
            let said = status(&[(AppColumn::App, words::status(expected))]);
            assert_eq!(said, Some(Ok(expected)));
        }
    }

    #[test]
    fn several_cells_say_it_together() {
        use AppColumn::{App, Both, Installed, Registered, Warning};
        for (cells, expected) in [
            (
                vec![(Installed, "是"), (Registered, "否")],
                Ok(Status::Installed),
            ),
            (
                vec![(Installed, "√"), (Registered, "√"), (Warning, "×")],
                Ok(Status::Registered),
            ),
            (
                vec![(Registered, "1"), (Warning, "1")],
                Ok(Status::WarningOn),
            ),
            (
                vec![(Installed, "否"), (Registered, "否")],
                Ok(Status::NotInstalled),
            ),
            (vec![(App, "有"), (Registered, "否")], Ok(Status::Installed)),
            (vec![(Both, "是")], Ok(Status::Registered)),
            (vec![(Installed, "是")], Err(Why::NotEnough)),
            (vec![(App, "√")], Err(Why::NotEnough)),
            (vec![(App, "×")], Err(Why::NotEnough)),
            (vec![(Both, "否")], Err(Why::NotEnough)),
            (vec![(Registered, "未注册")], Err(Why::NotEnough)),
            (vec![(Warning, "否")], Err(Why::NotEnough)),
            (
                vec![(Installed, "否"), (Registered, "是")],
                Err(Why::Contradiction),
            ),
            (
                vec![(Registered, "否"), (Warning, "是")],
                Err(Why::Contradiction),
            ),
            (
                vec![(App, "已注册"), (Registered, "否")],
                Err(Why::Contradiction),
            ),
            (
                vec![(App, "老人机"), (Installed, "是")],
                Err(Why::Contradiction),
            ),
            (vec![(App, "老人机"), (Installed, "否")], Ok(Status::Unable)),
        ] {
            assert_eq!(status(&cells), Some(expected), "{cells:?}");
        }
    }

    #[test]
    fn a_person_may_say_that_yes_meant_registered() {
        for (column, cell, expected) in [
            (AppColumn::App, "是", Ok(Status::Registered)),
            (AppColumn::Installed, "已下载", Ok(Status::Registered)),
            (AppColumn::Installed, "否", Ok(Status::NotInstalled)),
            (AppColumn::App, "否", Err(Why::NotEnough)),
        ] {
            let said = told(&[(column, cell)], AppYes::Registered);
            assert_eq!(said, Some(expected), "{cell:?}");
        }
    }

    #[test]
    fn other_words_are_not_understood() {
        for cell in [
            "请假",
            "注册",
            "下载未注册",
            "审核中",
            "半",
            "已预警",
            "已注册?",
            "不清楚",
            "已注册未注册",
            "未已注册",
            "已注册,未",
            "已app",
        ] {
            let said = Evidence::of(AppColumn::Registered, &folded(cell), cell);
            assert_eq!(said, None, "{cell:?}");
        }
    }
}
