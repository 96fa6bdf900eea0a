//! What an import would do, row by row, before anybody agrees to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::heading::{self, Heading};
use super::mapping::{DormColumns, Mapping};
use super::table::{Row, Table, is_blank};
use super::{Existing, Student, dorm};
use crate::ident::{DormName, IdentError, PersonName, StudentNo};
use crate::text;

/// The most rows of students a roster may have: a class has some 30 to 60, a whole year of a
/// department some hundreds. More is the wrong file.
pub const MAX_ROWS: usize = 2_000;

/// How a row that is a sum, a note or a signature begins, spaces aside.
const NOT_STUDENTS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共",
    "总人数",
    "人数",
    "备注",
    "说明",
    "注:",
    "制表",
    "填表",
    "审核",
    "辅导员",
    "班主任",
    "日期",
];

/// Why a table as a whole cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum RosterError {
    /// There is no row below the headings.
    #[error("no rows")]
    Empty,
    /// More rows than a roster has.
    #[error("{found} rows, more than {max}")]
    TooManyRows {
        /// The rows below the headings that are not blank.
        found: usize,
        /// The most that are read; of a roster [`MAX_ROWS`].
        max: usize,
    },
    /// No column is mapped to 学号.
    #[error("no column with student numbers")]
    NoNumberColumn,
    /// No column is mapped to 姓名.
    #[error("no column with names")]
    NoNameColumn,
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The rows below the headings that are not blank, in order.
    pub lines: Vec<Line>,
    /// The names that more than one student of the class would have. Allowed, but worth a look: one of
    /// them may be a mistyped 学号.
    pub same_names: Vec<SameName>,
    /// The students in the book that no row names. They stay.
    pub missing: Vec<Student>,
}

/// What an import would do with one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row's number in the source.
    pub row: u32,
    /// What would happen.
    pub outcome: Outcome,
}

/// What would happen to a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The student is new.
    Add(Student),
    /// The book has the student and something differs.
    Update {
        /// The student after the import.
        student: Student,
        /// What differs, at least one thing.
        changes: Vec<Change>,
    },
    /// The book has the student just like this.
    Same(StudentNo),
    /// The row is not taken.
    Refused {
        /// Why, at least one reason, in the order of [`Field`].
        reasons: Vec<Reason>,
    },
}

/// What an import would change about a student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another name.
    Name {
        /// The name in the book.
        from: PersonName,
    },
    /// Another dorm.
    Dorm {
        /// The dorm in the book.
        from: Option<DormName>,
    },
}

/// A field of a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    /// 学号
    No,
    /// 姓名
    Name,
    /// 寝室
    Dorm,
}

/// Why a row is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// A cell cannot be what its column holds; [`IdentError::Empty`] if it is missing.
    Invalid {
        /// The field.
        field: Field,
        /// What is wrong with it.
        error: IdentError,
    },
    /// Another row with this 学号 was taken.
    Duplicate {
        /// The row that was taken.
        first: u32,
    },
    /// A sum, a note, a signature or the headings once more.
    NotAStudent,
}

/// Students of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameName {
    /// 姓名
    pub name: PersonName,
    /// Their numbers, two or more.
    pub nos: Vec<StudentNo>,
}

/// How many rows come to what, for the preview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New students.
    pub added: usize,
    /// Students of whom something changes.
    pub changed: usize,
    /// Students who stay as they are.
    pub same: usize,
    /// Rows that are not taken.
    pub refused: usize,
}

impl Draft {
    /// Reads the rows of `table` below its headings against what the book has.
    ///
    /// # Errors
    /// If there are no rows, too many, or no columns for 学号 and 姓名. What is wrong with one row
    /// is an [outcome](Outcome::Refused) of that row.
    pub fn new(table: &Table, mapping: &Mapping, existing: &Existing) -> Result<Self, RosterError> {
        Self::within(MAX_ROWS, table, mapping, existing)
    }

    /// [`Draft::new`] of up to `max` rows: a college's file has the rows of many classes.
    pub(crate) fn within(
        max: usize,
        table: &Table,
        mapping: &Mapping,
        existing: &Existing,
    ) -> Result<Self, RosterError> {
        let rows = student_rows(table, mapping, max)?;
        let mut reader = Reader {
            no: mapping.no.ok_or(RosterError::NoNumberColumn)?,
            name: mapping.name.ok_or(RosterError::NoNameColumn)?,
            dorm: mapping.dorm,
            existing,
            taken: BTreeMap::new(),
            named: BTreeSet::new(),
        };
        let lines: Vec<Line> = rows
            .into_iter()
            .map(|row| Line {
                row: row.number(),
                outcome: reader.read(row),
            })
            .collect();
        Ok(Self {
            same_names: same_names(&lines, existing),
            missing: existing
                .iter()
                .filter(|(no, _)| !reader.named.contains(*no))
                .map(|(no, (name, dorm))| Student {
                    no: no.clone(),
                    name: name.clone(),
                    dorm: dorm.clone(),
                })
                .collect(),
            lines,
        })
    }

    /// The students to add or to update, as they will be.
    pub fn accepted(&self) -> impl Iterator<Item = &Student> {
        self.lines.iter().filter_map(|line| line.outcome.student())
    }

    /// How many rows come to what.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for line in &self.lines {
            let count = match line.outcome {
                Outcome::Add(_) => &mut counts.added,
                Outcome::Update { .. } => &mut counts.changed,
                Outcome::Same(_) => &mut counts.same,
                Outcome::Refused { .. } => &mut counts.refused,
            };
            *count = count.saturating_add(1);
        }
        counts
    }
}

impl Outcome {
    /// The student that this would put into the book.
    pub fn student(&self) -> Option<&Student> {
        match self {
            Self::Add(student) | Self::Update { student, .. } => Some(student),
            Self::Same(_) | Self::Refused { .. } => None,
        }
    }
}

impl Reason {
    /// The field to look at; `None` if it is the row as a whole.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Invalid { field, .. } => Some(*field),
            Self::Duplicate { .. } => Some(Field::No),
            Self::NotAStudent => None,
        }
    }
}

/// The rows below the headings that are not blank. They are counted before any is read, so that a
/// file of 100,000 rows is refused at once.
fn student_rows<'a>(
    table: &'a Table,
    mapping: &Mapping,
    max: usize,
) -> Result<Vec<&'a Row>, RosterError> {
    let below = |row: &&Row| mapping.header.is_none_or(|header| row.number() > header);
    let rows: Vec<&Row> = table
        .rows
        .iter()
        .filter(below)
        .filter(|row| !row.is_blank())
        .collect();
    match rows.len() {
        0 => Err(RosterError::Empty),
        found if found > max => Err(RosterError::TooManyRows { found, max }),
        _ => Ok(rows),
    }
}

/// Reads rows one after the other, and remembers which numbers they had.
struct Reader<'a> {
    no: usize,
    name: usize,
    dorm: DormColumns,
    existing: &'a Existing,
    /// The numbers that were taken, and from which row.
    taken: BTreeMap<StudentNo, u32>,
    /// The numbers that rows have, taken or not.
    named: BTreeSet<StudentNo>,
}

impl Reader<'_> {
    fn read(&mut self, row: &Row) -> Outcome {
        let no = StudentNo::try_from(row.cell(self.no));
        let name = PersonName::try_from(row.cell(self.name));
        if let Ok(no) = &no {
            self.named.insert(no.clone());
        }
        match (no, name, self.dorm(row)) {
            (Ok(no), Ok(name), Ok(dorm)) => self.take(row.number(), Student { no, name, dorm }),
            (Err(_), _, _) | (_, Err(_), _) if self.is_no_student(row) => {
                refused(vec![Reason::NotAStudent])
            }
            (no, name, dorm) => refused(
                [
                    no.err().map(|error| invalid(Field::No, error)),
                    name.err().map(|error| invalid(Field::Name, error)),
                    dorm.err().map(|error| invalid(Field::Dorm, error)),
                ]
                .into_iter()
                .flatten()
                .collect(),
            ),
        }
    }

    fn dorm(&self, row: &Row) -> Result<Option<DormName>, IdentError> {
        match self.dorm {
            DormColumns::None => Ok(None),
            DormColumns::One(column) => dorm::read(row.cell(column)),
            DormColumns::Two { building, room } => {
                dorm::read(&dorm::join(row.cell(building), row.cell(room)))
            }
        }
    }

    /// Compares a student with the book. Without a dorm in the row, the book's dorm stays.
    fn take(&mut self, row: u32, mut student: Student) -> Outcome {
        if let Some(&first) = self.taken.get(&student.no) {
            return refused(vec![Reason::Duplicate { first }]);
        }
        self.taken.insert(student.no.clone(), row);
        let Some((name, dorm)) = self.existing.get(&student.no) else {
            return Outcome::Add(student);
        };
        student.dorm = student.dorm.or_else(|| dorm.clone());
        let mut changes = Vec::new();
        if student.name != *name {
            changes.push(Change::Name { from: name.clone() });
        }
        if student.dorm != *dorm {
            changes.push(Change::Dorm { from: dorm.clone() });
        }
        if changes.is_empty() {
            Outcome::Same(student.no)
        } else {
            Outcome::Update { student, changes }
        }
    }

    /// Whether the row is a sum or a note, by how it begins, or repeats the headings, as lists printed
    /// over several pages do.
    fn is_no_student(&self, row: &Row) -> bool {
        let first = row.cells().iter().find(|cell| !is_blank(cell));
        let first = first.map_or_else(String::new, |cell| text::clean(cell).replace(' ', ""));
        NOT_STUDENTS.iter().any(|word| first.starts_with(word))
            || heading::heading(row.cell(self.no)) == Some(Heading::No)
    }
}

fn invalid(field: Field, error: IdentError) -> Reason {
    Reason::Invalid { field, error }
}

fn refused(reasons: Vec<Reason>) -> Outcome {
    Outcome::Refused { reasons }
}

/// The names that several students of the class have after the import.
fn same_names(lines: &[Line], existing: &Existing) -> Vec<SameName> {
    let mut after: BTreeMap<&StudentNo, &PersonName> =
        existing.iter().map(|(no, (name, _))| (no, name)).collect();
    let accepted = lines.iter().filter_map(|line| line.outcome.student());
    after.extend(accepted.map(|student| (&student.no, &student.name)));
    let mut by_name: BTreeMap<&PersonName, Vec<StudentNo>> = BTreeMap::new();
    for (no, name) in after {
        by_name.entry(name).or_default().push(no.clone());
    }
    by_name
        .into_iter()
        .filter(|(_, nos)| nos.len() > 1)
        .map(|(name, nos)| SameName {
            name: name.clone(),
            nos,
        })
        .collect()
}
