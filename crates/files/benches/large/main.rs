//! B5, B5b and B6: a ledger of 50,000 × 12 Chinese cells, written and read back. Prints medians.
//!
//! `cargo bench --package wuzha-files`

mod workbook;

use std::time::{Duration, Instant};

use wuzha_core::time::UtcOffset;
use wuzha_files::{Limits, read_tables, write_csv, write_workbook};

use workbook::{ROWS, workbook};

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
