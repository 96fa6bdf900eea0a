//! How the class did in a quiz: a paper with its retakes.

use std::collections::BTreeMap;

use super::Book;
use crate::ident::{Slug, StudentNo};
use crate::quiz::{Attempt, Outcome, PaperSpec};

/// A quiz of the book: a paper and the retakes of it.
#[derive(Clone, Copy, Debug)]
pub struct Quiz<'a> {
    book: &'a Book,
    /// The id of its paper.
    pub id: &'a Slug,
    /// Its paper.
    pub paper: &'a PaperSpec,
}

impl Book {
    /// All quizzes, oldest first.
    pub fn quizzes(&self) -> impl DoubleEndedIterator<Item = Quiz<'_>> {
        self.papers()
            .filter(|(_, paper)| paper.retake_of.is_none())
            .map(|(id, paper)| Quiz {
                book: self,
                id,
                paper,
            })
    }

    /// The quiz that counts: the latest.
    pub fn latest_quiz(&self) -> Option<Quiz<'_>> {
        self.quizzes().next_back()
    }

    /// The quiz of a paper: its own, or the one it is a retake of.
    pub fn quiz_of(&self, paper: &Slug) -> Option<Quiz<'_>> {
        let root = self.paper(paper)?.retake_of.as_ref().unwrap_or(paper);
        self.quizzes().find(|quiz| quiz.id == root)
    }
}

impl<'a> Quiz<'a> {
    /// The retakes of this quiz, oldest first.
    pub fn retakes(&self) -> impl DoubleEndedIterator<Item = (&'a Slug, &'a PaperSpec)> + use<'a> {
        let id = self.id;
        self.book
            .papers()
            .filter(move |(_, paper)| paper.retake_of.as_ref() == Some(id))
    }

    /// How `no` stands after this quiz and its retakes.
    pub fn outcome(&self, no: &StudentNo) -> Outcome {
        let own = attempts_of(self.book, self.id, no).map(|attempt| (self.paper, attempt));
        let retaken = self.retakes().flat_map(|(id, paper)| {
            attempts_of(self.book, id, no).map(move |attempt| (paper, attempt))
        });
        Outcome::of(own, retaken)
    }

    /// The first finished attempts at the paper itself, which item analysis is made of.
    pub fn first_attempts(&self) -> BTreeMap<&'a StudentNo, &'a Attempt> {
        let students = self.book.attempts(self.id).into_iter().flatten();
        let first =
            |no| attempts_of(self.book, self.id, no).find(|attempt| attempt.finished.is_some());
        students
            .filter_map(|(no, _)| Some((no, first(no)?)))
            .collect()
    }

    /// The listed students who have not passed: who failed, and who was absent.
    pub fn to_retake(&self) -> Vec<&'a StudentNo> {
        let listed = self.book.students().map(|(no, _)| no);
        listed
            .filter(|no| self.outcome(no).needs_retake())
            .collect()
    }
}

/// The attempts of `no` at `paper`, in order, finished or not.
pub(crate) fn attempts_of<'a>(
    book: &'a Book,
    paper: &Slug,
    no: &StudentNo,
) -> impl Iterator<Item = &'a Attempt> + use<'a> {
    let attempts = book.attempts(paper).and_then(|attempts| attempts.get(no));
    attempts
        .into_iter()
        .flat_map(|attempts| attempts.values())
        .filter_map(|attempt| attempt.get())
}
