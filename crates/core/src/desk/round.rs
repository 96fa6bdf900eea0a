use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Desk, keys};
use crate::award::{Awards, Candidate, ClassAward, ClassMark};
use crate::book::Book;
use crate::log::{Change, Op, Registers, Value, VersionVector};
use crate::measure::{Share, Standing};
use crate::overview::Figures;
use crate::pack::{Level, Pack, PackError, PackFiles};
use crate::time::{UnixMillis, UtcOffset};

/// Which frozen round: when it was frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoundId(pub UnixMillis);

/// What a frozen round is called, and who publishes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundTitle {
    /// E.g. 2021年冬季第一轮.
    pub title: String,
    /// 学校
    pub school: String,
    /// 发证单位
    pub issuer: String,
}

/// What is known of a frozen round without reading all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundCard {
    /// Which one.
    pub id: RoundId,
    /// What it is called.
    pub title: RoundTitle,
    /// How the dorms, classes and departments stood.
    pub dorms: Share,
    /// See `dorms`.
    pub classes: Share,
    /// See `dorms`.
    pub departments: Share,
}

/// A frozen round (评定快照): what was published, and from what it can be made again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// By what it was decided.
    pub pack: PackFiles,
    /// In which offset days are those of its figures.
    pub offset: UtcOffset,
    /// What each class was known by then, and which of its operations counted.
    pub seen: Vec<(BTreeSet<ClassMark>, VersionVector)>,
    /// Which of the desk's own did: the decisions.
    pub desk: VersionVector,
    /// How all stood.
    pub awards: Awards,
}

/// How a class of a frozen round looks when it is made again from its operations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Again {
    /// As it was published.
    Same,
    /// Otherwise.
    Different,
    /// Operations that counted then are not here: the class was taken off the desk, or erased.
    Gone,
}

/// What became of making a frozen round again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rebuilt {
    /// Each class by name.
    pub classes: Vec<(String, Again)>,
    /// Whether departments and the school came out as they were published.
    pub units: Again,
}

/// A frozen round cannot be read, or was decided by a pack that cannot.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// It is not there, or of a newer version.
    #[error("no such round")]
    Missing,
    /// Its text cannot be read or written.
    #[error("the round: {0}")]
    Json(#[from] serde_json::Error),
    /// Its pack cannot be read.
    #[error(transparent)]
    Pack(#[from] PackError),
}

impl Snapshot {
    /// The pack that it was decided by.
    ///
    /// # Errors
    /// [`RoundError::Pack`].
    pub fn pack(&self) -> Result<Pack, RoundError> {
        Ok(Pack::from_files(&self.pack)?)
    }

    /// The frozen round of this desk's log.
    ///
    /// # Errors
    /// [`RoundError::Missing`], [`RoundError::Json`].
    pub fn read(registers: &Registers, id: RoundId) -> Result<Self, RoundError> {
        let head = registers.heads(&keys::snapshot(id)).first();
        let text = head.and_then(|head| head.value.as_text());
        Ok(serde_json::from_str(text.ok_or(RoundError::Missing)?)?)
    }

    /// The desk as it was when this was frozen.
    pub fn desk_then(&self, ops: &[Op]) -> Desk {
        let then = ops.iter().filter(|op| self.desk.contains(op.id));
        Desk::fold(&then.cloned().collect::<Vec<_>>())
    }

    /// A class made again from what is here of its operations now; `None` when what counted then is gone.
    pub fn class_again(
        &self,
        mark: &ClassMark,
        ops: &[Op],
        pack: &Pack,
        desk: &Desk,
    ) -> Option<ClassAward> {
        let (marks, seen) = self.seen.iter().find(|(marks, _)| marks.contains(mark))?;
        let mut registers = Registers::default();
        for op in ops.iter().filter(|op| seen.contains(op.id)) {
            registers.apply(op);
        }
        if registers.seen() != seen {
            return None;
        }
        let book = Book::fold(&registers);
        let figures = Figures::of(&registers, &book, pack, self.offset);
        let mark = mark.clone();
        Some(ClassAward::of(&book, figures, marks, mark, pack, desk))
    }

    /// Compares what was published with what came out again.
    pub fn compare(&self, again: &Awards) -> Rebuilt {
        let classes = self.awards.classes.iter().map(|published| {
            let again = match again.class(&published.mark) {
                None => Again::Gone,
                Some(again) if again == published => Again::Same,
                Some(_) => Again::Different,
            };
            (published.figures.class.clone(), again)
        });
        let is_same =
            again.school == self.awards.school && again.departments == self.awards.departments;
        Rebuilt {
            classes: classes.collect(),
            units: match is_same {
                true => Again::Same,
                false => Again::Different,
            },
        }
    }
}

/// Freezes a round at `id`.
///
/// # Errors
/// [`RoundError::Json`].
pub fn freeze(
    id: RoundId,
    title: &RoundTitle,
    snapshot: &Snapshot,
) -> Result<Vec<Change>, RoundError> {
    let of = |level| {
        let candidates = snapshot.awards.candidates(level).into_iter();
        candidates
            .map(|(_, found)| found.ruling.standing())
            .collect()
    };
    let card = Value::map([
        ("title", Value::text(title.title.as_str())),
        ("school", Value::text(title.school.as_str())),
        ("issuer", Value::text(title.issuer.as_str())),
        ("dorms", share_value(of(Level::Dorm))),
        ("classes", share_value(of(Level::Class))),
        ("departments", share_value(of(Level::Department))),
    ]);
    let text = serde_json::to_string(snapshot)?;
    Ok(vec![
        Change::new(keys::round(id), card),
        Change::new(keys::snapshot(id), Value::Text(text)),
    ])
}

/// The frozen rounds of this desk's log, the newest first.
pub fn rounds(registers: &Registers) -> Vec<RoundCard> {
    let cards = registers.iter().filter_map(|(key, heads)| {
        let id = keys::round_of(key)?;
        card(id, &heads.first()?.value)
    });
    let mut cards: Vec<RoundCard> = cards.collect();
    cards.sort_by_key(|card| std::cmp::Reverse(card.id));
    cards
}

/// Who has the award of a level, by name: of a dorm with its class, of a class with its department.
pub fn awarded(awards: &Awards, level: Level) -> Vec<(Candidate, String)> {
    let class_name = |mark: &ClassMark| {
        let class = awards.class(mark);
        class.map_or_else(String::new, |class| class.figures.class.clone())
    };
    let candidates = awards.candidates(level).into_iter();
    let given = candidates.filter(|(_, found)| found.ruling.standing() == Standing::Met);
    given
        .map(|(candidate, found)| {
            let name = match &candidate {
                Candidate::Dorm(mark, dorm) => format!("{} {}", class_name(mark), dorm),
                _ => found.name.to_owned(),
            };
            (candidate, name)
        })
        .collect()
}

fn card(id: RoundId, value: &Value) -> Option<RoundCard> {
    let text = |name| value.get(name)?.as_text().map(str::to_owned);
    let share = |name| share_of(value.get(name)?);
    Some(RoundCard {
        id,
        title: RoundTitle {
            title: text("title")?,
            school: text("school")?,
            issuer: text("issuer")?,
        },
        dorms: share("dorms")?,
        classes: share("classes")?,
        departments: share("departments")?,
    })
}

fn share_value(share: Share) -> Value {
    let counts = [share.met, share.unmet, share.unknown, share.apart];
    Value::List(counts.map(|count| Value::Int(count.into())).into())
}

fn share_of(value: &Value) -> Option<Share> {
    let counts = value.as_list()?.iter().map(Value::as_int);
    let counts: Option<Vec<u32>> = counts.collect();
    match counts?.as_slice() {
        [met, unmet, unknown, apart] => Some(Share {
            met: *met,
            unmet: *unmet,
            unknown: *unknown,
            apart: *apart,
        }),
        _ => None,
    }
}
