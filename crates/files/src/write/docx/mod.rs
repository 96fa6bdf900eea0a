//! Reports as DOCX, laid out as official documents are (GB/T 9704): A4, the title in 小标宋, headings in 黑体
//! and 楷体, the body in 仿宋 of 三号 with two characters' indent, page numbers at the foot.
//!
//! The parts of the file are written here, element by element in the order of the format's schema. A crate
//! that knows all of the format weighs nine times as much (see ARCHITECTURE.md).
//!
//! # Layout
//! - `document`: what stands where; `table`: ledgers as tables
//! - `style`: how paragraphs look; `page`: paper and margins
//! - `package`: the other parts of the file; `xml`: text in XML

mod document;
mod package;
mod page;
mod style;
mod table;
mod xml;

use thiserror::Error;
use wuzha_core::report::Report;
use zip::result::ZipError;

/// Why no document was written. It is packed in memory, so this is memory running out.
#[derive(Debug, Error)]
#[error("the document cannot be packed: {0}")]
pub struct ReportError(#[from] ZipError);

/// `report` as the bytes of a DOCX file.
///
/// What is still to be filled in is marked yellow; a paragraph without text is left out. The tables of the
/// attachments are on pages of their own, turned sideways. Two files of one report are equal.
///
/// # Errors
/// See [`ReportError`].
pub fn write_report(report: &Report) -> Result<Vec<u8>, ReportError> {
    Ok(package::packed(report)?)
}
