//! What a summary is told of what the desk decided: the awards of a frozen round, and cases.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::blank::blank;
use super::{Author, Reporter, day_text};
use crate::award::{Awards, Candidate, ClassMark};
use crate::desk::{RoundCard, awarded};
use crate::measure::Standing;
use crate::pack::Level;
use crate::time::UtcOffset;

/// So many names stand in a sentence; the certificates name all.
const NAMED: usize = 20;

/// What a summary is told beside the figures of the classes.
#[derive(Clone, Copy, Debug, Default)]
pub struct SummaryInput<'a> {
    /// The awards of the newest frozen round; `None` while none was frozen.
    pub confirmed: Option<&'a Confirmed>,
    /// As [`super::BulletinInput::cases`].
    pub cases: Option<&'a [(String, u32)]>,
}

/// The awards that a frozen round gave to those whom somebody reports on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// What the round is called.
    round: String,
    /// When it was frozen.
    day: Option<NaiveDate>,
    dorms: usize,
    classes: Vec<String>,
    departments: Vec<String>,
    /// Whether the department that reports is one of them; `None` where it is not known which that is.
    is_own_department: Option<bool>,
    is_school: bool,
}

impl Confirmed {
    /// What a round gave to the classes that have one of `marks`, and to the units that `reporter` answers for.
    pub fn of(
        card: &RoundCard,
        awards: &Awards,
        reporter: &Reporter,
        marks: &BTreeSet<ClassMark>,
        offset: UtcOffset,
    ) -> Self {
        let is_own = |candidate: &Candidate| match candidate {
            Candidate::Dorm(mark, _) | Candidate::Class(mark) => marks.contains(mark),
            Candidate::Department(name) => reporter.department().is_none_or(|own| own == name),
            Candidate::School => true,
        };
        let names = |level| -> Vec<String> {
            let awarded = awarded(awards, level).into_iter();
            let own = awarded.filter(|(candidate, _)| is_own(candidate));
            own.map(|(_, name)| name).collect()
        };
        let departments = names(Level::Department);
        Self {
            is_own_department: reporter.department().map(|_| !departments.is_empty()),
            round: card.title.title.clone(),
            day: card.id.0.date(offset),
            dorms: names(Level::Dorm).len(),
            classes: names(Level::Class),
            departments,
            is_school: awards.school.ruling.standing() == Standing::Met,
        }
    }

    /// As far as `author` answers for it.
    pub(super) fn said(&self, author: Author) -> String {
        let day = self.day.map_or_else(String::new, day_text);
        let mut given = vec![
            format!("“无诈寝室”{}间", self.dorms),
            named("无诈班级", &self.classes),
        ];
        match author {
            Author::Teacher => {}
            Author::Department => given.push(match self.is_own_department {
                Some(true) => "本系部获“无诈系部”".to_owned(),
                Some(false) => "本系部未获“无诈系部”".to_owned(),
                None => blank("“无诈系部”的创建结果"),
            }),
            Author::SecurityOffice => {
                given.push(named("无诈系部", &self.departments));
                given.push(match self.is_school {
                    true => "学校达到“无诈学校”条件".to_owned(),
                    false => "学校未达到“无诈学校”条件".to_owned(),
                });
            }
        }
        format!("经{}（{day}）核定：{}。", self.round, given.join("；"))
    }
}

fn named(award: &str, names: &[String]) -> String {
    let count = names.len();
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    match count {
        0 => format!("“{award}”0个"),
        _ if count > NAMED => format!("“{award}”{count}个（{}等）", first.join("、")),
        _ => format!("“{award}”{count}个（{}）", first.join("、")),
    }
}
