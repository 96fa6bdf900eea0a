//! 帮扶: how many of a class are looked after, and the counsellor's notes, which nobody else can open.
//!
//! Of persons there are numbers only. What a counsellor has to remember about one is sealed by their own
//! device before it comes here, and stays so.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{EntryId, NamedClass};
use crate::award::ClassMark;
use crate::book::code::coded;
use crate::ledger::{Cell, Column, Ledger};
use crate::log::{Change, Hlc, Key, Registers, Value};
use crate::small;
use crate::time::UnixMillis;

const SUPPORT: &str = "support";
const SUPPORT_NOTE: &str = "support_note";

coded! {
    /// What is counted: the groups of notice 五(二)4, and what is done for them.
    SupportItem {
        /// 经济困难, 人
        Hardship = "hardship",
        /// 特殊家庭, 人
        Family = "family",
        /// 请假缺课较多, 人
        Absence = "absence",
        /// 受骗后关怀, 人
        AfterFraud = "after_fraud",
        /// 其他, 人
        OtherGroup = "other_group",
        /// 谈心谈话, 人次
        Talks = "talks",
        /// 勤工助学, 人次
        WorkStudy = "work_study",
        /// 资助, 人次
        Grants = "grants",
        /// 心理支持, 人次
        Counselling = "counselling",
    }
}

/// How many are counted in a class, item by item; an item that is not in it is not known.
pub type SupportCounts = BTreeMap<SupportItem, u32>;

/// A counsellor's note on a class, sealed for the counsellor alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportNote {
    /// Which one.
    pub id: EntryId,
    /// The class it is about.
    pub class: ClassMark,
    /// When it was written.
    pub at: UnixMillis,
    /// What only the counsellor's passphrase opens.
    pub sealed: SealedText,
}

/// An armoured age file. The core cannot open it; it makes sure that nothing else gets into its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SealedText(String);

/// Why a text is no sealed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealedTextError {
    /// It is not armoured: it may be readable.
    #[error("not an armoured age file")]
    NotSealed,
    /// More bytes than [`SealedText::MAX_BYTES`].
    #[error("longer than {max} bytes", max = SealedText::MAX_BYTES)]
    TooLong,
}

/// Sets how many are counted, or forgets it (`None`).
pub fn count_support(class: &ClassMark, item: SupportItem, count: Option<u32>) -> Vec<Change> {
    let value = count.map_or(Value::Null, |count| Value::Int(count.into()));
    let key = Key::new(SUPPORT, &[class.as_str()], item.code());
    vec![Change::new(key, value)]
}

/// Keeps a sealed note on a class.
pub fn keep_note(id: &EntryId, class: &ClassMark, sealed: &SealedText) -> Vec<Change> {
    vec![Change::new(note_key(id, class), sealed.as_str())]
}

/// Takes a note off the list; like all that was written it stays in the log, sealed.
pub fn withdraw_note(note: &SupportNote) -> Vec<Change> {
    vec![Change::new(note_key(&note.id, &note.class), Value::Null)]
}

fn note_key(id: &EntryId, class: &ClassMark) -> Key {
    Key::new(SUPPORT_NOTE, &[class.as_str(), id.as_str()], "sealed")
}

/// All that the desk's registers hold on support.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Support {
    counts: BTreeMap<(ClassMark, SupportItem), (Hlc, Option<u32>)>,
    /// The newest first.
    notes: Vec<SupportNote>,
}

impl Support {
    pub(super) fn read(registers: &Registers) -> Self {
        let mut support = Self::default();
        for (key, heads) in registers.iter() {
            let parts = key.parts();
            let (Some(head), [entity, class, rest @ ..]) = (heads.first(), parts.as_slice()) else {
                continue;
            };
            let class = ClassMark::of_stored(class);
            match rest {
                [item] if entity == SUPPORT => {
                    if let Some(item) = SupportItem::from_code(item) {
                        let count = (head.hlc, head.value.as_int());
                        support.counts.insert((class, item), count);
                    }
                }
                [id, _] if entity == SUPPORT_NOTE => {
                    if let Some(sealed) = sealed(&head.value) {
                        support.notes.push(SupportNote {
                            id: EntryId::of_part(id),
                            class,
                            at: head.hlc.time(),
                            sealed,
                        });
                    }
                }
                _ => {}
            }
        }
        support.notes.sort_by(|a, b| b.id.cmp(&a.id));
        support
    }

    /// What was written last under any of the marks, item by item.
    pub(super) fn counts(&self, marks: &BTreeSet<ClassMark>) -> SupportCounts {
        let last = |item: &SupportItem| {
            let written = marks.iter().filter_map(|mark| {
                let at = (mark.clone(), *item);
                self.counts.get(&at)
            });
            let (_, count) = written.max_by_key(|(hlc, _)| *hlc)?;
            Some((*item, (*count)?))
        };
        SupportItem::ALL.iter().filter_map(last).collect()
    }

    pub(super) fn notes<'a>(
        &'a self,
        marks: &'a BTreeSet<ClassMark>,
    ) -> impl Iterator<Item = &'a SupportNote> {
        self.notes.iter().filter(|note| marks.contains(&note.class))
    }
}

fn sealed(value: &Value) -> Option<SealedText> {
    SealedText::try_from(value.as_text()?.to_owned()).ok()
}

/// 帮扶统计: a row a class, with numbers only. Sealed notes are in no file.
pub fn support_ledger(classes: &[(&NamedClass, SupportCounts)]) -> Ledger {
    let columns = SupportItem::ALL.iter().map(|item| {
        let (word, unit) = words(*item);
        Column::new(format!("{word}（{unit}）"), 18)
    });
    let row = |(class, counts): &(&NamedClass, SupportCounts)| {
        let counted = |item| Cell::known(counts.get(item).copied(), small::beside_class);
        let cells = SupportItem::ALL.iter().map(counted);
        [Cell::text(class.name.as_str())]
            .into_iter()
            .chain(cells)
            .collect()
    };
    let sums = SupportItem::ALL.iter().map(|item| Sum::of(*item, classes));
    let sums: Vec<Sum> = sums.collect();
    let under = |name: &str, cell: fn(&Sum) -> Cell| {
        let cells = sums.iter().map(cell);
        [Cell::text(name)].into_iter().chain(cells).collect()
    };
    let rows = classes.iter().map(row);
    Ledger {
        name: "帮扶统计".to_owned(),
        columns: [Column::new("班级", 24)]
            .into_iter()
            .chain(columns)
            .collect(),
        rows: rows
            .chain([
                under("合计（已填写的班级）", Sum::cell),
                under("未填写的班级数", |sum| Cell::Count(sum.unknown)),
            ])
            .collect(),
    }
}

/// What the classes make together in one item.
#[derive(Default)]
struct Sum {
    count: u32,
    known: u32,
    unknown: u32,
    /// Classes whose number is not shown.
    hidden: u32,
}

impl Sum {
    fn of(item: SupportItem, classes: &[(&NamedClass, SupportCounts)]) -> Self {
        let mut sum = Self::default();
        for (_, counts) in classes {
            let Some(count) = counts.get(&item) else {
                sum.unknown += 1;
                continue;
            };
            sum.known += 1;
            sum.hidden += u32::from(*count < small::LEAST_SHOWN);
            sum.count = sum.count.saturating_add(*count);
        }
        sum
    }

    /// Where the number of a single class is not shown, the sum would tell it.
    fn cell(&self) -> Cell {
        match (self.known, self.hidden) {
            (0, _) => Cell::Unknown,
            (_, 1) => Cell::text("不列（避免推出单个班级）"),
            _ => Cell::Count(self.count),
        }
    }
}

fn words(item: SupportItem) -> (&'static str, &'static str) {
    match item {
        SupportItem::Hardship => ("经济困难", "人"),
        SupportItem::Family => ("特殊家庭", "人"),
        SupportItem::Absence => ("请假缺课较多", "人"),
        SupportItem::AfterFraud => ("受骗后关怀", "人"),
        SupportItem::OtherGroup => ("其他", "人"),
        SupportItem::Talks => ("谈心谈话", "人次"),
        SupportItem::WorkStudy => ("勤工助学", "人次"),
        SupportItem::Grants => ("资助", "人次"),
        SupportItem::Counselling => ("心理支持", "人次"),
    }
}

impl SealedText {
    /// The most bytes: a note of some thousand characters.
    pub const MAX_BYTES: usize = 32 * 1024;

    /// The armoured text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const ARMOUR_BEGINS: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const ARMOUR_ENDS: &str = "-----END AGE ENCRYPTED FILE-----";

impl TryFrom<String> for SealedText {
    type Error = SealedTextError;

    fn try_from(text: String) -> Result<Self, SealedTextError> {
        if text.len() > Self::MAX_BYTES {
            return Err(SealedTextError::TooLong);
        }
        let inside = text.trim().strip_prefix(ARMOUR_BEGINS);
        let inside = inside.and_then(|rest| rest.strip_suffix(ARMOUR_ENDS));
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=\r\n".contains(&byte);
        match inside {
            Some(inside) if !inside.trim().is_empty() && inside.bytes().all(is_base64) => {
                Ok(Self(text.trim().to_owned()))
            }
            _ => Err(SealedTextError::NotSealed),
        }
    }
}

impl From<SealedText> for String {
    fn from(sealed: SealedText) -> String {
        sealed.0
    }
}
