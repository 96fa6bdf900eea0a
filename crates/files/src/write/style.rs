//! How cells of an XLSX look, and in which number format they are.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// Comes with Windows and Office since 2016, and with WPS; LibreOffice and phones put their own Han
/// face in its place.
const FONT: &str = "等线";
/// The GB 2312 character set, so that what replaces the font is a Chinese one.
const FONT_CHARSET: u8 = 134;
const FONT_POINTS: u8 = 11;
const HEADING_FILL: u32 = 0x00E2_F0E6;
const UNKNOWN_GREY: u32 = 0x006B_6B6B;

/// The kinds of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A heading.
    Heading,
    /// Text that fits in its column, in text format: digits stay as they are, also when edited.
    Text,
    /// Text wider than its column.
    Wrapped,
    /// Text longer than a cell of text format can show.
    Long,
    /// What is not known.
    Unknown,
    /// A whole number.
    Count,
    /// A percentage.
    Share,
    /// A number with two decimals.
    Number,
    /// A date.
    Date,
    /// A date and a time of day.
    Time,
}

/// The formats of all [`Style`]s, made once.
pub(super) struct Styles {
    heading: Format,
    text: Format,
    wrapped: Format,
    long: Format,
    unknown: Format,
    count: Format,
    share: Format,
    number: Format,
    date: Format,
    time: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let text = font().set_num_format("@");
        Self {
            heading: text
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(HEADING_FILL)
                .set_border_bottom(FormatBorder::Thin),
            wrapped: text.clone().set_text_wrap(),
            // Not in text format, but kept from becoming a formula when somebody edits the cell.
            long: font().set_text_wrap().set_quote_prefix(),
            unknown: text.clone().set_font_color(UNKNOWN_GREY),
            text,
            count: font().set_num_format("0"),
            share: font().set_num_format("0.0%"),
            number: font().set_num_format("0.00"),
            date: font().set_num_format("yyyy-mm-dd"),
            time: font().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }

    pub(super) fn of(&self, style: Style) -> &Format {
        match style {
            Style::Heading => &self.heading,
            Style::Text => &self.text,
            Style::Wrapped => &self.wrapped,
            Style::Long => &self.long,
            Style::Unknown => &self.unknown,
            Style::Count => &self.count,
            Style::Share => &self.share,
            Style::Number => &self.number,
            Style::Date => &self.date,
            Style::Time => &self.time,
        }
    }
}

/// The font of every cell.
pub(super) fn font() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_charset(FONT_CHARSET)
        .set_font_size(FONT_POINTS)
        .set_align(FormatAlign::VerticalCenter)
}
