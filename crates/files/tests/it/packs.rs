//! A school's pack as a file that people edit, and all sheets of a file.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rust_xlsxwriter::Workbook;
use wuzha_core::pack::sheets::{Sheet, read, workbook};
use wuzha_core::pack::{PackFile, PackFiles, WholePack};
use wuzha_core::roster::{Row, Table};
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_files::{Limits, RawTable, ReadError, read_tables, write_workbook};

const NOW: UnixMillis = UnixMillis(1_640_603_100_000);

fn shipped() -> WholePack {
    let files = PackFile::ALL.map(|file| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/default");
        let path = std::path::Path::new(folder).join(file.name());
        (file, std::fs::read_to_string(path).unwrap())
    });
    let files: PackFiles = files.into_iter().collect();
    WholePack::from_files(&files, &PackFiles::default()).unwrap()
}

fn sheet(table: RawTable) -> Sheet {
    let rows = table.rows.into_iter();
    let rows = rows.map(|row| Row::new(row.number, row.cells)).collect();
    Sheet {
        name: table.sheet.unwrap_or_default(),
        table: Table { rows },
    }
}

fn there_and_back(pack: &WholePack) -> WholePack {
    let file = write_workbook(&workbook(pack, NOW, UtcOffset::CHINA), |_| {}).unwrap();
    let tables = read_tables(&file, &Limits::ROSTER).unwrap();
    let sheets: Vec<Sheet> = tables.into_iter().map(sheet).collect();
    read(pack, &sheets).unwrap()
}

#[test]
fn what_ships_comes_back_from_its_file_as_it_went() {
    assert_eq!(there_and_back(&shipped()), shipped());
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2021),
        ..ProptestConfig::default()
    })]

    /// What a spreadsheet could take for a number, a date, a formula, an escape or markup.
    #[test]
    fn any_words_come_back_from_the_file(
        text in "[=+@0-9一-龥<&'\"_x-][0-9一-龥<>&'\"/：_x-]{0,60}",
        source in prop::sample::select(vec!["=1+1", "2021-12-26", "007", "1E5", "TRUE", "_x000D_", "'示例", "#N/A"]),
    ) {
        let mut pack = shipped();
        let list = pack.checklists.first_mut().unwrap();
        let item = list.items.first_mut().unwrap();
        item.text.zh = text;
        item.source = source.to_owned();
        prop_assert_eq!(there_and_back(&pack), pack);
    }
}

#[test]
fn all_sheets_that_a_person_sees_are_read_in_their_order() {
    let mut book = Workbook::new();
    for (name, rows) in [("甲", 2), ("空", 0), ("藏", 1), ("乙", 1)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for row in 0..rows {
            sheet.write_string(row + 1, 0, name).unwrap();
        }
        sheet.set_hidden(name == "藏");
    }
    let tables = read_tables(&book.save_to_buffer().unwrap(), &Limits::ROSTER).unwrap();
    let read: Vec<_> = tables
        .iter()
        .map(|table| (table.sheet.as_deref(), table.rows.len()))
        .collect();
    assert_eq!(read, [(Some("甲"), 2), (Some("乙"), 1)]);
}

#[test]
fn an_old_workbook_and_a_text_are_tables_too() {
    let xls = read_tables(include_bytes!("../fixtures/roster.xls"), &Limits::ROSTER).unwrap();
    let names: Vec<_> = xls.iter().map(|table| table.sheet.as_deref()).collect();
    assert_eq!(names, [Some("名单"), Some("说明")]);
    let text = read_tables("编号,检查项\n".as_bytes(), &Limits::ROSTER).unwrap();
    assert_eq!(
        (text.len(), text.first().unwrap().sheet.as_deref()),
        (1, None)
    );
    assert_eq!(read_tables(b" \n", &Limits::ROSTER), Err(ReadError::Empty));
}

#[test]
fn many_sheets_have_no_more_rows_than_one_may() {
    let mut book = Workbook::new();
    for _ in 0..3 {
        let sheet = book.add_worksheet();
        for row in 0..4 {
            sheet.write_string(row, 0, "0123456789").unwrap();
        }
    }
    let file = book.save_to_buffer().unwrap();
    let limits = |rows, unpacked_bytes| Limits {
        rows,
        unpacked_bytes,
        ..Limits::ROSTER
    };
    assert_eq!(read_tables(&file, &limits(12, 1_000_000)).unwrap().len(), 3);
    let error = Err(ReadError::TooManyRows { max: 11 });
    assert_eq!(read_tables(&file, &limits(11, 1_000_000)), error);
}
