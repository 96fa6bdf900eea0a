use js_sys::Uint8Array;
use leptos::prelude::*;
use web_sys::File;
use wuzha_core::log::{DeviceId, encode_ops};
use wuzha_core::time::UnixMillis;
use wuzha_files::{BackupMeta, file_name};
use wuzha_jobs::courier;
use wuzha_jobs::{Failure, Files, Progress, Request};
use wuzha_seal::TooLargeToShow;

use crate::browser::{clock, preference, save, worker};
use crate::ledgers::Source;
use crate::school::{self, School};
use crate::store::{Store, StoreError};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv;charset=utf-8";
const ZIP: &str = "application/zip";
const SEALED: &str = "application/octet-stream";
/// What the workbook is called, beside the class and the date.
const WORKBOOK: &str = "反诈台账";

/// When this phone's records were last backed up: by which device, when, how many.
const LAST_BACKUP: &str = "wuzha.last_backup";

/// A file that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Export {
    /// All ledgers as one XLSX.
    Workbook,
    /// One ledger as CSV.
    Csv(Sheet),
    /// All records as one ZIP.
    Backup,
    /// The same, sealed with a passphrase.
    SealedBackup,
    /// All records as one file, sealed for the school.
    HandOver,
}

impl Export {
    /// Whether it holds all records.
    pub(super) fn is_backup(self) -> bool {
        matches!(self, Self::Backup | Self::SealedBackup)
    }
}

/// A ledger that can be exported alone, in the order of the workbook's sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    Summary,
    Students,
    Dorms,
    Class,
    Results,
    Activities,
    Analysis,
}

impl Sheet {
    pub(super) const ALL: [Self; 7] = [
        Self::Summary,
        Self::Students,
        Self::Dorms,
        Self::Class,
        Self::Results,
        Self::Activities,
        Self::Analysis,
    ];

    /// Its name, which is part of the file's name and so is the same in both languages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Summary => "汇总",
            Self::Students => "学生台账",
            Self::Dorms => "寝室检查",
            Self::Class => "班级检查",
            Self::Results => "测验成绩",
            Self::Activities => "活动",
            Self::Analysis => "题目分析",
        }
    }
}

/// A file that was written.
#[derive(Clone)]
pub(super) struct Written {
    pub(super) export: Export,
    pub(super) file: File,
    /// The analysis in it is empty because the quiz bank could not be loaded.
    pub(super) lacks_bank: bool,
}

/// Why a file was not written, or a backup not read.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// The records could not be read or written.
    Store(StoreError),
    /// The worker could not do its part.
    Worker(Failure),
    /// It could not be sealed or opened.
    Sealed(courier::Failure),
    /// The browser could not read or make the file.
    File,
    /// It is too large to be shown as codes.
    TooLarge(TooLargeToShow),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<courier::Failure> for Trouble {
    fn from(failure: courier::Failure) -> Self {
        Self::Sealed(failure)
    }
}

impl From<TooLargeToShow> for Trouble {
    fn from(too_large: TooLargeToShow) -> Self {
        Self::TooLarge(too_large)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Worker(failure)
    }
}

/// Writes a file from what is stored now; `passphrase`: for what is sealed.
pub(super) async fn write(
    export: Export,
    passphrase: String,
    (store, school): (Store, School),
    on_progress: impl Fn(Progress),
) -> Result<Written, Trouble> {
    let class = store
        .book()
        .with_untracked(|book| book.class_name().to_owned());
    let now = clock::now();
    let (bytes, lacks_bank) = match export {
        Export::Workbook => {
            let written = Source::of(store)?.workbook(now, on_progress).await?;
            (written.files, written.lacks_bank)
        }
        Export::Csv(sheet) => {
            let written = Source::of(store)?.csv(now).await?;
            let mut files = written.files.into_iter();
            let (_, file) = files.nth(sheet as usize).ok_or(Trouble::File)?;
            (Uint8Array::from(file.as_slice()), written.lacks_bank)
        }
        Export::Backup => (backup(store, now, on_progress).await?, false),
        Export::SealedBackup => {
            let plain = backup(store, now, on_progress).await?;
            (School::seal(plain, passphrase).await?, false)
        }
        Export::HandOver => (hand_over(school).await?, false),
    };
    let (what, extension, mime) = match export {
        Export::Workbook => (WORKBOOK, "xlsx", XLSX),
        Export::Csv(sheet) => (sheet.name(), "csv", CSV),
        Export::Backup => ("备份", "zip", ZIP),
        Export::SealedBackup => ("加密备份", "zip.age", SEALED),
        Export::HandOver => ("上交", "wzb", SEALED),
    };
    let file = named(&bytes, &class, what, now, extension, mime)?;
    Ok(Written {
        export,
        file,
        lacks_bank,
    })
}

async fn hand_over(school: School) -> Result<Uint8Array, Trouble> {
    school.hand_over().await.map_err(|trouble| match trouble {
        school::Trouble::Store(error) => Trouble::Store(error),
        school::Trouble::Courier(failure) => Trouble::Sealed(failure),
    })
}

async fn backup(
    store: Store,
    now: UnixMillis,
    on_progress: impl Fn(Progress),
) -> Result<Uint8Array, Trouble> {
    let meta = BackupMeta {
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        class_name: store
            .book()
            .with_untracked(|book| book.class_name().to_owned()),
        made_at: now,
        device: device(store),
    };
    let ops = store.all_ops().await?;
    let ops = encode_ops(&ops).map_err(StoreError::from)?;
    let ops = Uint8Array::from(ops.as_slice());
    let reply = worker::run::<Files>(Request::WriteBackup(meta), Some(ops), on_progress).await?;
    reply.bytes.ok_or(Trouble::File)
}

/// `软件2101班_反诈台账_2021-12-26.xlsx`.
fn named(
    bytes: &Uint8Array,
    class: &str,
    what: &str,
    now: UnixMillis,
    extension: &str,
    mime: &str,
) -> Result<File, Trouble> {
    let date = now.date(clock::offset()).unwrap_or_default();
    let name = file_name(class, what, date, extension);
    save::file(bytes, &name, mime).map_err(|_| Trouble::File)
}

/// A phone that has written nothing itself has no id yet.
fn device(store: Store) -> DeviceId {
    store
        .device()
        .unwrap_or_else(|| DeviceId::from_bytes([0; 8]))
}

/// When these records were last backed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LastBackup {
    pub(super) at: UnixMillis,
    /// Records that were added since.
    pub(super) since: u64,
}

/// The last backup of this phone's records; none for those of an earlier class.
pub(super) fn last_backup(store: Store) -> Option<LastBackup> {
    let (of, at, records): (DeviceId, UnixMillis, u64) = preference::get(LAST_BACKUP)?;
    (of == device(store)).then(|| LastBackup {
        at,
        since: store.records().saturating_sub(records),
    })
}

/// To be called when the file of a backup leaves the phone. What was shown as codes may have reached nobody.
pub(super) fn remember_backup(store: Store) {
    let at = clock::now();
    let records = untrack(|| store.records());
    // Where nothing can be kept, the line on the screen says that there is no backup: on the safe
    // side.
    let _kept = preference::keep(LAST_BACKUP, &(device(store), at, records));
}
