//! Before a backup is restored: what it holds, what of it is new here, and whether it is of the
//! class that is here. Two classes in one book could not be told apart again.

use std::collections::BTreeSet;

use crate::book::Book;
use crate::ident::{PersonName, StudentNo};
use crate::log::{Op, Registers};
use crate::text;

/// Of the smaller class list, one student in this many must be on both for two books without a
/// shared history to be of one class.
const COMMON_SHARE: usize = 2;

/// What restoring a backup would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The class that the backup is of; empty if it names none.
    pub class_name: String,
    /// Students on its class list.
    pub students: usize,
    /// Operations in it, each counted once.
    pub ops: u64,
    /// How many of them are not here yet.
    pub new: u64,
    /// Whether it belongs to the class that is here.
    pub fit: Fit,
}

/// Whether a backup belongs to the class that is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Nothing is here: any class may come.
    NothingHere,
    /// It is the class that is here.
    SameClass,
    /// It is another class; restoring would mix the two, and is refused.
    OtherClass {
        /// The name of the class that is here.
        here: String,
    },
}

impl Preview {
    /// Compares a backup with what is here.
    pub fn of(here: &[Op], backup: &[Op]) -> Self {
        let (here_log, backup_log) = (fold(here), fold(backup));
        let (here_book, backup_book) = (Book::fold(&here_log), Book::fold(&backup_log));
        let shared = backup_log.seen().len() - missing(&here_log, &backup_log);
        let fit = if here_log.seen().is_empty() {
            Fit::NothingHere
        } else if shared > 0 || is_one_class(&here_book, &backup_book) {
            Fit::SameClass
        } else {
            Fit::OtherClass {
                here: here_book.class_name().to_owned(),
            }
        };
        Self {
            class_name: backup_book.class_name().to_owned(),
            students: backup_book.students().count(),
            ops: backup_log.seen().len(),
            new: backup_log.seen().len() - shared,
            fit,
        }
    }
}

fn fold(ops: &[Op]) -> Registers {
    let mut registers = Registers::default();
    for op in ops {
        registers.apply(op);
    }
    registers
}

/// How many operations of `backup` are not `here`.
fn missing(here: &Registers, backup: &Registers) -> u64 {
    let ranges = here.seen().missing_from(backup.seen());
    let len = |(_, range): (_, std::ops::RangeInclusive<u64>)| {
        (range.end() - range.start()).saturating_add(1)
    };
    ranges.into_iter().map(len).fold(0, u64::saturating_add)
}

/// Books without a shared operation, e.g. of a monitor who began anew on another phone: one class
/// when they share their students; by name alone only where one of them has no students yet.
fn is_one_class(here: &Book, backup: &Book) -> bool {
    let (ours, theirs) = (people(here), people(backup));
    let smaller = ours.len().min(theirs.len());
    if smaller == 0 {
        let name = |book: &Book| text::clean(book.class_name());
        return !here.has_class() || !backup.has_class() || name(here) == name(backup);
    }
    ours.intersection(&theirs).count() * COMMON_SHARE >= smaller
}

/// By number and name: two schools may give the same numbers.
fn people(book: &Book) -> BTreeSet<(&StudentNo, Option<&PersonName>)> {
    let students = book.students();
    students
        .map(|(no, student)| (no, student.name.get()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Change, DeviceId, Hlc, Key, Value};
    use crate::time::UnixMillis;

    /// What `device` wrote: a class of `name` with students of these numbers.
    fn class(device: u8, name: &str, students: &[u32]) -> Vec<Op> {
        let profile = Change::new(Key::new("class", &["profile"], "name"), Value::text(name));
        let student = |no: &u32| {
            let no = no.to_string();
            Change::new(
                Key::new("student", &[&no], "name"),
                Value::text(format!("示例{no}")),
            )
        };
        let mut changes: Vec<Change> = students.iter().map(student).collect();
        if !name.is_empty() {
            changes.push(profile);
        }
        let at = Hlc::new(UnixMillis(1_640_534_700_000), 0);
        Registers::default().stamp(DeviceId::from_bytes([device; 8]), at, changes)
    }

    #[test]
    fn the_largest_number_is_counted_as_one_operation() {
        let mut backup = class(1, "软件2101班", &[11]);
        for op in &mut backup {
            op.id.ctr = op.id.ctr.wrapping_sub(3);
        }
        let preview = Preview::of(&[], &backup);
        assert_eq!((preview.ops, preview.new), (2, 2), "{backup:?}");
        let device = DeviceId::from_bytes([1; 8]);
        let change = Change::new(Key::new("a", &["b"], "c"), true);
        let next = fold(&backup).stamp(device, Hlc::default(), vec![change]);
        assert_eq!(next[0].id.ctr, u64::MAX, "and nothing panics");
    }

    fn fit(here: &[Op], backup: &[Op]) -> Fit {
        Preview::of(here, backup).fit
    }

    fn other(here: &str) -> Fit {
        Fit::OtherClass { here: here.into() }
    }

    #[test]
    fn an_empty_phone_takes_any_class_and_is_told_what_it_gets() {
        let backup = class(1, "软件2101班（示例）", &[11, 12]);
        let twice = [backup.clone(), backup].concat();
        assert_eq!(
            Preview::of(&[], &twice),
            Preview {
                class_name: "软件2101班（示例）".into(),
                students: 2,
                ops: 3,
                new: 3,
                fit: Fit::NothingHere,
            }
        );
    }

    #[test]
    fn only_what_is_not_here_counts_as_new() {
        let all = class(1, "软件2101班", &[11, 12, 13]);
        let (here, missing) = all.split_at(3);
        let preview = Preview::of(here, &all);
        assert_eq!((preview.ops, preview.new), (4, missing.len() as u64));
        assert_eq!(Preview::of(&all, &all).new, 0);
    }

    #[test]
    fn a_shared_operation_makes_it_one_class_whatever_was_renamed_since() {
        let before = class(1, "软件2101班", &[]);
        let renamed = class(2, "软件2102班", &[21, 22]);
        let here = [before.clone(), renamed].concat();
        assert_eq!(fit(&here, &before), Fit::SameClass);
    }

    #[test]
    fn books_without_a_shared_operation_are_one_class_by_their_students() {
        for (here, backup, expected) in [
            // Half of the smaller list, whatever the names.
            (
                class(1, "软件2101班", &[1, 2, 3, 4]),
                class(2, "软件一班", &[3, 4, 5, 6]),
                Fit::SameClass,
            ),
            (
                class(1, "软件2101班", &[1, 2, 3, 4]),
                class(2, "软件2101班", &[4, 5, 6, 7]),
                other("软件2101班"),
            ),
            (
                class(1, "软件2101班", &[1, 2]),
                class(2, "会计2101班", &[8, 9]),
                other("软件2101班"),
            ),
            // By name only where there are no students to compare.
            (
                class(1, "软件2101班", &[]),
                class(2, "软件２１０１班 ", &[1]),
                Fit::SameClass,
            ),
            (
                class(1, "软件2101班", &[]),
                class(2, "会计2101班", &[1]),
                other("软件2101班"),
            ),
            (
                class(1, "", &[]),
                class(2, "会计2101班", &[1]),
                Fit::NothingHere,
            ),
            (
                class(1, "软件2101班", &[]),
                class(2, "", &[1]),
                Fit::SameClass,
            ),
        ] {
            assert_eq!(fit(&here, &backup), expected, "{here:?} {backup:?}");
        }
    }

    #[test]
    fn equal_numbers_of_other_people_are_not_common_students() {
        let here = class(1, "软件2101班", &[1, 2]);
        let mut backup = class(2, "会计2101班", &[1, 2]);
        for op in &mut backup {
            if op.key.as_str().starts_with("student") {
                op.value = Value::text("另一示例");
            }
        }
        assert_eq!(fit(&here, &backup), other("软件2101班"));
    }
}
