use serde::{Deserialize, Serialize};

use super::{Bilingual, Scope};
use crate::ident::Slug;

/// The conditions of an award. They are gates: all must hold; there are no weights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criteria {
    /// Their id.
    pub id: Slug,
    /// What they decide on.
    pub scope: Level,
    /// The award's title.
    pub title: Bilingual,
    /// Whether they are only an example, to be confirmed by the school.
    pub example: bool,
    /// The gates in order.
    pub gates: Vec<Gate>,
}

/// What an award is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 无诈寝室
    Dorm,
    /// 无诈班级
    Class,
    /// 无诈系部
    Department,
    /// 无诈学校
    School,
}

impl From<Scope> for Level {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Dorm => Self::Dorm,
            Scope::Class => Self::Class,
        }
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Its id.
    pub id: Slug,
    /// What must hold.
    pub text: Bilingual,
    /// Where it comes from.
    pub source: String,
    /// Whether failing it decides the matter whatever else holds (一票否决).
    pub veto: bool,
    /// How it is decided.
    pub test: Test,
}

/// How a gate is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Test {
    /// A share of the students (or dorms, or units) must reach a percentage.
    Share {
        /// Of what.
        measure: Measure,
        /// The least percentage, 0–100.
        min_percent: u8,
    },
    /// An item of the checklist of the same scope must not fail.
    Item(Slug),
    /// The teacher decides; the slug says what about.
    Teacher(Slug),
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Students who registered the app.
    Registered,
    /// Students who switched on its warnings.
    WarningOn,
    /// Students who chose the right region.
    RegionRight,
    /// Students who took the quiz.
    QuizTaken,
    /// Students who passed it, retakes included.
    QuizPassed,
    /// Students who signed the pledge.
    PledgeSigned,
    /// Students whose parents returned the slip.
    NoticeReturned,
    /// Classes that recorded an activity, of whatever kind.
    ActivityHeld,
    /// Classes that recorded a class meeting (班会).
    ClassMeetingHeld,
    /// Classes that recorded what went out to the parents (家校联动).
    FamilyReached,
    /// Dorms that meet the dorm's criteria as far as the book can tell.
    DormsMet,
    /// Classes of a unit that have their award.
    ClassesMet,
    /// Departments of the school that have theirs.
    DepartmentsMet,
}

impl Measure {
    /// Whether it is about what a class did together, and not about its students or dorms.
    pub fn is_of_activities(self) -> bool {
        matches!(
            self,
            Self::ActivityHeld | Self::ClassMeetingHeld | Self::FamilyReached
        )
    }
}
