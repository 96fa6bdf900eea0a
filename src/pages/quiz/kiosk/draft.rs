use leptos::prelude::{WithUntracked, untrack};
use serde::{Deserialize, Serialize};
use wuzha_core::book::Book;
use wuzha_core::ident::{Slug, StudentNo};
use wuzha_core::quiz::Answers;
use wuzha_core::quiz_day;
use wuzha_core::time::UnixMillis;

use crate::store::{Note, Store};

/// A sitting that is not handed in yet. The store keeps it: it outlasts a reload and an empty battery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) paper: Slug,
    pub(super) student: StudentNo,
    /// The student's how-manieth attempt at this paper, from 1.
    pub(super) nth: u32,
    /// When the first question was shown: the time left is counted from here.
    pub(super) started: UnixMillis,
    /// The question that is shown, from 0.
    pub(super) at: usize,
    #[serde(with = "as_value")]
    pub(super) answers: Answers,
}

impl Draft {
    /// A sitting that begins now.
    pub(super) fn begin(book: &Book, paper: Slug, student: StudentNo, now: UnixMillis) -> Self {
        Self {
            nth: quiz_day::next_attempt(book, &paper, &student),
            paper,
            student,
            started: now,
            at: 0,
            answers: Answers::default(),
        }
    }

    /// The one that was kept, unless the book already has it: the phone may have stopped between
    /// handing in and forgetting. `None` as well when nothing readable is there.
    pub(super) fn restore(store: Store) -> Option<Self> {
        let kept = untrack(|| store.note(Note::KioskDraft))?;
        let draft: Self = serde_json::from_str(&kept).ok()?;
        let is_done = store.book().with_untracked(|book| {
            quiz_day::handed_in(book, &draft.paper, &draft.student, draft.started).is_some()
        });
        if is_done {
            Self::forget(store);
        }
        (!is_done).then_some(draft)
    }

    /// Keeps it. Where the browser refuses, it lasts as long as the page.
    pub(super) fn keep(&self, store: Store) {
        // Plain data is always JSON.
        store.set_note(Note::KioskDraft, serde_json::to_string(self).ok());
    }

    /// Forgets what was kept.
    pub(super) fn forget(store: Store) {
        store.set_note(Note::KioskDraft, None);
    }
}

/// Answers in the form they have in the log.
mod as_value {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use wuzha_core::log::Value;
    use wuzha_core::quiz::Answers;

    pub(super) fn serialize<S: Serializer>(
        answers: &Answers,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        answers.to_value().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Answers, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Answers::from_value(&value).ok_or_else(|| D::Error::custom("no answers"))
    }
}
