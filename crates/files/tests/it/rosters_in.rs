//! Rosters as they come, good and bad.
//!
//! Fixtures that cannot be made here: `roster.xls` was written by xlwt, `password.xls` by LibreOffice
//! 7.4 and `password.xlsx` by msoffcrypto, the last two with a password.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use wuzha_files::{Limits, RawTable, ReadError, read_tables};

const XLS: &[u8] = include_bytes!("../fixtures/roster.xls");

fn read(bytes: &[u8]) -> Result<RawTable, ReadError> {
    read_within(bytes, &Limits::ROSTER)
}

/// The first of its sheets.
fn read_within(bytes: &[u8], limits: &Limits) -> Result<RawTable, ReadError> {
    Ok(read_tables(bytes, limits)?.remove(0))
}

fn rows(table: &RawTable) -> Vec<(u32, Vec<&str>)> {
    table
        .rows
        .iter()
        .map(|row| (row.number, row.cells.iter().map(String::as_str).collect()))
        .collect()
}

fn sheet(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet()).unwrap();
    book.save_to_buffer().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_gives_the_text_of_its_first_filled_sheet() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("空").unwrap();
    let list = book.add_worksheet().set_name("名单").unwrap();
    let date = ExcelDateTime::from_ymd(2021, 9, 1).unwrap();
    let day = Format::new().set_num_format("yyyy年m月d日");
    list.write_string(1, 0, "学号").unwrap();
    list.write_string(1, 2, "姓名").unwrap();
    list.write_number(3, 0, 2_021_010_123).unwrap();
    list.write_string(3, 1, "2021010123").unwrap();
    list.write_number(3, 2, 202_101_012_345_678_901_f64)
        .unwrap();
    list.write_datetime_with_format(3, 3, date, &day).unwrap();
    list.write_formula(3, 4, Formula::new("=\"张\"&\"示例\"").set_result("张示例"))
        .unwrap();
    list.write_boolean(3, 5, true).unwrap();
    book.add_worksheet().set_name("说明").unwrap();
    book.add_worksheet()
        .set_name("藏")
        .unwrap()
        .set_hidden(true);

    let table = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(table.sheet.as_deref(), Some("名单"));
    let student = vec![
        "2021010123",
        "2021010123",
        "2.02101E+17",
        "2021-09-01",
        "张示例",
        "TRUE",
    ];
    let heading = vec!["学号", "", "姓名"];
    assert_eq!(rows(&table), [(2, heading), (4, student)]);
}

#[test]
fn an_old_workbook_reads_the_same_and_repeats_merged_dorms() {
    let table = read(XLS).unwrap();
    assert_eq!(table.sheet.as_deref(), Some("名单"));
    let expected = [
        (1, vec!["软件2101班名单（示例）"]),
        (3, vec!["寝室", "学号", "姓名", "入学"]),
        (4, vec!["3-312", "2021010101", "张示例", "2021-09-01"]),
        (5, vec!["3-312", "2021010102", "李示例"]),
        (6, vec!["3-313", "2.02101E+17", "王示例"]),
    ];
    assert_eq!(rows(&table), expected);
}

#[test]
fn a_merged_dorm_stands_beside_each_of_its_students() {
    let bytes = sheet(|sheet| {
        sheet.merge_range(0, 0, 0, 2, "名单", &Format::new())?;
        sheet.merge_range(1, 0, 3, 0, "3-312", &Format::new())?;
        for (row, name) in [(1, "甲"), (2, "乙"), (3, "丙"), (4, "丁")] {
            sheet.write_string(row, 1, name)?;
        }
        Ok(())
    });
    let expected = [
        (1, vec!["名单"]),
        (2, vec!["3-312", "甲"]),
        (3, vec!["3-312", "乙"]),
        (4, vec!["3-312", "丙"]),
        (5, vec!["", "丁"]),
    ];
    assert_eq!(rows(&read(&bytes).unwrap()), expected);
}

#[test]
fn a_stray_cell_in_the_farthest_corner_costs_nothing() {
    let bytes = sheet(|sheet| {
        sheet.write_string(0, 0, "学号")?;
        sheet.write_string(1_048_575, 16_383, "stray")?;
        Ok(())
    });
    assert_eq!(rows(&read(&bytes).unwrap()), [(1, vec!["学号"])]);
}

#[test]
fn a_hundred_thousand_rows_are_refused() {
    let error = Err(ReadError::TooManyRows { max: 5_000 });
    let text = "2021010123,张示例\n".repeat(100_000);
    assert_eq!(read(text.as_bytes()), error);
    let bytes = sheet(|sheet| {
        for row in 0..100_000 {
            sheet.write_string(row, 0, "x")?;
        }
        Ok(())
    });
    assert_eq!(read(&bytes), error);
}

#[test]
fn what_holds_no_table_is_told_apart() {
    let encrypted: &[u8] = include_bytes!("../fixtures/password.xlsx");
    let old_encrypted: &[u8] = include_bytes!("../fixtures/password.xls");
    let mut word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let directory = "Root Entry\0WordDocument\0".encode_utf16();
    word.extend(directory.flat_map(u16::to_le_bytes));
    let xlsx = sheet(|sheet| sheet.write_string(0, 0, "学号").map(|_| ()));
    let cut = &xlsx[..xlsx.len() - 100];
    let cases: [(&str, &[u8], ReadError); 10] = [
        (
            "xlsx with a password",
            encrypted,
            ReadError::PasswordProtected,
        ),
        (
            "xls with a password",
            old_encrypted,
            ReadError::PasswordProtected,
        ),
        ("a Word document", &word, ReadError::NotASpreadsheet),
        (
            "a picture",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            ReadError::NotASpreadsheet,
        ),
        (
            "another archive",
            &zip(&[("a.txt", b"hello")]),
            ReadError::NotASpreadsheet,
        ),
        ("an empty sheet", &sheet(|_| Ok(())), ReadError::Empty),
        ("an empty file", b"", ReadError::Empty),
        ("blank lines", b"\r\n , ,\r\n", ReadError::Empty),
        ("broken text", b"abc\xff\xff", ReadError::Encoding),
        (
            "21 MB",
            &vec![b'a'; 21_000_000],
            ReadError::TooLarge {
                max_bytes: 20_000_000,
            },
        ),
    ];
    for (what, bytes, error) in cases {
        assert_eq!(read(bytes), Err(error), "{what}");
    }
    for (what, bytes) in [("xlsx", cut), ("xls", &XLS[..3_000])] {
        let error = read(bytes).unwrap_err();
        assert!(matches!(error, ReadError::Damaged(_)), "{what}: {error:?}");
    }
}

#[test]
fn an_archive_that_unpacks_to_gigabytes_is_refused() {
    let zeros = vec![b' '; 3_000];
    let bomb = zip(&[
        ("xl/workbook.xml", &zeros),
        ("xl/sharedStrings.xml", &zeros),
    ]);
    let limits = Limits {
        unpacked_bytes: 5_000,
        ..Limits::ROSTER
    };
    let max_bytes = 5_000;
    assert_eq!(
        read_within(&bomb, &limits),
        Err(ReadError::TooLarge { max_bytes })
    );
}

#[test]
fn a_file_damaged_anywhere_is_an_error_or_a_table_and_never_a_panic() {
    let xlsx = sheet(|sheet| {
        sheet.merge_range(0, 0, 3, 0, "3-312", &Format::new())?;
        sheet.write_number(1, 1, 2_021_010_123).map(|_| ())
    });
    for whole in [XLS, &xlsx] {
        for at in (0..whole.len()).step_by(97) {
            let _may_fail = read(&whole[..at]);
            let mut changed = whole.to_vec();
            changed[at] ^= 0xff;
            let _may_fail = read(&changed);
        }
    }
}

#[test]
fn an_old_workbook_whose_parts_go_round_in_a_circle_is_damaged() {
    let number = |at: usize| u32::from_le_bytes(XLS[at..at + 4].try_into().unwrap());
    let with = |at: usize, number: u32| {
        let mut bytes = XLS.to_vec();
        bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
        bytes
    };
    // Its directory begins in this sector, and the table of sectors says which comes after it.
    let (directory, table) = (number(48), number(76) as usize);
    let after_directory = (table + 1) * 512 + directory as usize * 4;
    let circle = with(after_directory, directory);
    // The table of sectors again and again, as if the file were larger than it is.
    let mut long = XLS.to_vec();
    for at in (76..512).step_by(4) {
        long.copy_within(76..80, at);
    }
    // A list of the table's sectors that leads back to itself.
    let list = with(68, directory);
    for (what, bytes) in [("circle", circle), ("long", long), ("list", list)] {
        let said = read(&bytes);
        assert!(
            matches!(said, Err(ReadError::Damaged(_))),
            "{what}: {said:?}"
        );
    }
}
