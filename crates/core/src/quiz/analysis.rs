//! Classical item analysis, after T. L. Kelley (1939), "The selection of upper and lower groups for
//! the validation of test items": the upper and lower 27 % tell good questions from bad ones best.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::marking::small;
use super::{Answers, Attempt, Bank, Marked, PaperSpec, Question, mark};
use crate::ident::{Slug, StudentNo};

/// With fewer attempts than this, a discrimination would be chance and is not given.
pub const TOO_FEW: usize = 10;

/// What the first attempts of a class say about one question.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemAnalysis {
    /// The question.
    pub question: Slug,
    /// How many were asked it; at least 1.
    pub asked: u32,
    /// How many of them were right.
    pub right: u32,
    /// How many of them left it blank.
    pub blank: u32,
    /// How many chose each option, by its position in the bank.
    pub chosen: Vec<u32>,
    /// The wrong option that most fell for, by its position in the bank; of equals the first. `None`
    /// when nobody chose a wrong one.
    pub distractor: Option<u8>,
    /// 区分度 D, from -1 to 1: how many more of the upper 27 % are right than of the lower 27 %. A
    /// question below 0.2 tells little; below 0 it misleads those who know. `None` with fewer than
    /// [`TOO_FEW`] attempts.
    pub discrimination: Option<f64>,
}

impl ItemAnalysis {
    /// 难度 P, from 0 to 1: the share of those asked who are right; the higher, the easier.
    pub fn difficulty(&self) -> f64 {
        f64::from(self.right) / f64::from(self.asked)
    }
}

/// Analyses a paper's questions by the first attempts at it, in the paper's order. Questions that the
/// bank does not have are left out; without attempts there is nothing to tell.
///
/// The attempts are ranked by score, best first, equal ones by student number; each group is 27 % of
/// them, rounded to the nearest whole number. So who is on which side of a group's border does not
/// depend on the order in which the attempts arrived.
pub fn analyse(
    paper: &PaperSpec,
    bank: &Bank,
    first_attempts: &BTreeMap<&StudentNo, &Attempt>,
) -> Vec<ItemAnalysis> {
    if first_attempts.is_empty() {
        return Vec::new();
    }
    let ranked = rank(paper, bank, first_attempts);
    let questions = paper.questions.iter().filter_map(|id| bank.question(id));
    questions.map(|question| item(question, &ranked)).collect()
}

/// The answers, best first. Marked anew: a stored score may be of another version of the bank.
fn rank<'a>(
    paper: &PaperSpec,
    bank: &Bank,
    first_attempts: &BTreeMap<&StudentNo, &'a Attempt>,
) -> Vec<&'a Answers> {
    let mut ranked: Vec<(u32, &Answers)> = first_attempts
        .values()
        .map(|attempt| {
            let score = mark(paper, bank, &attempt.answers).score;
            (score.right(), &attempt.answers)
        })
        .collect();
    // The map is in the order of the student numbers, and the sort keeps it among equals.
    ranked.sort_by_key(|(right, _)| Reverse(*right));
    ranked.into_iter().map(|(_, answers)| answers).collect()
}

fn item(question: &Question, ranked: &[&Answers]) -> ItemAnalysis {
    let count = |marked| count(question, ranked, marked);
    let chosen: Vec<u32> = (0..=u8::MAX)
        .take(question.options.len())
        .map(|option| chosen_by(question, ranked, option))
        .collect();
    ItemAnalysis {
        question: question.id.clone(),
        asked: small(ranked.len()),
        right: count(Marked::Right),
        blank: count(Marked::Blank),
        distractor: most_chosen_wrong(question, &chosen),
        chosen,
        discrimination: discrimination(question, ranked),
    }
}

fn discrimination(question: &Question, ranked: &[&Answers]) -> Option<f64> {
    if ranked.len() < TOO_FEW {
        return None;
    }
    let size = group_size(ranked.len());
    let upper = ranked.get(..size)?;
    let lower = ranked.get(ranked.len() - size..)?;
    let right = |group| f64::from(count(question, group, Marked::Right));
    Some((right(upper) - right(lower)) / f64::from(small(size)))
}

/// 27 % of `n`, rounded to the nearest whole number, at least 1.
fn group_size(n: usize) -> usize {
    ((27 * n + 50) / 100).max(1)
}

fn count(question: &Question, group: &[&Answers], marked: Marked) -> u32 {
    let such = group
        .iter()
        .filter(|answers| answers.marked(question) == marked);
    small(such.count())
}

fn chosen_by(question: &Question, group: &[&Answers], option: u8) -> u32 {
    let such = group.iter().filter(|answers| {
        let chosen = answers.chosen(&question.id);
        chosen.is_some_and(|chosen| chosen.contains(&option))
    });
    small(such.count())
}

fn most_chosen_wrong(question: &Question, chosen: &[u32]) -> Option<u8> {
    (0..=u8::MAX)
        .zip(chosen)
        .filter(|(option, times)| **times > 0 && !question.answer.contains(option))
        .max_by_key(|(option, times)| (**times, Reverse(*option)))
        .map(|(option, _)| option)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::bank::tests::bank_with_answers;
    use crate::quiz::marking::tests::{answers, paper};
    use crate::quiz::{Mode, Score};
    use crate::time::UnixMillis;

    /// Ten students and three questions, of which B, B and A+C are right.
    ///
    /// Scores: 3 3 2 2 1 1 1 1 0 0. Upper group: 01 02 03 (03 and 04 are equal, 03 comes first by
    /// number); lower group: 08 09 10.
    const CLASS: [(&str, [&str; 3]); 10] = [
        ("01", ["B", "B", "AC"]),
        ("02", ["B", "B", "AC"]),
        ("03", ["B", "A", "AC"]),
        ("04", ["B", "B", "A"]),
        ("05", ["B", "D", "A"]),
        ("06", ["A", "B", ""]),
        ("07", ["B", "D", "A"]),
        ("08", ["C", "D", "AC"]),
        ("09", ["C", "D", ""]),
        ("10", ["A", "", "AB"]),
    ];

    fn analyse_class(class: &[(&str, [&str; 3])]) -> Vec<ItemAnalysis> {
        let bank = bank_with_answers(&[&[1], &[1], &[0, 2]]);
        let attempts: Vec<(StudentNo, Attempt)> = class
            .iter()
            .map(|(no, chosen)| {
                let attempt = Attempt {
                    answers: answers(chosen),
                    score: Score::new(0, 3).unwrap(),
                    started: UnixMillis(0),
                    finished: Some(UnixMillis(1)),
                    mode: Mode::Kiosk,
                };
                (StudentNo::try_from(*no).unwrap(), attempt)
            })
            .collect();
        let attempts = attempts.iter().map(|(no, attempt)| (no, attempt)).collect();
        analyse(&paper(3, 80), &bank, &attempts)
    }

    #[test]
    fn a_class_worked_out_by_hand() {
        let items = analyse_class(&CLASS);
        let expected = [
            // id, P, right, blank, A–D, distractor, D
            // Upper 3 of 3, lower 0 of 3. A and C drew two each: the first counts.
            ("q-0", 0.6, 6, 0, [2, 6, 2, 0], Some(0), 1.0),
            // Upper 2 of 3 (03 is wrong; with 04 in its place it would be 3), lower 0 of 3.
            ("q-1", 0.4, 4, 1, [1, 4, 0, 4], Some(3), 2.0 / 3.0),
            // Upper 3 of 3, lower 1 of 3. A and C are right, so the distractor is B.
            ("q-2", 0.4, 4, 2, [8, 1, 4, 0], Some(1), 2.0 / 3.0),
        ];
        assert_eq!(items.len(), expected.len());
        for (item, (id, p, right, blank, chosen, distractor, d)) in items.iter().zip(expected) {
            assert_eq!(item.question.as_str(), id);
            assert_eq!(
                (item.asked, item.right, item.blank),
                (10, right, blank),
                "{id}"
            );
            assert_eq!(item.chosen, chosen, "{id}");
            assert_eq!(item.distractor, distractor, "{id}");
            assert!((item.difficulty() - p).abs() < 1e-12, "{id}");
            let found = item.discrimination.unwrap();
            assert!((found - d).abs() < 1e-12, "{id}: {found}");
        }
    }

    #[test]
    fn a_question_that_misleads_the_best_discriminates_below_zero() {
        let mut class = CLASS;
        for (i, (_, chosen)) in class.iter_mut().enumerate() {
            // The upper half knows everything but the first question, the lower half only that one.
            *chosen = if i < 5 {
                ["D", "B", "AC"]
            } else {
                ["B", "", ""]
            };
        }
        assert_eq!(analyse_class(&class)[0].discrimination, Some(-1.0));
    }

    #[test]
    fn nine_are_too_few_to_discriminate_but_not_to_count() {
        let items = analyse_class(&CLASS[..9]);
        assert!(items.iter().all(|item| item.discrimination.is_none()));
        assert_eq!((items[0].asked, items[0].right), (9, 6));
        assert_eq!(analyse_class(&[]), []);
    }

    #[test]
    fn nobody_wrong_means_no_distractor() {
        let items = analyse_class(&CLASS[..2]);
        assert!(items.iter().all(|item| item.distractor.is_none()));
    }

    #[test]
    fn groups_are_27_percent_to_the_nearest_whole() {
        for (n, size) in [
            (1, 1),
            (10, 3),
            (11, 3),
            (12, 3),
            (13, 4),
            (45, 12),
            (50, 14),
        ] {
            assert_eq!(group_size(n), size, "{n}");
        }
    }
}
