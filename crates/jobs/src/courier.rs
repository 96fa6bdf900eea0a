//! What the courier does: everything that needs this device's keys.
//!
//! The courier keeps keys, the outbox and the sealed bundles in a database of its own, and is the only one
//! that talks to a school's server. It stores before it sends, so that it may be ended at any moment.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wuzha_core::log::{DeviceId, VersionVector};
use wuzha_core::pack::PackFiles;
use wuzha_core::time::UnixMillis;

pub use wuzha_seal::{
    BundleFile, ClassId, EnvelopeError, FileName, InvitationError, Judgement, Role,
    SchoolPackError, Serial, UnitName,
};
pub use wuzha_sync::{Counts, Cursor, OpRanges, Refusal, Trouble, reissue};

use crate::{Broken, Contract};

/// The courier.
#[derive(Clone, Copy, Debug)]
pub struct Courier;

impl Contract for Courier {
    const SCRIPT: &str = "/wuzha-courier_loader.js";
    type Request = Request;
    type Response = Response;
    type Failure = Failure;
}

/// An errand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Says what an invitation is for. Nothing is kept.
    Read {
        /// The text of a code, or a text in which the link stands.
        invitation: String,
    },
    /// Accepts an invitation. Needs no network: the server is told at the first contact.
    Accept {
        /// As in [`Request::Read`].
        invitation: String,
    },
    /// How this device stands, without asking anyone.
    Status(LogState),
    /// Hands in what is not handed in, asks what was opened, and reads what the class's other phones handed
    /// in. Bytes: [`crate::pack`] of the log's segments; of the answer, where there is any: a segment with what
    /// the log does not hold. It is given again until it does. A device that reads is told how it stands.
    HandIn {
        /// The log from which it is handed in.
        log: LogState,
        /// The class's ledgers, to go along with what is new: for whoever opens it without this app.
        ledgers: Vec<BundleFile>,
        /// Whether a person asked for it: what was refused is tried again.
        asked: bool,
    },
    /// Seals what is in no bundle yet, and gives all bundles of this device as one file: for a reader whom no
    /// network reaches. Bytes: as of [`Request::HandIn`]; of the answer: the file.
    HandOver {
        /// The log from which it is handed in.
        log: LogState,
        /// As of [`Request::HandIn`].
        ledgers: Vec<BundleFile>,
    },
    /// Fetches and opens a page of what the classes of this device's part of the school handed in, whoever
    /// invited them. Bytes of the answer: [`crate::pack`] of [`wuzha_core::log::encode_ops`], a class each.
    Gather {
        /// How far it was read before.
        after: Cursor,
    },
    /// Opens a file of a class's phone ([`Request::HandOver`]). Bytes: the file; of the answer:
    /// [`wuzha_core::log::encode_ops`] of its operations.
    TakeOver,
    /// Forgets the school: keys, outbox and bundles. The class's own log stays.
    Leave,
    /// Invites. The server is told first, so that the invitation can be claimed at once.
    Invite(Invitee),
    /// What became of the invitations of this device.
    Issued,
    /// Withdraws an invitation, or ends what it gave.
    Revoke(Serial),
    /// The classes that this device invited, as far as the server can be asked.
    Classes,
    /// Seals any bytes with a passphrase: a personal backup. Needs no school. Bytes: what to seal; of the
    /// answer: what was sealed.
    Seal {
        /// What opens it again.
        passphrase: String,
    },
    /// Opens what was sealed with a passphrase. Bytes as above, the other way round.
    Unseal {
        /// What opens it.
        passphrase: String,
    },
    /// Seals a text with a passphrase, as text: [`wuzha_seal::armoured`]. Needs no school. Bytes: the text in UTF-8;
    /// of the answer too.
    SealText {
        /// What opens it again.
        passphrase: String,
    },
    /// Opens a text that was sealed so. Bytes as above, the other way round.
    UnsealText {
        /// What opens it.
        passphrase: String,
    },
    /// Seals the keys of a device that reads, for the day when it is lost. Bytes of the answer: the file.
    BackUpKeys {
        /// What opens it again.
        passphrase: String,
    },
    /// Goes on as the device whose keys were sealed. Bytes: the file.
    RestoreKeys {
        /// What opens it.
        passphrase: String,
    },
    /// Waits until something is handed in for the part of the school that this device reads.
    Watch {
        /// What was heard of before; at first nothing.
        after: Cursor,
    },
    /// Reads a school pack and judges it; nothing is kept. Bytes: a file, or the text of a code; of the answer:
    /// the pack.
    ReadPack,
    /// Keeps a school pack that was accepted: later ones are compared with it. Bytes: the pack.
    KeepPack,
    /// Asks the server for the school pack that applies to this device. Bytes of the answer: the pack.
    FetchPack,
    /// Signs these files as this device's next school pack, and publishes it for all whom this device looks
    /// after. Bytes of the answer: the pack.
    PublishPack(PackFiles),
    /// Fetches what a class handed in, opens it, and says so to the class.
    /// Bytes of the answer: [`wuzha_core::log::encode_ops`] of all its operations.
    Open {
        /// Which.
        class: ClassId,
    },
}

/// How the class's own log stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LogState {
    /// What it holds.
    pub seen: VersionVector,
    /// Who writes it here; `None` before the first record.
    pub writer: Option<DeviceId>,
}

/// A page of what classes handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathered {
    /// Whose operations these are, in the order in which they are packed.
    pub classes: Vec<ClassId>,
    /// How far it was read.
    pub reached: Cursor,
    /// How many bundles could not be opened here.
    pub aside: u64,
    /// Whether nothing follows.
    pub is_all: bool,
}

/// Who is invited. Each invites the next: the office departments or teachers, a department teachers, a
/// teacher classes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Invitee {
    /// A department.
    Department(UnitName),
    /// A teacher, for the same part of the school as whoever invites.
    Teacher,
    /// The first phone of a class.
    Class(UnitName),
    /// A further one.
    Phone(ClassId),
}

/// What came of an errand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// What an invitation is for.
    Invited(Invited),
    /// How this device stands; `None` when no school has invited it.
    Standing(Option<Standing>),
    /// An invitation, to be shown face to face.
    Invitation(NewInvitation),
    /// What became of the invitations, the newest first.
    Issued(Vec<Issued>),
    /// The classes.
    Classes(Vec<Class>),
    /// What was sealed, or opened.
    Bytes,
    /// Something was handed in.
    News {
        /// For the next [`Request::Watch`].
        reached: Cursor,
    },
    /// What a class handed in was opened.
    Opened(Class),
    /// A file of a phone of this class was opened.
    TakenOver(ClassId),
    /// What classes handed in was opened.
    Gathered(Gathered),
    /// A school pack.
    Pack(Box<ReadPack>),
    /// There is none for this device.
    NoPack,
    /// A school pack was kept.
    Kept,
    /// A school pack was signed, and published as far as the server answered.
    Published(Published),
}

/// A school pack, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPack {
    /// Its number among its issuer's.
    pub version: u32,
    /// When it was signed, by the issuer's clock.
    pub issued_at: UnixMillis,
    /// The device that signed it.
    pub issuer: DeviceId,
    /// The files that it changes.
    pub files: PackFiles,
    /// Whether this device takes it over.
    pub judgement: Judgement,
}

/// What became of publishing a school pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its number.
    pub version: u32,
    /// The text of its code, where it is small enough for one.
    pub code: Option<String>,
    /// For how many parts of the school the server has it.
    pub reached: u32,
    /// Of how many.
    pub of: u32,
}

/// An invitation that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewInvitation {
    /// What it is for.
    pub invited: Invited,
    /// The text of its code.
    pub code: String,
    /// Its link.
    pub link: String,
}

/// What became of an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// What it is known by.
    pub serial: Serial,
    /// What whoever claims it becomes.
    pub role: Role,
    /// For which class; `None` for another part of the school.
    pub class: Option<UnitName>,
    /// From when it can no longer be claimed.
    pub expires: UnixMillis,
    /// When it was claimed.
    pub claimed_at: Option<UnixMillis>,
    /// How many other devices tried to claim it afterwards.
    pub refused_claims: u64,
    /// When it was withdrawn, or what it gave was ended.
    pub revoked_at: Option<UnixMillis>,
}

/// A class, as its reader knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Its id.
    pub id: ClassId,
    /// Its name.
    pub name: UnitName,
    /// How many bundles the server lists.
    pub listed: u64,
    /// How many of them are not opened yet.
    pub unopened: u64,
    /// How many cannot be opened here.
    pub aside: u64,
    /// When the server last answered about it.
    pub asked: Option<UnixMillis>,
}

/// What an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// As what.
    pub role: Role,
    /// By which school.
    pub school: UnitName,
    /// For which department.
    pub department: Option<UnitName>,
    /// For which class.
    pub class: Option<UnitName>,
    /// The address of the school's server.
    pub server: String,
    /// Until when it can be accepted.
    pub expires: UnixMillis,
}

/// How a device that was invited stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// For what.
    pub invited: Invited,
    /// Whether the server knows it.
    pub membership: Membership,
    /// What it hands in; nothing for a device that reads.
    pub outbox: Option<OutboxStanding>,
}

/// How far the records of a class's phone are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxStanding {
    /// How many records are how far.
    pub counts: Counts,
    /// Records that are not handed in by themselves any more, since they were refused again and again.
    pub given_up: u64,
    /// Why the last try failed, where something still waits for its next.
    pub trouble: Option<Trouble>,
    /// Why the server takes no more from this device.
    pub refused: Option<Refusal>,
    /// Whether a copy of this device hands in too: nothing more is sealed here.
    pub is_copied: bool,
    /// What the copy may have written differently under the same ids, until another writes it anew.
    pub doubled: Option<OpRanges>,
    /// When to try again, ms from now; `None` when nothing waits.
    pub next_ms: Option<u64>,
}

/// Whether the server knows a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Membership {
    /// It was not asked yet, or did not answer.
    Unknown,
    /// It does.
    Member,
    /// It does not take the invitation.
    Refused(Rejection),
}

/// Why a server does not take an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rejection {
    /// Another device has used it.
    Claimed,
    /// Its time is over.
    Expired,
    /// Whoever gave it has withdrawn it.
    Revoked,
    /// The server does not know it.
    Unknown,
}

/// Why an errand was not done.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Failure {
    /// It is no invitation.
    #[error(transparent)]
    Invitation(#[from] InvitationError),
    /// Its time is over.
    #[error("the invitation has expired")]
    Expired,
    /// This device is something else.
    #[error("this device is {0:?}")]
    OtherRole(Role),
    /// No school has invited this device.
    #[error("no school has invited this device")]
    NotInvited,
    /// The server cannot be reached, or does not let this device in.
    #[error("no answer from the server")]
    NoServer,
    /// The server refuses.
    #[error("the server refuses: {0}")]
    Refused(String),
    /// It is no class that this device has invited.
    #[error("no class of this device")]
    UnknownClass,
    /// This device was invited already, for something else.
    #[error("this device belongs to a class already")]
    Occupied,
    /// The courier's database could not be read or written.
    #[error("the keys cannot be stored: {0}")]
    Disk(String),
    /// What is stored cannot be used; it is left as it is.
    #[error("what is stored cannot be read: {0}")]
    Stored(String),
    /// The browser does no cryptography here.
    #[error("the browser offers no keys: {0}")]
    Keys(String),
    /// Nothing could be sealed.
    #[error("not sealed: {0}")]
    Seal(String),
    /// Something could not be sealed or opened with a passphrase.
    #[error(transparent)]
    Sealed(#[from] SealedError),
    /// A file of a phone cannot be read.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// There are no records to hand over.
    #[error("nothing to hand over")]
    Nothing,
    /// A file of a phone is sealed for others.
    #[error("sealed for others")]
    ForOthers,
    /// It is no school pack, or not as it was signed.
    #[error(transparent)]
    Pack(#[from] SchoolPackError),
    /// The conversation broke off.
    #[error(transparent)]
    Broken(#[from] Broken),
}

/// Why something could not be sealed or opened with a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum SealedError {
    /// The passphrase is too easily guessed by trying.
    #[error("a passphrase has at least {min} characters")]
    ShortPassphrase {
        /// The fewest characters.
        min: u64,
    },
    /// Another passphrase.
    #[error("the passphrase does not fit")]
    WrongPassphrase,
    /// Another kind of file.
    #[error("another kind of file")]
    Foreign,
    /// Changed or cut short.
    #[error("changed or cut short")]
    Damaged,
}
