//! The class book: the typed reading of a class's registers, and the commands that write them.
//!
//! The registers are the truth. A [`Book`] is made from them by [`Book::fold`] and kept up by
//! [`Book::refresh`]; nothing else changes it. [`commands`] turn what a person does into
//! [`Change`](crate::log::Change)s.
//!
//! # Layout
//! - [`commands`]: what a person can do
//! - `conflict`: what a register is about, in types
//! - `field`: one field: its value, who wrote it, what rivals it
//! - `student`, `inspection`, `quiz`, `activities`, `counsellor`: the records
//! - `keys`: the names of the registers
//! - `private`: what others do not get

mod activities;
pub(crate) mod code;
pub mod commands;
mod conflict;
mod counsellor;
mod field;
mod inspection;
mod keys;
mod private;
mod quiz;
mod student;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::ident::{DormName, PersonName, Slug, StudentNo};
use crate::log::{DeviceId, Head, Key, Registers, Value};
use crate::quiz::{Attempt, PaperSpec};
use crate::time::parse_day;

pub use activities::{
    Activities, Activity, ActivityField, ActivityInput, ActivityKind, ActivityText, Held,
    HeldByKind, HeldOn, NotYetHeld, People, PeopleError, activity_id,
};
pub use conflict::{About, FindingPart, ProfileField, StudentField};
pub use counsellor::Counsellor;
pub use field::{Field, Written};
pub use inspection::{Finding, Findings, ParseInspectionError, Round, Subject, Verdict};
pub use private::for_others;
pub(crate) use private::is_private;
pub use quiz::Quiz;
pub(crate) use quiz::attempts_of;
pub use student::{Status, Student, Verification};

/// Everything a class has recorded, as types.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// What class this is.
    pub profile: Profile,
    /// All students ever recorded, by 学号; see [`Book::students`] for those on the list.
    students: BTreeMap<StudentNo, Student>,
    /// Every round that was ever written to; see [`Book::rounds`] for those that count.
    inspections: BTreeMap<Round, BTreeMap<Subject, Findings>>,
    opened: BTreeSet<Round>,
    papers: BTreeMap<Slug, Field<PaperSpec>>,
    attempts: BTreeMap<Slug, BTreeMap<StudentNo, Attempts>>,
    recorders: BTreeMap<DeviceId, Field<String>>,
    conflicts: BTreeSet<Key>,
    /// What the first screen needs nothing of, as it stands in the registers: activities, the counsellor. It is
    /// read where it is asked for.
    unread: Registers,
}

/// A student's attempts at one paper, by running number.
pub type Attempts = BTreeMap<u32, Field<Attempt>>;

/// What class this is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// 学校
    pub school: Field<String>,
    /// 系部
    pub department: Field<String>,
    /// 年级
    pub grade: Field<String>,
    /// 班级名
    pub name: Field<String>,
    /// First day of the campaign.
    pub campaign_start: Field<NaiveDate>,
}

impl Book {
    /// Reads all registers.
    pub fn fold(registers: &Registers) -> Self {
        let mut book = Self::default();
        for (key, heads) in registers.iter() {
            book.read(key, heads);
        }
        book
    }

    /// Reads the registers of `keys` anew, after operations on them were applied.
    pub fn refresh<'a>(&mut self, registers: &Registers, keys: impl IntoIterator<Item = &'a Key>) {
        for key in keys {
            self.read(key, registers.heads(key));
        }
    }

    /// Whether anybody has named the class yet.
    pub fn has_class(&self) -> bool {
        self.profile.name.get().is_some()
    }

    /// The class's name, or an empty text.
    pub fn class_name(&self) -> &str {
        self.profile.name.get().map_or("", String::as_str)
    }

    /// The students on the class list, by 学号.
    pub fn students(&self) -> impl Iterator<Item = (&StudentNo, &Student)> + Clone {
        self.students
            .iter()
            .filter(|(_, student)| student.is_listed())
    }

    /// One student, on the list or not.
    pub fn student(&self, no: &StudentNo) -> Option<&Student> {
        self.students.get(no)
    }

    /// The dorms of the listed students, with who lives there.
    pub fn dorms(&self) -> BTreeMap<&DormName, Vec<&StudentNo>> {
        let mut dorms: BTreeMap<&DormName, Vec<&StudentNo>> = BTreeMap::new();
        for (no, student) in self.students() {
            if let Some(dorm) = student.dorm.get() {
                dorms.entry(dorm).or_default().push(no);
            }
        }
        dorms
    }

    /// The rounds of inspections, oldest first: those that are open, and those in which something is
    /// written although their opening was taken back.
    pub fn rounds(&self) -> impl DoubleEndedIterator<Item = Round> + '_ {
        let is_written = |subjects: &BTreeMap<Subject, Findings>| {
            let mut findings = subjects.values().flat_map(BTreeMap::values);
            findings.any(Finding::is_written)
        };
        self.inspections
            .iter()
            .filter(move |(round, subjects)| self.opened.contains(round) || is_written(subjects))
            .map(|(round, _)| *round)
    }

    /// The round that is being inspected: the latest.
    pub fn current_round(&self) -> Option<Round> {
        self.rounds().next_back()
    }

    /// What was written down about `subject` in `round`.
    pub fn findings(&self, round: Round, subject: &Subject) -> Option<&Findings> {
        self.inspections.get(&round)?.get(subject)
    }

    /// The papers that can be read, by id; ids are made so that they sort by time.
    pub fn papers(&self) -> impl DoubleEndedIterator<Item = (&Slug, &PaperSpec)> {
        self.papers
            .iter()
            .filter_map(|(id, spec)| spec.get().map(|spec| (id, spec)))
    }

    /// One paper.
    pub fn paper(&self, id: &Slug) -> Option<&PaperSpec> {
        self.papers.get(id)?.get()
    }

    /// All attempts at a paper.
    pub fn attempts(&self, paper: &Slug) -> Option<&BTreeMap<StudentNo, Attempts>> {
        self.attempts.get(paper)
    }

    /// Who records on a device, as they call themselves (班长, 寝室长 …).
    pub fn recorder(&self, device: DeviceId) -> Option<&str> {
        self.recorders.get(&device)?.get().map(String::as_str)
    }

    /// The registers in which people wrote different things without seeing each other.
    pub fn conflicts(&self) -> &BTreeSet<Key> {
        &self.conflicts
    }

    fn read(&mut self, key: &Key, heads: &[Head]) {
        let parts = key.parts();
        let own;
        let heads = match private::is_private(&parts) {
            true => {
                own = private::written_here(heads);
                &own
            }
            false => heads,
        };
        self.note_conflict(key, heads);
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [keys::ACTIVITY, ..] | [keys::CLASS, keys::PROFILE, keys::COUNSELLOR] => {
                self.unread.keep(key, heads);
            }
            [keys::CLASS, keys::PROFILE, field] => self.read_profile(field, heads),
            [
                entity @ (keys::STUDENT
                | keys::REGISTRATION
                | keys::PLEDGE
                | keys::NOTICE
                | keys::NOTE),
                no,
                field,
            ] => self.read_student(entity, no, field, heads),
            [keys::ROUND, round, "open"] => {
                if let Ok(round) = round.parse() {
                    self.read_round(round, heads);
                }
            }
            [keys::INSPECTION, round, subject, field] => {
                self.read_finding(round, subject, field, heads);
            }
            [keys::PAPER, id, "spec"] => self.read_paper(id, heads),
            [keys::ATTEMPT, paper, no, nth] => self.read_attempt(paper, no, nth, heads),
            [keys::DEVICE, device, "label"] => {
                if let Ok(device) = device.parse() {
                    self.recorders.insert(device, Field::read(heads, text));
                }
            }
            // Written by a newer version: kept in the log, not read here.
            _ => {}
        }
    }

    fn note_conflict(&mut self, key: &Key, heads: &[Head]) {
        let differ = heads
            .split_first()
            .is_some_and(|(first, rest)| rest.iter().any(|head| head.value != first.value));
        if differ {
            self.conflicts.insert(key.clone());
        } else {
            self.conflicts.remove(key);
        }
    }

    fn read_profile(&mut self, field: &str, heads: &[Head]) {
        let profile = &mut self.profile;
        match field {
            "school" => profile.school = Field::read(heads, text),
            "department" => profile.department = Field::read(heads, text),
            "grade" => profile.grade = Field::read(heads, text),
            "name" => profile.name = Field::read(heads, text),
            "campaign_start" => profile.campaign_start = Field::read(heads, date),
            _ => {}
        }
    }

    fn read_student(&mut self, entity: &str, no: &str, field: &str, heads: &[Head]) {
        let Ok(no) = StudentNo::try_from(no) else {
            return;
        };
        let student = self.students.entry(no).or_default();
        match (entity, field) {
            (keys::STUDENT, "name") => {
                student.name =
                    Field::read(heads, |value| PersonName::try_from(value.as_text()?).ok());
            }
            (keys::STUDENT, "dorm") => {
                student.dorm =
                    Field::read(heads, |value| DormName::try_from(value.as_text()?).ok());
            }
            (keys::STUDENT, "listed") => student.listed = Field::read(heads, Value::as_bool),
            (keys::REGISTRATION, "status") => {
                student.status = Field::read(heads, Status::from_value);
            }
            (keys::REGISTRATION, "region") => student.region = Field::read(heads, Value::as_bool),
            (keys::REGISTRATION, "verified") => {
                student.verified = Field::read(heads, Verification::from_value);
            }
            (keys::REGISTRATION, "reason") => student.reason = Field::read(heads, text),
            (keys::REGISTRATION, "login") => student.login = Field::read(heads, Value::as_bool),
            (keys::PLEDGE, "signed") => student.pledge = Field::read(heads, Value::as_bool),
            (keys::NOTICE, "returned") => student.notice = Field::read(heads, Value::as_bool),
            (keys::NOTE, "text") => student.note = Field::read(heads, text),
            _ => {}
        }
    }

    fn read_round(&mut self, round: Round, heads: &[Head]) {
        self.inspections.entry(round).or_default();
        if Field::read(heads, Value::as_bool).copied() == Some(true) {
            self.opened.insert(round);
        } else {
            self.opened.remove(&round);
        }
    }

    fn read_finding(&mut self, round: &str, subject: &str, field: &str, heads: &[Head]) {
        let (item, is_remark) = match field.strip_suffix(keys::REMARK_SUFFIX) {
            Some(item) => (item, true),
            None => (field, false),
        };
        let (Ok(round), Ok(subject), Ok(item)) =
            (round.parse(), subject.parse(), Slug::try_from(item))
        else {
            return;
        };
        let findings = self.inspections.entry(round).or_default();
        let finding = findings
            .entry(subject)
            .or_default()
            .entry(item)
            .or_default();
        if is_remark {
            finding.remark = Field::read(heads, text);
        } else {
            finding.verdict = Field::read(heads, Verdict::from_value);
        }
    }

    fn read_paper(&mut self, id: &str, heads: &[Head]) {
        if let Ok(id) = Slug::try_from(id) {
            let spec = Field::read(heads, PaperSpec::from_value);
            self.papers.insert(id, spec);
        }
    }

    fn read_attempt(&mut self, paper: &str, no: &str, nth: &str, heads: &[Head]) {
        let (Ok(paper), Ok(no), Ok(nth)) =
            (Slug::try_from(paper), StudentNo::try_from(no), nth.parse())
        else {
            return;
        };
        let attempt = Field::read(heads, Attempt::from_value);
        let of_paper = self.attempts.entry(paper).or_default();
        of_paper.entry(no).or_default().insert(nth, attempt);
    }
}

/// Text; an empty one reads as not written.
fn text(value: &Value) -> Option<String> {
    value
        .as_text()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn date(value: &Value) -> Option<NaiveDate> {
    value.as_text().and_then(parse_day)
}
