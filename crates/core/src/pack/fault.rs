//! What is wrong with a pack. It is looked for before a pack is published, and again where it is received.

use std::collections::BTreeSet;

use thiserror::Error;

use super::school::{Department, School};
use super::{Bilingual, Campaign, Checklist, Criteria, Level, PackFile, Test, WholePack};
use crate::ident::Slug;
use crate::quiz::{self, Bank, Question};
use crate::text;

/// The most characters of a text, as in the schemas of the files that ship.
pub(super) const MAX_ZH: usize = 200;
pub(super) const MAX_EN: usize = 400;
pub(super) const MAX_SOURCE: usize = 100;
/// A question has to fit a phone's screen with all its options.
pub(super) const MAX_STEM: usize = 300;
pub(super) const MAX_OPTION: usize = 120;
pub(super) const MAX_EXPLANATION: usize = 400;
/// Options are lettered A to F.
pub(super) const MAX_OPTIONS: usize = 6;

const MAX_ENTRIES: usize = 40;
const MAX_PHASES: usize = 12;
const MAX_QUESTIONS: usize = 2_000;
const MAX_CATEGORIES: usize = 60;
const MAX_UNITS: usize = 2_000;
const MAX_TERMS: usize = 40;

/// Something wrong in a pack: in which file, where, and what.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}: {place}: {wrong}")]
pub struct PackFault {
    /// The file.
    pub file: PackFile,
    /// Where in it: ids from the outside in, e.g. `fraud-free-class/registered`; `/` for all of it.
    pub place: String,
    /// What is wrong there.
    pub wrong: Wrong,
}

/// What is wrong at a place of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Wrong {
    /// All files together are larger than [`super::MAX_PACK`].
    #[error("{bytes} bytes, at most {max}")]
    TooLarge {
        /// How large they are.
        bytes: usize,
        /// How large they may be.
        max: usize,
    },
    /// The file is missing.
    #[error("missing")]
    NoFile,
    /// Not of the file's form; the text says line and column.
    #[error("{0}")]
    Form(String),
    /// A question contradicts itself.
    #[error("{0}")]
    Question(quiz::Fault),
    /// Nothing is written.
    #[error("empty")]
    Empty,
    /// More characters than fit.
    #[error("longer than {max} characters")]
    TooLong {
        /// The most characters.
        max: usize,
    },
    /// Spaces at the ends or doubled, line ends, or characters that cannot be seen.
    #[error("has stray spaces, line ends or invisible characters")]
    Untidy,
    /// Too few or too many entries.
    #[error("{found} entries, at most {max} and at least 1")]
    Count {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// Another entry has the same id or name.
    #[error("is there twice")]
    Repeated,
    /// There is no list for a scope that needs one.
    #[error("nothing for {0:?}")]
    NoScope(Level),
    /// A gate names an item that the checklist of its scope does not have.
    #[error("names the item {0}, which its checklist does not have")]
    UnknownItem(Slug),
    /// Not a percentage.
    #[error("{0} % is not between 0 and 100")]
    Percent(u8),
    /// A phase does not begin on the day after the one before it.
    #[error("begins on day {found}, the day after the phase before it is {expected}")]
    Gap {
        /// When it should begin.
        expected: u32,
        /// When it begins.
        found: u32,
    },
    /// It ends before it begins.
    #[error("ends before it begins")]
    Backwards,
    /// It begins before the one before it has ended, or ends after what it belongs to.
    #[error("overlaps what stands before it, or ends after what it is part of")]
    Overlaps,
}

/// Gathers the faults of one file.
struct Inspector<'a> {
    file: PackFile,
    found: &'a mut Vec<PackFault>,
}

/// Everything that is wrong with `pack` and that reading its files does not show.
pub(super) fn of(pack: &WholePack) -> Vec<PackFault> {
    let mut found = Vec::new();
    Inspector::of(PackFile::Campaign, &mut found).campaign(&pack.campaign);
    Inspector::of(PackFile::Checklists, &mut found).checklists(&pack.checklists);
    Inspector::of(PackFile::Criteria, &mut found).criteria(&pack.criteria, &pack.checklists);
    Inspector::of(PackFile::Bank, &mut found).bank(&pack.bank);
    Inspector::of(PackFile::School, &mut found).school(&pack.school);
    found
}

/// What is wrong with a text of at most `max` characters.
pub(super) fn of_text(text: &str, max: usize) -> Option<Wrong> {
    if text.chars().count() > max {
        return Some(Wrong::TooLong { max });
    }
    match text::tidy(text) {
        tidy if tidy.is_empty() => Some(Wrong::Empty),
        tidy if tidy != text => Some(Wrong::Untidy),
        _ => None,
    }
}

impl<'a> Inspector<'a> {
    fn of(file: PackFile, found: &'a mut Vec<PackFault>) -> Self {
        Self { file, found }
    }

    fn tell(&mut self, place: impl Into<String>, wrong: Wrong) {
        self.found.push(PackFault {
            file: self.file,
            place: place.into(),
            wrong,
        });
    }

    fn text(&mut self, place: &str, text: &str, max: usize) {
        if let Some(wrong) = of_text(text, max) {
            self.tell(place, wrong);
        }
    }

    fn bilingual(&mut self, place: &str, text: &Bilingual) {
        self.text(place, &text.zh, MAX_ZH);
        self.text(place, &text.en, MAX_EN);
    }

    fn count(&mut self, place: &str, found: usize, max: usize) {
        if found == 0 || found > max {
            self.tell(place, Wrong::Count { found, max });
        }
    }

    fn unique<'n>(&mut self, place: &str, names: impl Iterator<Item = &'n str>) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name) {
                self.tell(join(place, name), Wrong::Repeated);
            }
        }
    }

    fn campaign(&mut self, campaign: &Campaign) {
        let place = campaign.id.as_str();
        self.bilingual(place, &campaign.title);
        self.text(&join(place, "notice"), &campaign.notice, MAX_SOURCE);
        self.bilingual(&join(place, "report"), &campaign.report.text);
        if campaign.end < campaign.start {
            self.tell(place, Wrong::Backwards);
        }
        self.count(place, campaign.phases.len(), MAX_PHASES);
        self.unique(place, campaign.phases.iter().map(|phase| phase.id.as_str()));
        let mut expected = 0;
        for phase in &campaign.phases {
            let place = phase.id.as_str();
            self.bilingual(place, &phase.title);
            let found = phase.first_day;
            if found != expected {
                self.tell(place, Wrong::Gap { expected, found });
            }
            if phase.last_day < phase.first_day {
                self.tell(place, Wrong::Backwards);
            }
            expected = phase.last_day.saturating_add(1);
            self.count(place, phase.tasks.len(), MAX_PHASES);
            self.unique(place, phase.tasks.iter().map(|task| task.id.as_str()));
            for task in &phase.tasks {
                self.bilingual(&join(place, task.id.as_str()), &task.text);
            }
        }
        if campaign.end(campaign.start) > Some(campaign.end) {
            self.tell(place, Wrong::Overlaps);
        }
    }

    fn checklists(&mut self, checklists: &[Checklist]) {
        let named = checklists
            .iter()
            .map(|list| (Level::from(list.scope), list.id.as_str()));
        self.scopes(&[Level::Dorm, Level::Class], named);
        for list in checklists {
            let place = list.id.as_str();
            self.bilingual(place, &list.title);
            self.count(place, list.items.len(), MAX_ENTRIES);
            self.unique(place, list.items.iter().map(|item| item.id.as_str()));
            for item in &list.items {
                let place = join(place, item.id.as_str());
                self.bilingual(&place, &item.text);
                if let Some(hint) = &item.hint {
                    self.bilingual(&place, hint);
                }
                self.text(&place, &item.source, MAX_SOURCE);
            }
        }
    }

    fn criteria(&mut self, all: &[Criteria], checklists: &[Checklist]) {
        let named = all
            .iter()
            .map(|criteria| (criteria.scope, criteria.id.as_str()));
        let levels = [Level::Dorm, Level::Class, Level::Department, Level::School];
        self.scopes(&levels, named);
        for criteria in all {
            let place = criteria.id.as_str();
            self.bilingual(place, &criteria.title);
            self.count(place, criteria.gates.len(), MAX_ENTRIES);
            self.unique(place, criteria.gates.iter().map(|gate| gate.id.as_str()));
            let mut lists = checklists.iter();
            let list = lists.find(|list| Level::from(list.scope) == criteria.scope);
            for gate in &criteria.gates {
                let place = join(place, gate.id.as_str());
                self.bilingual(&place, &gate.text);
                self.text(&place, &gate.source, MAX_SOURCE);
                match &gate.test {
                    Test::Share { min_percent, .. } if *min_percent > 100 => {
                        self.tell(place, Wrong::Percent(*min_percent));
                    }
                    Test::Item(item) if !list.is_some_and(|list| list.has(item)) => {
                        self.tell(place, Wrong::UnknownItem(item.clone()));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Each of `levels` has a list, and none has two.
    fn scopes<'n>(
        &mut self,
        levels: &[Level],
        lists: impl Iterator<Item = (Level, &'n str)> + Clone,
    ) {
        for level in levels {
            if !lists.clone().any(|(of, _)| of == *level) {
                self.tell("/", Wrong::NoScope(*level));
            }
        }
        for (at, (scope, id)) in lists.clone().enumerate() {
            if lists
                .clone()
                .take(at)
                .any(|(of, other)| of == scope || other == id)
            {
                self.tell(id, Wrong::Repeated);
            }
        }
    }

    fn bank(&mut self, bank: &Bank) {
        self.count("categories", bank.categories().len(), MAX_CATEGORIES);
        // A sheet names a category by its title.
        let titles = bank.categories().iter().map(|of| of.title.as_str());
        self.unique("categories", titles);
        for category in bank.categories() {
            self.text(category.id.as_str(), &category.title, MAX_SOURCE);
        }
        self.count("questions", bank.questions().len(), MAX_QUESTIONS);
        for question in bank.questions() {
            self.question(question);
        }
    }

    fn question(&mut self, question: &Question) {
        let place = question.id.as_str();
        self.text(place, &question.stem, MAX_STEM);
        self.text(place, &question.explanation, MAX_EXPLANATION);
        match &question.source {
            quiz::Source::Law { law, article } => {
                self.text(place, law, MAX_SOURCE);
                self.text(place, article, MAX_SOURCE);
            }
            quiz::Source::Guide { guide } => self.text(place, guide, MAX_SOURCE),
        }
        self.count(place, question.options.len(), MAX_OPTIONS);
        self.unique(place, question.options.iter().map(String::as_str));
        for option in &question.options {
            self.text(place, option, MAX_OPTION);
        }
    }

    fn school(&mut self, school: &School) {
        let units = school.departments.iter().map(Department::units).sum();
        if units > MAX_UNITS {
            let (found, max) = (units, MAX_UNITS);
            self.tell("departments", Wrong::Count { found, max });
        }
        let departments = school.departments.iter().map(|unit| unit.name.as_str());
        self.unique("departments", departments);
        for department in &school.departments {
            let place = department.name.as_str();
            let grades = department.grades.iter().map(|grade| grade.name.as_str());
            self.unique(place, grades);
        }
        let grades = school.departments.iter().flat_map(|unit| &unit.grades);
        let classes = grades.flat_map(|grade| &grade.classes);
        self.unique("classes", classes.map(super::Label::as_str));
        self.terms(school);
    }

    fn terms(&mut self, school: &School) {
        let (found, max) = (school.terms.len(), MAX_TERMS);
        if found > max {
            self.tell("terms", Wrong::Count { found, max });
        }
        self.unique("terms", school.terms.iter().map(|term| term.name.as_str()));
        let mut before = None;
        for term in &school.terms {
            if term.end < term.start {
                self.tell(term.name.as_str(), Wrong::Backwards);
            }
            if before >= Some(term.start) {
                self.tell(term.name.as_str(), Wrong::Overlaps);
            }
            before = Some(term.end);
        }
    }
}

impl Checklist {
    fn has(&self, item: &Slug) -> bool {
        self.items.iter().any(|of| of.id == *item)
    }
}

impl Department {
    /// How many units it is made of, itself included.
    fn units(&self) -> usize {
        let grades = self.grades.iter();
        1 + grades.map(|grade| 1 + grade.classes.len()).sum::<usize>()
    }
}

fn join(outer: &str, inner: &str) -> String {
    format!("{outer}/{inner}")
}
