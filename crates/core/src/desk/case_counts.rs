//! 案件统计: cases as numbers, which is all that goes up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::{AmountBand, Case, CaseKind, CasePolicy, Channel, Course, Weighing, counts_against};
use crate::award::ClassMark;
use crate::ledger::{Cell, Column, Ledger};
use crate::quiz::Category;
use crate::small;

/// A class with its name, as the caller knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedClass {
    /// What it is known by.
    pub marks: BTreeSet<ClassMark>,
    /// 班级
    pub name: String,
}

/// Verified cases in numbers. Whoever reads them learns of no class that has fewer than three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseCounts {
    /// All of them.
    pub all: CaseCount,
    /// 待核实: entered and not verified yet; in no other number.
    pub open: u32,
    /// By type, those that occur.
    pub by_kind: Vec<(CaseKind, CaseCount)>,
    /// By amount, those that occur.
    pub by_band: Vec<(AmountBand, CaseCount)>,
    /// By channel, those that occur.
    pub by_channel: Vec<(Channel, CaseCount)>,
    /// By year and month, oldest first.
    pub by_month: Vec<((i32, u32), CaseCount)>,
    /// The classes with three or more, most first. The others are not named: a small number names persons.
    pub by_class: Vec<(String, u32)>,
}

/// A number of cases, and what they were like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseCount {
    /// 案件数
    pub cases: u32,
    /// 其中被劝阻
    pub stopped: u32,
    /// 其中及时报告
    pub reported_in_time: u32,
    /// 其中计入评定
    pub counting: u32,
}

impl CaseCounts {
    /// Counts cases; those that were unfounded are none. `classes` are all that may be named.
    pub fn of<'a>(
        cases: impl IntoIterator<Item = &'a Case>,
        policy: &CasePolicy,
        classes: &[NamedClass],
    ) -> Self {
        let mut counts = Counting::default();
        for case in cases {
            counts.add(case, policy);
        }
        Self {
            by_class: counts.by_class(classes),
            all: counts.all,
            open: counts.open,
            by_kind: counts.by_kind.into_iter().collect(),
            by_band: counts.by_band.into_iter().collect(),
            by_channel: counts.by_channel.into_iter().collect(),
            by_month: counts.by_month.into_iter().collect(),
        }
    }

    /// The types with their numbers, most first, as a bulletin (通报) tells them. `categories` are the bank's.
    pub fn by_kind_in_words(&self, categories: &[Category]) -> Vec<(String, u32)> {
        let named = |(kind, count): &(CaseKind, CaseCount)| (title(kind, categories), count.cases);
        let mut kinds: Vec<(String, u32)> = self.by_kind.iter().map(named).collect();
        kinds.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
        kinds
    }

    /// 案件统计 as a table.
    pub fn ledger(&self, categories: &[Category]) -> Ledger {
        let headings = [
            ("统计方式", 12),
            ("项目", 30),
            ("案件数", 9),
            ("其中被劝阻", 12),
            ("其中及时报告", 14),
            ("其中计入评定", 14),
        ];
        let kind = |kind: &CaseKind| title(kind, categories);
        let rows = [
            vec![row("合计", "已核实", self.all), self.open_row()],
            rows("按类型", &self.by_kind, kind),
            rows("按金额", &self.by_band, |band| {
                band_word(*band).to_owned()
            }),
            rows("按途径", &self.by_channel, |channel| {
                channel_word(*channel).to_owned()
            }),
            rows("按月份", &self.by_month, |(year, month)| {
                format!("{year}年{month}月")
            }),
            self.class_rows(),
        ];
        Ledger {
            name: "案件统计".to_owned(),
            columns: headings
                .map(|(heading, width)| Column::new(heading, width))
                .into(),
            rows: rows.into_iter().flatten().collect(),
        }
    }

    fn open_row(&self) -> Vec<Cell> {
        short_row("合计", "待核实（不在其他各行内）", Cell::Count(self.open))
    }

    fn class_rows(&self) -> Vec<Vec<Cell>> {
        if self.by_class.is_empty() {
            return Vec::new();
        }
        let named = self.by_class.iter();
        let named = named.map(|(name, cases)| short_row("按班级", name, Cell::Count(*cases)));
        let others = short_row("按班级", "其余各班（不列班名）", Cell::text(small::FEW));
        named.chain([others]).collect()
    }
}

/// Sums in the making.
#[derive(Default)]
struct Counting {
    all: CaseCount,
    open: u32,
    by_kind: BTreeMap<CaseKind, CaseCount>,
    by_band: BTreeMap<AmountBand, CaseCount>,
    by_channel: BTreeMap<Channel, CaseCount>,
    by_month: BTreeMap<(i32, u32), CaseCount>,
    of_marks: BTreeMap<ClassMark, u32>,
}

impl Counting {
    fn add(&mut self, case: &Case, policy: &CasePolicy) {
        let facts = &case.facts;
        let weighing = counts_against(facts, policy);
        if weighing == Weighing::Open {
            self.open = self.open.saturating_add(1);
        }
        if !facts.is_verified() {
            return;
        }
        let one = CaseCount {
            cases: 1,
            stopped: u32::from(facts.course == Course::Stopped),
            reported_in_time: u32::from(facts.was_reported_within(policy.days)),
            counting: u32::from(weighing == Weighing::Counts),
        };
        self.all.add(one);
        self.by_kind.entry(facts.kind.clone()).or_default().add(one);
        self.by_band.entry(facts.band).or_default().add(one);
        self.by_channel.entry(facts.channel).or_default().add(one);
        let month = (facts.day.year(), facts.day.month());
        self.by_month.entry(month).or_default().add(one);
        if let Some(mark) = &facts.class {
            let of_mark = self.of_marks.entry(mark.clone()).or_default();
            *of_mark = of_mark.saturating_add(1);
        }
    }

    /// Where a single class is left unnamed, subtraction would tell its number: then none is named.
    fn by_class(&self, classes: &[NamedClass]) -> Vec<(String, u32)> {
        let of_class = |class: &NamedClass| {
            let of_marks = class
                .marks
                .iter()
                .filter_map(|mark| self.of_marks.get(mark));
            of_marks.fold(0, |sum: u32, count| sum.saturating_add(*count))
        };
        let counted = classes
            .iter()
            .map(|class| (class.name.clone(), of_class(class)));
        let (mut named, few): (Vec<_>, Vec<_>) =
            counted.partition(|(_, cases)| *cases >= small::LEAST_SHOWN);
        if few.len() == 1 {
            return Vec::new();
        }
        named.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
        named
    }
}

impl CaseCount {
    fn add(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.cases, other.cases),
            (&mut self.stopped, other.stopped),
            (&mut self.reported_in_time, other.reported_in_time),
            (&mut self.counting, other.counting),
        ] {
            *sum = sum.saturating_add(more);
        }
    }
}

fn rows<T>(by: &str, counts: &[(T, CaseCount)], word: impl Fn(&T) -> String) -> Vec<Vec<Cell>> {
    let counts = counts.iter();
    counts
        .map(|(item, count)| row(by, &word(item), *count))
        .collect()
}

fn row(by: &str, item: &str, count: CaseCount) -> Vec<Cell> {
    let CaseCount {
        cases,
        stopped,
        reported_in_time,
        counting,
    } = count;
    let numbers = [cases, stopped, reported_in_time, counting].map(Cell::Count);
    [Cell::text(by), Cell::text(item)]
        .into_iter()
        .chain(numbers)
        .collect()
}

/// A row that has one number only.
fn short_row(by: &str, item: &str, cases: Cell) -> Vec<Cell> {
    vec![
        Cell::text(by),
        Cell::text(item),
        cases,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
    ]
}

/// What a type is called; its id where the bank has no such category any more.
pub(super) fn title(kind: &CaseKind, categories: &[Category]) -> String {
    match kind {
        CaseKind::Other => "其他".to_owned(),
        CaseKind::Known(id) => {
            let category = categories.iter().find(|category| category.id == *id);
            category.map_or_else(|| id.to_string(), |category| category.title.clone())
        }
    }
}

pub(super) fn band_word(band: AmountBand) -> &'static str {
    match band {
        AmountBand::Nothing => "未遂",
        AmountBand::UpTo1000 => "1000元及以下（示例）",
        AmountBand::UpTo5000 => "1000元以上至5000元（示例）",
        AmountBand::UpTo30000 => "5000元以上至30000元（示例）",
        AmountBand::More => "30000元以上（示例）",
        AmountBand::Unknown => "金额未知",
    }
}

pub(super) fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "电话",
        Channel::Sms => "短信",
        Channel::Chat => "聊天软件",
        Channel::Game => "游戏",
        Channel::Shopping => "购物平台",
        Channel::ShortVideo => "短视频、直播",
        Channel::Offline => "线下",
        Channel::Other => "其他",
    }
}
