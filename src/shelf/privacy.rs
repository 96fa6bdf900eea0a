//! What is kept of persons on the shelf.

use js_sys::Uint8Array;
use wuzha_core::ident::StudentNo;
use wuzha_core::retention::{ErasureCertificate, KeptMonths};
use wuzha_jobs::privacy::{Eraser, Holding, Keeping, PrivacyAnswer, PrivacyJob};
use wuzha_jobs::shelf::{BookId, Failure, Request, Response, Shelf};
use wuzha_jobs::{Broken, Progress};

use super::{file, pen};
use crate::browser::{clock, worker};
use crate::ledgers;

/// Which classes have been kept for so long, and what was erased before.
pub(crate) async fn keeping(months: KeptMonths) -> Result<Keeping, Failure> {
    let ledgers = ledgers::request(clock::now());
    match ask(PrivacyJob::Keeping { months, ledgers }, |_| {}).await? {
        PrivacyAnswer::Keeping(keeping) => Ok(keeping),
        _ => Err(Broken::other_answer().into()),
    }
}

/// Erases these classes; `unit`: whose certificate it is.
pub(crate) async fn expire(
    books: Vec<BookId>,
    unit: String,
) -> Result<ErasureCertificate, Failure> {
    let by = eraser(unit)?;
    erased(ask(PrivacyJob::Expire { books, by }, |_| {}).await?)
}

/// In which classes something is held about a student.
pub(crate) async fn find(
    no: StudentNo,
    on_progress: impl Fn(Progress),
) -> Result<Vec<Holding>, Failure> {
    match ask(PrivacyJob::Find(no), on_progress).await? {
        PrivacyAnswer::Found(holdings) => Ok(holdings),
        _ => Err(Broken::other_answer().into()),
    }
}

/// What a class holds about a student as XLSX, for that student.
pub(crate) async fn write_student(book: BookId, no: StudentNo) -> Result<Uint8Array, Failure> {
    let (ledgers, _says_so_itself) = ledgers::request_with_bank(clock::now()).await;
    let job = PrivacyJob::WriteStudent { book, no, ledgers };
    file(Request::Privacy(job)).await
}

/// Erases a student from all classes; `unit`: whose certificate it is.
pub(crate) async fn erase_student(
    no: StudentNo,
    unit: String,
    on_progress: impl Fn(Progress),
) -> Result<ErasureCertificate, Failure> {
    let by = eraser(unit)?;
    erased(ask(PrivacyJob::EraseStudent { no, by }, on_progress).await?)
}

fn eraser(unit: String) -> Result<Eraser, Failure> {
    let pen = pen()?;
    Ok(Eraser {
        unit,
        pen,
        ledgers: ledgers::request(pen.now),
    })
}

fn erased(answer: PrivacyAnswer) -> Result<ErasureCertificate, Failure> {
    match answer {
        PrivacyAnswer::Erased(certificate) => Ok(certificate),
        _ => Err(Broken::other_answer().into()),
    }
}

async fn ask(job: PrivacyJob, on_progress: impl Fn(Progress)) -> Result<PrivacyAnswer, Failure> {
    let reply = worker::run::<Shelf>(Request::Privacy(job), None, on_progress).await?;
    match reply.response {
        Response::Privacy(answer) => Ok(answer),
        _ => Err(Broken::other_answer().into()),
    }
}
