//! Pasted text, cut into cells.
//!
//! The separator is chosen once for the whole text: line by line, a remark with a comma in it would
//! shift the columns of its row. Spreadsheets put tabs between cells and quote a cell with a line
//! break in it; people in a chat write commas or spaces, and chats number the lines.

use crate::text::is_han;

/// A quoted cell longer than this is a quotation mark that somebody typed. The bound also keeps a
/// text full of unclosed quotation marks from being searched to its end once for each of them.
const MAX_QUOTED: usize = 1_000;

/// The cells of every line of `pasted`, blank lines included.
pub(super) fn records(pasted: &str) -> Vec<Vec<String>> {
    let text = pasted.replace("\r\n", "\n").replace('\r', "\n");
    match Separator::of(&text) {
        Separator::Tab => delimited(&text, Separator::Tab),
        Separator::Comma => delimited(&without_list_numbers(&text), Separator::Comma),
        Separator::Space => spaced(&without_list_numbers(&text)),
    }
}

#[derive(Clone, Copy)]
enum Separator {
    Tab,
    Comma,
    Space,
}

impl Separator {
    /// The separator that most lines have; of equally frequent ones the more telling.
    fn of(text: &str) -> Self {
        let lines = || text.lines().map(|line| without_list_number(line.trim()));
        let count = |separator: Self| {
            lines()
                .filter(|line| line.contains(|c| separator.is(c)))
                .count()
        };
        let (tabs, commas) = (count(Self::Tab), count(Self::Comma));
        let spaces = count(Self::Space);
        if tabs >= commas && tabs >= spaces {
            Self::Tab
        } else if commas >= spaces {
            Self::Comma
        } else {
            Self::Space
        }
    }

    fn is(self, c: char) -> bool {
        match self {
            Self::Tab => c == '\t',
            Self::Comma => matches!(c, ',' | '，' | '、' | ';' | '；'),
            Self::Space => c.is_whitespace() && c != '\t',
        }
    }
}

/// Cuts at every separator and line break outside quotation marks.
fn delimited(text: &str, separator: Separator) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut rest = text;
    loop {
        let (cell, after) = quoted(rest, separator).unwrap_or_else(|| plain(rest, separator));
        record.push(cell);
        let mut following = after.chars();
        let end = following.next();
        rest = following.as_str();
        match end {
            None => break,
            Some('\n') => records.push(std::mem::take(&mut record)),
            Some(_) => {}
        }
    }
    records.push(record);
    records
}

/// A cell up to the next separator, line break or end, and the text from there on.
fn plain(text: &str, separator: Separator) -> (String, &str) {
    let end = text.find(|c| c == '\n' || separator.is(c));
    let (cell, after) = end
        .and_then(|end| text.split_at_checked(end))
        .unwrap_or((text, ""));
    (cell.to_owned(), after)
}

/// A cell in quotation marks, a doubled one standing for one, and the text behind it. `None` if the
/// marks belong to the cell's text: not closed, or with more of the cell behind them.
fn quoted(text: &str, separator: Separator) -> Option<(String, &str)> {
    let body = text.trim_start_matches(' ').strip_prefix('"')?;
    let mut cell = String::new();
    let mut chars = body.chars();
    while cell.len() <= MAX_QUOTED {
        match chars.next()? {
            '"' if chars.as_str().starts_with('"') => {
                chars.next();
                cell.push('"');
            }
            '"' => {
                let after = chars.as_str().trim_start_matches(' ');
                let next = after.chars().next();
                return next
                    .is_none_or(|c| c == '\n' || separator.is(c))
                    .then_some((cell, after));
            }
            // A tab always ends a cell: two stray marks must not swallow the cells between them.
            '\t' => return None,
            c => cell.push(c),
        }
    }
    None
}

/// Cuts every line at its spaces.
fn spaced(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let spaces = line
                .chars()
                .map(|c| if c.is_whitespace() { ' ' } else { c });
            spaces.collect::<String>().trim().to_owned()
        })
        .collect();
    let cut = if are_columns_two_spaces_apart(&lines) {
        |line: &String| owned(at_wide_gaps(line))
    } else {
        |line: &String| join_aligned(line.split(' ').filter(|field| !field.is_empty()))
    };
    lines.iter().map(cut).collect()
}

/// Whether two spaces or more separate the fields, so that a single one belongs to its field: only if
/// this gives every line the same number of fields. Columns padded with spaces do not, since their
/// longest field has a single space behind it.
fn are_columns_two_spaces_apart(lines: &[String]) -> bool {
    let mut counts = lines
        .iter()
        .filter(|line| line.contains(' '))
        .map(|line| at_wide_gaps(line).count());
    counts
        .next()
        .is_some_and(|first| first > 1 && counts.all(|count| count == first))
}

fn at_wide_gaps(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ")
        .map(str::trim)
        .filter(|field| !field.is_empty())
}

fn owned<'a>(fields: impl Iterator<Item = &'a str>) -> Vec<String> {
    fields.map(str::to_owned).collect()
}

/// The fields, with a name of two characters put together again that was spaced to align with names
/// of three (`张 三`). 男 and 女 are a field of their own.
fn join_aligned<'a>(fields: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for field in fields {
        match joined.last_mut() {
            Some(last) if is_one_han(last) && is_one_han(field) && last != "男" && last != "女" =>
            {
                last.push_str(field);
            }
            _ => joined.push(field.to_owned()),
        }
    }
    joined
}

fn is_one_han(field: &str) -> bool {
    let mut chars = field.chars();
    chars.next().is_some_and(is_han) && chars.next().is_none()
}

/// The text without the numbers that a chat puts before its lines, unless a column 序号 has them.
fn without_list_numbers(text: &str) -> String {
    if text
        .lines()
        .any(|line| line.trim_start().starts_with("序号"))
    {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.lines().map(without_list_number).collect();
    lines.join("\n")
}

/// `12. 张三` and `12、张三` without the `12`; `2.02101E+11` as it is.
fn without_list_number(line: &str) -> &str {
    let numbered = line.trim_start();
    let behind = numbered.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = numbered.len().saturating_sub(behind.len());
    if !(1..=3).contains(&digits) {
        return line;
    }
    match behind.strip_prefix(['.', '．']) {
        Some(item) if item.starts_with(|c: char| c.is_ascii_digit()) => line,
        Some(item) => item,
        None => behind.strip_prefix('、').unwrap_or(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pasted: &str, expected: &[&[&str]]) {
        assert_eq!(records(pasted), expected, "{pasted:?}");
    }

    #[test]
    fn spreadsheets_put_tabs_between_cells() {
        check(
            "学号\t姓名\t寝室\r\n2021010101\t张 三\t3-312, 靠窗\r\n",
            &[
                &["学号", "姓名", "寝室"],
                &["2021010101", "张 三", "3-312, 靠窗"],
                &[""],
            ],
        );
        check("a\t\tc\rd\t", &[&["a", "", "c"], &["d", ""]]);
    }

    #[test]
    fn quoted_cells_keep_line_breaks_and_quotation_marks() {
        check(
            "学号\t\"姓\n名\"\n1\t\"张三\"\"示例\"\"\"",
            &[&["学号", "姓\n名"], &["1", "张三\"示例\""]],
        );
        check(
            "1,\"张三,示例\" , \"3-312\"",
            &[&["1", "张三,示例", "3-312"]],
        );
    }

    #[test]
    fn stray_quotation_marks_are_text() {
        check(
            "1\t\"张三\t3-312\n2\t李四\"\t3-312",
            &[&["1", "\"张三", "3-312"], &["2", "李四\"", "3-312"]],
        );
        check("1,\"张三\n2,李四", &[&["1", "\"张三"], &["2", "李四"]]);
        check("1,\"张\"三", &[&["1", "\"张\"三"]]);
        let long = format!("1,\"{}\"", "张".repeat(MAX_QUOTED));
        assert_eq!(records(&long).len(), 1);
        assert!(records(&long)[0][1].starts_with('"'));
    }

    #[test]
    fn chats_use_every_comma() {
        check(
            "2101，张三,3-312\n2102、李四；3-312\n2103;王五、3-313",
            &[
                &["2101", "张三", "3-312"],
                &["2102", "李四", "3-312"],
                &["2103", "王五", "3-313"],
            ],
        );
    }

    #[test]
    fn the_separator_is_that_of_most_lines() {
        check(
            "软件2101班，名单\n1 张三\n2 李四，班长\n3 王五",
            &[
                &["软件2101班，名单"],
                &["1", "张三"],
                &["2", "李四，班长"],
                &["3", "王五"],
            ],
        );
        check(
            "1, Li Ming\n2, 张 三\n3,王五\t示例",
            &[&["1", " Li Ming"], &["2", " 张 三"], &["3", "王五\t示例"]],
        );
    }

    #[test]
    fn spaces_cut_lines_but_not_aligned_names() {
        check(
            "学 号 姓 名 寝室\n1 张 三 3-312\n2  欧阳三   3-312\n3 李　四 男 汉",
            &[
                &["学号", "姓名", "寝室"],
                &["1", "张三", "3-312"],
                &["2", "欧阳三", "3-312"],
                &["3", "李四", "男", "汉"],
            ],
        );
    }

    #[test]
    fn columns_two_spaces_apart_keep_single_spaces() {
        check(
            "1  Li Ming   3-312\n2  张 三  3 - 312",
            &[&["1", "Li Ming", "3-312"], &["2", "张 三", "3 - 312"]],
        );
    }

    #[test]
    fn columns_padded_with_spaces_are_cut_at_every_space() {
        check(
            "2101  张三       3-312\n2102  欧阳示例甲 3-312",
            &[&["2101", "张三", "3-312"], &["2102", "欧阳示例甲", "3-312"]],
        );
    }

    #[test]
    fn list_numbers_of_a_chat_are_dropped() {
        check(
            "#接龙\n1. 101 张三\n2.李四 102\n13、王五 103\n2.5E+11 赵六\n1234. 五",
            &[
                &["#接龙"],
                &["101", "张三"],
                &["李四", "102"],
                &["王五", "103"],
                &["2.5E+11", "赵六"],
                &["1234.", "五"],
            ],
        );
        check(
            "序号 学号 姓名\n1. 101 张三",
            &[&["序号", "学号", "姓名"], &["1.", "101", "张三"]],
        );
    }
}
