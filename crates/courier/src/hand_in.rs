//! A class's phone: from the log to the receipts.
//!
//! What is sealed is stored before it is uploaded, and what the server said before anything else is done:
//! this courier may be ended at any await.

use serde::Deserialize;
use wuzha_core::log::{Op, VersionVector, decode_ops};
use wuzha_jobs::courier::{self, Failure, Membership, OutboxStanding, Refusal};
use wuzha_seal::{
    BundleError, BundleId, ClassRef, Envelope, HandInError, Sender, SignedOpened, hand_in as seal,
};
use wuzha_sync::{
    Answer, Enrolment, Jitter, LogReader, Next, OpRanges, Outbox, Response, Stage, State, pick,
};

use crate::disk::{Disk, Step, Text};
use crate::errands::now;
use crate::keys;
use crate::member::Member;

/// After so many ms a server that did not answer is told again who was invited.
const CLAIM_AGAIN_MS: u64 = 60_000;
/// Of how many delivered bundles at most it is asked in one go whether they were opened: the newest.
const ASK_ABOUT: usize = 20;

/// This device as the phone of a class.
pub(crate) struct Phone {
    member: Member,
    class: ClassRef,
    outbox: Outbox,
}

#[derive(Deserialize)]
struct OpenedNotes {
    notes: Vec<String>,
}

impl Phone {
    /// A phone that has handed in nothing.
    pub(crate) fn new(member: Member) -> Result<Self, Failure> {
        let class = class_of(&member)?;
        let outbox = Outbox::new(enrolment(&member, class));
        Ok(Self {
            member,
            class,
            outbox,
        })
    }

    /// As it was stored.
    ///
    /// # Errors
    /// [`Failure::NotInvited`] and [`Failure::OtherRole`] when it is none.
    pub(crate) async fn load(disk: &Disk) -> Result<Self, Failure> {
        let member = Member::load(disk).await?.ok_or(Failure::NotInvited)?;
        let class = class_of(&member)?;
        let outbox = disk.text(Text::Outbox).await?;
        let outbox = outbox.ok_or(Failure::OtherRole(member.invitation.role))?;
        let outbox = Outbox::decode(&outbox, enrolment(&member, class));
        Ok(Self {
            member,
            class,
            outbox: outbox.map_err(|error| Failure::Stored(error.to_string()))?,
        })
    }

    /// The outbox in its stored form.
    pub(crate) fn encode(&self) -> Result<String, Failure> {
        let outbox = self.outbox.encode();
        outbox.map_err(|error| Failure::Stored(error.to_string()))
    }

    /// Hands in what the log holds and nobody handed in yet. `segments`: [`courier::pack`] of the log's.
    ///
    /// What waits goes first, and only when nothing waits is more sealed: a phone without a network would
    /// otherwise seal a bundle each time it is looked at.
    pub(crate) async fn hand_in(
        &mut self,
        disk: &Disk,
        seen: &VersionVector,
        segments: &[u8],
        asked: bool,
    ) -> Result<(), Failure> {
        let was_member = self.member.membership == Membership::Member;
        self.member.claim(disk).await?;
        let is_new = !was_member && self.member.membership == Membership::Member;
        if asked || is_new {
            self.outbox.retry();
        }
        self.outbox.wake();
        self.upload(disk).await?;
        if !self.is_waiting() {
            self.seal_all(disk, seen, segments).await?;
            self.upload(disk).await?;
        }
        self.ask_about_opening(disk).await
    }

    /// How far the records are of which the log holds `seen`.
    pub(crate) fn standing(mut self, seen: &VersionVector) -> OutboxStanding {
        let seen = OpRanges::of(seen);
        let next_ms = match self.outbox.next(now()) {
            // It waits for the server to know this device; one that was refused waits for a person.
            Next::Upload(_) => {
                (self.member.membership == Membership::Unknown).then_some(CLAIM_AGAIN_MS)
            }
            Next::In { ms } => Some(ms),
            Next::Nothing => None,
        };
        let states = || self.outbox.entries().iter().rev().map(|entry| &entry.state);
        let trouble = states().find_map(|state| match state {
            State::Waiting { trouble, .. } => *trouble,
            _ => None,
        });
        let refused = states().find_map(|state| match state {
            State::Refused {
                why: why @ (Refusal::Revoked | Refusal::OutOfScope),
            } => Some(*why),
            _ => None,
        });
        OutboxStanding {
            counts: self.outbox.progress(&seen, &OpRanges::default()).counts(),
            given_up: self.outbox.given_up().within(&seen).len(),
            trouble,
            refused,
            next_ms,
        }
    }

    /// Uploads what may be uploaded now.
    async fn upload(&mut self, disk: &Disk) -> Result<(), Failure> {
        if self.member.membership != Membership::Member {
            return Ok(());
        }
        while let Next::Upload(id) = self.outbox.next(now()) {
            match disk.bundle(id).await? {
                None => self.outbox.bytes_lost(id),
                Some(bytes) => {
                    let answer = self.put(id, &bytes).await;
                    let jitter = Jitter(u32::from_le_bytes(keys::random()?));
                    self.outbox.told(id, answer, now(), jitter);
                }
            }
            self.store(disk).await?;
        }
        Ok(())
    }

    async fn put(&self, id: BundleId, bytes: &[u8]) -> Answer {
        let said = self.member.server().put_bundle(id, bytes).await;
        said.map_or(Answer::NONE, |said| {
            let response = Response {
                status: said.status,
                retry_after: said.retry_after.as_deref(),
                body: &said.body,
            };
            Answer::parse(response, &self.member.invitation.server_key)
        })
    }

    /// Seals what is in no bundle yet.
    async fn seal_all(
        &mut self,
        disk: &Disk,
        seen: &VersionVector,
        segments: &[u8],
    ) -> Result<(), Failure> {
        // Nothing was read of what others handed in, so nothing counts as theirs.
        let reader = LogReader::new(self.member.invitation.place.scope());
        let mut batches = self.outbox.to_hand_in(seen, &reader);
        if batches.is_empty() {
            return Ok(());
        }
        let ops = ops_of(segments)?;
        batches.reverse();
        while let Some(batch) = batches.pop() {
            let picked: Vec<Op> = pick(&ops, &batch).cloned().collect();
            let Some(first) = picked.first() else {
                continue;
            };
            match (self.seal(&picked), batch.halves()) {
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

    fn seal(&self, ops: &[Op]) -> Result<Envelope, HandInError> {
        let sender = Sender {
            key: &self.member.keys.device,
            class: self.class,
            previous: self.outbox.last(),
        };
        seal(ops, &[], sender, &self.member.invitation.recipients)
    }

    async fn keep(&mut self, disk: &Disk, envelope: &Envelope, ops: &[Op]) -> Result<(), Failure> {
        let added = self.outbox.add(envelope, OpRanges::of_ops(ops));
        added.map_err(|error| Failure::Seal(error.to_string()))?;
        let outbox = self.encode()?;
        let bundle = Step::Bundle(envelope.id(), envelope.as_bytes());
        disk.write(&[bundle, Step::Text(Text::Outbox, &outbox)])
            .await
    }

    /// Asks whether what was delivered was opened: 已查收 is the word of who gave the invitation.
    async fn ask_about_opening(&mut self, disk: &Disk) -> Result<(), Failure> {
        let Some(teacher) = self.member.invitation.issuer else {
            return Ok(());
        };
        let entries = self.outbox.entries().iter().rev();
        let delivered = entries.filter(|entry| entry.stage() == Stage::Delivered);
        let delivered: Vec<BundleId> = delivered
            .map(|entry| entry.place.id)
            .take(ASK_ABOUT)
            .collect();
        if delivered.is_empty() {
            return Ok(());
        }
        let Some(token) = self.member.server().log_in(&self.member.keys.device).await else {
            return Ok(());
        };
        for id in delivered {
            let Some(answer) = self.member.server().get_opened(id, &token).await else {
                break;
            };
            // Another answer, or one that cannot be read: it is asked again next time.
            let Ok(OpenedNotes { notes }) = serde_json::from_slice(&answer.body) else {
                continue;
            };
            let notes = notes.iter().filter_map(|note| hex::decode(note).ok());
            for note in notes.filter_map(|bytes| SignedOpened::parse(bytes).ok()) {
                self.outbox.told_opened(&note, &[teacher]);
            }
        }
        self.store(disk).await
    }

    async fn store(&self, disk: &Disk) -> Result<(), Failure> {
        let outbox = self.encode()?;
        disk.write(&[Step::Text(Text::Outbox, &outbox)]).await
    }

    fn is_waiting(&self) -> bool {
        let mut entries = self.outbox.entries().iter();
        entries.any(|entry| matches!(entry.state, State::Waiting { .. }))
    }
}

fn class_of(member: &Member) -> Result<ClassRef, Failure> {
    let place = &member.invitation.place;
    let class = place.class.as_ref();
    let class = class.ok_or(Failure::OtherRole(member.invitation.role))?;
    Ok(ClassRef {
        school: place.school.id,
        class: class.id,
    })
}

fn enrolment(member: &Member, class: ClassRef) -> Enrolment {
    Enrolment {
        device: member.keys.device.public().device(),
        class,
        scope: member.invitation.place.scope(),
        server: member.invitation.server_key,
    }
}

/// All operations that can be read. What cannot was set aside by the app, which tells the person.
fn ops_of(segments: &[u8]) -> Result<Vec<Op>, Failure> {
    let segments = courier::unpack(segments)?;
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
