use std::rc::{Rc, Weak};

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::book::Book;
use wuzha_core::log::{Key, Registers, Snapshot};
use wuzha_core::storage::{LogHead, Sentinel, Standing};

use super::session::{Session, ops_of};
use super::{BookName, Phase, StorageRefusal, Store, StoreError};
use crate::browser::idb::{Closed, Db, Since, Stored};
use crate::browser::tabs::Tabs;

impl Store {
    /// Reads the whole book and enters the phase that follows. `witness` remembers better than what is
    /// kept beside the database how much there should be.
    pub(super) async fn load(self, session: &Rc<Session>, witness: Option<Sentinel>) {
        let mut loaded = self.try_load(session, witness).await;
        if let Err(StoreError::ConnectionLost(_)) = loaded {
            session.close();
            loaded = self.try_load(session, witness).await;
        }
        self.enter(session, loaded.unwrap_or_else(Phase::from));
        self.wake(session);
    }

    async fn try_load(
        self,
        session: &Rc<Session>,
        witness: Option<Sentinel>,
    ) -> Result<Phase, StoreError> {
        let db = self.connection(session).await?;
        let stored = db.read(Since::Snapshot).await?;
        let head = parse_head(stored.head.as_deref())?;
        let had_snapshot = stored.snapshot.is_some();
        session.snapshot.set(None);
        let (registers, rows) = match usable_snapshot(&stored) {
            Some(snapshot) => {
                session.snapshot.set(Some(snapshot.segment));
                (snapshot.registers, stored.rows)
            }
            // A snapshot that cannot be read costs time, not data.
            None if had_snapshot => {
                let all = db.read(Since::Segment(0)).await?;
                (Registers::default(), all.rows)
            }
            None => (Registers::default(), stored.rows),
        };
        session.reset(head, registers, rows);
        self.accept_notes(session, stored.notes);
        if self.shows(session) {
            self.book.set(Book::fold(&session.registers()));
        }
        Ok(match session.detect_loss(witness) {
            Some(loss) => Phase::Lost(loss),
            None => phase_without_loss(session),
        })
    }

    /// The open database, opened when it is not.
    pub(super) async fn connection(self, session: &Rc<Session>) -> Result<Rc<Db>, StoreError> {
        if let Some(db) = session.db.borrow().clone() {
            return Ok(db);
        }
        let weak = Rc::downgrade(session);
        let on_closed = {
            let weak = weak.clone();
            move |closed| self.on_closed(&weak, closed)
        };
        let name = session.name.database();
        let db = Rc::new(Db::open(name, on_closed).await?);
        session.db.replace(Some(db.clone()));
        if session.tabs.borrow().is_none() {
            let tabs = Tabs::join(name, move || self.on_written_elsewhere(&weak));
            session.tabs.replace(Some(tabs));
        }
        Ok(db)
    }

    /// Loads what other tabs have appended.
    ///
    /// # Errors
    /// [`StoreError::Lost`] when the log is shorter than it was; the store is then being loaded anew.
    pub(super) async fn catch_up(self, session: &Rc<Session>, db: &Db) -> Result<(), StoreError> {
        let known = session.head();
        let stored = db.read(Since::Segment(session.next_segment())).await?;
        let head = parse_head(stored.head.as_deref())?;
        self.accept_notes(session, stored.notes);
        match (LogHead::standing(known, head), head) {
            (Standing::Moved, Some(head)) => {
                // Only a newer version writes what this one cannot read.
                let ops = ops_of(&stored.rows).map_err(|_| StoreError::Outdated)?;
                session.settle_if_among(&ops);
                let keys = session.absorb(&ops, head);
                self.show(session, keys);
                Ok(())
            }
            (Standing::Vanished, _) => {
                self.on_vanished(session);
                Err(StoreError::Lost)
            }
            _ => Ok(()),
        }
    }

    /// Brings the book up to date with the registers of `keys`.
    pub(super) fn show(self, session: &Rc<Session>, keys: Vec<&Key>) {
        if self.shows(session) && !keys.is_empty() {
            let registers = session.registers();
            self.book.update(|book| book.refresh(&registers, keys));
        }
        if *session.phase.borrow() == Phase::NoClass {
            self.enter(session, phase_without_loss(session));
        }
    }

    /// The log was cleared while it was open. What was known of it says what is missing.
    fn on_vanished(self, session: &Rc<Session>) {
        if session.name == BookName::Example {
            self.begin_anew(BookName::Example, Phase::NoClass);
            return;
        }
        session.keep_sentinel();
        let (session, witness) = (session.clone(), session.sentinel());
        self.enter(&session, Phase::Opening);
        spawn_local(async move { self.load(&session, witness).await });
    }

    fn on_written_elsewhere(self, session: &Weak<Session>) {
        let Some(session) = session.upgrade() else {
            return;
        };
        if !matches!(*session.phase.borrow(), Phase::NoClass | Phase::Ready) {
            return;
        }
        spawn_local(async move {
            let Ok(db) = self.connection(&session).await else {
                return;
            };
            // Other errors do no harm here; the next append finds out.
            if let Err(StoreError::Outdated) = self.catch_up(&session, &db).await {
                self.enter(&session, Phase::Outdated);
            }
        });
    }

    fn on_closed(self, session: &Weak<Session>, closed: Closed) {
        let Some(session) = session.upgrade() else {
            return;
        };
        session.close();
        match closed {
            Closed::ForUpgrade => self.enter(&session, Phase::Outdated),
            Closed::ForDeletion => {
                let is_shown = self.shows(&session);
                session.retire();
                if is_shown {
                    self.begin_anew(session.name, Phase::NoClass);
                }
            }
            // The next use opens it anew and compares what it finds with what was known.
            Closed::ByBrowser => {}
        }
    }
}

impl From<StoreError> for Phase {
    fn from(error: StoreError) -> Self {
        let failed = |text: String| Self::Refused(StorageRefusal::Failed(text));
        match error {
            StoreError::Refused => Self::Refused(StorageRefusal::Unavailable),
            StoreError::QuotaExceeded => Self::Refused(StorageRefusal::Full),
            StoreError::Outdated => Self::Outdated,
            other => failed(other.to_string()),
        }
    }
}

/// The phase of a book in which nothing is missing.
pub(super) fn phase_without_loss(session: &Session) -> Phase {
    match session.registers().seen().is_empty() {
        true => Phase::NoClass,
        false => Phase::Ready,
    }
}

pub(super) fn parse_head(text: Option<&str>) -> Result<Option<LogHead>, StoreError> {
    Ok(text.map(str::parse).transpose()?)
}

fn usable_snapshot(stored: &Stored) -> Option<Snapshot> {
    let (segment, bytes) = stored.snapshot.as_ref()?;
    let snapshot = Snapshot::decode(bytes).ok()?;
    (snapshot.segment == *segment).then_some(snapshot)
}
