use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ident::Slug;

/// Some of a question's options, by their position in the bank (from 0).
pub type Choice = BTreeSet<u8>;

/// All questions, checked: every answer names options that exist, every category is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bank {
    version: u32,
    categories: Vec<Category>,
    questions: BTreeMap<Slug, Question>,
    /// As the file lists them, so that it can be written as it was.
    order: Vec<Slug>,
}

/// What a question is about: a type of fraud, the law, the first minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its id, e.g. `brushing`.
    pub id: Slug,
    /// Its name for people, e.g. `刷单返利`.
    pub title: String,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Its id, e.g. `brushing-01`. It stays when the text is corrected.
    pub id: Slug,
    /// The id of its category.
    pub category: Slug,
    /// How it is answered.
    pub kind: Kind,
    /// How hard its author thinks it is; what the class made of it is in [`super::analyse`].
    pub difficulty: Difficulty,
    /// The question itself.
    pub stem: String,
    /// The options; a position in here is what an answer names.
    pub options: Vec<String>,
    /// The right options, never empty.
    pub answer: Choice,
    /// Why it is right.
    pub explanation: String,
    /// What it rests on.
    pub source: Source,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 单选: one option is right.
    Single,
    /// 多选: all right options must be chosen, and no other.
    Multiple,
    /// 判断: right or wrong.
    Judge,
}

/// How hard a question is meant to be; 1, 2 or 3 in the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Difficulty {
    /// Known to whoever has heard of the fraud at all.
    Easy,
    /// Needs the signs of the fraud, or the steps in their order.
    Medium,
    /// Needs two facts put together, or the text of a law.
    Hard,
}

/// What a question rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Source {
    /// An article of a law in the pack's `laws.json`.
    Law {
        /// The law's id there, e.g. `fdxzf`.
        law: String,
        /// The article, e.g. `31` or `287-2`.
        article: String,
    },
    /// A published guide or the school's notice, in words.
    Guide {
        /// Which one.
        guide: String,
    },
}

/// Why a bank cannot be used.
#[derive(Debug, Error)]
pub enum BankError {
    /// Not JSON, or not of the bank's form.
    #[error("the question bank is not of its form: {0}")]
    Json(#[from] serde_json::Error),
    /// Two categories have one id.
    #[error("category {0} is there twice")]
    RepeatedCategory(Slug),
    /// A question contradicts itself.
    #[error("question {id}: {fault}")]
    Question {
        /// Which one.
        id: Slug,
        /// What is wrong with it.
        fault: Fault,
    },
}

/// What is wrong with a question.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// Another one has the same id.
    #[error("the id is there twice")]
    RepeatedId,
    /// It belongs nowhere.
    #[error("category {0} is unknown")]
    UnknownCategory(Slug),
    /// A wrong number of options: a true-or-false question has two, any other two or more.
    #[error("{0} options")]
    Options(usize),
    /// Nothing is right.
    #[error("no option is right")]
    NoAnswer,
    /// An answer that is no option.
    #[error("the answer names option {0}, which is not there")]
    AnswerOutOfRange(u8),
    /// An answer named twice.
    #[error("the answer names option {0} twice")]
    RepeatedAnswer(u8),
    /// Several answers where the kind allows one.
    #[error("{0} options are right where one should be")]
    SeveralAnswers(usize),
}

#[derive(Deserialize)]
struct RawBank {
    version: u32,
    categories: Vec<Category>,
    questions: Vec<RawQuestion>,
}

#[derive(Serialize)]
struct WrittenBank<'a> {
    version: u32,
    categories: &'a [Category],
    questions: Vec<&'a Question>,
}

#[derive(Deserialize)]
struct RawQuestion {
    id: Slug,
    category: Slug,
    kind: Kind,
    difficulty: Difficulty,
    stem: String,
    options: Vec<String>,
    answer: Vec<u8>,
    explanation: String,
    source: Source,
}

impl Bank {
    /// Reads the text of a pack's `bank.json`.
    ///
    /// # Errors
    /// The first fault found; see [`BankError`].
    pub fn from_json(json: &str) -> Result<Self, BankError> {
        let raw: RawBank = serde_json::from_str(json)?;
        let questions = raw.questions.into_iter().map(|raw| {
            let id = raw.id.clone();
            Question::try_from(raw).map_err(|fault| BankError::Question { id, fault })
        });
        let questions = questions.collect::<Result<_, _>>()?;
        Self::new(raw.version, raw.categories, questions)
    }

    /// The bank of these questions, in their order.
    ///
    /// # Errors
    /// The first fault found; see [`BankError`].
    pub fn new(
        version: u32,
        categories: Vec<Category>,
        listed: Vec<Question>,
    ) -> Result<Self, BankError> {
        let mut known = BTreeSet::new();
        for category in &categories {
            if !known.insert(&category.id) {
                return Err(BankError::RepeatedCategory(category.id.clone()));
            }
        }
        let mut questions = BTreeMap::new();
        let mut order = Vec::with_capacity(listed.len());
        for question in listed {
            let id = question.id.clone();
            let fail = |fault| BankError::Question {
                id: id.clone(),
                fault,
            };
            if !known.contains(&question.category) {
                return Err(fail(Fault::UnknownCategory(question.category)));
            }
            question.check().map_err(fail)?;
            if questions.insert(id.clone(), question).is_some() {
                return Err(fail(Fault::RepeatedId));
            }
            order.push(id);
        }
        Ok(Self {
            version,
            categories,
            questions,
            order,
        })
    }

    /// The bank's version, raised with every release that changes a question.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The categories, in the order the pack gives them.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// All questions, by id.
    pub fn questions(&self) -> impl ExactSizeIterator<Item = &Question> {
        self.questions.values()
    }

    /// All questions, as the file lists them.
    pub fn listed(&self) -> impl Iterator<Item = &Question> {
        self.order.iter().filter_map(|id| self.questions.get(id))
    }

    /// The question with this id; `None` for one of an older or newer bank.
    pub fn question(&self, id: &Slug) -> Option<&Question> {
        self.questions.get(id)
    }
}

impl TryFrom<RawQuestion> for Question {
    type Error = Fault;

    fn try_from(raw: RawQuestion) -> Result<Self, Fault> {
        let mut answer = Choice::new();
        for option in raw.answer {
            if !answer.insert(option) {
                return Err(Fault::RepeatedAnswer(option));
            }
        }
        let question = Self {
            id: raw.id,
            category: raw.category,
            kind: raw.kind,
            difficulty: raw.difficulty,
            stem: raw.stem,
            options: raw.options,
            answer,
            explanation: raw.explanation,
            source: raw.source,
        };
        question.check()?;
        Ok(question)
    }
}

impl Question {
    /// Whether its options and answer fit its kind.
    ///
    /// # Errors
    /// The first [`Fault`] found.
    pub fn check(&self) -> Result<(), Fault> {
        let count = self.options.len();
        if count < 2 || (self.kind == Kind::Judge && count != 2) {
            return Err(Fault::Options(count));
        }
        if let Some(beyond) = self.answer.iter().find(|at| usize::from(**at) >= count) {
            return Err(Fault::AnswerOutOfRange(*beyond));
        }
        match (self.kind, self.answer.len()) {
            (_, 0) => Err(Fault::NoAnswer),
            (Kind::Single | Kind::Judge, several @ 2..) => Err(Fault::SeveralAnswers(several)),
            _ => Ok(()),
        }
    }
}

impl Serialize for Bank {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        WrittenBank {
            version: self.version,
            categories: &self.categories,
            questions: self.listed().collect(),
        }
        .serialize(to)
    }
}

impl From<Difficulty> for u8 {
    fn from(difficulty: Difficulty) -> u8 {
        match difficulty {
            Difficulty::Easy => 1,
            Difficulty::Medium => 2,
            Difficulty::Hard => 3,
        }
    }
}

/// A difficulty that is not 1, 2 or 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("difficulty {0} is not 1, 2 or 3")]
pub struct DifficultyError(u8);

impl TryFrom<u8> for Difficulty {
    type Error = DifficultyError;

    fn try_from(number: u8) -> Result<Self, DifficultyError> {
        match number {
            1 => Ok(Self::Easy),
            2 => Ok(Self::Medium),
            3 => Ok(Self::Hard),
            other => Err(DifficultyError(other)),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// The bank that ships.
    pub(crate) fn default_bank() -> Bank {
        Bank::from_json(include_str!("../../../../content/default/bank.json")).unwrap()
    }

    /// A bank of `answers.len()` questions `q-0`, `q-1` …, each with four options; the kind follows
    /// from the number of right options.
    pub(crate) fn bank_with_answers(answers: &[&[u8]]) -> Bank {
        let questions: Vec<Value> = answers
            .iter()
            .enumerate()
            .map(|(i, answer)| {
                let mut question = question_json();
                question["id"] = json!(format!("q-{i}"));
                question["answer"] = json!(answer);
                if answer.len() > 1 {
                    question["kind"] = json!("multiple");
                }
                question
            })
            .collect();
        Bank::from_json(&bank_json(&questions)).unwrap()
    }

    fn question_json() -> Value {
        json!({
            "id": "q-0", "category": "brushing", "kind": "single", "difficulty": 2,
            "stem": "题干（示例）", "options": ["甲", "乙", "丙", "丁"], "answer": [1],
            "explanation": "解析（示例）", "source": { "law": "fdxzf", "article": "31" },
        })
    }

    fn bank_json(questions: &[Value]) -> String {
        json!({
            "version": 3,
            "categories": [{ "id": "brushing", "title": "刷单返利" }],
            "questions": questions,
        })
        .to_string()
    }

    #[test]
    fn a_question_is_found_by_its_id_with_all_its_parts() {
        let bank = Bank::from_json(&bank_json(&[question_json()])).unwrap();
        let id = Slug::try_from("q-0").unwrap();
        let question = bank.question(&id).unwrap();
        assert_eq!(bank.version(), 3);
        assert_eq!(question.kind, Kind::Single);
        assert_eq!(question.difficulty, Difficulty::Medium);
        assert_eq!(question.answer, Choice::from([1]));
        assert_eq!(
            question.source,
            Source::Law {
                law: "fdxzf".into(),
                article: "31".into()
            }
        );
        assert_eq!(bank.question(&Slug::try_from("q-1").unwrap()), None);
    }

    #[test]
    fn a_faulty_question_is_named_with_its_fault() {
        let other = Slug::try_from("other").unwrap();
        for (field, value, fault) in [
            ("category", json!("other"), Fault::UnknownCategory(other)),
            ("answer", json!([]), Fault::NoAnswer),
            ("answer", json!([4]), Fault::AnswerOutOfRange(4)),
            ("answer", json!([1, 1]), Fault::RepeatedAnswer(1)),
            ("answer", json!([0, 1]), Fault::SeveralAnswers(2)),
            ("kind", json!("judge"), Fault::Options(4)),
            ("options", json!(["甲"]), Fault::Options(1)),
        ] {
            let mut question = question_json();
            question[field] = value;
            match Bank::from_json(&bank_json(&[question])) {
                Err(BankError::Question { id, fault: found }) => {
                    assert_eq!((id.as_str(), found), ("q-0", fault));
                }
                other => panic!("{fault:?} was not found: {other:?}"),
            }
        }
    }

    #[test]
    fn a_true_or_false_question_has_one_answer() {
        let mut question = question_json();
        question["kind"] = json!("judge");
        question["options"] = json!(["对", "错"]);
        question["answer"] = json!([0, 1]);
        let error = Bank::from_json(&bank_json(&[question])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "question q-0: 2 options are right where one should be"
        );
    }

    #[test]
    fn an_id_names_one_question_and_one_category() {
        let error = Bank::from_json(&bank_json(&[question_json(), question_json()])).unwrap_err();
        assert_eq!(error.to_string(), "question q-0: the id is there twice");

        let twice = json!({ "id": "brushing", "title": "刷单返利" });
        let bank = json!({ "version": 1, "categories": [twice, twice], "questions": [] });
        let error = Bank::from_json(&bank.to_string()).unwrap_err();
        assert_eq!(error.to_string(), "category brushing is there twice");
    }

    #[test]
    fn what_is_no_bank_is_refused_with_the_place() {
        for (field, value, part) in [
            ("difficulty", json!(4), "difficulty 4 is not 1, 2 or 3"),
            ("id", json!("Q 1"), "character 'Q' is not allowed"),
            ("kind", json!("essay"), "unknown variant `essay`"),
            ("source", json!({}), "untagged enum Source"),
        ] {
            let mut question = question_json();
            question[field] = value;
            let error = Bank::from_json(&bank_json(&[question])).unwrap_err();
            let text = error.to_string();
            assert!(text.contains(part) && text.contains("line 1"), "{text}");
        }
    }
}
