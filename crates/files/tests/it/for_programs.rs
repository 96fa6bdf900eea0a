//! Ledgers of many classes as JSON and as an archive of CSV: what a program reads back.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::collections::BTreeSet;
use std::io::Cursor;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use wuzha_core::book::Book;
use wuzha_core::example::example_class;
use wuzha_core::ledger::{Cell, Column, Ledger, Many, Rounds, Source, Workbook};
use wuzha_core::log::{DeviceId, Hlc, Registers};
use wuzha_core::overview::Figures;
use wuzha_core::pack::Pack;
use wuzha_core::quiz::Bank;
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_files::{write_csv, write_csv_archive, write_json};

/// 2021-12-27 00:05 in China.
const JUST_AFTER_MIDNIGHT: UnixMillis = UnixMillis(1_640_534_700_000);

fn ledger(columns: &[&str], rows: Vec<Vec<Cell>>) -> Ledger {
    let columns = columns.iter().map(|heading| Column::new(*heading, 12));
    Ledger {
        name: "学生台账".into(),
        columns: columns.collect(),
        rows,
    }
}

fn workbook(ledgers: Vec<Ledger>) -> Workbook {
    Workbook {
        title: "软件系 反诈台账".into(),
        ledgers,
        cutoff: JUST_AFTER_MIDNIGHT,
        offset: UtcOffset::CHINA,
    }
}

fn parsed(workbook: &Workbook) -> Value {
    serde_json::from_slice(&write_json(workbook)).unwrap()
}

/// The example class twice, as a school's classes.
fn school() -> Workbook {
    let bank = Bank::from_json(include_str!("../../../../content/default/bank.json")).unwrap();
    let pack = Pack::from_json(
        include_str!("../../../../content/default/campaign.json"),
        include_str!("../../../../content/default/checklists.json"),
        include_str!("../../../../content/default/criteria.json"),
    );
    let pack = pack.unwrap();
    let offset = UtcOffset::CHINA;
    let today = JUST_AFTER_MIDNIGHT.date(offset).unwrap();
    let mut registers = Registers::default();
    let hlc = Hlc::new(JUST_AFTER_MIDNIGHT, 0);
    let changes = example_class(&bank, &pack, today).unwrap();
    for op in registers
        .clone()
        .stamp(DeviceId::from_bytes([1; 8]), hlc, changes)
    {
        registers.apply(&op);
    }
    let book = Book::fold(&registers);
    let mut many = Many::new("示例学院", Rounds::All, JUST_AFTER_MIDNIGHT, offset);
    for _class in 0..2 {
        let source = Source {
            book: &book,
            pack: &pack,
            bank: Some(&bank),
            cutoff: JUST_AFTER_MIDNIGHT,
            offset,
        };
        many.add(Figures::of(&registers, &book, &pack, offset), &source);
    }
    many.finish()
}

/// What a program finds under a heading.
fn value(cell: &Cell) -> Option<Value> {
    Some(match cell {
        Cell::Empty => return None,
        Cell::Unknown => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Count(count) => json!(count),
        Cell::Ratio { met, of } => json!({ "met": met, "of": of }),
        Cell::Number(number) if number.fract() == 0.0 => json!(*number as i64),
        Cell::Number(number) => json!(number),
        Cell::Date(date) => json!(date.to_string()),
        Cell::Time(time) => {
            let local = time.local(UtcOffset::CHINA).unwrap();
            json!(format!("{}+08:00", local.format("%Y-%m-%dT%H:%M:%S")))
        }
    })
}

#[test]
fn every_kind_of_cell_has_one_form_and_what_is_unknown_is_told_apart_from_what_is_empty() {
    let headings = [
        "学号", "空", "未知", "人数", "比例", "无人", "数", "非数", "日期", "时间", "无时",
    ];
    let row = vec![
        Cell::text("0021010123"),
        Cell::Empty,
        Cell::Unknown,
        Cell::Count(45),
        Cell::ratio(42, 45),
        Cell::ratio(0, 0),
        Cell::Number(86.5),
        Cell::Number(f64::NAN),
        Cell::Date(NaiveDate::from_ymd_opt(2021, 12, 26).unwrap()),
        Cell::Time(JUST_AFTER_MIDNIGHT),
        Cell::Time(UnixMillis(u64::MAX)),
    ];
    let expected = json!({
        "title": "软件系 反诈台账",
        "cutoff": "2021-12-27T00:05:00+08:00",
        "sheets": [{
            "name": "学生台账",
            "columns": headings,
            "rows": [{
                "学号": "0021010123",
                "未知": null,
                "人数": 45,
                "比例": { "met": 42, "of": 45 },
                "无人": null,
                "数": 86.5,
                "非数": null,
                "日期": "2021-12-26",
                "时间": "2021-12-27T00:05:00+08:00",
                "无时": null,
            }],
        }],
    });
    let workbook = workbook(vec![ledger(&headings, vec![row])]);
    assert_eq!(parsed(&workbook), expected);
}

#[test]
fn json_without_sheets_or_rows_is_still_json() {
    assert_eq!(parsed(&workbook(vec![]))["sheets"], json!([]));
    let bare = parsed(&workbook(vec![ledger(&["a"], vec![])]));
    assert_eq!(bare["sheets"][0]["rows"], json!([]));
    assert_eq!(bare["sheets"][0]["columns"], json!(["a"]));
}

#[test]
fn the_json_of_many_classes_equals_their_ledgers() {
    let school = school();
    let read = parsed(&school);
    let sheets = read["sheets"].as_array().unwrap();
    assert_eq!(sheets.len(), school.ledgers.len());
    for (sheet, ledger) in sheets.iter().zip(&school.ledgers) {
        assert_eq!(sheet["name"], ledger.name);
        let rows = sheet["rows"].as_array().unwrap();
        assert_eq!(rows.len(), ledger.rows.len(), "{}", ledger.name);
        for (row, cells) in rows.iter().zip(&ledger.rows) {
            let named = ledger.columns.iter().zip(cells);
            let named = named.filter_map(|(column, cell)| Some((&column.heading, value(cell)?)));
            let expected: serde_json::Map<String, Value> = named
                .map(|(heading, value)| (heading.clone(), value))
                .collect();
            assert_eq!(*row, Value::Object(expected), "{}", ledger.name);
        }
    }
}

#[test]
fn the_archive_has_a_csv_for_every_sheet_and_every_student_is_in_it() {
    let school = school();
    let archive = write_csv_archive(&school).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(archive.as_slice())).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into()).collect();
    let expected = school.ledgers.iter();
    let expected: Vec<String> = expected
        .map(|ledger| format!("{}.csv", ledger.name))
        .collect();
    assert_eq!(names, expected);
    for ledger in &school.ledgers {
        let name = format!("{}.csv", ledger.name);
        let mut file = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(&name).unwrap(), &mut file).unwrap();
        assert!(file == write_csv(ledger, school.offset), "{name}");
        let mut reader = csv::Reader::from_reader(file.strip_prefix(b"\xef\xbb\xbf").unwrap());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), ledger.rows.len(), "{name}");
        if ledger.name == "学生台账" {
            let students: BTreeSet<&str> = records.iter().map(|row| &row[4]).collect();
            assert_eq!((students.len(), records.len()), (45, 90));
        }
    }
    assert!(
        archive == write_csv_archive(&school).unwrap(),
        "two of one state are equal"
    );
}

#[test]
fn sheets_of_one_name_are_no_archive() {
    let twice = workbook(vec![ledger(&["a"], vec![]), ledger(&["a"], vec![])]);
    assert!(write_csv_archive(&twice).is_err());
}

/// Text of any characters, those that nobody sees included.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..12).prop_map(|all| all.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2023),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_written_comes_back_from_json(text in text(), tenths in -1000..1000_i32) {
        let number = f64::from(tenths) / 10.0;
        let row = vec![Cell::text(text.as_str()), Cell::Number(number)];
        let mut book = workbook(vec![ledger(&["", "数"], vec![row])]);
        book.title.clone_from(&text);
        book.ledgers[0].name.clone_from(&text);
        book.ledgers[0].columns[0].heading = format!("列{text}");
        let read = parsed(&book);
        prop_assert_eq!(&read["title"], &text);
        let sheet = &read["sheets"][0];
        prop_assert_eq!(&sheet["name"], &text);
        let heading = format!("列{text}");
        prop_assert_eq!(&sheet["columns"][0], &heading);
        let said = sheet["rows"][0][&heading].as_str().unwrap_or_default();
        prop_assert_eq!(said, text);
        prop_assert_eq!(sheet["rows"][0]["数"].as_f64(), Some(number));
    }
}
