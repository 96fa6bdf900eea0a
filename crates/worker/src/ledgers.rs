//! The workbook of a class.

use wuzha_core::book::Book;
use wuzha_core::ledger::{Source, Workbook};
use wuzha_core::log::Snapshot;
use wuzha_core::pack::Pack;
use wuzha_core::quiz::Bank;
use wuzha_jobs::{Broken, Failure, LedgerRequest};

/// All ledgers of the class whose registers `snapshot` holds.
pub(crate) fn workbook(request: &LedgerRequest, snapshot: &[u8]) -> Result<Workbook, Failure> {
    let snapshot = Snapshot::decode(snapshot);
    let Snapshot { registers, .. } = snapshot.map_err(|e| Broken::Message(e.to_string()))?;
    let pack = pack(request)?;
    let bank = bank(request)?;
    let source = Source {
        book: &Book::fold(&registers),
        pack: &pack,
        bank: bank.as_ref(),
        cutoff: request.cutoff,
        offset: request.offset,
    };
    Ok(source.workbook())
}

fn pack(request: &LedgerRequest) -> Result<Pack, Failure> {
    let file = |name| request.pack.get(name).map_or("", String::as_str);
    let pack = Pack::from_json(
        file("campaign.json"),
        file("checklists.json"),
        file("criteria.json"),
    );
    pack.map_err(|error| Failure::Ledgers(error.to_string()))
}

/// The questions, where the app could get at them.
fn bank(request: &LedgerRequest) -> Result<Option<Bank>, Failure> {
    let json = request.pack.get("bank.json");
    let bank = json.map(|json| Bank::from_json(json)).transpose();
    bank.map_err(|error| Failure::Ledgers(error.to_string()))
}
