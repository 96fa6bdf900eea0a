//! A class's ledgers as files. The worker makes them, from the fold in its stored form.

use js_sys::Uint8Array;
use leptos::prelude::*;
use wuzha_core::time::UnixMillis;
use wuzha_jobs::{Broken, Failure, Files, LedgerRequest, Progress, Request, Response, unpack};

use crate::browser::clock;
use crate::browser::worker::{self, Reply};
use crate::content;
use crate::store::{Store, StoreError};

/// What the ledgers of a class are made from.
#[derive(Clone)]
pub(crate) struct Source {
    /// The stored form of the fold.
    pub(crate) snapshot: Vec<u8>,
    /// Whether there are quizzes, whose analysis needs the bank.
    pub(crate) has_quizzes: bool,
}

/// Ledgers, written.
pub(crate) struct Written<T> {
    /// The file or files.
    pub(crate) files: T,
    /// The analysis in it is empty because the quiz bank could not be loaded.
    pub(crate) lacks_bank: bool,
}

impl Source {
    /// The class that is shown, as it is stored now.
    ///
    /// # Errors
    /// [`StoreError::Other`] only if memory runs out.
    pub(crate) fn of(store: Store) -> Result<Self, StoreError> {
        let book = store.book();
        Ok(Self {
            snapshot: store.snapshot_bytes()?,
            has_quizzes: book.with_untracked(|book| book.papers().next().is_some()),
        })
    }

    /// All ledgers as one XLSX.
    ///
    /// # Errors
    /// When the worker could not do it.
    pub(crate) async fn workbook(
        self,
        cutoff: UnixMillis,
        on_progress: impl Fn(Progress),
    ) -> Result<Written<Uint8Array>, Failure> {
        let (request, lacks_bank) = self.request(cutoff).await;
        let reply = self.run(Request::WriteWorkbook(request), on_progress).await;
        match reply? {
            Reply {
                response: Response::File,
                bytes: Some(files),
            } => Ok(Written { files, lacks_bank }),
            _ => Err(Broken::other_answer().into()),
        }
    }

    /// Each ledger as CSV, with its name, in the order of the workbook's sheets.
    ///
    /// # Errors
    /// When the worker could not do it.
    pub(crate) async fn csv(
        self,
        cutoff: UnixMillis,
    ) -> Result<Written<Vec<(String, Vec<u8>)>>, Failure> {
        let (request, lacks_bank) = self.request(cutoff).await;
        let Reply { response, bytes } = self.run(Request::WriteCsv(request), |_| {}).await?;
        let (Response::Files { names }, Some(packed)) = (response, bytes) else {
            return Err(Broken::other_answer().into());
        };
        let packed = packed.to_vec();
        let files = unpack(&packed)?.into_iter().map(<[u8]>::to_vec);
        Ok(Written {
            files: names.into_iter().zip(files).collect(),
            lacks_bank,
        })
    }

    async fn request(&self, cutoff: UnixMillis) -> (LedgerRequest, bool) {
        match self.has_quizzes {
            true => request_with_bank(cutoff).await,
            false => (request(cutoff), false),
        }
    }

    async fn run(
        self,
        request: Request,
        on_progress: impl Fn(Progress),
    ) -> Result<Reply<Response>, Failure> {
        let snapshot = Uint8Array::from(self.snapshot.as_slice());
        worker::run::<Files>(request, Some(snapshot), on_progress).await
    }
}

/// What ledgers are made from beside the records, without the questions.
pub(crate) fn request(cutoff: UnixMillis) -> LedgerRequest {
    LedgerRequest {
        offset: clock::offset(),
        cutoff,
        pack: Box::new(content::pack().clone()),
        bank: None,
    }
}

/// The same with the questions, and whether they could not be loaded.
pub(crate) async fn request_with_bank(cutoff: UnixMillis) -> (LedgerRequest, bool) {
    let mut request = request(cutoff);
    let bank = content::bank().await;
    let lacks_bank = bank.is_err();
    request.bank = bank.ok();
    (request, lacks_bank)
}
