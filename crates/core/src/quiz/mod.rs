//! The quiz: questions, papers drawn from them, marking, and what the answers say about the
//! questions.
//!
//! # Layout
//! - `bank`: the questions, as the content pack brings them
//! - `paper`: which questions a class gets, drawn from a seed; the order of the options on a phone
//! - `marking`: answers, and which of them are right
//! - `attempt`: one sitting of one student, and how the student stands after all of them
//! - `analysis`: difficulty, discrimination and distractors of each question

mod analysis;
mod attempt;
mod bank;
mod marking;
mod paper;

pub use analysis::{ItemAnalysis, TOO_FEW, analyse};
pub use attempt::{Attempt, Mode, Outcome, Results};
pub use bank::{
    Bank, BankError, Category, Choice, Difficulty, DifficultyError, Fault, Kind, Question, Source,
};
pub use marking::{Answers, Mark, Marked, Score, mark};
pub use paper::{DEFAULT_PASS_PERCENT, PaperError, PaperSpec, Wish, presentation};
