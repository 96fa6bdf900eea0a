//! A batch of uploads in one transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleId, ClassId, Envelope, Header, Receipt, SchoolId, ScopeId, ServerKey, SignedReceipt, Unit,
};

use super::judge::{Outcome, Verdict};
use super::known::Known;
use crate::clock::Clock;
use crate::enrol::Place;
use crate::store::bundles::Entry;
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

/// An upload that is kept, and where.
struct Kept<'a> {
    envelope: &'a Envelope,
    place: Place,
}

/// The receipts of what a batch keeps.
type Receipts = BTreeMap<BundleId, Vec<u8>>;

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
        let mut known = self.look_up(&mut tx, uploads).await?;
        let now = self.clock.now();
        let decide = |upload: &&Envelope| known.decide(upload, self.terms.quota, now);
        let verdicts: Vec<Verdict> = uploads.iter().map(decide).collect();
        let kept = kept(uploads, &verdicts);
        let grown = self.grown(&kept);
        let listed = self.list(&mut tx, &kept, &grown).await?;
        let receipts = self.sign(&listed, epoch, now);
        self.keep(&mut tx, &kept, &receipts, now).await?;
        let outcomes = outcomes(uploads, verdicts, &receipts)?;
        tx.commit().await?;
        let grown = grown.into_keys().collect();
        Ok(Committed { outcomes, grown })
    }

    async fn look_up(&self, tx: &mut Tx, uploads: &[&Envelope]) -> Result<Known, StoreError> {
        let headers = || uploads.iter().map(|upload| upload.header());
        let numbers = headers().map(|header| (header.device(), header.dev_seq.get()));
        let numbers: Vec<(DeviceId, u64)> = numbers.collect();
        let devices: BTreeSet<DeviceId> = headers().map(Header::device).collect();
        let classes: BTreeSet<ClassId> = headers().map(|header| header.class.class).collect();
        let (devices, classes) = (Vec::from_iter(devices), Vec::from_iter(classes));
        let bundles = rows::around(tx, self.school, &numbers).await?;
        let members = rows::members_of(tx, self.school, &devices).await?;
        let stored = rows::stored_bytes(tx, self.school, &classes).await?;
        Ok(Known::new(bundles, members, stored))
    }

    /// How many bundles more each part of the school has.
    fn grown(&self, kept: &[Kept<'_>]) -> BTreeMap<Unit, u64> {
        let mut grown = BTreeMap::new();
        for scope in kept.iter().flat_map(|kept| kept.place.scopes(self.school)) {
            *grown.entry(scope.unit).or_default() += 1;
        }
        grown
    }

    /// Lists what is kept in each order that it belongs to: what stands in the narrowest, whose
    /// receipt it gets.
    async fn list(
        &self,
        tx: &mut Tx,
        kept: &[Kept<'_>],
        grown: &BTreeMap<Unit, u64>,
    ) -> Result<Vec<(Unit, Entry)>, StoreError> {
        let mut ends = rows::number(tx, self.school, grown).await?;
        let (mut narrowest, mut all) = (Vec::new(), Vec::new());
        for kept in kept {
            for scope in kept.place.scopes(self.school) {
                let end = ends.get_mut(&scope.unit).ok_or(StoreError::Damaged)?;
                let entry = (scope.unit, end.add(kept.envelope));
                narrowest.extend((scope.unit == kept.place.unit()).then_some(entry));
                all.push(entry);
            }
        }
        rows::list(tx, self.school, &all).await?;
        Ok(narrowest)
    }

    fn sign(&self, listed: &[(Unit, Entry)], epoch: u64, now: UnixMillis) -> Receipts {
        let school = self.school;
        let sign = |&(unit, entry): &(Unit, Entry)| {
            let receipt = Receipt {
                bundle: entry.id,
                scope: ScopeId { school, unit },
                epoch,
                seq: entry.seq,
                head: entry.head,
                time: now,
            };
            let receipt = SignedReceipt::sign(receipt, &self.key);
            (entry.id, receipt.as_bytes().to_vec())
        };
        listed.iter().map(sign).collect()
    }

    async fn keep(
        &self,
        tx: &mut Tx,
        kept: &[Kept<'_>],
        receipts: &Receipts,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let retain = u64::try_from(self.terms.retain.as_millis()).unwrap_or(u64::MAX);
        let retain_until = UnixMillis(now.0.saturating_add(retain));
        let (mut new, mut more) = (Vec::new(), BTreeMap::<ClassId, u64>::new());
        for Kept { envelope, .. } in kept {
            let receipt = receipts.get(&envelope.id()).ok_or(StoreError::Damaged)?;
            new.push(NewBundle {
                envelope,
                now,
                retain_until,
                receipt,
            });
            let class = envelope.header().class.class;
            *more.entry(class).or_default() += envelope.as_bytes().len() as u64;
        }
        rows::insert(tx, self.school, &new).await?;
        rows::add_stored(tx, self.school, &more).await
    }
}

/// Those of the uploads that are to be kept.
fn kept<'a>(uploads: &[&'a Envelope], verdicts: &[Verdict]) -> Vec<Kept<'a>> {
    let decided = uploads.iter().zip(verdicts);
    let kept = decided.filter_map(|(&envelope, verdict)| match *verdict {
        Verdict::Keep(place) => Some(Kept { envelope, place }),
        Verdict::Answer(_) | Verdict::AsKept => None,
    });
    kept.collect()
}

fn outcomes(
    uploads: &[&Envelope],
    verdicts: Vec<Verdict>,
    receipts: &Receipts,
) -> Result<Vec<Outcome>, StoreError> {
    let outcome = |(upload, verdict): (&&Envelope, Verdict)| {
        let receipt = || receipts.get(&upload.id()).cloned();
        match verdict {
            Verdict::Answer(outcome) => Some(outcome),
            Verdict::Keep(_) => receipt().map(Outcome::New),
            Verdict::AsKept => receipt().map(Outcome::Again),
        }
    };
    let outcomes = uploads.iter().zip(verdicts).map(outcome);
    let outcomes: Option<Vec<Outcome>> = outcomes.collect();
    outcomes.ok_or(StoreError::Damaged)
}
