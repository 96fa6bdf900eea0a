//! The content in use: what ships inside the app, and what the school has published laid over it.
//!
//! The quiz bank that ships is not compiled in: it is large and fetched when a quiz is set (see
//! [`crate::browser`]).

use std::cell::{Cell, RefCell};

use serde::{Deserialize, Serialize};
use wuzha_core::pack::{Pack, PackFile, PackFiles, School};
use wuzha_core::time::UnixMillis;

use crate::browser::content::{self as fetched, FetchError};

const CAMPAIGN: &str = include_str!("../content/default/campaign.json");
const CHECKLISTS: &str = include_str!("../content/default/checklists.json");
const CRITERIA: &str = include_str!("../content/default/criteria.json");
const SCHOOL: &str = include_str!("../content/default/school.json");

/// A school's pack as this device keeps it ([`crate::store::Note::Pack`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptPack {
    /// Its number among its issuer's.
    pub(crate) version: u32,
    /// When it was signed.
    pub(crate) issued_at: UnixMillis,
    /// What it changes.
    pub(crate) files: PackFiles,
}

thread_local! {
    /// What is noted, unread: the first screen needs none of it.
    static NOTED: RefCell<Option<String>> = const { RefCell::new(None) };
    static PACK: Cell<Option<&'static Pack>> = const { Cell::new(None) };
}

/// Lays the school's pack over what ships, as it is noted; `None`: there is none. Screens that are open show
/// it when they are opened again.
pub(crate) fn lay_over(noted: Option<String>) {
    let before = NOTED.replace(noted);
    let is_same = NOTED.with_borrow(|now| *now == before);
    if !is_same {
        PACK.set(None);
    }
}

/// The pack in use, read when a screen first needs it.
pub(crate) fn pack() -> &'static Pack {
    if let Some(pack) = PACK.get() {
        return pack;
    }
    // What a newer version kept, and this one cannot use, leaves what ships in force.
    let read = Pack::from_files(&files()).ok();
    // A school publishes a few times a year, so what was in use before may stay in memory.
    let pack: &'static Pack = Box::leak(Box::new(read.unwrap_or_else(shipped)));
    PACK.set(Some(pack));
    pack
}

#[expect(
    clippy::expect_used,
    reason = "compiled in, and `the_pack_that_ships_is_read_whole` reads it"
)]
fn shipped() -> Pack {
    let read = Pack::from_json(CAMPAIGN, CHECKLISTS, CRITERIA);
    read.expect("the pack that ships is valid")
}

/// What the school has published for this device, where it has.
pub(crate) fn kept() -> Option<KeptPack> {
    NOTED.with_borrow(|noted| serde_json::from_str(noted.as_deref()?).ok())
}

/// The school itself: where to register, whom to ask. Everything is empty until it was published.
pub(crate) fn school() -> School {
    let files = kept().unwrap_or_default().files;
    let text = files.text(PackFile::School).unwrap_or(SCHOOL);
    serde_json::from_str(text).unwrap_or_default()
}

/// The files of the pack in use. The bank is among them only where the school has its own.
pub(crate) fn files() -> PackFiles {
    kept().unwrap_or_default().files.over(&defaults())
}

/// The questions of the pack in use.
///
/// # Errors
/// When the bank that ships is not on the device and cannot be fetched.
pub(crate) async fn bank() -> Result<String, FetchError> {
    let own = kept().unwrap_or_default().files;
    match own.text(PackFile::Bank) {
        Some(own) => Ok(own.to_owned()),
        None => fetched::text("bank.json").await,
    }
}

/// The files that ship, with the bank.
///
/// # Errors
/// As [`bank`].
pub(crate) async fn shipped_files() -> Result<PackFiles, FetchError> {
    let mut files = defaults();
    files.put(PackFile::Bank, fetched::text("bank.json").await?);
    Ok(files)
}

fn defaults() -> PackFiles {
    [
        (PackFile::Campaign, CAMPAIGN),
        (PackFile::Checklists, CHECKLISTS),
        (PackFile::Criteria, CRITERIA),
        (PackFile::School, SCHOOL),
    ]
    .map(|(file, text)| (file, text.to_owned()))
    .into_iter()
    .collect()
}
