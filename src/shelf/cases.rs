//! Cases and support on the shelf.

use js_sys::Uint8Array;
use wuzha_core::desk::EntryId;
use wuzha_core::ledger::Ledger;
use wuzha_jobs::Broken;
use wuzha_jobs::cases::{CasesBoard, CasesChange, CasesJob};
use wuzha_jobs::shelf::{Failure, Request, Response};

use super::{file, pen, send};
use crate::browser::clock;
use crate::ledgers;

/// All that the screen shows.
pub(crate) async fn read() -> Result<CasesBoard, Failure> {
    let (ledgers, _only_other_types) = ledgers::request_with_bank(clock::now()).await;
    board(CasesJob::Read(ledgers)).await
}

/// Writes something; how all is then.
pub(crate) async fn change(change: CasesChange) -> Result<CasesBoard, Failure> {
    let (ledgers, _only_other_types) = ledgers::request_with_bank(clock::now()).await;
    let pen = pen()?;
    board(CasesJob::Change {
        change: Box::new(change),
        pen,
        ledgers,
    })
    .await
}

/// What was written about a case.
pub(crate) async fn history(id: EntryId) -> Result<Ledger, Failure> {
    let (ledgers, _ids_for_types) = ledgers::request_with_bank(clock::now()).await;
    let job = CasesJob::History { id, ledgers };
    match send(request(job), None).await?.response {
        Response::History(ledger) => Ok(ledger),
        _ => Err(Broken::other_answer().into()),
    }
}

/// 案件统计 as XLSX.
pub(crate) async fn write_counts() -> Result<Uint8Array, Failure> {
    let (ledgers, _ids_for_types) = ledgers::request_with_bank(clock::now()).await;
    file(request(CasesJob::WriteCounts(ledgers))).await
}

/// 帮扶统计 as XLSX.
pub(crate) async fn write_support() -> Result<Uint8Array, Failure> {
    let ledgers = ledgers::request(clock::now());
    file(request(CasesJob::WriteSupport(ledgers))).await
}

async fn board(job: CasesJob) -> Result<CasesBoard, Failure> {
    match send(request(job), None).await?.response {
        Response::Cases(board) => Ok(*board),
        _ => Err(Broken::other_answer().into()),
    }
}

fn request(job: CasesJob) -> Request {
    Request::Cases(Box::new(job))
}
