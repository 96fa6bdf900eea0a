//! The questions.

use std::collections::BTreeSet;

use wuzha_core::quiz::{Bank, Kind, Question};

use super::{Complaints, Content};

/// Enough that a paper of 20 is rarely met twice.
const ENOUGH: usize = 150;

/// The ten types of fraud of 2025, what helpers of fraud do, the law, and the first minutes.
const TOPICS: [&str; 13] = [
    "brushing",
    "investment",
    "shopping",
    "service",
    "loan",
    "acquaintance",
    "authority",
    "romance",
    "gaming",
    "flight",
    "accomplice",
    "law",
    "first-minutes",
];

/// How an option begins, or ends, that speaks of the others: wrong once the options are shuffled.
const OPENINGS: [&str; 6] = ["以上", "上述", "前者", "后者", "前两项", "前三项"];
const ENDINGS: [&str; 2] = ["都对", "都不对"];

fn bank(content: &Content) -> Result<Bank, String> {
    Bank::from_json(&content.bank.to_string()).map_err(|error| error.to_string())
}

/// Runs a check on the bank's questions; a bank that cannot be read is its own complaint.
fn on_questions(content: &Content, check: impl Fn(&[&Question]) -> Complaints) -> Complaints {
    match bank(content) {
        Ok(bank) => check(&bank.questions().collect::<Vec<_>>()),
        Err(error) => vec![error],
    }
}

pub fn is_usable(content: &Content) -> Complaints {
    bank(content).err().into_iter().collect()
}

/// No two stems are the same but for punctuation, or share over 80 % of their pairs of characters.
pub fn questions_differ(content: &Content) -> Complaints {
    on_questions(content, |questions| {
        let pairs: Vec<_> = questions.iter().map(|q| (q, bigrams(&q.stem))).collect();
        let mut complaints = Vec::new();
        for (i, (question, own)) in pairs.iter().enumerate() {
            for (earlier, theirs) in pairs.iter().take(i) {
                let shared = own.intersection(theirs).count();
                let all = own.union(theirs).count();
                if normal(&question.stem) == normal(&earlier.stem) || shared * 10 > all * 8 {
                    let (a, b) = (&earlier.id, &question.id);
                    complaints.push(format!("{a} and {b} ask the same: {}", question.stem));
                }
            }
        }
        complaints
    })
}

pub fn options_differ(content: &Content) -> Complaints {
    on_questions(content, |questions| {
        let repeats = questions.iter().filter(|question| {
            let distinct: BTreeSet<String> = question.options.iter().map(|o| normal(o)).collect();
            distinct.len() < question.options.len()
        });
        repeats
            .map(|question| format!("{} offers an option twice", question.id))
            .collect()
    })
}

/// No position is right in over 35 % of the single-choice questions; true and false each in 35–65 %
/// of the true-or-false ones. Options are shuffled on screen, but not on printed papers.
pub fn answers_are_balanced(content: &Content) -> Complaints {
    on_questions(content, |questions| {
        let single = (0..4).filter_map(|at| {
            let (right, of, ids) = right_at(questions, Kind::Single, at);
            let place = at + 1;
            (right * 100 > of * 35).then(|| {
                format!("option {place} is right in {right} of {of} single-choice questions: {ids}")
            })
        });
        let judge = (0..2).filter_map(|at| {
            let (right, of, ids) = right_at(questions, Kind::Judge, at);
            let balanced = right * 100 >= of * 35 && right * 100 <= of * 65;
            let place = at + 1;
            (!balanced).then(|| {
                format!("option {place} is right in {right} of {of} true-or-false questions: {ids}")
            })
        });
        single.chain(judge).collect()
    })
}

/// In how many questions of a kind the option at `at` is right, of how many, and which.
fn right_at(questions: &[&Question], kind: Kind, at: u8) -> (usize, usize, String) {
    let of_kind = questions.iter().filter(|question| question.kind == kind);
    let right = of_kind.clone().filter(|q| q.answer.contains(&at));
    let ids: Vec<&str> = right.map(|question| question.id.as_str()).collect();
    (ids.len(), of_kind.count(), ids.join(" "))
}

/// No option or explanation speaks of an option by its place or letter.
pub fn options_can_be_shuffled(content: &Content) -> Complaints {
    on_questions(content, |questions| {
        let mut complaints = Vec::new();
        for question in questions {
            for option in &question.options {
                let speaks_of_others = OPENINGS.iter().any(|words| option.starts_with(words))
                    || ENDINGS.iter().any(|words| option.ends_with(words));
                if speaks_of_others {
                    complaints.push(format!("{}: option “{option}”", question.id));
                }
            }
            if names_a_letter(&question.explanation) {
                let explanation = &question.explanation;
                complaints.push(format!("{}: explanation “{explanation}”", question.id));
            }
        }
        complaints
    })
}

/// A letter from A to D that stands alone, as in 选B or A和C, and not in APP.
fn names_a_letter(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| matches!(word, "A" | "B" | "C" | "D"))
}

pub fn topics_are_covered(content: &Content) -> Complaints {
    let bank = match bank(content) {
        Ok(bank) => bank,
        Err(error) => return vec![error],
    };
    let mut complaints = Vec::new();
    let count = bank.questions().len();
    if count < ENOUGH {
        complaints.push(format!("{count} questions, {ENOUGH} are needed"));
    }
    for topic in TOPICS {
        let mut categories = bank.categories().iter();
        if !categories.any(|category| category.id.as_str() == topic) {
            complaints.push(format!("no category {topic}"));
        }
    }
    for category in bank.categories() {
        for kind in [Kind::Single, Kind::Multiple, Kind::Judge] {
            let is_such = |q: &Question| q.category == category.id && q.kind == kind;
            if !bank.questions().any(is_such) {
                complaints.push(format!("no {kind:?} question in {}", category.id));
            }
        }
    }
    complaints
}

/// The text without punctuation and spaces.
fn normal(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn bigrams(text: &str) -> BTreeSet<(char, char)> {
    let text = normal(text);
    text.chars().zip(text.chars().skip(1)).collect()
}
