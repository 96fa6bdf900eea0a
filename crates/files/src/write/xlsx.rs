//! Ledgers as one XLSX workbook.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, Timelike};
use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, IgnoreError, RowNum, Workbook as XlsxWorkbook, Worksheet,
};
use wuzha_core::ledger::{Cell, Column, Ledger, Workbook};
use wuzha_core::text::is_han;
use wuzha_core::time::{UnixMillis, UtcOffset};

use super::style::{Style, Styles, font};
use super::{AS_OF, Progress, UNKNOWN, WriteError};

/// Pixels of a row and of a column at the font's 11 points, as Chinese Excel has them.
const DEFAULT_ROW_PIXELS: u32 = 19;
const DEFAULT_COLUMN_PIXELS: u32 = 72;
const HEADING_ROW_POINTS: f64 = 22.0;
const PAPER_A4: u8 = 9;
/// A quarter less time than the usual 6, for files 5 % larger (50,000 rows of 12 cells).
const ZIP_LEVEL: u8 = 4;
/// Above this, Excel shows `####` in a cell of text format.
const TEXT_FORMAT_MAX: usize = 255;
/// UTF-16 units in a cell, which is Excel's own bound.
const CELL_MAX: usize = 32_767;
/// UTF-16 units of the title in a page's header; Excel takes 255 for the header, codes included.
const TITLE_MAX: usize = 90;
/// Rows between two reports of progress: a few dozen reports for the largest ledgers.
const ROWS_PER_REPORT: u32 = 1_000;

/// `workbook` as the bytes of an XLSX file.
///
/// Text is always written as text (`@`), so 学号 keep their digits and nothing becomes a formula.
/// Shares are numbers with a percent format; moments and dates are dates, in the workbook's offset.
/// `progress` is told the rows so far; packing the file comes after the last row and takes about as
/// long as the rows.
///
/// # Errors
/// See [`WriteError`].
pub fn write_workbook(
    workbook: &Workbook,
    mut progress: impl FnMut(Progress),
) -> Result<Vec<u8>, WriteError> {
    let styles = Styles::new();
    let mut file = XlsxWorkbook::new();
    file.set_default_format(&font(), DEFAULT_ROW_PIXELS, DEFAULT_COLUMN_PIXELS)?;
    file.set_properties(&properties(workbook));
    file.set_zip_compression_level(ZIP_LEVEL);
    let mut report = Report::new(workbook, &mut progress);
    for ledger in &workbook.ledgers {
        let mut sheet = Sheet {
            sheet: file.add_worksheet(),
            styles: &styles,
            offset: workbook.offset,
        };
        sheet.write(ledger, &mut report)?;
        set_up_page(sheet.sheet, workbook)?;
    }
    Ok(file.save_to_buffer()?)
}

/// Made at the cut-off rather than now: two exports of one state are equal.
fn properties(workbook: &Workbook) -> DocProperties {
    let properties = DocProperties::new().set_title(&workbook.title);
    let seconds = i64::try_from(workbook.cutoff.0 / 1000).unwrap_or(i64::MAX);
    match ExcelDateTime::from_timestamp(seconds) {
        Ok(created) => properties.set_creation_datetime(&created),
        Err(_beyond_the_calendar) => properties,
    }
}

/// On paper: A4 landscape, one page wide, the headings on every page, what it is and until when.
fn set_up_page(sheet: &mut Worksheet, workbook: &Workbook) -> Result<(), WriteError> {
    let cutoff = workbook.cutoff.to_minute_text(workbook.offset);
    // In a header `&` begins a code; doubled it is itself.
    let title = cut(&workbook.title, TITLE_MAX).replace('&', "&&");
    sheet
        .set_paper_size(PAPER_A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_print_gridlines(true)
        .set_header(format!("&L{title}  &A&R{} {cutoff}", AS_OF))
        .set_footer("&C&P / &N")
        .set_repeat_rows(0, 0)?;
    Ok(())
}

/// One sheet being written.
struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    offset: UtcOffset,
}

/// What a cell holds in the file.
enum Value<'a> {
    Text(Cow<'a, str>),
    Number(f64),
}

impl Sheet<'_> {
    fn write(&mut self, ledger: &Ledger, report: &mut Report) -> Result<(), WriteError> {
        let count = ColNum::try_from(ledger.columns.len());
        let count = count.map_err(|_| WriteError::TooManyColumns)?;
        self.sheet.set_name(&ledger.name)?;
        let columns: Vec<(u8, Style)> = (0..)
            .zip(&ledger.columns)
            .map(|(at, column)| (column.width, self.usual_style(ledger, at)))
            .collect();
        for ((at, column), (_, usual)) in (0..count).zip(&ledger.columns).zip(&columns) {
            self.column(at, column, *usual)?;
        }
        for (row, cells) in (1..).zip(&ledger.rows) {
            for ((at, cell), &(width, usual)) in (0..count).zip(cells).zip(&columns) {
                if let Some((value, style)) = self.shown(cell, width) {
                    self.put(row, at, value, style, usual)?;
                }
            }
            report.row();
        }
        self.finish(count, ledger.rows.len())
    }

    /// The heading, and the width and usual format of the column: a row that somebody adds by hand
    /// then keeps its 学号 as text too.
    fn column(&mut self, at: ColNum, column: &Column, usual: Style) -> Result<(), WriteError> {
        self.sheet.set_column_width(at, column.width)?;
        self.sheet.set_column_format(at, self.styles.of(usual))?;
        let heading = Value::Text(cut(&column.heading, CELL_MAX).into());
        self.put(0, at, heading, Style::Heading, usual)
    }

    /// The style of the first cell that holds something known; text where none does.
    fn usual_style(&self, ledger: &Ledger, column: usize) -> Style {
        let cells = ledger.rows.iter().filter_map(|row| row.get(column));
        let known = cells.filter(|cell| !matches!(cell, Cell::Empty | Cell::Unknown));
        // Width 255: whether a text is wide is a matter of each cell.
        let mut styles = known.filter_map(|cell| self.shown(cell, u8::MAX));
        match styles.next() {
            Some((Value::Number(_), style)) => style,
            _ => Style::Text,
        }
    }

    /// What `cell` is written as, in a column of `width`; nothing for an empty one.
    fn shown<'c>(&self, cell: &'c Cell, width: u8) -> Option<(Value<'c>, Style)> {
        let unknown = (Value::Text(UNKNOWN.into()), Style::Unknown);
        let number = |x: f64, style| Some((Value::Number(x), style));
        match cell {
            Cell::Empty => None,
            Cell::Text(text) => Some((
                Value::Text(cut(text, CELL_MAX).into()),
                text_style(text, width),
            )),
            Cell::Count(n) => number(f64::from(*n), Style::Count),
            Cell::Ratio { met, of } if *of > 0 => {
                number(f64::from(*met) / f64::from(*of), Style::Share)
            }
            Cell::Number(x) if x.is_finite() => number(*x, Style::Number),
            Cell::Date(date) => match excel_date(*date) {
                Some(day) => number(day.to_excel(), Style::Date),
                // Before 1900, where Excel's calendar begins.
                None => Some((Value::Text(date.to_string().into()), Style::Text)),
            },
            Cell::Time(time) => match excel_time(*time, self.offset) {
                Some(moment) => number(moment.to_excel(), Style::Time),
                None => Some(unknown),
            },
            Cell::Unknown | Cell::Ratio { .. } | Cell::Number(_) => Some(unknown),
        }
    }

    /// Writes `value`. Naming a format costs a look-up in a table of formats for each cell, so it is
    /// left to the column where it is the column's own.
    fn put(
        &mut self,
        row: RowNum,
        at: ColNum,
        value: Value<'_>,
        style: Style,
        usual: Style,
    ) -> Result<(), WriteError> {
        let format = self.styles.of(style);
        match value {
            Value::Text(text) if style == usual => self.sheet.write_string(row, at, text)?,
            Value::Text(text) => self.sheet.write_string_with_format(row, at, text, format)?,
            Value::Number(x) if style == usual => self.sheet.write_number(row, at, x)?,
            Value::Number(x) => self.sheet.write_number_with_format(row, at, x, format)?,
        };
        Ok(())
    }

    fn finish(&mut self, columns: ColNum, rows: usize) -> Result<(), WriteError> {
        let Some(last_column) = columns.checked_sub(1) else {
            return Ok(());
        };
        let last_row = RowNum::try_from(rows).unwrap_or(RowNum::MAX);
        self.sheet.set_row_height(0, HEADING_ROW_POINTS)?;
        self.sheet.set_freeze_panes(1, 0)?;
        self.sheet.autofilter(0, 0, last_row, last_column)?;
        // Otherwise Excel marks every 学号 with a green corner.
        let text_numbers = IgnoreError::NumberStoredAsText;
        self.sheet
            .ignore_error_range(0, 0, last_row, last_column, text_numbers)?;
        Ok(())
    }
}

fn text_style(text: &str, width: u8) -> Style {
    let width = usize::from(width);
    // No character is wider than it has bytes: most cells end here.
    if text.len() <= width.min(TEXT_FORMAT_MAX) && !text.contains('\n') {
        return Style::Text;
    }
    if text.chars().count() > TEXT_FORMAT_MAX {
        return Style::Long;
    }
    let taken: usize = text.chars().map(|c| if is_han(c) { 2 } else { 1 }).sum();
    if taken > width || text.contains('\n') {
        Style::Wrapped
    } else {
        Style::Text
    }
}

/// The beginning of `text` that fits in `max` UTF-16 units.
fn cut(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > max
    });
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

fn excel_date(date: NaiveDate) -> Option<ExcelDateTime> {
    let (month, day) = (u8::try_from(date.month()), u8::try_from(date.day()));
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, month.ok()?, day.ok()?).ok()
}

fn excel_time(time: UnixMillis, offset: UtcOffset) -> Option<ExcelDateTime> {
    let local = time.local(offset)?;
    let (hour, minute) = (u16::try_from(local.hour()), u8::try_from(local.minute()));
    excel_date(local.date_naive())?
        .and_hms(hour.ok()?, minute.ok()?, f64::from(local.second()))
        .ok()
}

/// Tells how far it is every [`ROWS_PER_REPORT`] rows, and at the end.
struct Report<'a> {
    done: u32,
    total: u32,
    tell: &'a mut dyn FnMut(Progress),
}

impl<'a> Report<'a> {
    fn new(workbook: &Workbook, tell: &'a mut dyn FnMut(Progress)) -> Self {
        let ledgers = workbook.ledgers.iter();
        let total: usize = ledgers.map(|ledger| ledger.rows.len()).sum();
        Self {
            done: 0,
            total: u32::try_from(total).unwrap_or(u32::MAX),
            tell,
        }
    }

    fn row(&mut self) {
        self.done = self.done.saturating_add(1);
        if self.done.is_multiple_of(ROWS_PER_REPORT) || self.done == self.total {
            let (done, total) = (self.done, self.total);
            (self.tell)(Progress { done, total });
        }
    }
}
