//! B5, B5b and B6: a ledger of 50,000 × 12 Chinese cells, written and read back. Prints medians.
//!
//! `cargo bench --package wuzha-files`

use std::time::{Duration, Instant};

use wuzha_core::ledger::{Cell, Column, Ledger, Workbook};
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_files::{Limits, read_tables, write_csv, write_workbook};

const ROWS: u32 = 50_000;
const RUNS: usize = 5;

fn main() {
    let workbook = workbook();
    let ledger = workbook.ledgers.first();
    let (time, file) = median(|| write_workbook(&workbook, |_| {}).unwrap_or_default());
    println!("B5  XLSX {ROWS} x 12: {time:?}, {} bytes", file.len());
    let limits = Limits {
        rows: ROWS + 1,
        ..Limits::ROSTER
    };
    let (time, rows) = median(|| {
        let tables = read_tables(&file, &limits).unwrap_or_default();
        tables.iter().map(|table| table.rows.len()).sum::<usize>()
    });
    println!("B5b read that XLSX: {time:?}, {rows} rows");
    let (time, csv) = median(|| ledger.map(|ledger| write_csv(ledger, UtcOffset::CHINA)));
    println!(
        "B6  CSV {ROWS} x 12: {time:?}, {:?} bytes",
        csv.map(|csv| csv.len())
    );
}

/// The median time of several runs, and what the last one made.
fn median<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut times = Vec::with_capacity(RUNS);
    let mut made = work();
    for _ in 0..RUNS {
        let start = Instant::now();
        made = work();
        times.push(start.elapsed());
    }
    times.sort();
    (times.get(RUNS / 2).copied().unwrap_or_default(), made)
}

fn workbook() -> Workbook {
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
