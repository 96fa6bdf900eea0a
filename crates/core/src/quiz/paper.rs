use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use thiserror::Error;

use super::{Bank, Kind, Question};
use crate::ident::{Slug, StudentNo};
use crate::log::Value;

/// The share of right answers that passes, in percent (domain: published models of 无诈班级).
pub const DEFAULT_PASS_PERCENT: u8 = 80;

/// A paper: which questions a class gets, and when it is passed.
///
/// The questions are stored, not only the seed: a paper stays what it was when the bank changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperSpec {
    /// What the questions were drawn with, and the options are shuffled with.
    pub seed: u32,
    /// The categories drawn from; empty for all.
    pub categories: BTreeSet<Slug>,
    /// The share of right answers that passes, 1 to 100 percent.
    pub pass_percent: u8,
    /// The time limit in minutes; `None` for none.
    pub minutes: Option<u16>,
    /// The questions in the order they are asked, each once.
    pub questions: Vec<Slug>,
    /// The paper that this one gives another chance at (补测).
    pub retake_of: Option<Slug>,
}

/// What a paper should be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Any number; the same one draws the same paper from the same bank.
    pub seed: u32,
    /// How many questions.
    pub count: u16,
    /// From which categories; empty for all.
    pub categories: BTreeSet<Slug>,
    /// The share of right answers that passes, 1 to 100 percent.
    pub pass_percent: u8,
    /// The time limit in minutes; `None` for none.
    pub minutes: Option<u16>,
    /// The paper that this one gives another chance at.
    pub retake_of: Option<Slug>,
}

/// Why there is no such paper.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PaperError {
    /// A paper of no questions.
    #[error("a paper needs a question")]
    NoQuestions,
    /// The bank has no such category.
    #[error("the bank has no category {0}")]
    UnknownCategory(Slug),
    /// The categories hold too few questions.
    #[error("{wanted} questions are wanted, {available} are there")]
    TooFew {
        /// How many are wanted.
        wanted: u16,
        /// How many the chosen categories hold.
        available: usize,
    },
    /// Not 1 to 100.
    #[error("a pass mark of {0} %")]
    PassPercent(u8),
    /// A limit of no minutes.
    #[error("a time limit of 0 minutes")]
    NoTime,
}

impl PaperSpec {
    /// Draws a paper: by chance, but balanced.
    ///
    /// The categories' numbers of questions differ by one at most, except where a category runs out;
    /// kinds come in the proportions they have in those categories, as near as the balance allows.
    ///
    /// # Errors
    /// See [`PaperError`].
    pub fn draw(bank: &Bank, wish: Wish) -> Result<Self, PaperError> {
        check_terms(wish.pass_percent, wish.minutes)?;
        let mut stock = Stock::of(bank, &wish.categories)?;
        if wish.count == 0 {
            return Err(PaperError::NoQuestions);
        }
        if stock.len() < usize::from(wish.count) {
            return Err(PaperError::TooFew {
                wanted: wish.count,
                available: stock.len(),
            });
        }
        let mut rng = Rng::with_seed(wish.seed.into());
        let questions = stock.draw(wish.count.into(), &mut rng);
        Ok(Self {
            seed: wish.seed,
            categories: wish.categories,
            pass_percent: wish.pass_percent,
            minutes: wish.minutes,
            questions,
            retake_of: wish.retake_of,
        })
    }

    /// How many questions it has.
    pub fn count(&self) -> usize {
        self.questions.len()
    }

    /// The paper as it is written to the log.
    pub fn to_value(&self) -> Value {
        let slug = |id: &Slug| Value::text(id.as_str());
        Value::map([
            ("seed", Value::Int(self.seed.into())),
            (
                "count",
                Value::Int(i64::try_from(self.count()).unwrap_or(i64::MAX)),
            ),
            (
                "categories",
                Value::List(self.categories.iter().map(slug).collect()),
            ),
            ("pass", Value::Int(self.pass_percent.into())),
            (
                "minutes",
                self.minutes
                    .map_or(Value::Null, |minutes| Value::Int(minutes.into())),
            ),
            (
                "questions",
                Value::List(self.questions.iter().map(slug).collect()),
            ),
            (
                "retake_of",
                self.retake_of.as_ref().map_or(Value::Null, slug),
            ),
        ])
    }

    /// The paper that was written as `value`; `None` for what is none, e.g. of which questions are
    /// missing. What a newer version adds is not read.
    pub fn from_value(value: &Value) -> Option<Self> {
        let questions = slugs(value.get("questions")?)?;
        let distinct: BTreeSet<&Slug> = questions.iter().collect();
        let whole = value.get("count")?.as_int() == Some(questions.len());
        if questions.is_empty() || distinct.len() != questions.len() || !whole {
            return None;
        }
        let spec = Self {
            seed: value.get("seed")?.as_int()?,
            categories: slugs(value.get("categories")?)?.into_iter().collect(),
            pass_percent: value.get("pass")?.as_int()?,
            minutes: optional(value.get("minutes"), Value::as_int)?,
            questions,
            retake_of: optional(value.get("retake_of"), slug)?,
        };
        check_terms(spec.pass_percent, spec.minutes).ok()?;
        Some(spec)
    }
}

/// The order in which a phone shows a question's options, as positions in the bank.
///
/// Shuffled for every attempt (`nth` of student `no`, from 1), so that neighbours cannot tell each
/// other "B"; the same again whenever the attempt is opened. 对 and 错 stay where everybody expects
/// them. Answers are stored as positions in the bank, so nothing depends on this order.
pub fn presentation(seed: u32, no: &StudentNo, nth: u32, question: &Question) -> Vec<u8> {
    let mut order: Vec<u8> = (0..=u8::MAX).take(question.options.len()).collect();
    if question.kind != Kind::Judge {
        let id = question.id.as_str();
        let seed = fnv1a(&[
            &seed.to_le_bytes(),
            &nth.to_le_bytes(),
            no.as_str().as_bytes(),
            // Keeps (student "1", question "1-a") apart from (student "11", question "-a").
            &[0],
            id.as_bytes(),
        ]);
        Rng::with_seed(seed).shuffle(&mut order);
    }
    order
}

/// The questions that are left to draw from, by category and kind.
struct Stock<'a> {
    categories: Vec<BTreeMap<Kind, Vec<&'a Question>>>,
}

impl<'a> Stock<'a> {
    fn of(bank: &'a Bank, wanted: &BTreeSet<Slug>) -> Result<Self, PaperError> {
        let known = |id: &Slug| bank.categories().iter().any(|category| category.id == *id);
        if let Some(unknown) = wanted.iter().find(|id| !known(id)) {
            return Err(PaperError::UnknownCategory(unknown.clone()));
        }
        let mut categories: BTreeMap<&Slug, BTreeMap<Kind, Vec<&Question>>> = BTreeMap::new();
        for question in bank.questions() {
            if wanted.is_empty() || wanted.contains(&question.category) {
                let kinds = categories.entry(&question.category).or_default();
                kinds.entry(question.kind).or_default().push(question);
            }
        }
        Ok(Self {
            categories: categories.into_values().collect(),
        })
    }

    fn len(&self) -> usize {
        self.count_by_kind().values().sum()
    }

    fn count_by_kind(&self) -> BTreeMap<Kind, usize> {
        let mut counts = BTreeMap::new();
        for (kind, questions) in self.categories.iter().flatten() {
            *counts.entry(*kind).or_default() += questions.len();
        }
        counts
    }

    /// Takes `count` questions, one from each category in turn, until there are enough.
    fn draw(&mut self, count: usize, rng: &mut Rng) -> Vec<Slug> {
        let mut mix = Mix::of(self.count_by_kind());
        rng.shuffle(&mut self.categories);
        let mut drawn = Vec::new();
        while drawn.len() < count && self.len() > 0 {
            for kinds in &mut self.categories {
                if drawn.len() < count
                    && let Some(question) = draw_one(kinds, &mut mix, rng)
                {
                    drawn.push(question.id.clone());
                }
            }
        }
        rng.shuffle(&mut drawn);
        drawn
    }
}

/// Takes one question of the kind that lags behind most, by chance within the kind.
fn draw_one<'a>(
    kinds: &mut BTreeMap<Kind, Vec<&'a Question>>,
    mix: &mut Mix,
    rng: &mut Rng,
) -> Option<&'a Question> {
    kinds.retain(|_, questions| !questions.is_empty());
    let kind = mix.most_behind(kinds.keys().copied())?;
    let questions = kinds.get_mut(&kind)?;
    let question = questions.swap_remove(rng.usize(..questions.len()));
    mix.take(kind);
    Some(question)
}

/// How many of each kind there are, and were taken.
struct Mix {
    stock: BTreeMap<Kind, usize>,
    taken: BTreeMap<Kind, usize>,
}

impl Mix {
    fn of(stock: BTreeMap<Kind, usize>) -> Self {
        Self {
            stock,
            taken: BTreeMap::new(),
        }
    }

    /// Of the kinds that can be had, the one whose number is furthest below its share after the next
    /// question. Fractions of the stock are compared as whole numbers, so that every machine agrees.
    fn most_behind(&self, available: impl Iterator<Item = Kind>) -> Option<Kind> {
        let all: usize = self.stock.values().sum();
        let next = self.taken.values().sum::<usize>() + 1;
        let of = |counts: &BTreeMap<Kind, usize>, kind| counts.get(&kind).copied().unwrap_or(0);
        available.max_by_key(|&kind| {
            let due = of(&self.stock, kind) * next;
            let had = of(&self.taken, kind) * all;
            due.cast_signed() - had.cast_signed()
        })
    }

    fn take(&mut self, kind: Kind) {
        *self.taken.entry(kind).or_default() += 1;
    }
}

fn check_terms(pass_percent: u8, minutes: Option<u16>) -> Result<(), PaperError> {
    if !(1..=100).contains(&pass_percent) {
        return Err(PaperError::PassPercent(pass_percent));
    }
    if minutes == Some(0) {
        return Err(PaperError::NoTime);
    }
    Ok(())
}

/// The 64-bit FNV-1a hash: short, and the same on every machine and in every version.
fn fnv1a(parts: &[&[u8]]) -> u64 {
    let bytes = parts.iter().copied().flatten();
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn slug(value: &Value) -> Option<Slug> {
    Slug::try_from(value.as_text()?).ok()
}

fn slugs(value: &Value) -> Option<Vec<Slug>> {
    value.as_list()?.iter().map(slug).collect()
}

/// A field that may be absent or cleared; `None` when it is there and cannot be read.
fn optional<T>(value: Option<&Value>, read: impl FnOnce(&Value) -> Option<T>) -> Option<Option<T>> {
    match value {
        None | Some(Value::Null) => Some(None),
        Some(value) => read(value).map(Some),
    }
}

#[cfg(test)]
mod tests;
