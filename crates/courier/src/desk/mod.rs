//! Who reads: inviting classes, following what they hand in, opening it.
//!
//! # Layout
//! - here: the classes, followed and opened
//! - `above`: for whoever invited none of the classes
//! - `inviting`: invitations, and what became of them

mod above;
mod inviting;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use wuzha_core::log::{Op, OpId, encode_ops};
use wuzha_core::time::UnixMillis;
use wuzha_jobs::courier::{Class, Failure};
use wuzha_seal::{BundleId, ClassId, Envelope, Named, Role, ScopeId, SignedOpened, Unit, UnitName};
use wuzha_sync::{LogReader, Oddity, OpRanges};

use crate::disk::{Disk, Step, Text};
use crate::errands::now;
use crate::log::{self, Fetched};
use crate::member::Member;
use crate::server::Token;

/// This device as one that reads.
pub(crate) struct Desk {
    member: Member,
    classes: Vec<KnownClass>,
}

/// A class that this device has invited.
#[derive(Serialize, Deserialize)]
struct KnownClass {
    id: ClassId,
    name: UnitName,
    /// How far its log was followed.
    reader: LogReader,
    /// Opened here, and the class was not told yet.
    untold: BTreeSet<BundleId>,
    /// When the server last answered.
    asked: Option<UnixMillis>,
}

impl Desk {
    /// A desk that has invited nobody.
    pub(crate) fn new(member: Member) -> Self {
        Self {
            member,
            classes: Vec::new(),
        }
    }

    /// A desk that has invited these classes, and has nothing of theirs here.
    pub(crate) fn of_classes(member: Member, classes: Vec<Named<ClassId>>) -> Self {
        let mut desk = Self::new(member);
        for class in classes {
            desk.add(class);
        }
        desk
    }

    /// Who it is.
    pub(crate) fn member(&self) -> &Member {
        &self.member
    }

    /// For which parts of the school this device publishes: a teacher for each class, a department and the
    /// office for their own.
    pub(crate) fn looks_after(&self) -> Vec<ScopeId> {
        let own = self.member.invitation.place.scope();
        match self.member.invitation.role {
            Role::Teacher => {
                let classes = self.classes.iter();
                let scope = |unit| ScopeId { unit, ..own };
                classes.map(|class| scope(Unit::Class(class.id))).collect()
            }
            _ => vec![own],
        }
    }

    /// Logs in at the server.
    pub(crate) async fn log_in(&mut self, disk: &Disk) -> Result<Token, Failure> {
        self.member.log_in(disk).await
    }

    /// The classes by their names.
    pub(crate) fn named(&self) -> impl Iterator<Item = Named<ClassId>> {
        self.classes.iter().map(|class| Named {
            id: class.id,
            name: class.name.clone(),
        })
    }

    /// As it was stored.
    ///
    /// # Errors
    /// [`Failure::NotInvited`] and [`Failure::OtherRole`] when it is none.
    pub(crate) async fn load(disk: &Disk) -> Result<Self, Failure> {
        let member = Member::load(disk).await?;
        let classes = disk.text(Text::Desk).await?;
        let classes = classes.ok_or(Failure::OtherRole(member.invitation.role))?;
        let classes = serde_json::from_str(&classes);
        Ok(Self {
            member,
            classes: classes.map_err(|error| Failure::Stored(error.to_string()))?,
        })
    }

    /// The stored form.
    pub(crate) fn encode(&self) -> Result<String, Failure> {
        let classes = serde_json::to_string(&self.classes);
        classes.map_err(|error| Failure::Stored(error.to_string()))
    }

    /// The classes, with what the server lists of each. Without a server they are as they were.
    pub(crate) async fn classes(&mut self, disk: &Disk) -> Result<Vec<Class>, Failure> {
        if let Ok(token) = self.member.log_in(disk).await {
            for at in 0..self.classes.len() {
                self.follow(at, &token).await;
            }
            self.store(disk).await?;
        }
        Ok(self.classes.iter().map(KnownClass::told).collect())
    }

    /// Opens what a class handed in: [`encode_ops`] of all its operations. What is new is fetched, and its opening
    /// said.
    pub(crate) async fn open(
        &mut self,
        disk: &Disk,
        class: ClassId,
    ) -> Result<(Class, Vec<u8>), Failure> {
        let at = self.classes.iter().position(|known| known.id == class);
        let at = at.ok_or(Failure::UnknownClass)?;
        let mut ops = self.opened_before(disk, at).await?;
        if let Ok(token) = self.member.log_in(disk).await {
            self.follow(at, &token).await;
            self.fetch(disk, at, &token, &mut ops).await?;
            self.tell(at).await;
            self.store(disk).await?;
        }
        let told = self.classes.get(at).map(KnownClass::told);
        let ops: Vec<Op> = ops.into_values().collect();
        let ops = encode_ops(&ops).map_err(|error| Failure::Stored(error.to_string()))?;
        Ok((told.ok_or(Failure::UnknownClass)?, ops))
    }

    /// Opens a file that a phone of a class handed over. Whether the phone was invited only the server knows;
    /// whoever gives the file does so in person, as with a backup.
    ///
    /// # Errors
    /// [`Failure::Envelope`] when it is no such file, [`Failure::ForOthers`] when nothing of it opens here.
    pub(crate) fn take_over(&self, file: &[u8]) -> Result<(ClassId, Vec<u8>), Failure> {
        let envelopes = Envelope::parse_all(file)?;
        let class = envelopes.first().map(|envelope| envelope.header().class);
        let class = class.ok_or(Failure::ForOthers)?;
        let of_class = envelopes
            .iter()
            .filter(|envelope| envelope.header().class == class);
        let opened =
            of_class.filter_map(|envelope| log::open(envelope, &self.member.keys.identity));
        let ops: Vec<Op> = opened.flat_map(|bundle| bundle.ops).collect();
        if ops.is_empty() {
            return Err(Failure::ForOthers);
        }
        let ops = encode_ops(&ops).map_err(|error| Failure::Stored(error.to_string()))?;
        Ok((class.class, ops))
    }

    /// Knows a class from now on.
    fn add(&mut self, Named { id, name }: Named<ClassId>) {
        if self.classes.iter().any(|class| class.id == id) {
            return;
        }
        let school = self.member.invitation.place.school.id;
        let unit = Unit::Class(id);
        self.classes.push(KnownClass {
            id,
            name,
            reader: LogReader::new(ScopeId { school, unit }),
            untold: BTreeSet::new(),
            asked: None,
        });
    }

    /// Reads on in a class's log, as far as the server answers.
    async fn follow(&mut self, at: usize, token: &Token) {
        let Self { member, classes } = self;
        let Some(class) = classes.get_mut(at) else {
            return;
        };
        if log::follow(&mut class.reader, &member.server(), token).await {
            class.asked = Some(now());
        }
    }

    async fn fetch(
        &mut self,
        disk: &Disk,
        at: usize,
        token: &Token,
        ops: &mut BTreeMap<OpId, Op>,
    ) -> Result<(), Failure> {
        let wanted = self.classes.get(at).map(|class| class.reader.wanted());
        for listed in wanted.unwrap_or_default() {
            let id = listed.id;
            let envelope = match log::fetch(listed, &self.member.server(), token).await {
                Fetched::Envelope(envelope) => envelope,
                Fetched::NoAnswer => return Ok(()),
                Fetched::Gone => {
                    self.with(at, |class| class.reader.gone(id));
                    continue;
                }
                Fetched::Other => {
                    self.with(at, |class| class.reader.set_aside(id));
                    continue;
                }
            };
            let Some(bundle) = log::open(&envelope, &self.member.keys.identity) else {
                self.with(at, |class| class.reader.set_aside(id));
                continue;
            };
            let carries = OpRanges::of_ops(&bundle.ops);
            ops.extend(bundle.ops.into_iter().map(|op| (op.id, op)));
            self.with(at, |class| {
                class.reader.fetched(&envelope, carries);
                class.untold.insert(id);
            });
            // With its bytes: what is called opened must be here.
            let desk = self.encode()?;
            let steps = [
                Step::Bundle(id, envelope.as_bytes()),
                Step::Text(Text::Desk, &desk),
            ];
            disk.write(&steps).await?;
        }
        Ok(())
    }

    /// Tells the class what was opened; what does not arrive is told the next time.
    async fn tell(&mut self, at: usize) {
        let untold = self.classes.get(at).map(|class| class.untold.clone());
        for id in untold.unwrap_or_default() {
            let note = SignedOpened::sign(id, now(), &self.member.keys.device);
            if self.member.server().post_opened(id, &note).await {
                self.with(at, |class| class.untold.remove(&id));
            }
        }
    }

    /// What was opened before, from the stored bundles of this class.
    async fn opened_before(&self, disk: &Disk, at: usize) -> Result<BTreeMap<OpId, Op>, Failure> {
        let mut ops = BTreeMap::new();
        let fetched = self.classes.get(at).map(|class| class.reader.here());
        for id in fetched.into_iter().flatten() {
            let bytes = disk.bundle(id).await?.unwrap_or_default();
            let bundle = Envelope::parse(bytes)
                .ok()
                .and_then(|envelope| log::open(&envelope, &self.member.keys.identity));
            ops.extend(
                bundle
                    .into_iter()
                    .flat_map(|bundle| bundle.ops)
                    .map(|op| (op.id, op)),
            );
        }
        Ok(ops)
    }

    fn with<T>(&mut self, at: usize, change: impl FnOnce(&mut KnownClass) -> T) {
        if let Some(class) = self.classes.get_mut(at) {
            change(class);
        }
    }

    async fn store(&self, disk: &Disk) -> Result<(), Failure> {
        let desk = self.encode()?;
        disk.write(&[Step::Text(Text::Desk, &desk)]).await
    }
}

impl KnownClass {
    fn told(&self) -> Class {
        let odd = self.reader.oddities();
        let is_aside = |odd: &&Oddity| matches!(odd, Oddity::SetAside { .. });
        Class {
            id: self.id,
            name: self.name.clone(),
            listed: self.reader.cursor().seq,
            unopened: self.reader.wanted().len() as u64,
            aside: odd.iter().filter(is_aside).count() as u64,
            asked: self.asked,
        }
    }
}
