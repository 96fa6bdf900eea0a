//! What old ledgers are to the books on the shelf: which book a class of one belongs to, and that what one says
//! yields to what a phone recorded.
//!
//! An old ledger has no writer in common with anybody. A class in it is known by its students and by its name, and
//! so is a book that was made of old ledgers alone, once the class itself hands in.

use std::collections::BTreeSet;

use wuzha_core::book::{Book, Student};
use wuzha_core::ident::StudentNo;
use wuzha_core::log::{Change, DeviceId, Head, Op, Registers};
use wuzha_core::old_ledger::{OldClass, affinity};
use wuzha_core::text;
use wuzha_jobs::shelf::BookId;

use crate::book::is_same_name;

/// The search for the book of a class of an old ledger: the books are looked at one after the other.
#[derive(Debug, Default)]
pub(crate) struct Search {
    /// The book that has most of its students, and how many.
    by_students: Option<(usize, BookId)>,
    by_name: Vec<BookId>,
}

impl Search {
    /// Looks at one book.
    pub(crate) fn look_at(&mut self, class: &OldClass, id: BookId, book: &Book) {
        let shared = affinity(class, book);
        let most = self.by_students.map_or(0, |(most, _)| most);
        if shared > most {
            self.by_students = Some((shared, id));
        }
        if is_same_name(&class.name, book.class_name()) && !is_of_another_department(class, book) {
            self.by_name.push(id);
        }
    }

    /// The book that has half of the students at least, else the only one of the name. Two of one name cannot be
    /// told apart, and a few students may have changed their class: a person says then.
    pub(crate) fn found(&self, class: &OldClass) -> Option<BookId> {
        let has_half = |shared: usize| shared.saturating_mul(2) >= class.students.len();
        match (self.by_students, self.by_name.as_slice()) {
            (Some((shared, book)), _) if has_half(shared) => Some(book),
            (_, [only]) => Some(*only),
            _ => None,
        }
    }
}

fn is_of_another_department(class: &OldClass, book: &Book) -> bool {
    let known = book.profile.department.get().map(String::as_str);
    let [known, said] = [known.unwrap_or_default(), &class.department].map(text::folded);
    !known.is_empty() && !said.is_empty() && known != said
}

/// Whether a book made of old ledgers alone is of the class of another: it has its name, and half of its students
/// at least are on the other's list.
pub(crate) fn is_same_class(imported: &Book, other: &Book) -> bool {
    let is_there = |no: &StudentNo| other.student(no).is_some_and(Student::is_listed);
    let students = imported.students().count();
    let shared = imported.students().filter(|(no, _)| is_there(no)).count();
    let is_named = is_same_name(imported.class_name(), other.class_name());
    is_named && shared > 0 && shared.saturating_mul(2) >= students
}

/// What makes the old ledgers of a book yield where a phone wrote something else without having seen them: its record
/// is the better evidence, and no conflict that somebody has to decide. Phones never see these; so nobody but
/// whoever stands for the ledger writes them, and at the phone's time, since nothing is newer by it.
pub(crate) fn yielding(registers: &Registers, imports: &BTreeSet<DeviceId>) -> Vec<Op> {
    let (mut changes, mut times) = (Vec::new(), Vec::new());
    for (key, heads) in registers.iter() {
        let (old, new): (Vec<&Head>, Vec<&Head>) = heads
            .iter()
            .partition(|head| imports.contains(&head.id.device));
        // What phones themselves do not agree on stays in conflict.
        if let [phone] = new.as_slice()
            && old.iter().any(|old| old.value != phone.value)
        {
            changes.push(Change::new(key.clone(), phone.value.clone()));
            times.push(phone.hlc);
        }
    }
    let Some(writer) = imports.first() else {
        return Vec::new();
    };
    let hlc = registers.last_hlc();
    let ops = registers.stamp(*writer, hlc, changes).into_iter();
    ops.zip(times).map(|(op, hlc)| Op { hlc, ..op }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuzha_core::book::commands::{self, Mark, ProfileInput};
    use wuzha_core::log::Hlc;
    use wuzha_core::old_ledger::{Differences, Reading, plan, read};
    use wuzha_core::roster::{self, Table};
    use wuzha_core::time::UnixMillis;

    fn phone() -> DeviceId {
        DeviceId::from_bytes([1; 8])
    }

    fn import() -> DeviceId {
        DeviceId::from_bytes([2; 8])
    }

    fn no(at: usize) -> StudentNo {
        format!("20210101{at:02}").try_into().unwrap()
    }

    /// A class of an old ledger with students of these numbers, all of whom have signed.
    fn old(department: &str, name: &str, students: std::ops::Range<usize>) -> OldClass {
        let mut text = "系部\t班级\t学号\t姓名\t承诺书".to_owned();
        for at in students {
            text += &format!("\n{department}\t{name}\t{}\t示例{at}\t已签", no(at));
        }
        let ledger = read(&Table::from_text(&text), &Reading::default()).unwrap();
        ledger.classes.into_iter().next().unwrap()
    }

    /// Writes as a phone or an import does.
    fn write(
        registers: &mut Registers,
        writer: DeviceId,
        at: u64,
        changes: Vec<Change>,
    ) -> Vec<Op> {
        let hlc = Hlc::new(UnixMillis(at), 0);
        let ops = registers.stamp(writer, hlc, changes);
        for op in &ops {
            registers.apply(op);
        }
        ops
    }

    fn named(department: &str, name: &str) -> Vec<Change> {
        let input = ProfileInput {
            department: department.into(),
            name: name.into(),
            ..ProfileInput::default()
        };
        commands::name_class(&Book::default(), &input)
    }

    fn book(department: &str, name: &str, students: std::ops::Range<usize>) -> Book {
        let mut registers = Registers::default();
        write(&mut registers, phone(), 1, named(department, name));
        let students: Vec<roster::Student> = students
            .map(|at| roster::Student {
                no: no(at),
                name: format!("示例{at}").try_into().unwrap(),
                dorm: None,
            })
            .collect();
        let changes = commands::import(&Book::fold(&registers), &students);
        write(&mut registers, phone(), 2, changes);
        Book::fold(&registers)
    }

    fn found(class: &OldClass, books: &[Book]) -> Option<BookId> {
        let mut search = Search::default();
        for (at, book) in (1..).zip(books) {
            search.look_at(class, BookId(at), book);
        }
        search.found(class)
    }

    #[test]
    fn a_class_is_found_by_its_students_first_and_then_by_its_name() {
        let class = old("示例系", "软件2101", 0..4);
        let students = book("示例系", "软件一班", 0..9);
        let name = book("示例系", "软件 2101", 20..24);
        let few = book("示例系", "软件2102", 3..9);
        let shelf = [name.clone(), few.clone(), students];
        assert_eq!(found(&class, &shelf), Some(BookId(3)), "by students");
        assert_eq!(
            found(&class, &[few.clone(), name]),
            Some(BookId(2)),
            "by name"
        );
        assert_eq!(found(&class, &[few]), None, "one has changed the class");
    }

    #[test]
    fn a_name_that_two_have_or_another_department_has_finds_nobody() {
        let class = old("示例系", "软件2101", 0..2);
        let own = book("示例系", "软件2101", 20..22);
        let other = book("另一示例系", "软件2101", 30..32);
        let unknown = book("", "软件2101", 40..42);
        assert_eq!(
            found(&class, &[other.clone(), own.clone()]),
            Some(BookId(2))
        );
        assert_eq!(found(&class, &[other]), None);
        assert_eq!(found(&class, &[own, unknown]), None);
        let nameless = old("", "", 0..2);
        assert_eq!(found(&nameless, &[book("", "", 20..22)]), None);
    }

    #[test]
    fn a_book_of_old_ledgers_is_the_class_of_its_name_that_has_half_of_its_students() {
        let class = book("", "软件2101", 0..4);
        for (name, students, expected) in [
            ("软件2101", 0..4, true),
            ("软件2101", 2..6, true),
            ("软件2101", 3..7, false),
            ("软件2101", 20..24, false),
            ("软件2102", 0..4, false),
            ("软件2101", 0..0, false),
        ] {
            let imported = book("", name, students.clone());
            assert_eq!(
                is_same_class(&imported, &class),
                expected,
                "{name} {students:?}"
            );
        }
    }

    /// What a phone recorded, and an old ledger that was merged without its having been there, as one.
    fn joined(recorded: Vec<Change>) -> (Registers, Vec<Op>) {
        let class = old("", "软件2101", 0..2);
        let changes = plan(&class, None, Differences::KeepBook, 0).changes;
        let imported = write(&mut Registers::default(), import(), 90, changes);
        let mut registers = Registers::default();
        write(&mut registers, phone(), 10, recorded);
        for op in &imported {
            registers.apply(op);
        }
        let ops = yielding(&registers, &BTreeSet::from([import()]));
        for op in &ops {
            registers.apply(op);
        }
        (registers, ops)
    }

    #[test]
    fn a_phones_record_stands_before_an_old_ledgers_that_was_merged_later() {
        let (registers, ops) = joined(commands::mark(&no(0), Mark::Pledge, Some(false)));
        let book = Book::fold(&registers);
        let pledge = |at| &book.student(&no(at)).unwrap().pledge;
        assert_eq!(pledge(0).copied(), Some(false), "what the phone recorded");
        assert!(!pledge(0).is_in_conflict());
        assert_eq!(pledge(1).copied(), Some(true), "what only the ledger knows");
        assert_eq!(ops.len(), 1);
        assert_eq!(
            ops[0].hlc,
            Hlc::new(UnixMillis(10), 0),
            "nothing is newer by it"
        );
        let again = yielding(&registers, &BTreeSet::from([import()]));
        assert_eq!(again, [], "once is enough");
    }

    #[test]
    fn nothing_yields_where_both_say_the_same_or_phones_differ_among_themselves() {
        let pledge = |signed| commands::mark(&no(0), Mark::Pledge, Some(signed));
        let (mut registers, ops) = joined(pledge(true));
        assert_eq!(ops, []);
        let deputy = DeviceId::from_bytes([3; 8]);
        for op in write(&mut Registers::default(), deputy, 20, pledge(false)) {
            registers.apply(&op);
        }
        assert_eq!(yielding(&registers, &BTreeSet::from([import()])), []);
        let book = Book::fold(&registers);
        assert!(book.student(&no(0)).unwrap().pledge.is_in_conflict());
    }

    #[test]
    fn what_a_person_took_from_the_ledger_instead_of_a_record_stays() {
        let mut registers = Registers::default();
        write(
            &mut registers,
            phone(),
            10,
            commands::mark(&no(0), Mark::Pledge, Some(false)),
        );
        let name = roster::Student {
            no: no(0),
            name: "示例".try_into().unwrap(),
            dorm: None,
        };
        write(
            &mut registers,
            phone(),
            11,
            commands::import(&Book::default(), &[name]),
        );
        let class = old("", "软件2101", 0..1);
        let book = Book::fold(&registers);
        let changes = plan(&class, Some(&book), Differences::TakeLedger, 0).changes;
        write(&mut registers, import(), 90, changes);
        assert_eq!(yielding(&registers, &BTreeSet::from([import()])), []);
        let book = Book::fold(&registers);
        assert_eq!(book.student(&no(0)).unwrap().pledge.copied(), Some(true));
    }
}
