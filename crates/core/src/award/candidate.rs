use serde::{Deserialize, Serialize};

use crate::ident::DormName;
use crate::log::DeviceId;

/// What an award may be given to (评定对象).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Candidate {
    /// 无诈寝室
    Dorm(ClassMark, DormName),
    /// 无诈班级
    Class(ClassMark),
    /// 无诈系部, by its name.
    Department(String),
    /// 无诈学校
    School,
}

/// What a class is known by on a desk: one of those who write for it, or the school's own name for it.
///
/// A class has several, and two books that share one are of one class. What is decided about a class is
/// written under one of them and found by any.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClassMark(String);

impl ClassMark {
    /// The mark of whoever writes for a class. Every phone has a writer of its own for each class.
    pub fn of_writer(writer: DeviceId) -> Self {
        Self(format!("writer:{writer}"))
    }

    /// The mark of the class that the school knows by this id.
    pub fn of_school(id: impl std::fmt::Display) -> Self {
        Self(format!("class:{id}"))
    }

    /// What the marks of [`ClassMark::of_old_ledgers`] begin with.
    pub const OLD_LEDGERS: &str = "ledgers:";

    /// The mark of a desk's book with this number, as long as it was made of old ledgers alone.
    pub fn of_old_ledgers(book: u32) -> Self {
        Self(format!("{}{book}", Self::OLD_LEDGERS))
    }

    /// What is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The mark that was stored as this text.
    pub(crate) fn of_stored(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// The parts of a key of the desk's log, see [`Candidate::parts`].
const DORM: &str = "dorm";
const CLASS: &str = "class";
const DEPARTMENT: &str = "department";
const SCHOOL: &str = "school";

impl Candidate {
    /// The parts of the id under which it stands in the desk's log.
    pub(crate) fn parts(&self) -> Vec<&str> {
        match self {
            Self::Dorm(class, dorm) => vec![DORM, class.as_str(), dorm.as_str()],
            Self::Class(class) => vec![CLASS, class.as_str()],
            Self::Department(name) => vec![DEPARTMENT, name],
            Self::School => vec![SCHOOL],
        }
    }

    /// What stands under these parts; `None` for what a newer version wrote.
    pub(crate) fn of_parts(parts: &[String]) -> Option<Self> {
        let mark = |text: &String| ClassMark::of_stored(text);
        match parts {
            [kind, class, dorm] if kind == DORM => {
                let dorm = DormName::try_from(dorm.as_str()).ok()?;
                Some(Self::Dorm(mark(class), dorm))
            }
            [kind, class] if kind == CLASS => Some(Self::Class(mark(class))),
            [kind, name] if kind == DEPARTMENT => Some(Self::Department(name.clone())),
            [kind] if kind == SCHOOL => Some(Self::School),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_candidate_is_found_again_by_what_it_is_stored_under() {
        let class = ClassMark::of_writer(DeviceId::from_bytes([7; 8]));
        let dorm = DormName::try_from("3/312").unwrap();
        for candidate in [
            Candidate::Dorm(class.clone(), dorm),
            Candidate::Class(class),
            Candidate::Department("软件系（示例）".into()),
            Candidate::School,
        ] {
            let parts: Vec<String> = candidate.parts().into_iter().map(str::to_owned).collect();
            assert_eq!(Candidate::of_parts(&parts), Some(candidate));
        }
    }
}
