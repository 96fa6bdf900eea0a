//! Short texts beside the log: how far a round of 轮流作答 is, whether there is a school. They are of this
//! phone alone and of no file.
//!
//! They lie in the database and not in localStorage, which browsers write to the disk up to minutes later:
//! a phone that was killed would forget that it is with the students.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::Session;
use super::{Store, StoreError};
use crate::content;

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// With which paper the phone goes round.
    KioskLock,
    /// A sitting that is not handed in yet.
    KioskDraft,
    /// That a school has invited this device: whoever is not invited never starts the courier.
    School,
    /// The school's pack ([`crate::content::KeptPack`]).
    Pack,
    /// A pack that is being edited and was not published.
    PackDraft,
}

/// The texts by their keys.
pub(crate) type Notes = BTreeMap<String, String>;

impl Note {
    /// Under which key it is stored.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::KioskLock => "note/kiosk-lock",
            Self::KioskDraft => "note/kiosk-draft",
            Self::School => "note/school",
            Self::Pack => "note/pack",
            Self::PackDraft => "note/pack-draft",
        }
    }
}

impl Store {
    /// The text. Follows what is noted here and in other tabs.
    pub(crate) fn note(self, note: Note) -> Option<String> {
        self.notes.with(|notes| notes.get(note.key()).cloned())
    }

    /// Notes a text, or that there is none; see [`Store::put_note`].
    pub(crate) fn set_note(self, note: Note, text: Option<String>) {
        spawn_local(self.put_note(note, text));
    }

    /// Notes a text, or that there is none. It holds when it is on the disk, and then this resolves; where it
    /// cannot be stored it holds as long as the page: the records are as safe as before.
    pub(crate) async fn put_note(self, note: Note, text: Option<String>) {
        let session = self.session();
        let _stored = self.store_note(&session, note, text.as_deref()).await;
        if !self.shows(&session) {
            return;
        }
        self.notes.update(|notes| {
            let _before = match text {
                Some(text) => notes.insert(note.key().to_owned(), text),
                None => notes.remove(note.key()),
            };
        });
        self.use_pack();
    }

    /// What the school has published is content, and content is asked for without a store at hand.
    fn use_pack(self) {
        content::lay_over(untrack(|| self.note(Note::Pack)));
    }

    async fn store_note(
        self,
        session: &Rc<Session>,
        note: Note,
        text: Option<&str>,
    ) -> Result<(), StoreError> {
        if session.is_erased() {
            return Err(StoreError::Erased);
        }
        let db = self.connection(session).await?;
        db.set_note(note.key(), text).await?;
        session.tell_tabs();
        Ok(())
    }

    /// Takes what is stored for what holds.
    pub(super) fn accept_notes(self, session: &Rc<Session>, notes: Notes) {
        if self.shows(session) && self.notes.with_untracked(|known| *known != notes) {
            self.notes.set(notes);
            self.use_pack();
        }
    }
}
