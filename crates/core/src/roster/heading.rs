//! Finding the headings of a roster among titles, notes and merged cells.

use super::table::{Row, Table, is_blank};
use crate::text;

/// How many rows from the top may hold titles and notes before the headings.
const SCANNED_ROWS: usize = 20;

/// What a heading says its column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// 学号
    No,
    /// 姓名
    Name,
    /// 寝室, building and room in one.
    Dorm,
    /// 公寓: the building where another column has the room, else the dorm.
    Apartment,
    /// 楼栋
    Building,
    /// 房间号
    Room,
}

/// What headings are called, without spaces and marks.
const SYNONYMS: &[(Heading, &str)] = &[
    (
        Heading::No,
        "学号 学籍号 学生号 学生证号 学生编号 studentno studentnumber studentid stuno stuid xh",
    ),
    (Heading::Name, "姓名 名字 学生 name studentname fullname xm"),
    (
        Heading::Dorm,
        "寝室 寝室号 寝室名 寝室名称 寝室编号 宿舍 宿舍号 宿舍名 宿舍名称 宿舍编号 宿舍地址 \
         住宿 住宿地址 公寓寝室 公寓房间 公寓房间号 楼栋寝室 楼栋寝室号 楼栋宿舍 楼栋宿舍号 \
         楼栋房间 楼栋房间号 楼号房号 dorm dormitory dormroom dormno",
    ),
    (Heading::Apartment, "公寓 公寓号 公寓名称"),
    (
        Heading::Building,
        "楼 楼栋 楼栋号 楼栋名称 楼号 楼名 楼宇 栋 栋号 幢 幢号 公寓楼 公寓楼号 公寓楼栋 \
         宿舍楼 宿舍楼号 宿舍楼栋 寝室楼 寝室楼号 寝室楼栋 building buildingno buildingnumber",
    ),
    (
        Heading::Room,
        "房间 房间号 房间号码 房间编号 房号 室号 room roomno roomnumber",
    ),
];

/// The headings of a table.
pub(crate) struct Headings<'a> {
    /// The number of the row behind which the students begin.
    pub(super) row: u32,
    /// The known headings by column, left to right.
    pub(super) known: Vec<(usize, Heading)>,
    /// The columns that have any heading, known or not.
    pub(crate) headed: Vec<usize>,
    /// The heading rows, the lower of two first.
    rows: [Option<&'a Row>; 2],
    others: Others,
}

/// Which words are headings of the file beside a roster's own.
pub(crate) type Others = fn(&str) -> bool;

impl<'a> Headings<'a> {
    /// The row with the most known headings among the first [`SCANNED_ROWS`], with 学号 or 姓名 among
    /// them: a line of particulars above the table (`班级 | 软件2101 | 宿舍 | 3-312`) has neither.
    pub(crate) fn find(table: &'a Table, others: Others) -> Option<Self> {
        let top = table.rows.iter().take(SCANNED_ROWS);
        let mut best: Option<(usize, usize)> = None;
        for (at, row) in top.enumerate() {
            let score = score(row, others);
            if score > best.map_or(0, |(_, score)| score) {
                best = Some((at, score));
            }
        }
        let (at, _) = best?;
        let first = table.rows.get(at)?;
        let second = table
            .rows
            .get(at.saturating_add(1))
            .filter(|second| continues(first, second, others));
        Some(Self::of(first, second, others))
    }

    /// The headings of one row or of two, where the lower cell says more (住宿 over 楼栋 and 房间号).
    fn of(first: &'a Row, second: Option<&'a Row>, others: Others) -> Self {
        let below = |column| second.map_or("", |row| row.cell(column));
        let width = first.cells().len();
        let width = width.max(second.map_or(0, |row| row.cells().len()));
        let mut headings = Self {
            row: second.unwrap_or(first).number(),
            known: Vec::new(),
            headed: Vec::new(),
            rows: [second, Some(first)],
            others,
        };
        for column in 0..width {
            let cells = [below(column), first.cell(column)];
            if cells.iter().any(|cell| !is_blank(cell)) {
                headings.headed.push(column);
            }
            if let Some(known) = cells.into_iter().find_map(heading) {
                headings.known.push((column, known));
            }
        }
        headings
    }

    /// What stands over a column, from below to above.
    pub(crate) fn cells(&self, column: usize) -> impl Iterator<Item = &'a str> {
        let cells = self.rows.into_iter().flatten();
        cells
            .map(move |row| row.cell(column))
            .filter(|cell| !is_blank(cell))
    }

    /// How many columns have a heading that is known.
    fn count(&self) -> usize {
        let is_other = |column: &&usize| self.cells(**column).any(self.others);
        let is_new = |column: &&usize| !self.known.iter().any(|(known, _)| known == *column);
        let others = self.headed.iter().filter(is_new).filter(is_other);
        self.known.len().saturating_add(others.count())
    }

    /// The first column with this heading.
    pub(super) fn column(&self, heading: Heading) -> Option<usize> {
        let found = self.known.iter().find(|(_, known)| *known == heading);
        found.map(|(column, _)| *column)
    }
}

/// What a cell says as a heading, cleaned of spaces, line breaks, marks (`*学号`) and remarks in
/// brackets (`学号（必填）`).
pub(crate) fn heading(cell: &str) -> Option<Heading> {
    let word = word(cell);
    let plain = ["学生", "所在"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix).filter(|rest| !rest.is_empty()));
    let known = |word: &str| {
        SYNONYMS
            .iter()
            .find(|(_, words)| words.split(' ').any(|known| known == word))
            .map(|(heading, _)| *heading)
    };
    known(&word).or_else(|| plain.and_then(known))
}

/// The letters and digits of a heading, in lower case.
pub(crate) fn word(cell: &str) -> String {
    let mut depth = 0_u32;
    let mut word = String::new();
    for c in text::clean(cell).chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth = depth.saturating_add(1),
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => word.extend(c.to_lowercase()),
            _ => {}
        }
    }
    word
}

fn score(row: &Row, others: Others) -> usize {
    let headings = Headings::of(row, None, others);
    if headings.column(Heading::No).is_none() && headings.column(Heading::Name).is_none() {
        return 0;
    }
    headings.count()
}

/// Whether `second` is the lower half of headings merged downwards: it has known headings, and
/// nothing where 学号 and 姓名 are.
fn continues(first: &Row, second: &Row, others: Others) -> bool {
    let lower = Headings::of(second, None, others);
    let upper = Headings::of(first, None, others);
    let is_merged = |heading| {
        upper
            .column(heading)
            .is_none_or(|column| is_blank(second.cell(column)))
    };
    lower.count() > 0 && is_merged(Heading::No) && is_merged(Heading::Name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_under_many_names() {
        use Heading::{Apartment, Building, Dorm, Name, No, Room};
        for (cell, expected) in [
            ("学号", Some(No)),
            ("*学号", Some(No)),
            ("学生学号（必填）", Some(No)),
            ("【必填】学籍号", Some(No)),
            ("\u{feff}学\u{200b}号", Some(No)),
            ("Student No.", Some(No)),
            ("ＳＴＵＤＥＮＴ＿ＩＤ", Some(No)),
            ("姓　　名", Some(Name)),
            ("姓\n名：", Some(Name)),
            ("学生姓名", Some(Name)),
            ("Name", Some(Name)),
            ("寝室号", Some(Dorm)),
            ("所在宿舍", Some(Dorm)),
            ("楼栋-寝室", Some(Dorm)),
            ("公寓", Some(Apartment)),
            ("公寓楼", Some(Building)),
            ("楼号", Some(Building)),
            ("房间号", Some(Room)),
            ("室号", Some(Room)),
            ("床位", None),
            ("班级", None),
            ("家长姓名", None),
            ("考生号", None),
            ("No.", None),
            ("软件2101班学生寝室名单", None),
            ("（学号）", None),
            ("", None),
        ] {
            assert_eq!(heading(cell), expected, "{cell:?}");
        }
    }
}
