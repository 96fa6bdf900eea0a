use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::unit::UnitFacts;
use super::{
    Assessment, Candidate, ClassMark, GateState, Outcome, Review, assess, from_reach, outcome_of,
    standing,
};
use crate::book::{Book, Subject};
use crate::desk::{CaseTally, CasesOf, Desk};
use crate::ident::DormName;
use crate::measure::{Share, Standing};
use crate::overview::{self, Figures, by_unit, total};
use crate::pack::{Level, Measure, Pack, Test};
use crate::rooms::natural;

/// How a candidate stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// What the records say.
    pub assessment: Assessment,
    /// What people decided, the last decision first.
    pub reviews: Vec<Review>,
}

/// How a dorm stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DormAward {
    /// Which one.
    pub dorm: DormName,
    /// How it stands.
    pub ruling: Ruling,
}

/// How a class and its dorms stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassAward {
    /// What the class is known by.
    pub mark: ClassMark,
    /// What it shows from afar.
    pub figures: Figures,
    /// How it stands.
    pub ruling: Ruling,
    /// Its dorms in order.
    pub dorms: Vec<DormAward>,
}

/// How a department or the school stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitAward {
    /// 系部; empty for the school.
    pub name: String,
    /// What its classes make together.
    pub figures: Figures,
    /// How its classes stand in their award.
    pub classes: Share,
    /// How it stands.
    pub ruling: Ruling,
}

/// How all stand, from the dorms upwards: what is above counts what stands below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Awards {
    /// The classes, by department and name.
    pub classes: Vec<ClassAward>,
    /// The departments by name. Classes of which none is known are in none.
    pub departments: Vec<UnitAward>,
    /// All of them.
    pub school: UnitAward,
}

/// A candidate's ruling among all, and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// 系部, 班级 or 寝室 with what it belongs to; empty for the school.
    pub name: &'a str,
    /// How it stands.
    pub ruling: &'a Ruling,
}

impl Ruling {
    /// Whether it has the award: as somebody decided last, else as the gates say.
    pub fn standing(&self) -> Standing {
        standing(self.assessment.outcome, self.reviews.first())
    }

    fn of(assessment: Assessment, reviews: Vec<Review>) -> Self {
        Self {
            assessment,
            reviews,
        }
    }
}

impl ClassAward {
    /// How the class of `book` and its dorms stand. `marks`: what it is known by, one at least.
    pub fn of(
        book: &Book,
        figures: Figures,
        marks: &BTreeSet<ClassMark>,
        mark: ClassMark,
        pack: &Pack,
        desk: &Desk,
    ) -> Self {
        let assessed = |subject: &Subject| assess(book, pack, subject);
        let dorms = book.dorms().into_keys().map(|dorm| DormAward {
            dorm: dorm.clone(),
            ruling: Ruling::of(
                assessed(&Subject::Dorm(dorm.clone())),
                desk.reviews_of_dorm(marks, dorm),
            ),
        });
        let mut assessment = assessed(&Subject::Class);
        let cases = desk.case_tally(CasesOf::Class(marks));
        assessment.hear_of(cases, pack.criteria(Level::Class));
        Self {
            dorms: dorms.collect(),
            ruling: Ruling::of(assessment, desk.reviews_of_class(marks)),
            mark,
            figures,
        }
    }

    /// Counts the dorms as they stand, which a person may have decided otherwise than the gates.
    fn settle(&mut self, pack: &Pack) {
        let dorms: Share = self.dorms.iter().map(DormAward::counted).collect();
        let gates = &pack.criteria(Level::Class).gates;
        let assessment = &mut self.ruling.assessment;
        for (gate, (state, share)) in gates.iter().zip(&mut assessment.gates) {
            if let Test::Share {
                measure: Measure::DormsMet,
                min_percent,
            } = gate.test
            {
                *state = from_reach(dorms.reaches(min_percent));
                *share = Some(dorms);
            }
        }
        assessment.outcome = outcome_of(assessment.gates.iter().map(|(state, _)| *state));
    }
}

impl DormAward {
    /// How it counts for its class: what only a teacher can tell is not waited for.
    fn counted(&self) -> Standing {
        match (self.ruling.standing(), self.ruling.assessment.outcome) {
            (Standing::Unknown, Outcome::MetSoFar) => Standing::Met,
            (standing, _) => standing,
        }
    }
}

impl Awards {
    /// How all stand whose classes are these.
    pub fn of(mut classes: Vec<ClassAward>, pack: &Pack, desk: &Desk) -> Self {
        let place = |class: &ClassAward| class.figures.department.clone().unwrap_or_default();
        classes.sort_by(|a, b| {
            natural(&place(a), &place(b)).then_with(|| natural(&a.figures.class, &b.figures.class))
        });
        let figures = || classes.iter().map(|class| &class.figures);
        let departments = by_unit(figures(), overview::Unit::Department);
        let named = departments.into_iter().filter(|(name, _)| !name.is_empty());
        let departments = named.map(|(name, total)| {
            let reviews = desk.reviews(&Candidate::Department(name.clone()));
            let cases = desk.case_tally(CasesOf::Department(&name));
            UnitAward::of(name, total.figures, reviews, cases)
        });
        let school = total(figures()).figures;
        let mut awards = Self {
            departments: departments.collect(),
            school: UnitAward::of(
                String::new(),
                school,
                desk.reviews(&Candidate::School),
                desk.case_tally(CasesOf::School),
            ),
            classes,
        };
        awards.settle(pack);
        awards
    }

    /// Adds a decision that was made since.
    pub fn note(&mut self, candidate: &Candidate, review: Review, pack: &Pack) {
        if let Some(ruling) = self.ruling_mut(candidate) {
            ruling.reviews.insert(0, review);
            self.settle(pack);
        }
    }

    /// The candidates of a level with how each stands, in order.
    pub fn candidates(&self, level: Level) -> Vec<(Candidate, Found<'_>)> {
        let found = |name, ruling| Found { name, ruling };
        match level {
            Level::Dorm => self.classes.iter().flat_map(ClassAward::dorms).collect(),
            Level::Class => {
                let classes = self.classes.iter().map(|class| {
                    let candidate = Candidate::Class(class.mark.clone());
                    (candidate, found(&class.figures.class, &class.ruling))
                });
                classes.collect()
            }
            Level::Department => {
                let units = self.departments.iter().map(|unit| {
                    let candidate = Candidate::Department(unit.name.clone());
                    (candidate, found(&unit.name, &unit.ruling))
                });
                units.collect()
            }
            Level::School => vec![(Candidate::School, found("", &self.school.ruling))],
        }
    }

    /// The class of this mark.
    pub fn class(&self, mark: &ClassMark) -> Option<&ClassAward> {
        self.classes.iter().find(|class| class.mark == *mark)
    }

    /// Counts from below what stands below.
    fn settle(&mut self, pack: &Pack) {
        for class in &mut self.classes {
            class.settle(pack);
        }
        for unit in &mut self.departments {
            let own = |class: &&ClassAward| class.figures.department.as_ref() == Some(&unit.name);
            let classes = self.classes.iter().filter(own);
            unit.classes = classes.map(|class| class.ruling.standing()).collect();
            unit.settle(Share::default(), pack, Level::Department);
        }
        let departments = self.departments.iter().map(|unit| unit.ruling.standing());
        let departments = departments.collect();
        let classes = self.classes.iter().map(|class| class.ruling.standing());
        self.school.classes = classes.collect();
        self.school.settle(departments, pack, Level::School);
    }

    fn ruling_mut(&mut self, candidate: &Candidate) -> Option<&mut Ruling> {
        match candidate {
            Candidate::Dorm(mark, dorm) => {
                let class = self.classes.iter_mut().find(|class| class.mark == *mark)?;
                let mut dorms = class.dorms.iter_mut();
                dorms.find(|of| of.dorm == *dorm).map(|of| &mut of.ruling)
            }
            Candidate::Class(mark) => {
                let class = self.classes.iter_mut().find(|class| class.mark == *mark)?;
                Some(&mut class.ruling)
            }
            Candidate::Department(name) => {
                let unit = self
                    .departments
                    .iter_mut()
                    .find(|unit| unit.name == *name)?;
                Some(&mut unit.ruling)
            }
            Candidate::School => Some(&mut self.school.ruling),
        }
    }
}

impl ClassAward {
    fn dorms(&self) -> impl Iterator<Item = (Candidate, Found<'_>)> {
        self.dorms.iter().map(|of| {
            let candidate = Candidate::Dorm(self.mark.clone(), of.dorm.clone());
            let found = Found {
                name: of.dorm.as_str(),
                ruling: &of.ruling,
            };
            (candidate, found)
        })
    }
}

impl UnitAward {
    /// Before its classes are counted.
    fn of(name: String, figures: Figures, reviews: Vec<Review>, cases: CaseTally) -> Self {
        let nothing = Assessment {
            outcome: Outcome::Unknown,
            gates: Vec::new(),
            cases: Some(cases),
        };
        Self {
            name,
            figures,
            classes: Share::default(),
            ruling: Ruling::of(nothing, reviews),
        }
    }

    fn settle(&mut self, departments: Share, pack: &Pack, level: Level) {
        let facts = UnitFacts {
            figures: &self.figures,
            classes: self.classes,
            departments,
            cases: self.ruling.assessment.cases.unwrap_or_default(),
        };
        self.ruling.assessment = facts.assess(pack.criteria(level));
    }
}

impl Assessment {
    /// How many gates stand so.
    pub fn count(&self, state: GateState) -> u32 {
        let gates = self.gates.iter().filter(|(of, _)| *of == state).count();
        u32::try_from(gates).unwrap_or(u32::MAX)
    }
}
