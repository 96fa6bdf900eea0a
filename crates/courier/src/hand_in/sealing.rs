use wuzha_core::book::for_others;
use wuzha_core::log::{Op, decode_ops};
use wuzha_jobs::courier::Failure;
use wuzha_jobs::unpack;
use wuzha_seal::{BundleError, BundleFile, Envelope, HandInError, Sender, hand_in as seal};
use wuzha_sync::{OpRanges, pick};

use super::{Given, Phone};
use crate::disk::{Disk, Step, Text};

impl Phone {
    /// Seals what is in no bundle yet. The ledgers are in the last bundle: they tell of all operations.
    pub(super) async fn seal_all(&mut self, disk: &Disk, given: Given<'_>) -> Result<(), Failure> {
        let mut batches = self.outbox.to_hand_in(&given.log.seen, &self.reader);
        if batches.is_empty() {
            return Ok(());
        }
        let ops = ops_of(given.segments)?;
        batches.reverse();
        while let Some(batch) = batches.pop() {
            let picked: Vec<Op> = pick(&ops, &batch).map(for_others).collect();
            let Some(first) = picked.first() else {
                continue;
            };
            let ledgers = match batches.is_empty() {
                true => given.ledgers,
                false => &[],
            };
            match (self.seal(&picked, ledgers), batch.halves()) {
                (Ok(envelope), _) => self.keep(disk, &envelope, &picked).await?,
                (Err(error), Some((first, second))) if is_too_large(&error) => {
                    batches.extend([second, first]);
                }
                (Err(error), None) if is_too_large(&error) => {
                    self.outbox.give_up(first.id);
                    self.store(disk).await?;
                }
                (Err(error), _) => return Err(Failure::Seal(error.to_string())),
            }
        }
        Ok(())
    }

    /// With the ledgers where they fit in: nothing is handed in later for them.
    fn seal(&self, ops: &[Op], ledgers: &[BundleFile]) -> Result<Envelope, HandInError> {
        let sender = Sender {
            key: &self.member.keys.device,
            class: self.class,
            previous: self.outbox.last(),
        };
        let recipients = self.member.invitation.seal_for();
        match seal(ops, ledgers, sender, &recipients) {
            Err(error) if is_too_large(&error) && !ledgers.is_empty() => {
                seal(ops, &[], sender, &recipients)
            }
            sealed => sealed,
        }
    }

    async fn keep(&mut self, disk: &Disk, envelope: &Envelope, ops: &[Op]) -> Result<(), Failure> {
        let added = self.outbox.add(envelope, OpRanges::of_ops(ops));
        added.map_err(|error| Failure::Seal(error.to_string()))?;
        let outbox = self.encode()?;
        let bundle = Step::Bundle(envelope.id(), envelope.as_bytes());
        disk.write(&[bundle, Step::Text(Text::Outbox, &outbox)])
            .await
    }
}

/// All operations that can be read. What cannot was set aside by the app, which tells the person.
fn ops_of(segments: &[u8]) -> Result<Vec<Op>, Failure> {
    let segments = unpack(segments)?;
    let read = segments
        .into_iter()
        .filter_map(|segment| decode_ops(segment).ok());
    Ok(read.flatten().collect())
}

fn is_too_large(error: &HandInError) -> bool {
    matches!(
        error,
        HandInError::Envelope(_)
            | HandInError::Bundle(BundleError::TooLarge { .. } | BundleError::UnpacksTooLarge)
    )
}
