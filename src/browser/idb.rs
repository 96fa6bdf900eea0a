//! One book's IndexedDB database: segments, the head, a snapshot, short texts.
//!
//! [`Db::read`], [`Db::write`] and [`Db::set_note`] are each one transaction. A write is computed before it
//! begins and awaits nothing but the stored head, or the browser would commit half of it.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use indexed_db_futures::typed_array::{Uint8Array, Uint8ArraySlice};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Raised with every change to the stores below; `upgrade` then leads from each older version.
const VERSION: u32 = 1;
/// Segment number → operations.
const SEGMENTS: &str = "segments";
/// [`HEAD`] → the head, as text.
const HEADS: &str = "heads";
/// Number of the last segment in it → the one snapshot.
const SNAPSHOTS: &str = "snapshots";
/// What was set aside, and the notes.
const META: &str = "meta";
const STORES: [&str; 4] = [SEGMENTS, HEADS, SNAPSHOTS, META];
const HEAD: &str = "head";
/// What the keys of notes begin with, and what comes after the last of them.
const NOTES: Range<&str> = "note/".."note0";

/// Why a database operation failed, as far as the person can do something about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum IdbError {
    /// The disk, or the part of it that the browser gives, is full.
    #[error("the storage is full")]
    QuotaExceeded,
    /// The connection went away; another one may work.
    #[error("the connection was lost: {0}")]
    ConnectionLost(String),
    /// The browser gives this page no database at all.
    #[error("no storage here: {0}")]
    Unavailable(String),
    /// The database was made by a newer version of the app.
    #[error("the database is of a newer version")]
    Newer,
    /// Anything else, in the browser's words.
    #[error("{0}")]
    Other(String),
}

/// Why a connection was closed by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    /// Another tab upgrades the database.
    ForUpgrade,
    /// Another tab deletes the database.
    ForDeletion,
    /// The browser closed it, e.g. because site data was cleared.
    ByBrowser,
}

/// A segment's number and bytes.
pub(crate) type Row = (u32, Vec<u8>);

/// Where reading begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Since {
    /// The snapshot, and the segments after it; all segments without one.
    Snapshot,
    /// The segment of this number.
    Segment(u32),
}

/// What one transaction read.
pub(crate) struct Stored {
    pub(crate) head: Option<String>,
    pub(crate) snapshot: Option<Row>,
    pub(crate) rows: Vec<Row>,
    /// By their keys.
    pub(crate) notes: BTreeMap<String, String>,
}

/// One part of a write.
pub(crate) enum Step<'a> {
    /// A new segment. Never overwrites one.
    Add { segment: u32, bytes: &'a [u8] },
    /// One segment, the last of the range, in place of all in it.
    Merge {
        segments: RangeInclusive<u32>,
        bytes: &'a [u8],
    },
    /// A snapshot that holds all segments up to this one, in place of the one before.
    Snapshot { segment: u32, bytes: &'a [u8] },
    /// Takes a segment out of the log and keeps it.
    SetAside { segment: u32, bytes: &'a [u8] },
}

/// How a write ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All of it is on the disk.
    Written,
    /// Nothing was written: the stored head is not the expected one.
    HeadMoved,
}

/// An open connection; closed when dropped.
pub(crate) struct Db {
    database: Database,
    _on_version_change: Closure<dyn FnMut(web_sys::IdbVersionChangeEvent)>,
    _on_close: Closure<dyn FnMut(web_sys::Event)>,
}

impl Db {
    /// Opens the database `name`, making it when it is not there. `on_closed` is told when others
    /// close the connection; it is closed by then.
    pub(crate) async fn open(
        name: &str,
        on_closed: impl Fn(Closed) + Clone + 'static,
    ) -> Result<Self, IdbError> {
        let database = Database::open(name)
            .with_version(VERSION)
            .with_on_upgrade_needed(|event, database| upgrade(event.old_version(), &database))
            .await?;
        let sys: web_sys::IdbDatabase = database.as_sys().clone().unchecked_into();
        let on_version_change = Closure::new({
            let (sys, on_closed) = (sys.clone(), on_closed.clone());
            move |event: web_sys::IdbVersionChangeEvent| {
                // At once: the other tab waits for it.
                sys.close();
                on_closed(match event.new_version() {
                    Some(_) => Closed::ForUpgrade,
                    None => Closed::ForDeletion,
                });
            }
        });
        let on_close = Closure::new(move |_| on_closed(Closed::ByBrowser));
        sys.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        sys.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Ok(Self {
            database,
            _on_version_change: on_version_change,
            _on_close: on_close,
        })
    }

    /// Deletes the database `name`, after every tab has let go of it.
    pub(crate) async fn delete(name: &str) -> Result<(), IdbError> {
        Ok(Database::delete_by_name(name)?.await?)
    }

    /// Reads the head, and the log from `from` on.
    pub(crate) async fn read(&self, from: Since) -> Result<Stored, IdbError> {
        let tx = self
            .database
            .transaction(STORES)
            .with_mode(TransactionMode::Readonly)
            .build()?;
        let head = tx.object_store(HEADS)?.get(HEAD).primitive()?;
        let (snapshot, first) = match from {
            Since::Segment(first) => (None, first),
            Since::Snapshot => {
                let snapshot = rows(&tx.object_store(SNAPSHOTS)?, 0).await?.pop();
                let first = snapshot.as_ref().map_or(0, |(last, _)| last + 1);
                (snapshot, first)
            }
        };
        let rows = rows(&tx.object_store(SEGMENTS)?, first).await?;
        let notes = notes(&tx.object_store(META)?).await?;
        Ok(Stored {
            head: head.await?,
            snapshot,
            rows,
            notes,
        })
    }

    /// Stores a note, or deletes it. Resolves when that is on the disk.
    pub(crate) async fn set_note(&self, key: &str, text: Option<&str>) -> Result<(), IdbError> {
        let tx = self.begin_strict([META])?;
        let meta = tx.object_store(META)?;
        match text {
            Some(text) => drop(meta.put(text).with_key(key).primitive()?),
            None => drop(meta.delete(key).primitive()?),
        }
        commit(tx).await
    }

    /// Does all `steps` and stores `head`, or nothing. Nothing when `is_expected` does not hold for
    /// the stored head. Resolves when it is on the disk.
    pub(crate) async fn write(
        &self,
        is_expected: impl FnOnce(Option<&str>) -> bool,
        head: &str,
        steps: &[Step<'_>],
    ) -> Result<Outcome, IdbError> {
        let tx = self.begin_strict(STORES)?;
        let heads = tx.object_store(HEADS)?;
        let stored: Option<String> = heads.get(HEAD).primitive()?.await?;
        if !is_expected(stored.as_deref()) {
            // Dropping the transaction aborts it.
            return Ok(Outcome::HeadMoved);
        }
        for step in steps {
            issue(&tx, step)?;
        }
        heads.put(head).with_key(HEAD).primitive()?;
        commit(tx).await?;
        Ok(Outcome::Written)
    }

    /// A transaction that ends when it is on the disk.
    fn begin_strict<const N: usize>(&self, stores: [&str; N]) -> Result<Transaction<'_>, IdbError> {
        let mut strict = TransactionOptions::new();
        strict.set_durability(TransactionDurability::Strict);
        let begun = self
            .database
            .transaction(stores)
            .with_mode(TransactionMode::Readwrite)
            .with_options(strict)
            .build()?;
        Ok(begun)
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        let sys: &web_sys::IdbDatabase = self.database.as_sys();
        sys.set_onversionchange(None);
        sys.set_onclose(None);
        sys.close();
    }
}

/// Leads a database of version `old` (0: none) to [`VERSION`].
fn upgrade(old: f64, database: &Database) -> Result<(), Error> {
    if old < 1.0 {
        for store in STORES {
            database.create_object_store(store).build()?;
        }
    }
    Ok(())
}

/// The rows of `store` from `first` on, in order.
async fn rows(store: &ObjectStore<'_>, first: u32) -> Result<Vec<Row>, IdbError> {
    let keys = store.get_all_keys::<u32>().with_query::<u32, _>(first..);
    let values = store.get_all::<Uint8Array>().with_query::<u32, _>(first..);
    let (keys, values) = (keys.primitive()?, values.primitive()?);
    keys.await?
        .zip(values.await?)
        .map(|(key, value)| Ok((key?, value?.into())))
        .collect()
}

/// All notes, by their keys.
async fn notes(meta: &ObjectStore<'_>) -> Result<BTreeMap<String, String>, IdbError> {
    let keys = meta.get_all_keys::<String>().with_query::<&str, _>(NOTES);
    let texts = meta.get_all::<String>().with_query::<&str, _>(NOTES);
    let (keys, texts) = (keys.primitive()?, texts.primitive()?);
    keys.await?
        .zip(texts.await?)
        .map(|(key, text)| Ok((key?, text?)))
        .collect()
}

/// Sends the requests of one step. Their errors come with the transaction's end.
fn issue(tx: &Transaction<'_>, step: &Step<'_>) -> Result<(), IdbError> {
    match *step {
        Step::Add { segment, bytes } => {
            let bytes = Uint8ArraySlice::new(bytes);
            let segments = tx.object_store(SEGMENTS)?;
            segments.add(bytes).with_key(segment).primitive()?;
        }
        Step::Merge {
            ref segments,
            bytes,
        } => {
            let store = tx.object_store(SEGMENTS)?;
            store.delete(segments.clone()).primitive()?;
            let bytes = Uint8ArraySlice::new(bytes);
            store.put(bytes).with_key(*segments.end()).primitive()?;
        }
        Step::Snapshot { segment, bytes } => {
            let snapshots = tx.object_store(SNAPSHOTS)?;
            snapshots.clear()?;
            let bytes = Uint8ArraySlice::new(bytes);
            snapshots.put(bytes).with_key(segment).primitive()?;
        }
        Step::SetAside { segment, bytes } => {
            tx.object_store(SEGMENTS)?.delete(segment).primitive()?;
            let key = format!("set-aside/{segment}");
            let bytes = Uint8ArraySlice::new(bytes);
            tx.object_store(META)?
                .put(bytes)
                .with_key(key)
                .primitive()?;
        }
    }
    Ok(())
}

/// Commits. The wrapper reports an abort without its reason (a full disk is one), the browser's own
/// transaction has it.
async fn commit(tx: Transaction<'_>) -> Result<(), IdbError> {
    let sys: web_sys::IdbTransaction = tx.as_sys().clone().unchecked_into();
    tx.commit().await.map_err(|error| match sys.error() {
        Some(reason) => classify(&reason),
        None => error.into(),
    })
}

fn classify(error: &web_sys::DomException) -> IdbError {
    let text = format!("{}: {}", error.name(), error.message());
    match error.name().as_str() {
        "QuotaExceededError" => IdbError::QuotaExceeded,
        "VersionError" => IdbError::Newer,
        "SecurityError" | "NotAllowedError" | "NotSupportedError" => IdbError::Unavailable(text),
        // A closed connection refuses transactions (InvalidState) and ends those it has (Abort). On
        // iOS: "UnknownError: Connection to Indexed Database server lost".
        "InvalidStateError" | "AbortError" | "TransactionInactiveError" | "UnknownError" => {
            IdbError::ConnectionLost(text)
        }
        _ => IdbError::Other(text),
    }
}

impl From<Error> for IdbError {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(error) => classify(&error.into()),
            // The only missing data is a reason: an abort without one is a closed connection.
            Error::MissingData(missing) => Self::ConnectionLost(missing.to_string()),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<OpenDbError> for IdbError {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::Base(error) => error.into(),
            other => Self::Unavailable(other.to_string()),
        }
    }
}
