//! The courier's database: keys, what is known of the school, the outbox, sealed bundles.
//!
//! A write is one strict transaction: what it stores is on the disk when it returns.

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use indexed_db_futures::typed_array::{Uint8Array, Uint8ArraySlice};
use js_sys::Object;
use wasm_bindgen::JsCast;
use web_sys::CryptoKey;
use wuzha_jobs::courier::Failure;
use wuzha_jobs::turn::Turn;
use wuzha_seal::BundleId;

use crate::keys::Wrapped;

/// The database, and the lock at which couriers take turns: two tabs would seal two bundles with one number.
const NAME: &str = "wuzha-courier";
/// Raised with every change to the stores below.
const VERSION: u32 = 2;
/// [`Text`] → what is known, as JSON.
const TEXTS: &str = "texts";
/// `wrapping` → the browser's key; `device` → the device's key, wrapped by it.
const KEYS: &str = "keys";
/// A bundle's id → its sealed bytes.
const BUNDLES: &str = "bundles";
/// [`PackSlot`] → a signed school pack. New in version 2.
const PACKS: &str = "packs";
const STORES: [&str; 4] = [TEXTS, KEYS, BUNDLES, PACKS];
const WRAPPING: &str = "wrapping";
const DEVICE: &str = "device";

/// What a text is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text {
    /// [`crate::member::Member`].
    School,
    /// [`wuzha_sync::Outbox`].
    Outbox,
    /// [`wuzha_sync::LogReader`]: what the class's other phones handed in.
    Classmates,
    /// [`crate::desk::Desk`].
    Desk,
}

/// Which school pack.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PackSlot {
    /// The one in use here, from whoever invited this device.
    Held,
    /// The last that this device signed.
    Own,
}

/// One part of a write.
pub(crate) enum Step<'a> {
    Text(Text, &'a str),
    Keys(&'a Wrapped),
    Bundle(BundleId, &'a [u8]),
    Pack(PackSlot, &'a [u8]),
    /// Forgets a bundle's bytes.
    Drop(BundleId),
    /// Forgets everything.
    Clear,
}

/// The open database, while it is this courier's turn. Closed when dropped.
pub(crate) struct Disk {
    database: Database,
    _turn: Turn,
}

impl Text {
    fn key(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Outbox => "outbox",
            Self::Classmates => "classmates",
            Self::Desk => "desk",
        }
    }
}

impl PackSlot {
    fn key(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Own => "own",
        }
    }
}

impl Disk {
    /// Opens it when it is this courier's turn.
    ///
    /// # Errors
    /// [`Failure::Disk`].
    pub(crate) async fn open() -> Result<Self, Failure> {
        let turn = Turn::take(NAME).await.map_err(Failure::Disk)?;
        let opened = Database::open(NAME)
            .with_version(VERSION)
            .with_on_upgrade_needed(|event, database| upgrade(event.old_version(), &database))
            .await;
        let database = opened.map_err(|error: OpenDbError| Failure::Disk(error.to_string()))?;
        Ok(Self {
            database,
            _turn: turn,
        })
    }

    pub(crate) async fn text(&self, text: Text) -> Result<Option<String>, Failure> {
        let read = async {
            let tx = self.database.transaction([TEXTS]).build()?;
            let store = tx.object_store(TEXTS)?;
            store.get(text.key()).primitive()?.await
        };
        read.await.map_err(|error: Error| failed(&error))
    }

    /// The device's keys; `None` when it has none.
    pub(crate) async fn keys(&self) -> Result<Option<Wrapped>, Failure> {
        let read = async {
            let tx = self.database.transaction([KEYS]).build()?;
            let store = tx.object_store(KEYS)?;
            let key = store.get::<Object, _, _>(WRAPPING).primitive()?;
            let secret = store.get::<Uint8Array, _, _>(DEVICE).primitive()?;
            Ok((key.await?, secret.await?))
        };
        let (key, secret) = read.await.map_err(|error: Error| failed(&error))?;
        let (Some(key), Some(secret)) = (key, secret) else {
            return Ok(None);
        };
        let damaged = |_| Failure::Stored("the browser's key".to_owned());
        let key: CryptoKey = key.dyn_into().map_err(damaged)?;
        let secret = secret.into();
        Ok(Some(Wrapped { key, secret }))
    }

    pub(crate) async fn bundle(&self, id: BundleId) -> Result<Option<Vec<u8>>, Failure> {
        let read = async {
            let tx = self.database.transaction([BUNDLES]).build()?;
            let store = tx.object_store(BUNDLES)?;
            store
                .get::<Uint8Array, _, _>(id.to_string())
                .primitive()?
                .await
        };
        let bytes = read.await.map_err(|error: Error| failed(&error))?;
        Ok(bytes.map(Into::into))
    }

    /// A school pack, where there is one.
    pub(crate) async fn pack(&self, slot: PackSlot) -> Result<Option<Vec<u8>>, Failure> {
        let read = async {
            let tx = self.database.transaction([PACKS]).build()?;
            let store = tx.object_store(PACKS)?;
            store.get::<Uint8Array, _, _>(slot.key()).primitive()?.await
        };
        let bytes = read.await.map_err(|error: Error| failed(&error))?;
        Ok(bytes.map(Into::into))
    }

    /// Does all `steps`, or none.
    pub(crate) async fn write(&self, steps: &[Step<'_>]) -> Result<(), Failure> {
        let mut strict = TransactionOptions::new();
        strict.set_durability(TransactionDurability::Strict);
        let begun = self
            .database
            .transaction(STORES)
            .with_mode(TransactionMode::Readwrite)
            .with_options(strict)
            .build();
        let tx = begun.map_err(|error| failed(&error))?;
        for step in steps {
            issue(&tx, step).map_err(|error| failed(&error))?;
        }
        commit(tx).await
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.database.as_sys().close();
    }
}

fn upgrade(old: f64, database: &Database) -> Result<(), Error> {
    let new: &[&str] = if old < 1.0 { &STORES } else { &[PACKS] };
    for store in new {
        database.create_object_store(store).build()?;
    }
    Ok(())
}

/// Sends the requests of one step. Their errors come with the transaction's end.
fn issue(tx: &Transaction<'_>, step: &Step<'_>) -> Result<(), Error> {
    match *step {
        Step::Text(text, json) => {
            let store = tx.object_store(TEXTS)?;
            store.put(json).with_key(text.key()).primitive()?;
        }
        Step::Keys(wrapped) => {
            let store = tx.object_store(KEYS)?;
            let key: &Object = wrapped.key.unchecked_ref();
            store.put(key).with_key(WRAPPING).primitive()?;
            let secret = Uint8ArraySlice::new(&wrapped.secret);
            store.put(secret).with_key(DEVICE).primitive()?;
        }
        Step::Bundle(id, bytes) => {
            let store = tx.object_store(BUNDLES)?;
            let bytes = Uint8ArraySlice::new(bytes);
            store.put(bytes).with_key(id.to_string()).primitive()?;
        }
        Step::Pack(slot, bytes) => {
            let store = tx.object_store(PACKS)?;
            let bytes = Uint8ArraySlice::new(bytes);
            store.put(bytes).with_key(slot.key()).primitive()?;
        }
        Step::Drop(id) => {
            let store = tx.object_store(BUNDLES)?;
            drop(store.delete(id.to_string()).primitive()?);
        }
        Step::Clear => {
            for store in STORES {
                tx.object_store(store)?.clear()?;
            }
        }
    }
    Ok(())
}

/// Commits. The wrapper reports an abort without its reason (a full disk is one), the browser's own
/// transaction has it.
async fn commit(tx: Transaction<'_>) -> Result<(), Failure> {
    let sys: web_sys::IdbTransaction = tx.as_sys().clone().unchecked_into();
    tx.commit().await.map_err(|error| match sys.error() {
        Some(reason) => Failure::Disk(format!("{}: {}", reason.name(), reason.message())),
        None => failed(&error),
    })
}

fn failed(error: &Error) -> Failure {
    Failure::Disk(error.to_string())
}
