//! What `benches/spreadsheets.mjs` says to our workers, and the same rows for the peers.
//!
//! `cargo run --package wuzha-jobs --example spreadsheets -- FOLDER`

#[path = "../../files/benches/large/workbook.rs"]
mod workbook;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use serde_json::{Value, json};
use wuzha_core::ledger::{Cell, Ledger};
use wuzha_jobs::encode;
use wuzha_jobs::shelf::Request;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("in which folder?")?;
    let file = |name: &str| Path::new(&folder).join(name);
    let workbook = workbook::workbook();
    let rows: Vec<Value> = workbook.ledgers.iter().flat_map(rows).collect();
    fs::write(file("rows.json"), serde_json::to_string(&rows)?)?;
    fs::write(file("write.bin"), encode(&Request::WriteTables(workbook))?)?;
    Ok(())
}

/// The headings and the rows.
fn rows(ledger: &Ledger) -> Vec<Value> {
    let headings = ledger.columns.iter().map(|column| column.heading.as_str());
    let headings = json!(headings.collect::<Vec<_>>());
    let rows = ledger
        .rows
        .iter()
        .map(|row| row.iter().map(value).collect());
    std::iter::once(headings).chain(rows).collect()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty | Cell::Unknown => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Count(number) => json!(number),
        Cell::Number(number) => json!(number),
        Cell::Ratio { met, of } => json!(f64::from(*met) / f64::from(*of)),
        Cell::Date(date) => json!(date),
        Cell::Time(at) => json!(at.0),
    }
}
