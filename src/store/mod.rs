//! The class book as the screens see it: reactive state over the stored log.
//!
//! Screens read [`Store::book`] and write with [`Store::commit`]; nothing is shown before it is on the
//! disk. One [`Session`](session::Session) is one opened book: the class's, or the example's.
//!
//! # Layout
//! - `session`: what is in memory of an opened book; `queue`: what waits to be stored
//! - `opening`: from the database to the first [`Phase`], and what other tabs wrote since
//! - `writing`: the compare-and-append that empties the queue
//! - `notes`: short texts beside the log
//! - `keeping`: compaction, backup and restore, accepting a loss, erasing
//! - `succession`: going on as another writer

mod keeping;
mod notes;
mod opening;
mod queue;
mod session;
mod succession;
mod writing;

use std::rc::Rc;

use leptos::prelude::*;
use wuzha_core::book::Book;
use wuzha_core::log::{Change, DeviceId, Head, Key, Snapshot, VersionVector};
use wuzha_core::storage::Loss;

use crate::browser::idb::IdbError;
use crate::browser::local;
use notes::Notes;
use queue::Work;
use session::Session;

pub(crate) use notes::Note;

/// Which book is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BookName {
    /// The person's own class.
    Class,
    /// The invented class that shows what the app does.
    Example,
}

/// How far the store is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Phase {
    /// The database is being opened and folded.
    Opening,
    /// Nothing has been written yet.
    NoClass,
    /// The book is there.
    Ready,
    /// Records that should be here are not: restore them, or accept the loss.
    Lost(Loss),
    /// The browser lets nothing be stored; the public screens work all the same.
    Refused(StorageRefusal),
    /// Another tab runs a newer version: this one has to reload.
    Outdated,
}

/// Why nothing can be stored here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StorageRefusal {
    /// The browser gives this page no database: a private window, a web view, or a setting.
    Unavailable,
    /// There is no room even for an empty database.
    Full,
    /// The database could not be opened; the browser's words.
    Failed(String),
}

/// What became of the last changes.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::enum_variant_names,
    reason = "saving and saved are what the screen says"
)]
pub(crate) enum Saving {
    /// Nothing was changed since the app was opened.
    Idle,
    /// On the way to the disk.
    Saving,
    /// All changes are on the disk.
    Saved,
    /// Some are not, and are kept in memory; [`Store::retry`] tries again.
    Failed(StoreError),
}

/// Why changes could not be stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StoreError {
    /// The disk, or the browser's part of it, is full.
    #[error("the storage is full")]
    QuotaExceeded,
    /// The database went away, and again after it was opened anew.
    #[error("the connection to the database was lost: {0}")]
    ConnectionLost(String),
    /// The browser lets nothing be stored.
    #[error("nothing can be stored here")]
    Refused,
    /// The stored log was cleared while it was open; see [`Phase::Lost`].
    #[error("stored operations are gone")]
    Lost,
    /// The log is being written by a newer version.
    #[error("a newer version of the app has taken over")]
    Outdated,
    /// The book was erased before the changes were stored.
    #[error("the book was erased")]
    Erased,
    /// Anything else, in the browser's words.
    #[error("{0}")]
    Other(String),
}

/// The store, given through the context.
#[derive(Clone, Copy)]
pub(crate) struct Store {
    phase: RwSignal<Phase>,
    book: RwSignal<Book>,
    notes: RwSignal<Notes>,
    saving: RwSignal<Saving>,
    shown: RwSignal<BookName>,
    session: StoredValue<Rc<Session>, LocalStorage>,
}

impl Store {
    /// Begins to open the book that was shown last; [`Store::phase`] tells how it goes.
    pub(crate) fn open() -> Self {
        let name = match local::example_was_shown() {
            true => BookName::Example,
            false => BookName::Class,
        };
        let store = Self {
            phase: RwSignal::new(Phase::Opening),
            book: RwSignal::new(Book::default()),
            notes: RwSignal::new(Notes::default()),
            saving: RwSignal::new(Saving::Idle),
            shown: RwSignal::new(name),
            session: StoredValue::new_local(Rc::new(Session::new(name))),
        };
        leptos::task::spawn_local(async move { store.load(&store.session(), None).await });
        store
    }

    /// How far the store is.
    pub(crate) fn phase(self) -> ReadSignal<Phase> {
        self.phase.read_only()
    }

    /// What is on the disk, as types.
    pub(crate) fn book(self) -> ReadSignal<Book> {
        self.book.read_only()
    }

    /// What became of the last changes.
    pub(crate) fn saving(self) -> ReadSignal<Saving> {
        self.saving.read_only()
    }

    /// Which book is shown.
    pub(crate) fn shown(self) -> ReadSignal<BookName> {
        self.shown.read_only()
    }

    /// Who writes here; `None` before the first change is stored.
    pub(crate) fn device(self) -> Option<DeviceId> {
        self.session().head().map(|head| head.device)
    }

    /// How many operations this phone has. Follows the book.
    pub(crate) fn records(self) -> u64 {
        self.book.track();
        self.session().registers().seen().len()
    }

    /// What takes `changes` back, given what is shown and what is still on its way to the disk. To be
    /// asked before they are committed.
    pub(crate) fn undoing(self, changes: &[Change]) -> Vec<Change> {
        self.session().undoing(changes)
    }

    /// What is visible under `key`, the shown one first: more than one where people wrote without
    /// seeing each other. Follows the book.
    pub(crate) fn heads(self, key: &Key) -> Vec<Head> {
        self.book.track();
        self.session().registers().heads(key).to_vec()
    }

    /// Which operations the log holds.
    pub(crate) fn seen(self) -> VersionVector {
        self.session().registers().seen().clone()
    }

    /// The fold in its stored form, for the worker.
    ///
    /// # Errors
    /// [`StoreError::Other`] only if memory runs out.
    pub(crate) fn snapshot_bytes(self) -> Result<Vec<u8>, StoreError> {
        let session = self.session();
        let snapshot = Snapshot {
            segment: session.next_segment().saturating_sub(1),
            registers: session.registers().clone(),
        };
        Ok(snapshot.encode()?)
    }

    /// Shows another book, and resolves when it is open.
    ///
    /// # Errors
    /// When changes to the book shown so far cannot be stored; it stays, and so do they.
    pub(crate) async fn switch_to(self, name: BookName) -> Result<(), StoreError> {
        let leaving = self.session();
        if !leaving.queue.borrow().is_empty() {
            // Nothing at all, behind everything that waits.
            self.store_and_wait(Work::Foreign(Vec::new())).await?;
        }
        if !leaving.queue.borrow().is_empty() {
            return Err(StoreError::Lost);
        }
        local::remember_example(name == BookName::Example);
        let session = self.begin_anew(name, Phase::Opening);
        self.load(&session, None).await;
        Ok(())
    }

    fn session(self) -> Rc<Session> {
        self.session.get_value()
    }

    /// Shows a book of which nothing is known yet.
    fn begin_anew(self, name: BookName, phase: Phase) -> Rc<Session> {
        let session = Rc::new(Session::new(name));
        session.phase.replace(phase.clone());
        self.session.set_value(session.clone());
        self.shown.set(name);
        self.book.set(Book::default());
        self.notes.set(Notes::default());
        self.saving.set(Saving::Idle);
        self.phase.set(phase);
        session
    }

    /// Whether `session` is the one the signals are about.
    fn shows(self, session: &Rc<Session>) -> bool {
        self.session.with_value(|shown| Rc::ptr_eq(shown, session))
    }

    fn enter(self, session: &Rc<Session>, phase: Phase) {
        session.phase.replace(phase.clone());
        if self.shows(session) {
            self.phase.set(phase);
        }
    }

    fn say(self, session: &Rc<Session>, saving: Saving) {
        if self.shows(session) {
            self.saving.set(saving);
        }
    }
}

impl BookName {
    /// The name of its database and of the channel between its tabs.
    fn database(self) -> &'static str {
        match self {
            Self::Class => "wuzha",
            Self::Example => "wuzha-example",
        }
    }
}

impl From<IdbError> for StoreError {
    fn from(error: IdbError) -> Self {
        match error {
            IdbError::QuotaExceeded => Self::QuotaExceeded,
            IdbError::ConnectionLost(text) => Self::ConnectionLost(text),
            IdbError::Unavailable(_) => Self::Refused,
            IdbError::Newer => Self::Outdated,
            IdbError::Other(text) => Self::Other(text),
        }
    }
}

impl From<wuzha_core::log::CodecError> for StoreError {
    fn from(error: wuzha_core::log::CodecError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<wuzha_core::storage::ParseStoredError> for StoreError {
    fn from(error: wuzha_core::storage::ParseStoredError) -> Self {
        Self::Other(error.to_string())
    }
}
