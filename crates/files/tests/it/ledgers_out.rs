//! What is in the files that people take away, read back by other code than wrote them.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use wuzha_core::ledger::{Cell, Column, Ledger, Workbook};
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_files::{Limits, Progress, read_tables, write_csv, write_workbook};

/// 2021-12-27 00:05 in China.
const JUST_AFTER_MIDNIGHT: UnixMillis = UnixMillis(1_640_534_700_000);

fn ledger(name: &str, rows: Vec<Vec<Cell>>) -> Ledger {
    let columns = rows.first().map_or(1, Vec::len);
    let column = |at: usize| Column::new(format!("列{at}"), 12);
    Ledger {
        name: name.into(),
        columns: (0..columns).map(column).collect(),
        rows,
    }
}

fn workbook(ledgers: Vec<Ledger>) -> Workbook {
    Workbook {
        title: "软件2101班 反诈台账 A&B".into(),
        ledgers,
        cutoff: JUST_AFTER_MIDNIGHT,
        offset: UtcOffset::CHINA,
    }
}

fn xlsx(ledgers: Vec<Ledger>) -> Vec<u8> {
    write_workbook(&workbook(ledgers), |_| {}).unwrap()
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// One part of the file as XML text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}

#[test]
fn every_kind_of_cell_is_what_it_says() {
    let date = NaiveDate::from_ymd_opt(2021, 12, 26).unwrap();
    let cells = vec![
        Cell::text("2021010123"),
        Cell::Empty,
        Cell::Unknown,
        Cell::Count(45),
        Cell::ratio(42, 45),
        Cell::ratio(0, 0),
        Cell::Number(0.456),
        Cell::Number(f64::INFINITY),
        Cell::Date(date),
        Cell::Time(JUST_AFTER_MIDNIGHT),
    ];
    let bytes = xlsx(vec![ledger("学生台账", vec![cells])]);
    let range = open(&bytes).worksheet_range("学生台账").unwrap();
    let row: Vec<&Data> = range.rows().nth(1).unwrap().iter().collect();
    assert_eq!(row[0], &Data::String("2021010123".into()), "学号 is text");
    assert_eq!(row[1], &Data::Empty);
    assert_eq!(row[2], &Data::String("未知".into()));
    assert_eq!(row[3], &Data::Float(45.0));
    assert_eq!(row[4], &Data::Float(42.0 / 45.0));
    assert_eq!(row[5], &Data::String("未知".into()), "0 of 0 is not 0 %");
    assert_eq!(row[6], &Data::Float(0.456));
    assert_eq!(row[7], &Data::String("未知".into()));
    let moment = |at: usize| match row[at] {
        Data::DateTime(time) => time.to_ymd_hms_milli(),
        other => panic!("{other:?} is no date"),
    };
    assert_eq!(moment(8), (2021, 12, 26, 0, 0, 0, 0));
    assert_eq!(moment(9), (2021, 12, 27, 0, 5, 0, 0), "in China's time");

    let styles = part(&bytes, "xl/styles.xml");
    for format in ["0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"] {
        assert!(
            styles.contains(&format!("formatCode=\"{format}\"")),
            "{format} is missing in {styles}"
        );
    }
}

#[test]
fn nothing_entered_becomes_a_formula() {
    let texts = [
        "=1+1",
        "=HYPERLINK(\"http://example.invalid\")",
        "+86",
        "-x",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "{=1}",
    ];
    let rows = texts.iter().map(|text| vec![Cell::text(*text)]).collect();
    let bytes = xlsx(vec![ledger("表", rows)]);
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f"));
    let range = open(&bytes).worksheet_range("表").unwrap();
    let read: Vec<String> = range.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(read, texts);
}

#[test]
fn a_sheet_is_ready_to_be_read_filtered_and_printed() {
    let bytes = xlsx(vec![ledger(
        "汇总",
        vec![vec![Cell::Count(1), Cell::Count(2)]],
    )]);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for piece in [
        "<pane ySplit=\"1\" topLeftCell=\"A2\"",
        "<autoFilter ref=\"A1:B2\"/>",
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "<pageSetUpPr fitToPage=\"1\"/>",
        "软件2101班 反诈台账 A&amp;&amp;B",
        "截至 2021-12-27 00:05",
        "&amp;P / &amp;N",
        "numberStoredAsText=\"1\"",
    ] {
        assert!(sheet.contains(piece), "{piece} is missing in {sheet}");
    }
    let names = part(&bytes, "xl/workbook.xml");
    assert!(names.contains("_xlnm.Print_Titles"), "{names}");
    assert!(part(&bytes, "xl/styles.xml").contains("等线"));
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("软件2101班 反诈台账 A&amp;B"), "{core}");
    assert!(
        core.contains("2021-12-26T16:05:00Z"),
        "made at the cut-off: {core}"
    );
}

#[test]
fn a_cell_longer_than_excel_holds_is_cut_and_not_an_error() {
    let long = "诈".repeat(40_000);
    let bytes = xlsx(vec![ledger("表", vec![vec![Cell::text(long)]])]);
    let range = open(&bytes).worksheet_range("表").unwrap();
    let kept = range.get_value((1, 0)).unwrap().to_string();
    assert_eq!(kept, "诈".repeat(32_767));
}

#[test]
fn a_ledger_without_rows_or_columns_is_still_a_sheet() {
    let bare = Ledger {
        name: "空".into(),
        columns: vec![],
        rows: vec![],
    };
    let bytes = xlsx(vec![ledger("只有表头", vec![]), bare]);
    assert_eq!(open(&bytes).sheet_names(), ["只有表头", "空"]);
}

#[test]
fn progress_runs_over_all_sheets_to_the_end() {
    let rows = |n: usize| vec![vec![Cell::Count(1)]; n];
    let book = workbook(vec![ledger("a", rows(1_500)), ledger("b", rows(700))]);
    let mut told = Vec::new();
    write_workbook(&book, |progress| told.push(progress)).unwrap();
    let total = 2_200;
    let expected = [1_000, 2_000, 2_200].map(|done| Progress { done, total });
    assert_eq!(told, expected);
}

/// Text as people enter it, formulas and separators included.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("=".to_owned()),
        Just("'".to_owned()),
        Just("\"".to_owned()),
        Just("\t".to_owned()),
        Just("\r\n".to_owned()),
        Just(",".to_owned()),
        Just(";".to_owned()),
        Just("-".to_owned()),
        Just("2021010123".to_owned()),
        "[\u{4e00}-\u{4e1f}a-z]{1,3}",
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2021),
        ..ProptestConfig::default()
    })]

    #[test]
    fn text_comes_back_from_csv_as_it_was_entered(
        rows in prop::collection::vec(prop::collection::vec(text(), 3), 0..8)
    ) {
        let cells = |row: &Vec<String>| row.iter().map(|t| Cell::text(t.as_str())).collect();
        let mut table = ledger("表", rows.iter().map(cells).collect());
        table.columns = vec![Column::new("a", 9), Column::new("b", 9), Column::new("c", 9)];
        let bytes = write_csv(&table, UtcOffset::CHINA);

        let ours = read_tables(&bytes, &Limits::ROSTER).unwrap().remove(0);
        let entered = |row: usize, at: usize| {
            let text = rows[row][at].as_str();
            if text.trim().is_empty() { "" } else { text }
        };
        for row in 0..rows.len() {
            let number = row as u32 + 2;
            let read = ours.rows.iter().find(|r| r.number == number);
            for at in 0..3 {
                let cell = read.and_then(|r| r.cells.get(at)).map_or("", String::as_str);
                prop_assert_eq!(cell, entered(row, at));
            }
        }

        // Another program reads the same but for the guard against formulas.
        let without_mark = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
        let mut theirs = csv::ReaderBuilder::new().from_reader(without_mark);
        let records: Vec<csv::StringRecord> = theirs.records().map(Result::unwrap).collect();
        prop_assert_eq!(records.len(), rows.len());
        for (record, row) in records.iter().zip(&rows) {
            for (cell, text) in record.iter().zip(row) {
                let is_guarded = cell.strip_prefix('\'') == Some(text.as_str());
                prop_assert!(cell == text || is_guarded, "{cell:?} for {text:?}");
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            }
        }
    }
}
