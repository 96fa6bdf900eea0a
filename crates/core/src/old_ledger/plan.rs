//! What taking a class of an old ledger over would do to its book, before anybody agrees to it.
//!
//! What the file says fills what the book does not know. Where both say something, the book's own
//! record stays unless a person decides otherwise: a monitor's record is the newer evidence, and
//! names who made it. Nothing is deleted, and nobody is put back who was taken off the list.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::compare::{Comparison, Differences, Effect, Outcome, agreement};
use super::{OldClass, OldStudent};
use crate::book::commands::{self, ProfileInput};
use crate::book::{Book, Field, ProfileField, Student};
use crate::ident::{PersonName, StudentNo};
use crate::log::Change;
use crate::text;

/// What taking a class over would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What the file says of the class and the book does not.
    pub class: Vec<ClassEffect>,
    /// How many students come to what.
    pub counts: Counts,
    /// The students to look at, those that differ first; as many as were asked for. Students of whom
    /// nothing is new are counted only.
    pub lines: Vec<Line>,
    /// Students on the book's list that are not in the file; as many as were asked for. They stay.
    pub absent: Vec<(StudentNo, PersonName)>,
    /// What to write, in order.
    pub changes: Vec<Change>,
}

/// A student of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The row of the file.
    pub row: u32,
    /// 学号
    pub no: StudentNo,
    /// 姓名, as the file has it.
    pub name: PersonName,
    /// How the student stands.
    pub outcome: Outcome,
    /// What the file says that the book does not.
    pub effects: Vec<Effect>,
}

/// How many students come to what. Each of the file's is in one of the first five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// See [`Outcome::New`].
    pub new: u32,
    /// See [`Outcome::Fills`].
    pub filled: u32,
    /// See [`Outcome::Differs`].
    pub differing: u32,
    /// See [`Outcome::Same`].
    pub same: u32,
    /// See [`Outcome::OffList`].
    pub off_list: u32,
    /// On the book's list and not in the file.
    pub absent: u32,
}

/// What the file says of the class that the book does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassEffect {
    /// Which field.
    pub field: ProfileField,
    /// What the book shows; `None` if it does not know, and this fills it.
    pub from: Option<String>,
    /// What the file says.
    pub to: String,
}

/// How many students of the file are on the book's list, by their numbers: whether the book is of this
/// class, whatever the two are called.
pub fn affinity(old: &OldClass, book: &Book) -> usize {
    let is_listed = |student: &&OldStudent| {
        let known = book.student(&student.person.no);
        known.is_some_and(Student::is_listed)
    };
    old.students.iter().filter(is_listed).count()
}

/// Compares a class with its book; without one, everything is new. The preview has up to `shown` lines,
/// and as many absent students.
pub fn plan(old: &OldClass, book: Option<&Book>, differences: Differences, shown: usize) -> Plan {
    let nothing = Book::default();
    let book = book.unwrap_or(&nothing);
    let mut plan = Plan {
        class: Vec::new(),
        counts: Counts::default(),
        lines: Vec::new(),
        absent: Vec::new(),
        changes: Vec::new(),
    };
    plan.name_class(old, book, differences);
    for student in &old.students {
        plan.take(student, book, differences);
    }
    plan.lines.sort_by_key(|line| line.outcome);
    plan.lines.truncate(shown);
    plan.note_absent(old, book, shown);
    plan
}

impl Plan {
    fn name_class(&mut self, old: &OldClass, book: &Book, differences: Differences) {
        let mut named = |field, known: &Field<String>, told: &str| {
            let from = known.get();
            let shown = || from.cloned().unwrap_or_default();
            let is_same = from.is_some_and(|from| text::folded(from) == text::folded(told));
            if told.is_empty() || is_same {
                return shown();
            }
            self.class.push(ClassEffect {
                field,
                from: from.cloned(),
                to: told.to_owned(),
            });
            match agreement(known, &told.to_owned()).is_written(differences) {
                true => told.to_owned(),
                false => shown(),
            }
        };
        let profile = &book.profile;
        let input = ProfileInput {
            department: named(
                ProfileField::Department,
                &profile.department,
                &old.department,
            ),
            grade: named(ProfileField::Grade, &profile.grade, &old.grade),
            name: named(ProfileField::Name, &profile.name, &old.name),
            school: profile.school.get().cloned().unwrap_or_default(),
        };
        if !self.class.is_empty() {
            self.changes.extend(commands::name_class(book, &input));
        }
    }

    fn take(&mut self, old: &OldStudent, book: &Book, differences: Differences) {
        let no = &old.person.no;
        let unknown = Student::default();
        let student = book.student(no).unwrap_or(&unknown);
        let mut comparison = Comparison::new(book, no, student, differences);
        let outcome = comparison.compare(old);
        let Comparison {
            effects, changes, ..
        } = comparison;
        self.counts.add(outcome);
        self.changes.extend(changes);
        if outcome != Outcome::Same {
            self.lines.push(Line {
                row: old.row,
                no: no.clone(),
                name: old.person.name.clone(),
                outcome,
                effects,
            });
        }
    }

    fn note_absent(&mut self, old: &OldClass, book: &Book, shown: usize) {
        let there: BTreeSet<&StudentNo> = old
            .students
            .iter()
            .map(|student| &student.person.no)
            .collect();
        for (no, student) in book.students().filter(|(no, _)| !there.contains(no)) {
            self.counts.absent = self.counts.absent.saturating_add(1);
            if let Some(name) = student.name.get().filter(|_| self.absent.len() < shown) {
                self.absent.push((no.clone(), name.clone()));
            }
        }
    }
}

impl Counts {
    fn add(&mut self, outcome: Outcome) {
        let count = match outcome {
            Outcome::New => &mut self.new,
            Outcome::Fills => &mut self.filled,
            Outcome::Differs => &mut self.differing,
            Outcome::Same => &mut self.same,
            Outcome::OffList => &mut self.off_list,
        };
        *count = count.saturating_add(1);
    }
}
