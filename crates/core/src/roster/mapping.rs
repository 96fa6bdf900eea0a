//! Which column of a roster holds what.

use std::collections::BTreeSet;

use super::dorm::looks_like_a_dorm;
use super::heading::{Heading, Headings};
use super::table::{Row, Table, is_blank};
use crate::ident::{IdentError, StudentNo};
use crate::text;

/// How many rows are looked at to tell a column by its contents.
const SAMPLED_ROWS: usize = 200;

/// The columns of a roster, counted from 0. Any combination may be tried: what it lacks or reads
/// wrongly, the draft says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The number of the heading row (the lower of two); rows up to it are no students.
    pub header: Option<u32>,
    /// The column of the 学号.
    pub no: Option<usize>,
    /// The column of the 姓名.
    pub name: Option<usize>,
    /// Where the 寝室 is.
    pub dorm: DormColumns,
}

/// Where a roster has the dorm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DormColumns {
    /// Nowhere.
    #[default]
    None,
    /// Building and room in one column.
    One(usize),
    /// In two columns, joined as `3-312`.
    Two {
        /// The column of the 楼栋.
        building: usize,
        /// The column of the 房间号.
        room: usize,
    },
}

impl Mapping {
    /// Reads the headings, and guesses from the contents what has no heading. A column with a
    /// heading is what its heading says: 家长姓名 is never taken for 姓名, however well it fits.
    pub fn guess(table: &Table) -> Self {
        match Headings::find(table, |_| false) {
            Some(headings) => Self::from_headings(&headings, table),
            None => Self::from_contents(table),
        }
    }

    /// [`Mapping::guess`] with the headings at hand.
    pub(crate) fn from_headings(headings: &Headings<'_>, table: &Table) -> Self {
        let columns = Columns::sample(table, Some(headings.row));
        let unheaded = |column: usize| !headings.headed.contains(&column);
        Self {
            header: Some(headings.row),
            no: headings
                .column(Heading::No)
                .or_else(|| columns.student_numbers(unheaded)),
            name: headings
                .column(Heading::Name)
                .or_else(|| columns.names(unheaded)),
            dorm: DormColumns::from_headings(headings),
        }
    }

    fn from_contents(table: &Table) -> Self {
        let columns = Columns::sample(table, None);
        Self {
            header: None,
            no: columns.student_numbers(|_| true),
            name: columns.names(|_| true),
            dorm: columns.dorms().map_or(DormColumns::None, DormColumns::One),
        }
    }
}

impl DormColumns {
    fn from_headings(headings: &Headings<'_>) -> Self {
        let column = |heading| headings.column(heading);
        let (dorm, apartment) = (column(Heading::Dorm), column(Heading::Apartment));
        // 宿舍 beside 房间号 is the building; 寝室 beside 楼栋 is the room.
        let room = column(Heading::Room).or(dorm);
        let building = column(Heading::Building).or(apartment).or(dorm);
        match (building, room) {
            (Some(building), Some(room)) if building != room => Self::Two { building, room },
            _ => room.or(apartment).map_or(Self::None, Self::One),
        }
    }
}

/// The rows by which columns are told apart.
struct Columns<'a> {
    rows: Vec<&'a Row>,
    width: usize,
}

impl<'a> Columns<'a> {
    /// The first rows below the headings with two cells or more: titles and notes have one.
    fn sample(table: &'a Table, header: Option<u32>) -> Self {
        let students = table.rows.iter().filter(|row| {
            let is_below = header.is_none_or(|header| row.number() > header);
            is_below && row.cells().iter().filter(|cell| !is_blank(cell)).count() > 1
        });
        let rows: Vec<&Row> = students.take(SAMPLED_ROWS).collect();
        let widths = rows.iter().map(|row| row.cells().len());
        Self {
            width: widths.max().unwrap_or(0),
            rows,
        }
    }

    fn student_numbers(&self, may_be: impl Fn(usize) -> bool) -> Option<usize> {
        self.best(|column| {
            let fits = self.fitting(column, looks_like_a_student_no);
            if may_be(column) { fits.len() } else { 0 }
        })
    }

    /// Names differ from each other; 软件工程, 汉族 and 共青团员 look like names but repeat.
    fn names(&self, may_be: impl Fn(usize) -> bool) -> Option<usize> {
        self.best(|column| {
            let fits = self.fitting(column, looks_like_a_name);
            let distinct: BTreeSet<&str> = fits.into_iter().collect();
            if may_be(column) { distinct.len() } else { 0 }
        })
    }

    fn dorms(&self) -> Option<usize> {
        self.best(|column| self.fitting(column, looks_like_a_dorm).len())
    }

    /// The column with the highest score above 0, the leftmost of equals.
    fn best(&self, score: impl Fn(usize) -> usize) -> Option<usize> {
        let mut best = (None, 0);
        for column in 0..self.width {
            let score = score(column);
            if score > best.1 {
                best = (Some(column), score);
            }
        }
        best.0
    }

    /// The cells that fit, if they are more than half of what the column holds.
    fn fitting(&self, column: usize, fits: impl Fn(&str) -> bool) -> Vec<&'a str> {
        let cells = self.rows.iter().map(|row| row.cell(column));
        let (fitting, others): (Vec<&str>, Vec<&str>) = cells
            .filter(|cell| !is_blank(cell))
            .partition(|cell| fits(cell));
        if fitting.len() > others.len() {
            fitting
        } else {
            Vec::new()
        }
    }
}

/// At least six digits, and neither a mobile phone's 11 digits nor an identity card's 18 characters.
/// A number that a spreadsheet spoilt counts, so that its column is found and the loss is told.
fn looks_like_a_student_no(cell: &str) -> bool {
    match StudentNo::try_from(cell) {
        Ok(no) => {
            let no = no.as_str();
            let digits = no.chars().filter(char::is_ascii_digit).count();
            let is_phone =
                digits == 11 && no.len() == 11 && matches!(no.as_bytes(), [b'1', b'3'..=b'9', ..]);
            let is_identity = no.len() == 18 && digits >= 17;
            digits >= 6 && !is_phone && !is_identity
        }
        Err(error) => error == IdentError::Scientific,
    }
}

/// Two to four Han characters, or more with `·` between them.
fn looks_like_a_name(cell: &str) -> bool {
    let name = text::clean_name(cell);
    let count = name.chars().count();
    let most = if name.contains('·') { 20 } else { 4 };
    (2..=most).contains(&count) && name.chars().all(|c| text::is_han(c) || c == '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(header: u32, no: usize, name: usize, dorm: DormColumns) -> Mapping {
        Mapping {
            header: (header > 0).then_some(header),
            no: Some(no),
            name: Some(name),
            dorm,
        }
    }

    #[test]
    fn headings_say_what_columns_hold() {
        use DormColumns::{None, One, Two};
        for (pasted, expected) in [
            (
                "序号\t班级\t*学号\t姓 名\t寝室号\t床位\n1\t软件2101\t1\t张三\t3-312\t1",
                mapping(1, 2, 3, One(4)),
            ),
            (
                "Name,Student No.,Dorm\nLi Ming,2021010101,3-312",
                mapping(1, 1, 0, One(2)),
            ),
            ("姓名 学号\n张三 2021010101", mapping(1, 1, 0, None)),
            (
                "学号\t姓名\t楼栋\t房间号",
                mapping(
                    1,
                    0,
                    1,
                    Two {
                        building: 2,
                        room: 3,
                    },
                ),
            ),
            (
                "学号\t姓名\t公寓\t寝室",
                mapping(
                    1,
                    0,
                    1,
                    Two {
                        building: 2,
                        room: 3,
                    },
                ),
            ),
            (
                "学号\t姓名\t宿舍\t房间号",
                mapping(
                    1,
                    0,
                    1,
                    Two {
                        building: 2,
                        room: 3,
                    },
                ),
            ),
            ("学号\t姓名\t公寓", mapping(1, 0, 1, One(2))),
            ("学号\t姓名\t房间", mapping(1, 0, 1, One(2))),
            ("学号\t姓名\t楼栋", mapping(1, 0, 1, None)),
            (
                "学号\t姓名\t寝室\t\t学号\t姓名\t寝室",
                mapping(1, 0, 1, One(2)),
            ),
        ] {
            assert_eq!(
                Mapping::guess(&Table::from_text(pasted)),
                expected,
                "{pasted:?}"
            );
        }
    }

    #[test]
    fn titles_and_particulars_above_the_headings_do_not_disturb() {
        let pasted = "示例学院学生寝室名单\t\t\t\n班级\t软件2101\t宿舍\t3-312\n\n\
                      学号\t姓名\t寝室\t备注\n2021010101\t张三\t3-312\t";
        let guess = Mapping::guess(&Table::from_text(pasted));
        assert_eq!(guess, mapping(4, 0, 1, DormColumns::One(2)));
    }

    #[test]
    fn headings_merged_downwards_are_two_rows() {
        let pasted = "学号\t姓名\t住宿\t\t班级\n\t\t楼栋\t房间号\t\n1\t张三\t3\t312\t软件2101";
        let two = DormColumns::Two {
            building: 2,
            room: 3,
        };
        let guess = Mapping::guess(&Table::from_text(pasted));
        assert_eq!(guess, mapping(2, 0, 1, two));
    }

    #[test]
    fn headings_below_the_twentieth_row_are_not_looked_for() {
        let pasted = |notes| format!("{}学号\t姓名\n", "示例\t示例\n".repeat(notes));
        let header = |notes| Mapping::guess(&Table::from_text(&pasted(notes))).header;
        assert_eq!((header(19), header(20)), (Some(20), None));
    }

    #[test]
    fn without_headings_the_contents_say_what_columns_hold() {
        use DormColumns::{None, One};
        for (pasted, expected) in [
            (
                "2021010101 张三 3-312\n2021010102 李四 3号楼313",
                mapping(0, 0, 1, One(2)),
            ),
            (
                "宿舍\t3-312\n2021010101\t张三\n2021010102\t李四",
                mapping(0, 0, 1, None),
            ),
            (
                "软件2101班\n1\t汉族\t3#312\t13800000000\t张 三\t２０２１０１０１０１\n\
                 2\t汉族\t3#312\t13800000001\t阿依古丽·示例\t2021010102",
                mapping(0, 5, 4, One(2)),
            ),
            (
                "110101200001010000,张三,2.02101E+11,3-12\n11010120000101000X,李四,2.02101E+11,3-12",
                mapping(0, 2, 1, None),
            ),
        ] {
            assert_eq!(
                Mapping::guess(&Table::from_text(pasted)),
                expected,
                "{pasted:?}"
            );
        }
    }

    #[test]
    fn a_column_without_a_heading_is_guessed_and_one_with_another_heading_is_not() {
        let table = |heading: &str| {
            Table::from_text(&format!("学号\t{heading}\t寝室\n2021010101\t张三\t3-312"))
        };
        assert_eq!(Mapping::guess(&table("")).name, Some(1));
        assert_eq!(Mapping::guess(&table("家长姓名")).name, None);
        let table = Table::from_text("姓名\t\t手机号\n张三\t2021010101\t2021010101");
        assert_eq!(Mapping::guess(&table).no, Some(1));
    }

    #[test]
    fn a_column_that_mostly_holds_something_else_is_not_guessed() {
        let pasted = "转专业\t张三\n2021010101\t李四\n休学复学\t王五";
        assert_eq!(Mapping::guess(&Table::from_text(pasted)).no, None);
    }

    #[test]
    fn an_empty_table_maps_to_nothing() {
        assert_eq!(Mapping::guess(&Table::default()), Mapping::default());
    }
}
