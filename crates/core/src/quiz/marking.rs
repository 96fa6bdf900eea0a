use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Bank, Choice, PaperSpec, Question};
use crate::ident::Slug;
use crate::log::Value;

/// What a student chose, question by question. A question without an entry was left blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<Slug, Choice>);

/// How many answers are right, of how many questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    right: u32,
    of: u32,
}

/// A marked paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The right ones, of those that the bank knows.
    pub score: Score,
    /// Whether the score reaches the paper's pass mark.
    pub passed: bool,
    /// How each known question was answered, in the paper's order.
    pub questions: Vec<(Slug, Marked)>,
    /// How many questions of the paper this bank does not have (it is older or newer than the one the
    /// paper was drawn from). They count neither for nor against.
    pub unknown: u32,
}

/// How one question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// Exactly the right options were chosen.
    Right,
    /// Something else was chosen.
    Wrong,
    /// Nothing was chosen.
    Blank,
}

/// Marks `answers` to `paper`. There is no part of a point: 多选 is right when all right options were
/// chosen and no other.
pub fn mark(paper: &PaperSpec, bank: &Bank, answers: &Answers) -> Mark {
    let questions: Vec<(Slug, Marked)> = paper
        .questions
        .iter()
        .filter_map(|id| Some((id.clone(), answers.marked(bank.question(id)?))))
        .collect();
    let right = questions
        .iter()
        .filter(|(_, marked)| *marked == Marked::Right)
        .count();
    let score = Score {
        right: small(right),
        of: small(questions.len()),
    };
    Mark {
        score,
        passed: score.passes(paper.pass_percent),
        unknown: small(paper.count() - questions.len()),
        questions,
    }
}

impl Answers {
    /// Notes what was chosen for `question`, as positions in the bank, instead of what was before;
    /// nothing chosen leaves it blank.
    pub fn choose(&mut self, question: &Slug, chosen: impl IntoIterator<Item = u8>) {
        let chosen: Choice = chosen.into_iter().collect();
        if chosen.is_empty() {
            self.0.remove(question);
        } else {
            self.0.insert(question.clone(), chosen);
        }
    }

    /// What was chosen for `question`; `None` when it was left blank.
    pub fn chosen(&self, question: &Slug) -> Option<&Choice> {
        self.0.get(question)
    }

    /// The questions that are answered.
    pub fn questions(&self) -> impl Iterator<Item = &Slug> {
        self.0.keys()
    }

    /// How many questions are answered.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// How `question` was answered.
    pub fn marked(&self, question: &Question) -> Marked {
        match self.chosen(&question.id) {
            None => Marked::Blank,
            Some(chosen) if *chosen == question.answer => Marked::Right,
            Some(_) => Marked::Wrong,
        }
    }

    /// The answers as they are written to the log: `{"brushing-01": [1]}`.
    pub fn to_value(&self) -> Value {
        let options = |chosen: &Choice| chosen.iter().map(|at| Value::Int((*at).into())).collect();
        let entries = self.0.iter();
        Value::Map(
            entries
                .map(|(id, chosen)| (id.as_str().to_owned(), Value::List(options(chosen))))
                .collect(),
        )
    }

    /// The answers that were written as `value`; `None` for what are none.
    pub fn from_value(value: &Value) -> Option<Self> {
        let Value::Map(entries) = value else {
            return None;
        };
        let mut answers = Self::default();
        for (id, chosen) in entries {
            let id = Slug::try_from(id.as_str()).ok()?;
            let chosen: Option<Vec<u8>> = chosen.as_list()?.iter().map(Value::as_int).collect();
            answers.choose(&id, chosen?);
        }
        Some(answers)
    }
}

impl Score {
    /// `right` of `of`; `None` for more right ones than there are.
    pub fn new(right: u32, of: u32) -> Option<Self> {
        (right <= of).then_some(Self { right, of })
    }

    /// How many are right.
    pub fn right(self) -> u32 {
        self.right
    }

    /// Of how many.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Whether this reaches `pass_percent`, without rounding. Nothing asked is nothing passed.
    pub fn passes(self, pass_percent: u8) -> bool {
        let needed = u64::from(pass_percent) * u64::from(self.of);
        self.of > 0 && u64::from(self.right) * 100 >= needed
    }

    /// The share of right ones in thousandths, rounded down; 0 when nothing was asked.
    pub fn permille(self) -> u32 {
        let share = (u64::from(self.right) * 1000).checked_div(self.of.into());
        share.and_then(|n| n.try_into().ok()).unwrap_or(0)
    }

    /// Compares the shares of right ones, without rounding: 4 of 5 equals 8 of 10.
    pub fn cmp_share(self, other: Self) -> Ordering {
        let (own, others) = (u64::from(self.right), u64::from(other.right));
        let crosswise = (own * u64::from(other.of)).cmp(&(others * u64::from(self.of)));
        // With nothing asked on one side, both products are 0.
        crosswise.then((own > 0).cmp(&(others > 0)))
    }
}

/// A number of questions or students; nothing comes near the limit.
pub(super) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quiz::bank::tests::bank_with_answers;

    /// A paper of the questions `q-0` … of [`bank_with_answers`].
    pub(crate) fn paper(count: usize, pass_percent: u8) -> PaperSpec {
        PaperSpec {
            seed: 1,
            categories: [].into(),
            pass_percent,
            minutes: None,
            questions: (0..count).map(question).collect(),
            retake_of: None,
        }
    }

    /// Answers to `q-0` … in letters: `"AC"`, or `""` for blank.
    pub(crate) fn answers(chosen: &[&str]) -> Answers {
        let mut answers = Answers::default();
        for (i, letters) in chosen.iter().enumerate() {
            answers.choose(&question(i), letters.bytes().map(|letter| letter - b'A'));
        }
        answers
    }

    fn question(i: usize) -> Slug {
        Slug::try_from(format!("q-{i}")).unwrap()
    }

    #[test]
    fn only_exactly_the_right_options_are_right() {
        let bank = bank_with_answers(&[&[1], &[0, 2]]);
        for (chosen, expected) in [
            (["B", "AC"], [Marked::Right, Marked::Right]),
            (["A", "CA"], [Marked::Wrong, Marked::Right]),
            (["AB", "A"], [Marked::Wrong, Marked::Wrong]),
            (["B", "ABC"], [Marked::Right, Marked::Wrong]),
            (["", "BD"], [Marked::Blank, Marked::Wrong]),
            (["Z", ""], [Marked::Wrong, Marked::Blank]),
        ] {
            let mark = mark(&paper(2, 80), &bank, &answers(&chosen));
            let found: Vec<Marked> = mark.questions.iter().map(|(_, marked)| *marked).collect();
            assert_eq!(found, expected, "{chosen:?}");
            let right = expected.iter().filter(|marked| **marked == Marked::Right);
            assert_eq!(mark.score, Score::new(small(right.count()), 2).unwrap());
        }
    }

    #[test]
    fn the_pass_mark_is_reached_without_rounding() {
        for (right, of, pass_percent, passes) in [
            (8, 10, 80, true),
            (7, 10, 80, false),
            (12, 15, 80, true),
            (2, 3, 66, true),
            (2, 3, 67, false),
            (999, 1000, 100, false),
            (5, 5, 100, true),
            (0, 5, 1, false),
            (0, 0, 80, false),
        ] {
            let score = Score::new(right, of).unwrap();
            assert_eq!(
                score.passes(pass_percent),
                passes,
                "{right}/{of} at {pass_percent}"
            );
        }
        assert_eq!(Score::new(3, 2), None);
    }

    #[test]
    fn shares_compare_across_papers_of_different_length() {
        let score = |right, of| Score::new(right, of).unwrap();
        assert_eq!(score(4, 5).cmp_share(score(8, 10)), Ordering::Equal);
        assert_eq!(score(3, 4).cmp_share(score(8, 10)), Ordering::Less);
        assert_eq!(score(1, 9).cmp_share(score(0, 0)), Ordering::Greater);
        assert_eq!(score(2, 3).permille(), 666);
        assert_eq!(score(0, 0).permille(), 0);
    }

    #[test]
    fn a_question_the_bank_does_not_have_is_neither_right_nor_wrong() {
        // Five questions, of which this bank has four; three right ones are 75 % of those.
        let bank = bank_with_answers(&[&[1], &[1], &[1], &[1]]);
        let chosen = answers(&["B", "B", "B", "A", "A"]);
        let marked = mark(&paper(5, 75), &bank, &chosen);
        assert_eq!(marked.score, Score::new(3, 4).unwrap());
        assert_eq!((marked.unknown, marked.passed), (1, true));
    }

    #[test]
    fn a_paper_of_which_nothing_is_known_is_not_passed() {
        let mark = mark(&paper(3, 80), &bank_with_answers(&[]), &answers(&["B"]));
        assert_eq!((mark.score.of(), mark.unknown, mark.passed), (0, 3, false));
    }

    #[test]
    fn choosing_anew_replaces_and_choosing_nothing_clears() {
        let mut answers = answers(&["A"]);
        answers.choose(&question(0), [2]);
        assert_eq!(answers.chosen(&question(0)), Some(&Choice::from([2])));
        answers.choose(&question(0), []);
        assert_eq!((answers.chosen(&question(0)), answers.count()), (None, 0));
    }

    #[test]
    fn what_are_no_answers_reads_as_none() {
        let one = |id: &str, chosen| Value::Map([(id.to_owned(), chosen)].into());
        for value in [
            Value::Null,
            Value::List(Vec::new()),
            one("q-0", Value::Int(1)),
            one("q-0", Value::List(vec![Value::Int(-1)])),
            one("q-0", Value::List(vec![Value::Int(256)])),
            one("q-0", Value::List(vec![Value::text("A")])),
            one("Q 0", Value::List(vec![Value::Int(1)])),
        ] {
            assert_eq!(Answers::from_value(&value), None, "{value:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(1939), ..ProptestConfig::default() })]

        #[test]
        fn answers_come_back_as_they_were_written(
            chosen in prop::collection::vec(prop::collection::btree_set(0..4u8, 0..4), 0..9)
        ) {
            let mut answers = Answers::default();
            for (i, chosen) in chosen.into_iter().enumerate() {
                answers.choose(&question(i), chosen);
            }
            prop_assert_eq!(Answers::from_value(&answers.to_value()), Some(answers));
        }

        /// Correcting one answer raises the score by at most that one, and never lowers it.
        #[test]
        fn marking_is_monotone(
            chosen in prop::collection::vec(prop::collection::btree_set(0..4u8, 0..4), 6),
            corrected in 0..6usize,
        ) {
            let bank = bank_with_answers(&[&[0], &[1], &[2, 3], &[0, 1, 2, 3], &[3], &[1, 2]]);
            let mut answers = Answers::default();
            for (i, chosen) in chosen.into_iter().enumerate() {
                answers.choose(&question(i), chosen);
            }
            let before = mark(&paper(6, 50), &bank, &answers);
            let corrected = bank.question(&question(corrected)).unwrap();
            let was_right = answers.marked(corrected) == Marked::Right;
            answers.choose(&corrected.id, corrected.answer.clone());
            let after = mark(&paper(6, 50), &bank, &answers);
            let gain = u32::from(!was_right);
            prop_assert_eq!(after.score.right(), before.score.right() + gain);
            prop_assert!(after.passed || !before.passed);
        }
    }
}
