//! What taking a class of an old ledger over would do to its book, before anybody agrees to it.
//!
//! What the file says fills what the book does not know. Where both say something, the book's own
//! record stays unless a person decides otherwise: a monitor's record is the newer evidence, and
//! names who made it. Nothing is deleted, and nobody is put back who was taken off the list.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{OldClass, OldStudent};
use crate::book::commands::{self, Mark, ProfileInput};
use crate::book::{Book, Field, ProfileField, Status, Student, Verification};
use crate::ident::{DormName, PersonName, StudentNo};
use crate::log::Change;
use crate::roster;
use crate::text;

/// How a status of which the file does not say how it was verified counts as verified: as the student's
/// own word, the least that a list kept by hand can stand for. It claims nobody's look at a phone.
const NOT_VERIFIED: Verification = Verification::SelfReported;

/// What happens to facts of which book and file say different things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Differences {
    /// The book's stay.
    #[default]
    KeepBook,
    /// The file's are written, for all students.
    TakeLedger,
}

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
    pub standing: Standing,
    /// What the file says that the book does not.
    pub effects: Vec<Effect>,
}

/// How a student of the file stands in the book, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Standing {
    /// The book says something else, of one fact at least.
    Differs,
    /// The book has taken the student off the list; nothing is written.
    OffList,
    /// Not in the book.
    New,
    /// Something fills an unknown, nothing differs.
    Fills,
    /// Nothing is new.
    Same,
}

/// How many students come to what. Each of the file's is in one of the first five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// See [`Standing::New`].
    pub new: u32,
    /// See [`Standing::Fills`].
    pub filled: u32,
    /// See [`Standing::Differs`].
    pub differing: u32,
    /// See [`Standing::Same`].
    pub same: u32,
    /// See [`Standing::OffList`].
    pub off_list: u32,
    /// On the book's list and not in the file.
    pub absent: u32,
}

/// A fact about a student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// 姓名
    Name(PersonName),
    /// 寝室
    Dorm(DormName),
    /// APP 状态
    Status(Status),
    /// 核验方式
    Verification(Verification),
    /// 无法安装原因
    Reason(String),
    /// 地区, 登录, 承诺书, 家长回执
    Mark(Mark, bool),
}

/// What the file says that the book does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// The book does not know it.
    Fills(Fact),
    /// The book says something else.
    Differs {
        /// What the book shows; `None` where people wrote different things and nothing is shown.
        from: Option<Fact>,
        /// What the file says.
        to: Fact,
    },
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
    plan.lines.sort_by_key(|line| line.standing);
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
            match verdict(known, &told.to_owned()).is_written(differences) {
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
        let mut comparison = Comparison {
            book,
            no,
            student,
            differences,
            effects: Vec::new(),
            changes: Vec::new(),
        };
        let standing = if student.listed.copied() == Some(false) {
            Standing::OffList
        } else {
            comparison.compare(old);
            comparison.standing()
        };
        let Comparison {
            effects, changes, ..
        } = comparison;
        self.counts.add(standing);
        self.changes.extend(changes);
        if standing != Standing::Same {
            self.lines.push(Line {
                row: old.row,
                no: no.clone(),
                name: old.person.name.clone(),
                standing,
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
    fn add(&mut self, standing: Standing) {
        let count = match standing {
            Standing::New => &mut self.new,
            Standing::Fills => &mut self.filled,
            Standing::Differs => &mut self.differing,
            Standing::Same => &mut self.same,
            Standing::OffList => &mut self.off_list,
        };
        *count = count.saturating_add(1);
    }
}

/// How what the file says stands to what the book shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Same,
    Fills,
    Differs,
}

impl Verdict {
    fn is_written(self, differences: Differences) -> bool {
        match self {
            Self::Same => false,
            Self::Fills => true,
            Self::Differs => differences == Differences::TakeLedger,
        }
    }
}

/// A field that people wrote different things to waits for a person, even where nothing is shown.
fn verdict<T: PartialEq>(known: &Field<T>, told: &T) -> Verdict {
    match known.get() {
        Some(shown) if shown == told => Verdict::Same,
        None if !known.is_in_conflict() => Verdict::Fills,
        _ => Verdict::Differs,
    }
}

/// One student of the file beside the same one of the book.
struct Comparison<'a> {
    book: &'a Book,
    no: &'a StudentNo,
    student: &'a Student,
    differences: Differences,
    effects: Vec<Effect>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    fn compare(&mut self, old: &OldStudent) {
        self.person(&old.person);
        let status = old.status.map(|status| self.status(status, old));
        // Why somebody cannot install belongs to the status that says so.
        let goes_with = status.filter(|verdict| *verdict == Verdict::Differs);
        if let Some(reason) = &old.reason {
            self.reason(reason, goes_with);
        }
        for (mark, told) in [
            (Mark::Region, old.region),
            (Mark::Login, old.login),
            (Mark::Pledge, old.pledge),
            (Mark::Notice, old.notice),
        ] {
            if let Some(yes) = told {
                self.mark(mark, yes);
            }
        }
    }

    fn person(&mut self, told: &roster::Student) {
        let student = self.student;
        let name = self.note(&student.name, &told.name, Fact::Name);
        let dorm = told.dorm.as_ref();
        let dorm = dorm.filter(|dorm| self.note(&student.dorm, dorm, Fact::Dorm));
        if !name && dorm.is_none() {
            return;
        }
        let shown = student.name.get().filter(|_| !name);
        let person = roster::Student {
            no: told.no.clone(),
            name: shown.unwrap_or(&told.name).clone(),
            dorm: dorm.cloned(),
        };
        self.changes.extend(commands::import(self.book, [&person]));
    }

    /// The status, and how it was verified, which is written with it or not at all.
    fn status(&mut self, told: Status, old: &OldStudent) -> Verdict {
        let student = self.student;
        let verdict = verdict(&student.status, &told);
        let is_written = self.note(&student.status, &told, Fact::Status);
        if verdict == Verdict::Same {
            if let Some(how) = old.verification
                && self.note(&student.verified, &how, Fact::Verification)
            {
                self.register(told, how);
            }
            return verdict;
        }
        let how = old.verification.unwrap_or(NOT_VERIFIED);
        if student.verified.copied() != Some(how) {
            let from = student.verified.copied();
            self.effect(verdict, from, how, Fact::Verification);
        }
        if is_written {
            self.register(told, how);
        }
        verdict
    }

    fn register(&mut self, status: Status, how: Verification) {
        let changes = commands::register(self.book, self.no, status, how);
        self.changes.extend(changes);
    }

    /// The reason; with a status that differs it differs too.
    fn reason(&mut self, told: &String, status: Option<Verdict>) {
        let known = &self.student.reason;
        let verdict = match verdict(known, told) {
            Verdict::Same => return,
            verdict => status.unwrap_or(verdict),
        };
        self.effect(verdict, known.get().cloned(), told.clone(), Fact::Reason);
        if verdict.is_written(self.differences) {
            let changes = commands::set_reason(self.book, self.no, told);
            self.changes.extend(changes);
        }
    }

    fn mark(&mut self, mark: Mark, told: bool) {
        let student = self.student;
        let known = match mark {
            Mark::Region => &student.region,
            Mark::Login => &student.login,
            Mark::Pledge => &student.pledge,
            Mark::Notice => &student.notice,
        };
        if self.note(known, &told, |yes| Fact::Mark(mark, yes)) {
            self.changes
                .extend(commands::mark(self.no, mark, Some(told)));
        }
    }

    /// Notes what the file says unless the book shows the same; whether it is to be written.
    fn note<T: Clone + PartialEq>(
        &mut self,
        known: &Field<T>,
        told: &T,
        fact: impl Fn(T) -> Fact,
    ) -> bool {
        let verdict = verdict(known, told);
        self.effect(verdict, known.get().cloned(), told.clone(), fact);
        verdict.is_written(self.differences)
    }

    fn effect<T>(&mut self, verdict: Verdict, from: Option<T>, to: T, fact: impl Fn(T) -> Fact) {
        self.effects.push(match verdict {
            Verdict::Same => return,
            Verdict::Fills => Effect::Fills(fact(to)),
            Verdict::Differs => Effect::Differs {
                from: from.map(&fact),
                to: fact(to),
            },
        });
    }

    fn standing(&self) -> Standing {
        let differs = |effect: &Effect| matches!(effect, Effect::Differs { .. });
        if self.student.name.get().is_none() {
            Standing::New
        } else if self.effects.iter().any(differs) {
            Standing::Differs
        } else if self.effects.is_empty() {
            Standing::Same
        } else {
            Standing::Fills
        }
    }
}
