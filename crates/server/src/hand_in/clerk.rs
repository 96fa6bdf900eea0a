//! A batch of uploads in one transaction.

use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{Envelope, Receipt, SchoolId, ScopeId, ServerKey, SignedReceipt, Unit};

use super::judge::{Facts, Numbered, Outcome, Verdict, judge};
use crate::clock::Clock;
use crate::enrol::Place;
use crate::store::hand_in::{self as rows, NewBundle};
use crate::store::{Store, StoreError, Tx, lock_school};

/// On what terms bundles are taken.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// How many bytes a class may store.
    pub quota: u64,
    /// How long contents are kept.
    pub retain: Duration,
}

/// Looks up, decides, writes and signs.
#[derive(Clone)]
pub struct Clerk {
    /// Where it writes.
    pub store: Store,
    /// For whom.
    pub school: SchoolId,
    /// With what it signs.
    pub key: Arc<ServerKey>,
    /// On what terms.
    pub terms: Terms,
    /// What time it is.
    pub clock: Clock,
    /// How long it waits for the database.
    pub patience: Duration,
}

/// What became of a batch.
#[derive(Debug)]
pub struct Committed {
    /// What each upload is answered, in their order.
    pub outcomes: Vec<Outcome>,
    /// The parts of the school whose order has grown.
    pub grown: Vec<Unit>,
}

impl Clerk {
    /// Writes what is to be kept of these uploads. When this returns, it is on the disk. With an error,
    /// all of it may be or nothing, if the database was lost while it committed: sent again, it is told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commit(&self, uploads: &[&Envelope]) -> Result<Committed, StoreError> {
        // A machine that loses its power does not say so, and this is the one writer of the process.
        let written = timeout(self.patience, self.write(uploads)).await;
        written.unwrap_or(Err(StoreError::Silent))
    }

    async fn write(&self, uploads: &[&Envelope]) -> Result<Committed, StoreError> {
        let mut tx = self.store.begin().await?;
        let epoch = lock_school(&mut tx, self.school).await?;
        let (mut outcomes, mut grown) = (Vec::with_capacity(uploads.len()), Vec::new());
        for envelope in uploads {
            match judge(self.look_up(&mut tx, envelope).await?) {
                Verdict::Answer(outcome) => outcomes.push(outcome),
                Verdict::Keep(place) => {
                    outcomes.push(self.keep(&mut tx, envelope, place, epoch).await?);
                    grown.extend(place.scopes(self.school).iter().map(|scope| scope.unit));
                }
            }
        }
        tx.commit().await?;
        grown.dedup();
        Ok(Committed { outcomes, grown })
    }

    async fn look_up(&self, tx: &mut Tx, envelope: &Envelope) -> Result<Facts, StoreError> {
        let header = envelope.header();
        let (school, device) = (self.school, header.device());
        let before = rows::before(tx, school, envelope.id()).await?;
        let own = Numbered::of(header, envelope.id());
        let around = rows::around(tx, school, device, own.dev_seq).await?;
        let members = rows::members(tx, school, device).await?;
        let class = header.class.class;
        Ok(Facts {
            before,
            own,
            around,
            may: members.may_hand_in(class, self.clock.now()),
            stored: rows::stored_bytes(tx, school, class).await?,
            size: envelope.as_bytes().len() as u64,
            quota: self.terms.quota,
        })
    }

    async fn keep(
        &self,
        tx: &mut Tx,
        envelope: &Envelope,
        place: Place,
        epoch: u64,
    ) -> Result<Outcome, StoreError> {
        let own = ScopeId {
            school: self.school,
            unit: place.unit(),
        };
        let (seq, head) = rows::list_next(tx, own, envelope).await?;
        for scope in place.scopes(self.school) {
            if scope != own {
                rows::list_next(tx, scope, envelope).await?;
            }
        }
        let now = self.clock.now();
        let receipt = Receipt {
            bundle: envelope.id(),
            scope: own,
            epoch,
            seq,
            head,
            time: now,
        };
        let receipt = SignedReceipt::sign(receipt, &self.key).as_bytes().to_vec();
        let retain = u64::try_from(self.terms.retain.as_millis()).unwrap_or(u64::MAX);
        let new = NewBundle {
            envelope,
            now,
            retain_until: UnixMillis(now.0.saturating_add(retain)),
            receipt: &receipt,
        };
        rows::insert(tx, new).await?;
        Ok(Outcome::New(receipt))
    }
}
