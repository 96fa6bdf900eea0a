//! What the files are called.

use chrono::NaiveDate;

/// The most characters in the class's and the subject's part. Android and Linux take 255 bytes for
/// the whole name, and a Han character takes three.
const PART_MAX: usize = 32;

/// `软件2101班_反诈台账_2021-12-26.xlsx`. What Windows, Android or a shell would not take in a name
/// becomes `-`.
pub fn file_name(class: &str, what: &str, date: NaiveDate, extension: &str) -> String {
    let parts = [part(class), part(what), date.to_string()];
    let given: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.{extension}", given.join("_"))
}

fn part(text: &str) -> String {
    let named: String = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if is_forbidden(c) { '-' } else { c })
        .take(PART_MAX)
        .collect();
    // Leading dots hide a file, trailing dots and spaces are dropped by Windows.
    named
        .trim_matches(|c: char| c == '.' || c.is_whitespace())
        .to_owned()
}

/// Characters that Windows or Android's FAT forbids, and those that would read as something else in
/// a link or a shell.
fn is_forbidden(c: char) -> bool {
    c.is_control() || "\"*/:<>?\\|#%&{}$!'`~^".contains(c)
}

/// Direction marks can make `xlsx.exe` read as `exe.xlsx`; zero-width characters make two names
/// look the same.
fn is_invisible(c: char) -> bool {
    matches!(u32::from(c), 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfeff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(class: &str, what: &str) -> String {
        let date = NaiveDate::from_ymd_opt(2021, 12, 26).unwrap();
        file_name(class, what, date, "xlsx")
    }

    #[test]
    fn a_file_is_named_by_class_subject_and_date() {
        assert_eq!(
            named("软件2101班", "反诈台账"),
            "软件2101班_反诈台账_2021-12-26.xlsx"
        );
        assert_eq!(named("", "备份"), "备份_2021-12-26.xlsx");
    }

    #[test]
    fn what_no_system_takes_is_replaced() {
        assert_eq!(
            named("软件/2101:班*?", "a<b>|\"c\\\n"),
            "软件-2101-班--_a-b---c--_2021-12-26.xlsx"
        );
        assert_eq!(named("..隐藏. ", "x"), "隐藏_x_2021-12-26.xlsx");
        assert_eq!(named("班\u{202e}xslx", "x"), "班xslx_x_2021-12-26.xlsx");
    }

    #[test]
    fn a_name_fits_the_255_bytes_of_a_phone() {
        let long = "班".repeat(500);
        assert!(named(&long, &long).len() <= 255);
    }
}
