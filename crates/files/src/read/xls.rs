//! XLS, and XLSX with a password: both are OLE compound files.

use std::io::Cursor;

use calamine::{Reader, Xls, XlsError};

use super::sheet::{Rows, filled, visible_sheets};
use super::{Limits, RawTable, ReadError, ole, value};

/// The stream that Office puts an XLSX with a password into (MS-OFFCRYPTO 2.3.4.4).
const ENCRYPTED: &str = "EncryptedPackage";
/// The first entry of every directory; the directory may stand at the end.
const ROOT: &str = "Root Entry";
/// The streams of a workbook: since Excel 97, and before.
const WORKBOOKS: [&str; 2] = ["Workbook", "Book"];

type File<'a> = Xls<Cursor<&'a [u8]>>;

/// Every visible sheet that is not empty.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<RawTable>, ReadError> {
    let (mut file, sheets) = open(bytes)?;
    filled(sheets, limits, |name, left| rows(&mut file, name, left))
}

fn open(bytes: &[u8]) -> Result<(File<'_>, Vec<String>), ReadError> {
    if has_stream(bytes, ENCRYPTED) {
        return Err(ReadError::PasswordProtected);
    }
    if !has_stream(bytes, ROOT) {
        return Err(ReadError::Damaged("its directory is missing".to_owned()));
    }
    if !WORKBOOKS.iter().any(|name| has_stream(bytes, name)) {
        // A Word document or an installer.
        return Err(ReadError::NotASpreadsheet);
    }
    if !ole::has_an_end(bytes) {
        return Err(ReadError::Damaged("its parts have no end".to_owned()));
    }
    let file: File<'_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(refused)?;
    let sheets = visible_sheets(file.sheets_metadata());
    Ok((file, sheets))
}

fn rows(file: &mut File<'_>, sheet: &str, limits: &Limits) -> Result<Rows, ReadError> {
    let mut rows = cells(file, sheet, limits)?;
    rows.fill_merged(&file.merge_cells_by_sheet_name(sheet).map_err(refused)?)?;
    Ok(rows)
}

fn cells(file: &mut File<'_>, sheet: &str, limits: &Limits) -> Result<Rows, ReadError> {
    let mut rows = Rows::new(limits);
    let range = file.worksheet_range(sheet).map_err(refused)?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        // A sheet of XLS has at most 65,536 rows and 256 columns.
        let (row, column) = (row as u32 + first_row, column as u32 + first_column);
        rows.put(row, column, value::text(data.clone()))?;
    }
    Ok(rows)
}

/// Whether the directory names a stream: its name stands there in UTF-16 and ends in a zero.
fn has_stream(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name
        .encode_utf16()
        .chain([0])
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn refused(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::PasswordProtected,
        error => ReadError::Damaged(error.to_string()),
    }
}
