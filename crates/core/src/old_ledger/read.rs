//! The file as a whole: its headings, its rows, and what each says of a student.

use super::app::Evidence;
use super::classes::{self, Named};
use super::column::{self, Column, Holds, LeftOut, Use};
use super::{AppYes, MAX_ROWS, OldLedger, OldLedgerError, OldStudent, Reading, Unread, Why, words};
use crate::book::commands::free_text;
use crate::roster::{
    self, DormColumns, Draft, Existing, Field, Headings, Line, Mapping, Outcome, Reason, Row,
    Table, is_blank,
};

/// Reads an old ledger. A row that cannot be read is refused alone, a cell that cannot be is unknown;
/// both are told.
///
/// # Errors
/// If the file has no headings, no rows or too many, or no columns for 学号 and 姓名.
pub fn read(table: &Table, reading: &Reading) -> Result<OldLedger, OldLedgerError> {
    let is_heading = |cell: &str| column::of_heading(cell).is_some();
    let headings = Headings::find(table, is_heading).ok_or(OldLedgerError::NoHeadings)?;
    let mapping = Mapping::from_headings(&headings, table);
    let draft = Draft::within(MAX_ROWS, table, &mapping, &Existing::new())?;
    let columns = columns(&headings, &mapping);
    let mut reader = Reader {
        yes: app_yes(&columns, reading),
        columns: &columns,
        mapping: &mapping,
        unread: Vec::new(),
    };
    let students: Vec<(&Row, OldStudent)> = draft
        .lines
        .iter()
        .filter_map(|line| {
            let row = table.row(line.row)?;
            Some((row, reader.student(row, line)?))
        })
        .collect();
    let rows = reader.with_classes(students, reading);
    let mut unread = reader.unread;
    unread.sort_by_key(|unread| (unread.row, unread.column));
    Ok(OldLedger {
        classes: classes::split(rows),
        columns,
        unread,
    })
}

/// What becomes of every column that has a heading, or holds numbers or names without one.
fn columns(headings: &Headings<'_>, mapping: &Mapping) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let unheaded = [mapping.no, mapping.name].into_iter().flatten();
    let mut places: Vec<usize> = headings.headed.iter().copied().chain(unheaded).collect();
    places.sort_unstable();
    places.dedup();
    for at in places {
        let becomes = match of_roster(mapping, at) {
            Some(holds) => Use::Taken(holds),
            None => of_cells(headings, at),
        };
        let is_taken = columns.iter().any(|column| column.becomes == becomes);
        columns.push(Column {
            number: number(at),
            heading: words::shortened(headings.cells(at).next().unwrap_or_default()),
            becomes: match becomes {
                Use::Taken(holds) if is_taken && holds != Holds::Dorm => {
                    Use::LeftOut(LeftOut::Spare)
                }
                becomes => becomes,
            },
        });
    }
    columns
}

/// What the roster reads from a column.
fn of_roster(mapping: &Mapping, at: usize) -> Option<Holds> {
    let is_dorm = match mapping.dorm {
        DormColumns::None => false,
        DormColumns::One(column) => column == at,
        DormColumns::Two { building, room } => building == at || room == at,
    };
    if mapping.no == Some(at) {
        Some(Holds::No)
    } else if mapping.name == Some(at) {
        Some(Holds::Name)
    } else {
        is_dorm.then_some(Holds::Dorm)
    }
}

/// By the lower of two headings, or by the upper where that one is not known.
fn of_cells(headings: &Headings<'_>, at: usize) -> Use {
    let known = headings.cells(at).find_map(|cell| {
        let spare = || roster::heading(cell).map(|_| Use::LeftOut(LeftOut::Spare));
        spare().or_else(|| column::of_heading(cell))
    });
    known.unwrap_or(Use::LeftOut(LeftOut::NotKnown))
}

/// What a person said of 是 does not hold where another column asks for the registration.
fn app_yes(columns: &[Column], reading: &Reading) -> AppYes {
    match column::ask_for_registration(columns) {
        true => AppYes::NotSaid,
        false => reading.app_yes,
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1)
}

/// Reads rows one after the other, and notes what it could not read.
struct Reader<'a> {
    columns: &'a [Column],
    mapping: &'a Mapping,
    yes: AppYes,
    unread: Vec<Unread>,
}

impl<'a> Reader<'a> {
    fn student(&mut self, row: &Row, line: &Line) -> Option<OldStudent> {
        let person = match &line.outcome {
            Outcome::Add(person) => person.clone(),
            Outcome::Refused { reasons } => {
                let unread = reasons.iter().map(|reason| self.refused(row, reason));
                let unread: Vec<Unread> = unread.collect();
                self.unread.extend(unread);
                return None;
            }
            // Nobody was there before.
            Outcome::Update { .. } | Outcome::Same(_) => return None,
        };
        let (status, unable) = self.app(row).unzip();
        let mut student = OldStudent {
            row: row.number(),
            person,
            status,
            verification: None,
            reason: unable.flatten(),
            region: None,
            login: None,
            pledge: None,
            notice: None,
        };
        for column in self.columns {
            self.read_cell(row, column, &mut student);
        }
        Some(student)
    }

    /// Puts what a cell says into the student.
    fn read_cell(&mut self, row: &Row, column: &Column, student: &mut OldStudent) {
        let Use::Taken(holds) = column.becomes else {
            return;
        };
        let cell = cell(row, column);
        let folded = words::folded(cell);
        if words::says_nothing(&folded) {
            return;
        }
        let is_read = match holds {
            Holds::Verification => put(&mut student.verification, words::verification(&folded)),
            Holds::Reason => put(&mut student.reason, Some(free_text(cell))),
            Holds::Region => put(&mut student.region, words::mark(holds, &folded)),
            Holds::Login => put(&mut student.login, words::mark(holds, &folded)),
            Holds::Pledge => put(&mut student.pledge, words::mark(holds, &folded)),
            Holds::Notice => put(&mut student.notice, words::mark(holds, &folded)),
            _ => true,
        };
        if !is_read {
            self.unread.push(unread(row, column, Why::NotUnderstood));
        }
    }

    /// The status that the row's columns about the app come to together.
    fn app(&mut self, row: &Row) -> Option<(crate::book::Status, Option<String>)> {
        let mut said = Some(Evidence::default());
        let mut read: Vec<&Column> = Vec::new();
        let before = self.unread.len();
        for column in self.columns {
            let Use::Taken(Holds::App(app)) = column.becomes else {
                continue;
            };
            let cell = cell(row, column);
            let folded = words::folded(cell);
            if words::says_nothing(&folded) {
                continue;
            }
            match Evidence::of(app, &folded, cell) {
                Some(more) => {
                    read.push(column);
                    said = said.and_then(|said| said.and(more));
                }
                None => self.unread.push(unread(row, column, Why::NotUnderstood)),
            }
        }
        if read.is_empty() {
            return None;
        }
        let status = said.map_or(Err(Why::Contradiction), |said| said.status(self.yes));
        match status {
            Ok(status) => Some(status),
            // The cell that was not understood may have said the rest, and is told already.
            Err(Why::NotEnough) if self.unread.len() > before => None,
            Err(why) => {
                let told = read.into_iter();
                self.unread
                    .extend(told.map(|column| unread(row, column, why.clone())));
                None
            }
        }
    }

    /// Says of each student which class the row belongs to; a row without one, in a file that names
    /// classes, is not taken.
    fn with_classes(
        &mut self,
        students: Vec<(&Row, OldStudent)>,
        reading: &Reading,
    ) -> Vec<(Named, OldStudent)> {
        let rows: Vec<&Row> = students.iter().map(|(row, _)| *row).collect();
        let groups = |holds| match self.column(holds) {
            Some(column) => classes::carried_down(rows.iter().map(|row| cell(row, column))),
            None => vec![String::new(); rows.len()],
        };
        let (departments, grades) = (groups(Holds::Department), groups(Holds::Grade));
        let mut names = groups(Holds::Class);
        if names.iter().all(String::is_empty) {
            names.fill(free_text(&reading.class_name));
        }
        let is_named = names.iter().any(|name| !name.is_empty());
        let named = departments.into_iter().zip(grades).zip(names);
        let mut placed = Vec::new();
        for ((_, student), ((department, grade), name)) in students.into_iter().zip(named) {
            if is_named && name.is_empty() {
                self.unread.push(Unread {
                    row: student.row,
                    column: self.column(Holds::Class).map(|column| column.number),
                    text: String::new(),
                    why: Why::NoClass,
                });
                continue;
            }
            let named = Named {
                department,
                grade,
                name,
            };
            placed.push((named, student));
        }
        placed
    }

    fn column(&self, holds: Holds) -> Option<&'a Column> {
        let mut columns = self.columns.iter();
        columns.find(|column| column.becomes == Use::Taken(holds))
    }

    /// Why a row is not taken: the cell to look at, or how the row begins.
    fn refused(&self, row: &Row, reason: &Reason) -> Unread {
        let at = reason.field().and_then(|field| match field {
            Field::No => self.mapping.no,
            Field::Name => self.mapping.name,
            Field::Dorm => match self.mapping.dorm {
                DormColumns::None => None,
                DormColumns::One(room) | DormColumns::Two { room, .. } => Some(room),
            },
        });
        let first = || row.cells().iter().find(|cell| !is_blank(cell));
        let text = match at {
            // The number is what is to be corrected.
            Some(at) if reason.field() == Some(Field::No) => words::shortened(row.cell(at)),
            Some(at) => words::shown(row.cell(at)),
            None => words::shown(first().map_or("", String::as_str)),
        };
        Unread {
            row: row.number(),
            column: at.map(number),
            text,
            why: Why::Row(reason.clone()),
        }
    }
}

fn cell<'r>(row: &'r Row, column: &Column) -> &'r str {
    let at = usize::try_from(column.number.saturating_sub(1));
    at.map_or("", |at| row.cell(at))
}

/// Keeps what was read; whether anything was.
fn put<T>(place: &mut Option<T>, read: Option<T>) -> bool {
    let is_read = read.is_some();
    if is_read {
        *place = read;
    }
    is_read
}

fn unread(row: &Row, column: &Column, why: Why) -> Unread {
    Unread {
        row: row.number(),
        column: Some(column.number),
        text: words::shown(cell(row, column)),
        why,
    }
}
