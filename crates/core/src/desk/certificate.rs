use super::{RoundCard, awarded};
use crate::award::{Awards, Candidate, ClassMark};
use crate::pack::{Level, Pack};
use crate::report::day_text;
use crate::time::UtcOffset;

/// A certificate (证书) of an award that a frozen round gave: Chinese, whatever language the app shows, and
/// without anything personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The school, above the title; empty where it was not named.
    pub school: String,
    /// Whom it is given to: `软件系 软件2101班`.
    pub to: String,
    /// The award: `无诈班级`.
    pub award: String,
    /// What stands between whom and the award.
    pub body: String,
    /// `202112271905-B003`: the minute in which it was frozen, the level, and which one of it.
    pub number: String,
    /// Who gives it; empty where it was not named.
    pub issuer: String,
    /// `2021年12月27日`
    pub date: String,
}

/// The certificates of a level, in the order in which the awards are listed.
pub fn certificates(
    card: &RoundCard,
    awards: &Awards,
    pack: &Pack,
    level: Level,
    offset: UtcOffset,
) -> Vec<Certificate> {
    let day = card.id.0.date(offset).unwrap_or_default();
    let frozen = card.id.0.to_minute_text(offset);
    let frozen: String = frozen.chars().filter(char::is_ascii_digit).collect();
    let given = awarded(awards, level).into_iter();
    given
        .zip(1..)
        .map(|((candidate, name), nth)| Certificate {
            school: card.title.school.clone(),
            to: recipient(awards, &candidate, name, &card.title.school),
            award: pack.criteria(level).title.zh.clone(),
            body: format!(
                "在防范电信网络诈骗创建活动（{}）中，经评定，授予",
                card.title.title
            ),
            // With the minute: two rounds of one day would number their certificates alike.
            number: format!("{frozen}-{}{nth:03}", letter(level)),
            issuer: card.title.issuer.clone(),
            date: day_text(day),
        })
        .collect()
}

/// A dorm and a class are named with the department that they belong to.
fn recipient(awards: &Awards, candidate: &Candidate, name: String, school: &str) -> String {
    let department = |mark: &ClassMark| {
        let class = awards.class(mark);
        class.and_then(|class| class.figures.department.clone())
    };
    match candidate {
        Candidate::Dorm(mark, _) | Candidate::Class(mark) => match department(mark) {
            Some(department) => format!("{department} {name}"),
            None => name,
        },
        Candidate::Department(_) => name,
        Candidate::School => school.to_owned(),
    }
}

fn letter(level: Level) -> char {
    match level {
        Level::Dorm => 'Q',
        Level::Class => 'B',
        Level::Department => 'X',
        Level::School => 'S',
    }
}
