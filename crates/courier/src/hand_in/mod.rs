//! A class's phone: from the log to the receipts, and from the other phones' bundles to the log.
//!
//! What is sealed is stored before it is uploaded, and what the server said before anything else is done:
//! this courier may be ended at any await.
//!
//! # Layout
//! - here: the order of things, uploading, what was opened
//! - `sealing`: what is in no bundle yet; `classmates`: what the class's other phones handed in

mod classmates;
mod sealing;

use serde::Deserialize;
use wuzha_core::log::Op;
use wuzha_jobs::courier::{Failure, LogState, Membership, OutboxStanding, Refusal};
use wuzha_seal::{BundleFile, BundleId, ClassRef, SignedOpened};
use wuzha_sync::{
    Answer, Enrolment, Jitter, LogReader, Next, OpRanges, Outbox, Response, Stage, State,
};

use crate::disk::{Disk, Step, Text};
use crate::errands::now;
use crate::keys;
use crate::member::Member;
use crate::server::Token;

/// After so many ms a server that did not answer is told again who was invited.
const CLAIM_AGAIN_MS: u64 = 60_000;
/// Of how many delivered bundles at most it is asked in one go whether they were opened: the newest.
const ASK_ABOUT: usize = 20;

/// This device as the phone of a class.
pub(crate) struct Phone {
    member: Member,
    class: ClassRef,
    outbox: Outbox,
    /// How far the class's log was followed.
    reader: LogReader,
}

/// What the app gives along to be handed in.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a> {
    /// How the class's log stands.
    pub(crate) log: &'a LogState,
    /// The log's segments, packed ([`wuzha_jobs::pack`]).
    pub(crate) segments: &'a [u8],
    /// The class's ledgers, for people.
    pub(crate) ledgers: &'a [BundleFile],
}

#[derive(Deserialize)]
struct OpenedNotes {
    notes: Vec<String>,
}

impl Phone {
    /// A phone that has handed in nothing.
    pub(crate) fn new(member: Member) -> Result<Self, Failure> {
        let class = class_of(&member)?;
        Ok(Self {
            outbox: Outbox::new(enrolment(&member, class)),
            reader: LogReader::new(member.invitation.place.scope()),
            member,
            class,
        })
    }

    /// As it was stored.
    ///
    /// # Errors
    /// [`Failure::NotInvited`] and [`Failure::OtherRole`] when it is none.
    pub(crate) async fn load(disk: &Disk) -> Result<Self, Failure> {
        Self::of(Member::load(disk).await?, disk).await
    }

    /// What `member` has stored as a phone of a class.
    ///
    /// # Errors
    /// [`Failure::OtherRole`] when it is none.
    pub(crate) async fn of(member: Member, disk: &Disk) -> Result<Self, Failure> {
        let class = class_of(&member)?;
        let outbox = disk.text(Text::Outbox).await?;
        let outbox = outbox.ok_or(Failure::OtherRole(member.invitation.role))?;
        let outbox = Outbox::decode(&outbox, enrolment(&member, class));
        let reader = match disk.text(Text::Classmates).await? {
            Some(reader) => serde_json::from_str(&reader),
            None => Ok(LogReader::new(member.invitation.place.scope())),
        };
        Ok(Self {
            member,
            class,
            outbox: outbox.map_err(|error| Failure::Stored(error.to_string()))?,
            reader: reader.map_err(|error| Failure::Stored(error.to_string()))?,
        })
    }

    /// Whether it has sealed nothing yet.
    pub(crate) fn is_idle(&self) -> bool {
        self.outbox.entries().is_empty()
    }

    /// Who it is.
    pub(crate) fn member(&self) -> &Member {
        &self.member
    }

    /// The outbox in its stored form.
    pub(crate) fn encode(&self) -> Result<String, Failure> {
        let outbox = self.outbox.encode();
        outbox.map_err(|error| Failure::Stored(error.to_string()))
    }

    /// Hands in what the log holds and nobody handed in yet, and reads what the class's other phones did.
    /// Returns what the log does not hold yet.
    ///
    /// What waits goes first, and only when nothing waits is more sealed: a phone without a network would
    /// otherwise seal a bundle each time it is looked at.
    pub(crate) async fn hand_in(
        &mut self,
        disk: &Disk,
        given: Given<'_>,
        asked: bool,
    ) -> Result<Vec<Op>, Failure> {
        let was_member = self.member.membership == Membership::Member;
        self.member.claim(disk).await?;
        let is_new = !was_member && self.member.membership == Membership::Member;
        if asked || is_new {
            self.outbox.retry();
        }
        self.outbox.wake();
        self.upload(disk).await?;
        let token = match self.member.membership {
            Membership::Member => self.member.token().await,
            _ => None,
        };
        // Before it is written anew, nothing of it may be sealed or hide what others wrote.
        let is_doubled = self.doubled(given.log).is_some();
        let news = match &token {
            Some(token) if !is_doubled => {
                self.read_classmates(disk, &given.log.seen, token).await?
            }
            _ => Vec::new(),
        };
        if !self.is_waiting() && !is_doubled {
            self.seal_all(disk, given).await?;
            self.upload(disk).await?;
        }
        if let Some(token) = &token {
            self.ask_about_opening(token).await;
        }
        // A copy may have been noticed by now: by whom the log was written then is to be kept.
        self.doubled(given.log);
        self.store(disk).await?;
        Ok(news)
    }

    /// Whether a copy of this device hands in too.
    pub(crate) fn is_copied(&self) -> bool {
        self.outbox.overtaken().is_some()
    }

    /// Goes on as another device; what has a receipt keeps it.
    pub(crate) async fn succeed(mut self, disk: &Disk, member: Member) -> Result<(), Failure> {
        let (enrolment, school) = (enrolment(&member, self.class), member.encode()?);
        let succeeded = self.outbox.succeed(enrolment);
        succeeded.map_err(|error| Failure::Stored(error.to_string()))?;
        let (keys, outbox) = (member.wrap().await?, self.encode()?);
        let steps = [
            Step::Keys(&keys),
            Step::Text(Text::School, &school),
            Step::Text(Text::Outbox, &outbox),
        ];
        disk.write(&steps).await
    }

    fn doubled(&mut self, log: &LogState) -> Option<OpRanges> {
        self.outbox.doubled(&log.seen, log.writer?)
    }

    /// All that this device has sealed, one envelope behind the other; what is in none yet is sealed first.
    ///
    /// # Errors
    /// [`Failure::Nothing`] where there is nothing.
    pub(crate) async fn hand_over(
        &mut self,
        disk: &Disk,
        given: Given<'_>,
    ) -> Result<Vec<u8>, Failure> {
        if self.doubled(given.log).is_none() {
            self.seal_all(disk, given).await?;
        }
        let mut file = Vec::new();
        for entry in self.outbox.entries() {
            file.extend(disk.bundle(entry.place.id).await?.unwrap_or_default());
        }
        match file.is_empty() {
            true => Err(Failure::Nothing),
            false => Ok(file),
        }
    }

    /// How far the records of this log are.
    pub(crate) fn standing(&mut self, log: &LogState) -> OutboxStanding {
        let doubled = self.doubled(log);
        let seen = OpRanges::of(&log.seen);
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
            counts: self.outbox.progress(&seen, &self.reader.held()).counts(),
            given_up: self.outbox.given_up().within(&seen).len(),
            trouble,
            refused,
            is_copied: self.is_copied(),
            doubled,
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

    /// Asks whether what was delivered was opened: 已查收 is the word of who gave the invitation.
    async fn ask_about_opening(&mut self, token: &Token) {
        let Some(teacher) = self.member.invitation.issuer else {
            return;
        };
        let entries = self.outbox.entries().iter().rev();
        let delivered = entries.filter(|entry| entry.stage() == Stage::Delivered);
        let delivered: Vec<BundleId> = delivered
            .map(|entry| entry.place.id)
            .take(ASK_ABOUT)
            .collect();
        for id in delivered {
            let Some(answer) = self.member.server().get_opened(id, token).await else {
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
