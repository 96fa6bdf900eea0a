//! One file or folder per screen. A page composes; it does not compute.

mod download;
mod guard;
mod handin;
mod help;
mod not_found;
mod quiz;
mod record;
mod settings;
mod start;
mod today;

pub(crate) use download::{ChangeCode, Download};
pub(crate) use guard::guarded;
pub(crate) use handin::{HandIn, Restore};
pub(crate) use help::Help;
pub(crate) use not_found::NotFound;
pub(crate) use quiz::{
    Analysis, KeepInKiosk, Kiosk, KioskLock, NewQuiz, QuestionBank, QuizResults, Quizzes,
};
pub(crate) use record::checks::{ClassChecks, Dorm, Dorms};
pub(crate) use record::students::{AddStudent, Students};
pub(crate) use settings::{Conflicts, Settings};
pub(crate) use start::{Import, NewClass, Teacher};
pub(crate) use today::Today;
