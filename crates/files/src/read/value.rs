//! Cell values as the text a person sees.

use calamine::{Data, ExcelDateTime};

/// Spreadsheets keep 15 digits of a number; a longer one has lost its last.
const EXACT_DIGITS_BELOW: f64 = 1e15;
/// Below this a fraction is written with an exponent.
const SMALLEST_PLAIN: f64 = 1e-6;

/// The text of `value`; empty for a blank cell. A formula gives its stored result.
pub(super) fn text(value: Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Int(n) => n.to_string(),
        Data::Float(x) => number(x),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(time) => date_time(&time),
        Data::Error(error) => error.to_string(),
    }
}

/// Whole numbers in full, as 学号 often are stored; one whose digits may be lost in scientific form,
/// which `StudentNo` refuses with the reason.
fn number(x: f64) -> String {
    let is_exact = x == 0.0 || (SMALLEST_PLAIN..EXACT_DIGITS_BELOW).contains(&x.abs());
    if is_exact {
        return x.to_string();
    }
    let scientific = format!("{x:.5E}");
    match scientific.split_once('E') {
        Some((mantissa, exponent)) if !exponent.starts_with('-') => {
            format!("{mantissa}E+{exponent}")
        }
        _ => scientific,
    }
}

/// `2021-12-26`, with the time of day where it is not midnight; a time of day alone for a value below
/// one day.
fn date_time(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    if time.is_duration() || time.as_f64() < 1.0 {
        clock
    } else if clock == "00:00:00" {
        date
    } else {
        format!("{date} {clock}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_keep_their_digits_or_say_that_they_are_lost() {
        let cases = [
            (2_021_010_123.0, "2021010123"),
            (999_999_999_999_999.0, "999999999999999"),
            (1_000_000_000_000_000.0, "1.00000E+15"),
            (2.021_010_123_456_789e17, "2.02101E+17"),
            (0.0, "0"),
            (-7.0, "-7"),
            (3.25, "3.25"),
            (1e-9, "1.00000E-9"),
        ];
        for (x, expected) in cases {
            assert_eq!(number(x), expected);
        }
    }

    #[test]
    fn dates_are_written_as_dates() {
        let cases = [
            (44_556.0, "2021-12-26"),
            (44_556.75, "2021-12-26 18:00:00"),
            (0.5, "12:00:00"),
        ];
        for (serial, expected) in cases {
            let time = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false);
            assert_eq!(date_time(&time), expected);
        }
    }
}
