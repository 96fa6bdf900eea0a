//! The workbook of a class.

use wuzha_core::book::Book;
use wuzha_core::ledger::{Source, Workbook};
use wuzha_core::log::Snapshot;
use wuzha_jobs::{Broken, Failure, LedgerRequest};

/// All ledgers of the class whose registers `snapshot` holds.
pub(crate) fn workbook(request: &LedgerRequest, snapshot: &[u8]) -> Result<Workbook, Failure> {
    let snapshot = Snapshot::decode(snapshot);
    let Snapshot { registers, .. } = snapshot.map_err(|e| Broken::Message(e.to_string()))?;
    let bank = request.read_bank();
    let bank = bank.map_err(|error| Failure::Ledgers(error.to_string()))?;
    let source = Source {
        book: &Book::fold(&registers),
        pack: &request.pack,
        bank: bank.as_ref(),
        cutoff: request.cutoff,
        offset: request.offset,
    };
    Ok(source.workbook())
}
