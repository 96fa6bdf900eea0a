//! XLSX.

use std::io::Cursor;

use calamine::{Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use super::sheet::{Rows, filled, visible_sheets};
use super::{Limits, RawTable, ReadError, value};

/// What every XLSX has and other ZIPs and office files have not.
const WORKBOOK: &str = "xl/workbook.xml";

type File<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Every visible sheet that is not empty.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<RawTable>, ReadError> {
    let (mut file, sheets) = open(bytes, limits)?;
    filled(sheets, limits, |name, left| rows(&mut file, name, left))
}

fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<(File<'a>, Vec<String>), ReadError> {
    check_archive(bytes, limits)?;
    let file: File<'_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(refused)?;
    let sheets = visible_sheets(file.sheets_metadata());
    Ok((file, sheets))
}

fn rows(file: &mut File<'_>, sheet: &str, limits: &Limits) -> Result<Rows, ReadError> {
    let mut rows = cells(file, sheet, limits)?;
    if !rows.is_empty() {
        rows.fill_merged(&file.merge_cells_by_sheet_name(sheet).map_err(refused)?)?;
    }
    Ok(rows)
}

/// One cell at a time: a range of all cells would take gigabytes for one stray cell in XFD1048576.
fn cells(file: &mut File<'_>, sheet: &str, limits: &Limits) -> Result<Rows, ReadError> {
    let mut rows = Rows::new(limits);
    let mut cells = file.worksheet_cells_reader(sheet).map_err(refused)?;
    while let Some(cell) = cells.next_cell().map_err(refused)? {
        let (row, column) = cell.get_position();
        if column < limits.columns {
            rows.put(row, column, value::text(cell.get_value().clone().into()))?;
        }
    }
    Ok(rows)
}

fn check_archive(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| ReadError::Damaged(error.to_string()))?;
    if archive.index_for_name(WORKBOOK).is_none() {
        return Err(ReadError::NotASpreadsheet);
    }
    if archive
        .decompressed_size()
        .is_some_and(|size| size > u128::from(limits.unpacked_bytes))
    {
        let max_bytes = limits.unpacked_bytes;
        return Err(ReadError::TooLarge { max_bytes });
    }
    Ok(())
}

fn refused(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::PasswordProtected,
        error => ReadError::Damaged(error.to_string()),
    }
}
