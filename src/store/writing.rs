use std::rc::Rc;

use futures_channel::oneshot;
use leptos::task::spawn_local;
use wuzha_core::log::Change;
use wuzha_core::storage::LogHead;

use super::opening::parse_head;
use super::queue::{Waiter, Work};
use super::session::{Attempt, Session};
use super::{BookName, Phase, Saving, Store, StoreError};
use crate::browser::idb::{Outcome, Step};
use crate::browser::quota;

impl Store {
    /// Stores `changes`, together with all others that wait. The book shows them when they are on the
    /// disk, and then [`Store::saving`] says so; when that fails they are kept for [`Store::retry`].
    pub(crate) fn commit(self, changes: Vec<Change>) {
        if !changes.is_empty() {
            self.enqueue(Work::Changes(changes), None);
        }
    }

    /// Stores `changes` and resolves when they are on the disk.
    ///
    /// # Errors
    /// When they could not be stored; they are not kept then.
    pub(crate) async fn commit_and_wait(self, changes: Vec<Change>) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.store_and_wait(Work::Changes(changes)).await
    }

    /// Tries again to store what could not be stored.
    pub(crate) fn retry(self) {
        self.wake(&self.session());
    }

    pub(super) async fn store_and_wait(self, work: Work) -> Result<(), StoreError> {
        let (waiter, answer) = oneshot::channel();
        self.enqueue(work, Some(waiter));
        // Only erasing drops a waiter unanswered.
        answer.await.unwrap_or(Err(StoreError::Erased))
    }

    fn enqueue(self, work: Work, waiter: Option<Waiter>) {
        let session = self.session();
        session.queue.borrow_mut().push(work, waiter);
        self.wake(&session);
    }

    /// Sees to it that the queue is being emptied, if it may be.
    pub(super) fn wake(self, session: &Rc<Session>) {
        if session.is_writing.get() || session.queue.borrow().is_empty() {
            return;
        }
        let obstacle = match *session.phase.borrow() {
            // When it is open, it wakes.
            Phase::Opening => return,
            Phase::Refused(_) => Some(StoreError::Refused),
            Phase::Outdated => Some(StoreError::Outdated),
            Phase::NoClass | Phase::Ready | Phase::Lost(_) => None,
        };
        if let Some(error) = obstacle {
            return self.fail(session, error);
        }
        session.is_writing.set(true);
        let session = session.clone();
        spawn_local(async move {
            self.empty_queue(&session).await;
            session.is_writing.set(false);
        });
    }

    /// The only task that writes changes; one at a time.
    async fn empty_queue(self, session: &Rc<Session>) {
        loop {
            self.say(session, Saving::Saving);
            let mut written = self.write(session).await;
            if let Err(StoreError::ConnectionLost(_)) = written {
                // Seen on iOS after a while in the background. Another connection works, and the
                // same append can be tried again: should it be stored already, that is noticed.
                session.close();
                written = self.write(session).await;
            }
            if let Err(error) = written {
                return self.fail(session, error);
            }
            if !session.queue.borrow().is_empty() {
                return self.fail(session, StoreError::Lost);
            }
            self.say(session, Saving::Saved);
            // What fails here is tried again after the next changes; nothing depends on it.
            let _ = self.compact(session).await;
            if session.queue.borrow().is_empty() {
                return;
            }
        }
    }

    /// Writes what may be written. Each append is computed for the head that is known and stored only
    /// if the stored head is that one; otherwise what others have written comes first.
    async fn write(self, session: &Rc<Session>) -> Result<(), StoreError> {
        let db = self.connection(session).await?;
        if session.has_unsettled_attempt() {
            self.catch_up(session, &db).await?;
        }
        while let Some(attempt) = session.next_attempt()? {
            let add = Step::Add {
                segment: attempt.segment,
                bytes: &attempt.bytes,
            };
            let head = attempt.head.to_string();
            let is_known = |stored: Option<&str>| is_head(stored, attempt.known);
            match db.write(is_known, &head, &[add]).await? {
                Outcome::Written => self.on_stored(session, &attempt),
                Outcome::HeadMoved => self.catch_up(session, &db).await?,
            }
        }
        Ok(())
    }

    fn on_stored(self, session: &Rc<Session>, attempt: &Attempt) {
        let keys = session.absorb(&attempt.ops, attempt.head);
        self.show(session, keys);
        session.settle(attempt);
        session.keep_sentinel();
        session.tell_tabs();
        if session.name == BookName::Class && !session.asked_to_persist.replace(true) {
            // The answer is shown in the settings, which ask for it.
            spawn_local(async {
                quota::persist().await;
            });
        }
    }

    fn fail(self, session: &Rc<Session>, error: StoreError) {
        if error == StoreError::Outdated {
            self.enter(session, Phase::Outdated);
        }
        session.queue.borrow_mut().fail(&error);
        // Those that waited know by themselves.
        let nothing_is_kept = session.queue.borrow().is_empty();
        self.say(
            session,
            match nothing_is_kept {
                true => Saving::Idle,
                false => Saving::Failed(error),
            },
        );
    }
}

/// Whether the stored head is exactly `known`. One that cannot be read is not.
pub(super) fn is_head(stored: Option<&str>, known: Option<LogHead>) -> bool {
    parse_head(stored).is_ok_and(|stored| stored == known)
}
