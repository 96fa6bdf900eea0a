use std::rc::Rc;

use wuzha_core::log::{Op, Snapshot, decode_ops, encode_ops};

use super::opening::phase_without_loss;
use super::queue::Work;
use super::session::{Session, new_device, ops_of};
use super::writing::is_head;
use super::{Phase, Store, StoreError};
use crate::browser::idb::{Db, Outcome, Since, Step};

impl Store {
    /// All stored operations that can be read, for a backup.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn all_ops(self) -> Result<Vec<Op>, StoreError> {
        let db = self.connection(&self.session()).await?;
        let stored = db.read(Since::Segment(0)).await?;
        let readable = stored
            .rows
            .iter()
            .filter_map(|(_, row)| decode_ops(row).ok());
        Ok(readable.flatten().collect())
    }

    /// The stored segments as they are, for the courier: reading them is not this thread's work.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn segments(self) -> Result<Vec<Vec<u8>>, StoreError> {
        let db = self.connection(&self.session()).await?;
        let stored = db.read(Since::Segment(0)).await?;
        Ok(stored.rows.into_iter().map(|(_, row)| row).collect())
    }

    /// Adds operations from elsewhere, with the ids they have; those that are here are skipped.
    ///
    /// # Errors
    /// When they could not be stored.
    pub(crate) async fn take_over(self, ops: Vec<Op>) -> Result<(), StoreError> {
        self.store_and_wait(Work::Foreign(ops)).await
    }

    /// Takes over the operations of a backup. When records were missing and none is now, the book is open
    /// again.
    ///
    /// # Errors
    /// When they could not be stored.
    pub(crate) async fn restore(self, ops: Vec<Op>) -> Result<(), StoreError> {
        self.take_over(ops).await?;
        let session = self.session();
        if !session.is_lost() {
            return Ok(());
        }
        match session.loss() {
            Some(loss) if loss.expected - loss.found > loss.unreadable => {
                self.enter(&session, Phase::Lost(loss));
                Ok(())
            }
            // What the unreadable segments held has come back.
            _ => self.accept_loss().await,
        }
    }

    /// The person goes on without what is missing. What cannot be read is set aside, not deleted. A
    /// new device writes on: the old one's next numbers may be taken by what was lost.
    ///
    /// # Errors
    /// When that could not be stored; nothing has changed then.
    pub(crate) async fn accept_loss(self) -> Result<(), StoreError> {
        let session = self.session();
        if let Some(known) = session.head() {
            let db = self.connection(&session).await?;
            let head = known.handed_to(new_device()?);
            let unreadable = session.unreadable.borrow().clone();
            let steps: Vec<Step<'_>> = unreadable
                .iter()
                .map(|(segment, bytes)| Step::SetAside {
                    segment: *segment,
                    bytes,
                })
                .collect();
            let is_known = |stored: Option<&str>| is_head(stored, Some(known));
            if db.write(is_known, &head.to_string(), &steps).await? == Outcome::HeadMoved {
                // Another tab was quicker.
                self.load(&session, None).await;
                return Ok(());
            }
            session.accept(Some(head));
        } else {
            session.accept(None);
        }
        self.enter(&session, phase_without_loss(&session));
        self.wake(&session);
        Ok(())
    }

    /// Deletes the book from this phone; other tabs leave it too.
    ///
    /// # Errors
    /// When the browser could not delete it; it is still there then.
    pub(crate) async fn erase(self) -> Result<(), StoreError> {
        let session = self.session();
        session.retire();
        let deleted = Db::delete(session.name.database()).await;
        let fresh = self.begin_anew(session.name, Phase::Opening);
        self.load(&fresh, None).await;
        Ok(deleted?)
    }

    /// Folds the segments since the last snapshot into a new one, and joins them to one, when there
    /// are many. All operations stay.
    pub(super) async fn compact(self, session: &Rc<Session>) -> Result<(), StoreError> {
        let Some(head) = session.head() else {
            return Ok(());
        };
        let is_due = head.compaction_due(session.snapshot.get());
        if !is_due || session.is_lost() {
            return Ok(());
        }
        let last = head.next_segment.saturating_sub(1);
        // Before the first await: the fold has to be that of `head`.
        let snapshot = Snapshot {
            segment: last,
            registers: session.registers().clone(),
        };
        let snapshot = snapshot.encode()?;
        let first = session.snapshot.get().map_or(0, |segment| segment + 1);
        let db = self.connection(session).await?;
        let merged = encode_ops(&ops_of(&db.read(Since::Segment(first)).await?.rows)?)?;
        let steps = [
            Step::Merge {
                segments: first..=last,
                bytes: &merged,
            },
            Step::Snapshot {
                segment: last,
                bytes: &snapshot,
            },
        ];
        let is_known = |stored: Option<&str>| is_head(stored, Some(head));
        // Should another tab have written meanwhile, it is for the next time.
        if db.write(is_known, &head.to_string(), &steps).await? == Outcome::Written {
            session.snapshot.set(Some(last));
        }
        Ok(())
    }
}
