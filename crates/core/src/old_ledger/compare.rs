//! One student of an old ledger beside the same one of the book.

use serde::{Deserialize, Serialize};

use super::OldStudent;
use crate::book::commands::{self, Mark};
use crate::book::{Book, Field, Status, Student, Verification};
use crate::ident::{DormName, PersonName, StudentNo};
use crate::log::Change;
use crate::{roster, text};

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

/// How a student of the file stands in the book, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Outcome {
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

/// How what the file says stands to what the book shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    Same,
    Fills,
    Differs,
}

impl Agreement {
    pub(super) fn is_written(self, differences: Differences) -> bool {
        match self {
            Self::Same => false,
            Self::Fills => true,
            Self::Differs => differences == Differences::TakeLedger,
        }
    }
}

/// A field that people wrote different things to waits for a person, even where nothing is shown.
pub(super) fn agreement<T: PartialEq>(known: &Field<T>, told: &T) -> Agreement {
    match known.get() {
        Some(shown) if shown == told => Agreement::Same,
        None if !known.is_in_conflict() => Agreement::Fills,
        _ => Agreement::Differs,
    }
}

/// One student of the file beside the same one of the book.
pub(super) struct Comparison<'a> {
    book: &'a Book,
    no: &'a StudentNo,
    student: &'a Student,
    differences: Differences,
    /// What the file says that the book does not.
    pub(super) effects: Vec<Effect>,
    /// What is to be written.
    pub(super) changes: Vec<Change>,
}

impl<'a> Comparison<'a> {
    /// Nothing compared yet.
    pub(super) fn new(
        book: &'a Book,
        no: &'a StudentNo,
        student: &'a Student,
        differences: Differences,
    ) -> Self {
        Self {
            book,
            no,
            student,
            differences,
            effects: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// Compares all that the file says; how the student stands then. Of whoever is off the list nothing is.
    pub(super) fn compare(&mut self, old: &OldStudent) -> Outcome {
        if self.student.listed.copied() == Some(false) {
            return Outcome::OffList;
        }
        // The number of another student perhaps: what is said of that one must not fill in this one's gaps.
        if self.has_another_name(&old.person.name) && self.differences == Differences::KeepBook {
            self.note(&self.student.name, &old.person.name, Fact::Name);
            return self.outcome();
        }
        self.person(&old.person);
        let status = old.status.map(|status| self.status(status, old));
        // Why somebody cannot install belongs to the status that says so.
        let goes_with = status.filter(|agreement| *agreement == Agreement::Differs);
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
        self.outcome()
    }

    fn has_another_name(&self, told: &PersonName) -> bool {
        let known = self.student.name.get();
        known.is_some_and(|known| text::folded(known.as_str()) != text::folded(told.as_str()))
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
    fn status(&mut self, told: Status, old: &OldStudent) -> Agreement {
        let student = self.student;
        let agreement = agreement(&student.status, &told);
        let is_written = self.note(&student.status, &told, Fact::Status);
        if agreement == Agreement::Same {
            if let Some(how) = old.verification
                && self.note(&student.verified, &how, Fact::Verification)
            {
                self.register(told, how);
            }
            return agreement;
        }
        let how = old.verification.unwrap_or(NOT_VERIFIED);
        if student.verified.copied() != Some(how) {
            let from = student.verified.copied();
            self.effect(agreement, from, how, Fact::Verification);
        }
        if is_written {
            self.register(told, how);
        }
        agreement
    }

    fn register(&mut self, status: Status, how: Verification) {
        let changes = commands::register(self.book, self.no, status, how);
        self.changes.extend(changes);
    }

    /// The reason; with a status that differs it differs too.
    fn reason(&mut self, told: &String, status: Option<Agreement>) {
        let known = &self.student.reason;
        let agreement = match agreement(known, told) {
            Agreement::Same => return,
            agreement => status.unwrap_or(agreement),
        };
        self.effect(agreement, known.get().cloned(), told.clone(), Fact::Reason);
        if agreement.is_written(self.differences) {
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
        let agreement = agreement(known, told);
        self.effect(agreement, known.get().cloned(), told.clone(), fact);
        agreement.is_written(self.differences)
    }

    fn effect<T>(
        &mut self,
        agreement: Agreement,
        from: Option<T>,
        to: T,
        fact: impl Fn(T) -> Fact,
    ) {
        self.effects.push(match agreement {
            Agreement::Same => return,
            Agreement::Fills => Effect::Fills(fact(to)),
            Agreement::Differs => Effect::Differs {
                from: from.map(&fact),
                to: fact(to),
            },
        });
    }

    fn outcome(&self) -> Outcome {
        let differs = |effect: &Effect| matches!(effect, Effect::Differs { .. });
        if self.student.name.get().is_none() {
            Outcome::New
        } else if self.effects.iter().any(differs) {
            Outcome::Differs
        } else if self.effects.is_empty() {
            Outcome::Same
        } else {
            Outcome::Fills
        }
    }
}
