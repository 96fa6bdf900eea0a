//! What B5 to B6 write: a ledger of 50,000 × 12 Chinese cells.

use wuzha_core::ledger::{Cell, Column, Ledger, Workbook};
use wuzha_core::time::{UnixMillis, UtcOffset};

/// Of how many students.
pub(crate) const ROWS: u32 = 50_000;

/// The ledger, alone in its workbook.
pub(crate) fn workbook() -> Workbook {
    let headings = [
        "系部",
        "年级",
        "班级",
        "寝室",
        "学号",
        "姓名",
        "APP状态",
        "地区",
        "核验方式",
        "承诺书",
        "首测",
        "备注",
    ];
    let row = |at: u32| {
        let mut row: Vec<Cell> = ["软件系", "2021", "软件2101班"].map(Cell::text).into();
        row.push(Cell::text(format!("3-{}", 301 + at % 40)));
        row.push(Cell::text(format!("2021{at:06}")));
        row.push(Cell::text(format!("示例{at}")));
        row.extend(["预警已开启", "正确", "当面核验", "已签"].map(Cell::text));
        row.push(Cell::ratio(at % 20, 20));
        row.push(Cell::Empty);
        row
    };
    Workbook {
        title: "示例 反诈台账".to_owned(),
        ledgers: vec![Ledger {
            name: "学生台账".to_owned(),
            columns: headings.map(|heading| Column::new(heading, 12)).into(),
            rows: (0..ROWS).map(row).collect(),
        }],
        cutoff: UnixMillis(1_640_603_100_000),
        offset: UtcOffset::CHINA,
    }
}
