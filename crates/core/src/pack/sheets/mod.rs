//! A pack's lists as a workbook that people edit, and back.
//!
//! A row is known by its 编号 (id): who changes its words has not deleted it and made another. A row
//! without one is new and gets an id from its words, so that reading a file twice gives the same pack.
//! Columns are known by their headings, so that they may be moved; 说明 says the rest to whoever edits.

mod bank;
mod gates;
mod items;
mod line;
mod new_id;
mod words;

use thiserror::Error;

use super::{PackFault, Scope, WholePack, Wrong};
use crate::ledger::{Cell, Column, Ledger, Workbook};
use crate::roster::Table;
use crate::time::{UnixMillis, UtcOffset};

const EXPLANATION: &str = "说明";
const DORM_ITEMS: &str = "寝室检查项";
const CLASS_ITEMS: &str = "班级检查项";
const GATES: &str = "达标条件";
const QUESTIONS: &str = "题库";

/// A sheet of a file that somebody edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its rows, numbered as the program that edited it shows them.
    pub table: Table,
}

/// Why a workbook is not taken over. Nothing of it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SheetsError {
    /// None of the sheets is one of a pack.
    #[error("no sheet of a pack")]
    Foreign,
    /// Cells that cannot be understood, at most [`SheetsError::MOST`].
    #[error("{} cells cannot be understood", .0.len())]
    Cells(Vec<SheetFault>),
    /// Each cell is well, but not all of them together.
    #[error("{} faults in what the sheets make together", .0.len())]
    Pack(Vec<PackFault>),
}

impl SheetsError {
    /// More faults than this are not told: whoever has so many has another mistake.
    pub const MOST: usize = 50;
}

/// Something wrong in a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{sheet}, row {row}, {column}: {wrong}")]
pub struct SheetFault {
    /// The sheet's name.
    pub sheet: &'static str,
    /// The row's number, as the program shows it.
    pub row: u32,
    /// The column's heading.
    pub column: &'static str,
    /// What is wrong.
    pub wrong: WrongCell,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WrongCell {
    /// No row has the headings, or one of them is missing.
    #[error("the column is missing")]
    NoColumn,
    /// The text itself.
    #[error("{0}")]
    Text(Wrong),
    /// No id.
    #[error("{0:?} is no id: lower-case letters, digits and hyphens")]
    Id(String),
    /// A row above has the same id.
    #[error("the id {0} is there twice")]
    RepeatedId(String),
    /// A word other than those that may stand here.
    #[error("{found:?} is none of {allowed}")]
    Word {
        /// What stands there.
        found: String,
        /// What may stand there, separated by `、`.
        allowed: String,
    },
    /// Not a whole number from 0 to 100.
    #[error("{0:?} is not a whole number from 0 to 100")]
    Percent(String),
    /// The class's or dorm's checklist has no such item.
    #[error("the checklist has no item {0:?}")]
    UnknownItem(String),
    /// A blank option before one that is not.
    #[error("a blank option stands before it")]
    Gap,
    /// A letter for which there is no option, or anything else.
    #[error("{0:?} is not the letter of an option")]
    Answer(char),
    /// Neither an article nor words, or both.
    #[error("either a law and its article, or words")]
    Source,
    /// The question contradicts itself.
    #[error("{0}")]
    Question(crate::quiz::Fault),
}

/// The lists of `pack` as a file to edit.
pub fn workbook(pack: &WholePack, cutoff: UnixMillis, offset: UtcOffset) -> Workbook {
    let items = |scope, name| {
        let list = pack.checklists.iter().find(|list| list.scope == scope);
        items::ledger(name, list)
    };
    Workbook {
        title: "学校内容包".to_owned(),
        ledgers: vec![
            explanation(),
            items(Scope::Dorm, DORM_ITEMS),
            items(Scope::Class, CLASS_ITEMS),
            gates::ledger(&pack.criteria),
            bank::ledger(&pack.bank),
        ],
        cutoff,
        offset,
    }
}

/// `base` with the lists of the sheets in place of its own. A list whose sheet is missing stays as it is;
/// so does what no sheet has: the campaign, the school, titles and categories.
///
/// # Errors
/// See [`SheetsError`].
pub fn read(base: &WholePack, sheets: &[Sheet]) -> Result<WholePack, SheetsError> {
    let table = |name: &str| {
        let sheet = sheets.iter().find(|sheet| sheet.name.trim() == name);
        sheet.map(|sheet| &sheet.table)
    };
    let known = [DORM_ITEMS, CLASS_ITEMS, GATES, QUESTIONS];
    if known.iter().all(|name| table(name).is_none()) {
        return Err(SheetsError::Foreign);
    }
    let mut pack = base.clone();
    let mut faults = Vec::new();
    for (scope, name) in [(Scope::Dorm, DORM_ITEMS), (Scope::Class, CLASS_ITEMS)] {
        let list = pack.checklists.iter_mut().find(|list| list.scope == scope);
        if let (Some(list), Some(table)) = (list, table(name)) {
            list.items = items::read(name, table, &mut faults);
        }
    }
    if let Some(table) = table(GATES) {
        gates::read(table, &mut pack, &mut faults);
    }
    if let Some(table) = table(QUESTIONS)
        && let Some(bank) = bank::read(table, &base.bank, &mut faults)
    {
        pack.bank = bank;
    }
    if !faults.is_empty() {
        faults.truncate(SheetsError::MOST);
        return Err(SheetsError::Cells(faults));
    }
    match pack.faults() {
        faults if faults.is_empty() => Ok(pack),
        faults => Err(SheetsError::Pack(faults)),
    }
}

/// What whoever edits has to know.
fn explanation() -> Ledger {
    let lines = [
        "改完后保存为 xlsx，在本应用中导入。导入前会列出全部改动，确认后才生效。",
        "编号列请不要改动：改文字不改编号，系统才知道是同一条。",
        "新增一条时编号留空，导入时自动编号；删除一条时删去整行。",
        "各行的先后就是显示的先后。列可以移动，标题不要改。",
        "英文留空时显示中文。",
        "自动判定：由登记和测验自动得出的检查项填指标名，其余留空。",
        "判定方式：比例（填指标和最低百分比）、检查项（填该检查项的编号或原文）、老师（填由老师判定的事项编号）。",
        "题库一行一题；正确答案填选项字母，多选如 ACD。判断题的选项为 对、错。",
        "依据：填法律编号和条，或填依据说明，二者选一。",
        "不要在文件里填写姓名、电话、卡号等个人信息。",
    ];
    Ledger {
        name: EXPLANATION.to_owned(),
        columns: vec![Column::new("怎样修改", 100)],
        rows: lines.map(|line| vec![Cell::text(line)]).into(),
    }
}
