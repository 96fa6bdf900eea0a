//! The school that invited this phone, as the screens see it: reactive state over the courier.
//!
//! The courier has the keys and talks to the server (`wuzha_jobs::courier`); here is when it is sent. Only
//! the class's own book is handed in, never the example.
//!
//! # Layout
//! - here: what is known, and each errand
//! - `watch`: handing in by itself; `packs`: what the school publishes

mod packs;
mod watch;

use std::time::Duration;

use js_sys::Uint8Array;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use thiserror::Error;
use wuzha_core::log::decode_ops;
use wuzha_jobs::courier::{
    BundleFile, Class, ClassId, Courier, Cursor, Failure, FileName, Invited, Invitee, Issued,
    LogState, Membership, NewInvitation, Rejection, Request, Response, Role, SealedError, Serial,
    Standing,
};
use wuzha_jobs::{Broken, pack, unpack};

use crate::browser::clock;
use crate::browser::worker::{self, Reply};
use crate::ledgers::Source;
use crate::store::{BookName, Note, Phase, Store, StoreError};

pub(crate) use packs::{Offered, PackTrouble, no_content, pack_in_use};
pub(crate) use watch::watch;

/// What is noted while a school has invited this device.
const INVITED: &str = "invited";

/// Why the phone's standing is not known, or nothing could be handed in.
#[derive(Clone, Debug, Error)]
pub(crate) enum Trouble {
    /// The records could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The courier could not do it.
    #[error(transparent)]
    Courier(#[from] Failure),
}

/// What is known of the phone's standing.
#[derive(Clone, Debug)]
pub(crate) enum State {
    /// The courier was not asked yet.
    Unknown,
    /// No school has invited this phone.
    Alone,
    /// One has.
    Joined(Box<Standing>),
    /// It cannot be told.
    Failed(Trouble),
}

/// A page of what classes handed in.
pub(crate) struct Page {
    /// Each class with its operations for the shelf.
    pub(crate) classes: Vec<(ClassId, Uint8Array)>,
    /// How far that was.
    pub(crate) reached: Cursor,
    /// How many bundles could not be opened here.
    pub(crate) aside: u64,
    /// Whether nothing follows.
    pub(crate) is_all: bool,
}

/// The school, given through the context.
#[derive(Clone, Copy)]
pub(crate) struct School {
    state: RwSignal<State, LocalStorage>,
    is_busy: RwSignal<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
    store: Store,
}

impl School {
    /// Nothing is asked before a screen or [`watch`] does.
    pub(crate) fn of(store: Store) -> Self {
        Self {
            state: RwSignal::new_local(State::Unknown),
            is_busy: RwSignal::new(false),
            timer: StoredValue::new(None),
            store,
        }
    }

    /// What is known.
    pub(crate) fn state(self) -> State {
        self.state.get()
    }

    /// Whether something is being handed in.
    pub(crate) fn is_busy(self) -> bool {
        self.is_busy.get()
    }

    /// Whether a school has invited this device.
    pub(crate) fn is_invited(self) -> bool {
        self.store.note(Note::School).is_some()
    }

    /// Whether this device is a class's phone.
    pub(crate) fn hands_in(self) -> bool {
        self.state
            .with(|state| matches!(state, State::Joined(standing) if standing.outbox.is_some()))
    }

    /// Asks the courier how things stand.
    pub(crate) fn refresh(self) {
        if !untrack(|| self.is_invited()) {
            return self.state.set(State::Alone);
        }
        spawn_local(async move {
            let told = ask(Request::Status(self.log())).await;
            if !self.is_busy.get_untracked() {
                self.accept_told(told.map_err(Trouble::Courier));
            }
        });
    }

    /// For what the school has invited this device, as far as it is known.
    pub(crate) fn invited(self) -> Option<Invited> {
        self.state.with_untracked(|state| match state {
            State::Joined(standing) => Some(standing.invited.clone()),
            _ => None,
        })
    }

    /// As what the school has invited this device; `None` when it has not.
    pub(crate) async fn role(self) -> Result<Option<Role>, Failure> {
        let told = ask(Request::Status(self.log())).await?;
        Ok(told.map(|told| told.invited.role))
    }

    /// Why the server does not take this device's invitation, as far as it was asked.
    pub(crate) fn rejection(self) -> Option<Rejection> {
        self.state.with_untracked(|state| match state {
            State::Joined(standing) => match standing.membership {
                Membership::Refused(rejection) => Some(rejection),
                Membership::Unknown | Membership::Member => None,
            },
            _ => None,
        })
    }

    /// Hands in what is not handed in; `asked`: a person wants it now. Nothing while that is under way.
    pub(crate) fn hand_in(self, asked: bool) {
        spawn_local(self.hand_in_and_wait(asked));
    }

    /// [`School::hand_in`], and resolves when it is done.
    async fn hand_in_and_wait(self, asked: bool) {
        let is_open = is_open(self.store.phase().get_untracked());
        let reads = self.state.with_untracked(
            |state| matches!(state, State::Joined(standing) if standing.outbox.is_none()),
        );
        if !self.shows_the_class() || !is_open || reads || self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        let told = self.try_hand_in(asked).await;
        self.is_busy.set(false);
        self.accept_told(told);
    }

    /// What an invitation is for.
    pub(crate) async fn read(invitation: String) -> Result<Invited, Failure> {
        match send(Request::Read { invitation }, None).await?.response {
            Response::Invited(invited) => Ok(invited),
            _ => Err(Broken::other_answer().into()),
        }
    }

    /// Invites a class's phone.
    pub(crate) async fn invite(invitee: Invitee) -> Result<NewInvitation, Failure> {
        match send(Request::Invite(invitee), None).await?.response {
            Response::Invitation(made) => Ok(made),
            _ => Err(Broken::other_answer().into()),
        }
    }

    /// What became of this device's invitations, the newest first.
    pub(crate) async fn issued() -> Result<Vec<Issued>, Failure> {
        issued(Request::Issued).await
    }

    /// Withdraws an invitation or ends what it gave; then as [`School::issued`].
    pub(crate) async fn revoke(serial: Serial) -> Result<Vec<Issued>, Failure> {
        issued(Request::Revoke(serial)).await
    }

    /// The classes that this device invited.
    pub(crate) async fn classes() -> Result<Vec<Class>, Failure> {
        match send(Request::Classes, None).await?.response {
            Response::Classes(classes) => Ok(classes),
            _ => Err(Broken::other_answer().into()),
        }
    }

    /// Resolves when something was handed in that was not heard of `after` that, and says what to ask for next.
    ///
    /// # Errors
    /// [`Failure::NoServer`] when the server does not answer, or says nothing any more.
    pub(crate) async fn news(after: Cursor) -> Result<Cursor, Failure> {
        match send(Request::Watch { after }, None).await?.response {
            Response::News { reached } => Ok(reached),
            _ => Err(Broken::other_answer().into()),
        }
    }

    /// Opens what a class handed in: the class, and its operations for the shelf.
    pub(crate) async fn open(class: ClassId) -> Result<(Class, Uint8Array), Failure> {
        let Reply { response, bytes } = send(Request::Open { class }, None).await?;
        match (response, bytes) {
            (Response::Opened(class), Some(bytes)) => Ok((class, bytes)),
            _ => Err(Broken::other_answer().into()),
        }
    }

    /// Everything that this phone has recorded for its school, sealed, as one file.
    ///
    /// # Errors
    /// [`Failure::Nothing`] where there is nothing, or the example is shown.
    pub(crate) async fn hand_over(self) -> Result<Uint8Array, Trouble> {
        if !self.shows_the_class() {
            return Err(Failure::Nothing.into());
        }
        let (log, source) = (self.log(), Source::of(self.store)?);
        let segments = self.store.segments().await?;
        let ledgers = ledgers(source).await;
        let segments = pack(segments.iter().map(Vec::as_slice));
        let segments = Uint8Array::from(segments.as_slice());
        Ok(bytes(Request::HandOver { log, ledgers }, Some(segments)).await?)
    }

    /// A page of what the classes of this device's part of the school handed in.
    pub(crate) async fn gather(after: Cursor) -> Result<Page, Failure> {
        let Reply { response, bytes } = send(Request::Gather { after }, None).await?;
        let (Response::Gathered(gathered), Some(packed)) = (response, bytes) else {
            return Err(Broken::other_answer().into());
        };
        let packed = packed.to_vec();
        let ops = unpack(&packed)?.into_iter().map(Uint8Array::from);
        Ok(Page {
            classes: gathered.classes.into_iter().zip(ops).collect(),
            reached: gathered.reached,
            aside: gathered.aside,
            is_all: gathered.is_all,
        })
    }

    /// Opens a file that a class's phone handed over: the class, and its operations for the shelf.
    pub(crate) async fn take_over(file: Uint8Array) -> Result<(ClassId, Uint8Array), Failure> {
        let Reply { response, bytes } = send(Request::TakeOver, Some(file)).await?;
        match (response, bytes) {
            (Response::TakenOver(class), Some(bytes)) => Ok((class, bytes)),
            _ => Err(Broken::other_answer().into()),
        }
    }

    /// Accepts an invitation. Needs no network; with one, a phone that has no class yet gets what the class's
    /// other phones handed in. Whether this device now keeps a class's book.
    pub(crate) async fn accept(self, invitation: String) -> Result<bool, Failure> {
        let told = ask(Request::Accept { invitation }).await?;
        let hands_in = told.as_ref().is_some_and(|told| told.outbox.is_some());
        self.join(told).await;
        if hands_in && self.store.phase().get_untracked() == Phase::NoClass {
            self.hand_in_and_wait(true).await;
        } else if hands_in {
            self.hand_in(true);
        }
        Ok(hands_in)
    }

    /// This device's keys, sealed: the bytes of a file.
    pub(crate) async fn back_up_keys(passphrase: String) -> Result<Uint8Array, Failure> {
        bytes(Request::BackUpKeys { passphrase }, None).await
    }

    /// Seals a file with a passphrase. Needs no school.
    pub(crate) async fn seal(file: Uint8Array, passphrase: String) -> Result<Uint8Array, Failure> {
        bytes(Request::Seal { passphrase }, Some(file)).await
    }

    /// Opens a file that was sealed with a passphrase.
    pub(crate) async fn unseal(
        file: Uint8Array,
        passphrase: String,
    ) -> Result<Uint8Array, Failure> {
        bytes(Request::Unseal { passphrase }, Some(file)).await
    }

    /// Seals a text with a passphrase, as text. Needs no school.
    pub(crate) async fn seal_text(text: &str, passphrase: String) -> Result<String, Failure> {
        let text = Uint8Array::from(text.as_bytes());
        let sealed = bytes(Request::SealText { passphrase }, Some(text)).await?;
        text_of(&sealed)
    }

    /// Opens a text that was sealed so.
    pub(crate) async fn unseal_text(sealed: &str, passphrase: String) -> Result<String, Failure> {
        let sealed = Uint8Array::from(sealed.as_bytes());
        let text = bytes(Request::UnsealText { passphrase }, Some(sealed)).await?;
        text_of(&text)
    }

    /// Goes on as the device whose keys are in a file.
    pub(crate) async fn restore_keys(
        self,
        file: Uint8Array,
        passphrase: String,
    ) -> Result<(), Failure> {
        let reply = send(Request::RestoreKeys { passphrase }, Some(file)).await?;
        self.join(standing(reply.response)?).await;
        Ok(())
    }

    /// Forgets the school: keys, outbox, bundles. The class's records stay.
    ///
    /// # Errors
    /// When the courier could not do it; nothing is forgotten then.
    pub(crate) async fn leave(self) -> Result<(), Failure> {
        let told = ask(Request::Leave).await?;
        self.store.put_note(Note::School, None).await;
        self.accept_told(Ok(told));
        Ok(())
    }

    /// Shows why something was not done.
    pub(crate) fn tell(self, failure: Failure) {
        self.state.set(State::Failed(Trouble::Courier(failure)));
    }

    async fn join(self, told: Option<Standing>) {
        let invited = Some(INVITED.to_owned());
        self.store.put_note(Note::School, invited).await;
        self.accept_told(Ok(told));
    }

    /// Hands in, and takes over what other phones of the class did, until there is nothing more of it.
    async fn try_hand_in(self, asked: bool) -> Result<Option<Standing>, Trouble> {
        loop {
            let log = self.log();
            let told = ask(Request::Status(log.clone())).await?;
            if !self.shows_the_class() {
                return Ok(told);
            }
            // From the book that is shown now, all of it. What is seen is on the disk: the segments read
            // after it hold at least that.
            let source = is_new(told.as_ref())
                .then(|| Source::of(self.store))
                .transpose()?;
            let segments = self.store.segments().await?;
            let ledgers = match source {
                Some(source) => ledgers(source).await,
                None => Vec::new(),
            };
            let segments = pack(segments.iter().map(Vec::as_slice));
            let bytes = Uint8Array::from(segments.as_slice());
            let request = Request::HandIn {
                log,
                ledgers,
                asked,
            };
            let reply = send(request, Some(bytes)).await?;
            let told = standing(reply.response)?;
            if !self.shows_the_class() {
                // The example by now, for which this is not. It is told again.
                return Ok(told);
            }
            let outbox = told.as_ref().and_then(|told| told.outbox.as_ref());
            if let Some(ranges) = outbox.and_then(|outbox| outbox.doubled.as_ref()) {
                self.store.write_anew(ranges).await?;
            } else if let Some(news) = reply.bytes {
                let news = decode_ops(&news.to_vec()).map_err(StoreError::from)?;
                self.store.take_over(news).await?;
            } else {
                return Ok(told);
            }
        }
    }

    fn log(self) -> LogState {
        LogState {
            seen: self.store.seen(),
            writer: self.store.device(),
        }
    }

    fn shows_the_class(self) -> bool {
        self.store.shown().get_untracked() == BookName::Class
    }

    fn accept_told(self, told: Result<Option<Standing>, Trouble>) {
        let state = match told {
            Ok(Some(standing)) => {
                self.come_back_in(standing.outbox.as_ref().and_then(|outbox| outbox.next_ms));
                State::Joined(Box::new(standing))
            }
            Ok(None) => State::Alone,
            Err(trouble) => State::Failed(trouble),
        };
        self.state.set(state);
    }

    /// Hands in again when the time has come.
    fn come_back_in(self, ms: Option<u64>) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        // What waits without a time waits for an event: a new invitation, a person.
        if let Some(ms) = ms.filter(|ms| *ms > 0) {
            let again = move || self.hand_in(false);
            let timer = set_timeout_with_handle(again, Duration::from_millis(ms)).ok();
            self.timer.set_value(timer);
        }
    }
}

/// Whether the book can be read and written, be it empty.
fn is_open(phase: Phase) -> bool {
    matches!(phase, Phase::Ready | Phase::NoClass)
}

/// Whether something is to be sealed.
fn is_new(told: Option<&Standing>) -> bool {
    let outbox = told.and_then(|told| told.outbox.as_ref());
    outbox.is_some_and(|outbox| outbox.counts.local > 0)
}

/// The class's ledgers; none where they cannot be made: they are for whoever reads a bundle without the app,
/// and the records do not wait for them.
async fn ledgers(source: Source) -> Vec<BundleFile> {
    let Ok(written) = source.csv(clock::now()).await else {
        return Vec::new();
    };
    let files = written.files.into_iter().map(|(name, bytes)| {
        let name = FileName::try_from(format!("{name}.csv")).ok()?;
        Some(BundleFile { name, bytes })
    });
    files.flatten().collect()
}

async fn send(request: Request, bytes: Option<Uint8Array>) -> Result<Reply<Response>, Failure> {
    worker::run::<Courier>(request, bytes, |_| {}).await
}

async fn ask(request: Request) -> Result<Option<Standing>, Failure> {
    standing(send(request, None).await?.response)
}

async fn bytes(request: Request, file: Option<Uint8Array>) -> Result<Uint8Array, Failure> {
    let Reply { response, bytes } = send(request, file).await?;
    match (response, bytes) {
        (Response::Bytes, Some(bytes)) => Ok(bytes),
        _ => Err(Broken::other_answer().into()),
    }
}

fn text_of(bytes: &Uint8Array) -> Result<String, Failure> {
    let text = String::from_utf8(bytes.to_vec());
    text.map_err(|_| SealedError::Foreign.into())
}

async fn issued(request: Request) -> Result<Vec<Issued>, Failure> {
    match send(request, None).await?.response {
        Response::Issued(issued) => Ok(issued),
        _ => Err(Broken::other_answer().into()),
    }
}

fn standing(response: Response) -> Result<Option<Standing>, Failure> {
    match response {
        Response::Standing(standing) => Ok(standing),
        _ => Err(Broken::other_answer().into()),
    }
}
