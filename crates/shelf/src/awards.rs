//! Awards: how all stand, decisions, and rounds that were frozen.

use std::collections::BTreeSet;

use wuzha_core::award::{Awards, Candidate, ClassAward, ClassMark, Decision, Reason, Review};
use wuzha_core::book::Book;
use wuzha_core::desk::{self, Desk, Rebuilt, RoundError, RoundId, RoundTitle, Snapshot};
use wuzha_core::ledger::{self, Workbook};
use wuzha_core::log::{Op, Registers, VersionVector};
use wuzha_core::overview::Figures;
use wuzha_core::pack::{Pack, PackFiles};
use wuzha_core::time::UtcOffset;
use wuzha_jobs::LedgerRequest;
use wuzha_jobs::shelf::{Failure, Pen, Response};

use crate::book::{Back, fold};
use crate::disk::Disk;
use crate::log::write;

/// How all stand now, and what that was made from.
struct Now {
    awards: Awards,
    seen: Vec<(BTreeSet<ClassMark>, VersionVector)>,
}

/// How all stand now.
pub(crate) async fn awards(
    disk: &Disk,
    ledgers: &LedgerRequest,
    progress: impl Fn(u32, u32),
) -> Result<Awards, Failure> {
    let (_, log) = disk.desk().await?;
    Ok(now(disk, &log, ledgers, progress).await?.awards)
}

/// How all stand, or stood in a round, as tables.
pub(crate) async fn workbook(
    disk: &Disk,
    round: Option<RoundId>,
    ledgers: &LedgerRequest,
) -> Result<Workbook, Failure> {
    let Some(id) = round else {
        let awards = awards(disk, ledgers, |_, _| {}).await?;
        let pack = &*ledgers.pack;
        let (cutoff, offset) = (ledgers.cutoff, ledgers.offset);
        return Ok(ledger::awards(&awards, pack, cutoff, offset));
    };
    let (_, log) = disk.desk().await?;
    let snapshot = Snapshot::read(&fold(&log), id).map_err(failed)?;
    let pack = snapshot.pack().map_err(failed)?;
    let RoundId(cutoff) = id;
    Ok(ledger::awards(
        &snapshot.awards,
        &pack,
        cutoff,
        snapshot.offset,
    ))
}

/// Notes a decision.
pub(crate) async fn decide(
    disk: &Disk,
    candidate: &Candidate,
    decision: Decision,
    reason: Reason,
    pen: Pen,
) -> Result<Review, Failure> {
    let changes = desk::decide(candidate, decision, &reason);
    write(disk, changes, pen).await?;
    let at = pen.now;
    Ok(Review {
        decision,
        reason,
        at,
    })
}

/// Freezes how all stand now.
pub(crate) async fn freeze(
    disk: &Disk,
    title: &RoundTitle,
    files: PackFiles,
    ledgers: &LedgerRequest,
    pen: Pen,
    progress: impl Fn(u32, u32),
) -> Result<Response, Failure> {
    let (_, log) = disk.desk().await?;
    let now = now(disk, &log, ledgers, progress).await?;
    let snapshot = Snapshot {
        offset: ledgers.offset,
        pack: files,
        seen: now.seen,
        desk: fold(&log).seen().clone(),
        awards: now.awards,
    };
    let changes = desk::freeze(RoundId(pen.now), title, &snapshot).map_err(failed)?;
    write(disk, changes, pen).await?;
    rounds(disk).await
}

/// The frozen rounds.
pub(crate) async fn rounds(disk: &Disk) -> Result<Response, Failure> {
    let (_, log) = disk.desk().await?;
    Ok(Response::Rounds(desk::rounds(&fold(&log))))
}

/// One of them, with what it is called.
pub(crate) async fn round(disk: &Disk, id: RoundId) -> Result<Response, Failure> {
    let (_, log) = disk.desk().await?;
    let registers = fold(&log);
    let card = desk::rounds(&registers)
        .into_iter()
        .find(|card| card.id == id);
    let snapshot = Snapshot::read(&registers, id).map_err(failed)?;
    Ok(Response::Round(
        card.ok_or(Failure::NoRound)?,
        Box::new(snapshot),
    ))
}

/// Makes a frozen round again from what is here of its operations.
pub(crate) async fn rebuild(
    disk: &Disk,
    id: RoundId,
    progress: impl Fn(u32, u32),
) -> Result<Rebuilt, Failure> {
    let (_, log) = disk.desk().await?;
    let snapshot = Snapshot::read(&fold(&log), id).map_err(failed)?;
    let pack = snapshot.pack().map_err(failed)?;
    let desk = snapshot.desk_then(&log);
    let mut classes = Vec::new();
    let total = count(&snapshot.awards.classes);
    for (done, class) in (0..).zip(&snapshot.awards.classes) {
        progress(done, total);
        let marks = BTreeSet::from([class.mark.clone()]);
        let Some(back) = disk.found(&marks).await?.into_iter().next() else {
            continue;
        };
        let ops = disk.book(back.card.book).await?.unwrap_or_default();
        classes.extend(snapshot.class_again(&class.mark, &ops, &pack, &desk));
    }
    Ok(snapshot.compare(&Awards::of(classes, &pack, &desk)))
}

async fn now(
    disk: &Disk,
    log: &[Op],
    ledgers: &LedgerRequest,
    progress: impl Fn(u32, u32),
) -> Result<Now, Failure> {
    let pack = &*ledgers.pack;
    let desk = Desk::fold(log);
    let backs = disk.backs().await?;
    let total = count(&backs);
    let (mut classes, mut seen) = (Vec::new(), Vec::new());
    for (done, back) in (0..).zip(&backs) {
        progress(done, total);
        let ops = disk.book(back.card.book).await?.unwrap_or_default();
        let registers = fold(&ops);
        classes.extend(class(back, &registers, pack, &desk, ledgers.offset));
        seen.push((back.marks(), registers.seen().clone()));
    }
    let awards = Awards::of(classes, pack, &desk);
    Ok(Now { awards, seen })
}

/// How a class stands; `None` for a book that nobody has written in, so that nothing names it. Its figures
/// are made anew: those on its back may have been made with another pack.
fn class(
    back: &Back,
    registers: &Registers,
    pack: &Pack,
    desk: &Desk,
    offset: UtcOffset,
) -> Option<ClassAward> {
    let book = Book::fold(registers);
    let figures = Figures::of(registers, &book, pack, offset);
    let (marks, mark) = (back.marks(), back.mark()?);
    Some(ClassAward::of(&book, figures, &marks, mark, pack, desk))
}

fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err takes")]
pub(crate) fn failed(error: RoundError) -> Failure {
    match error {
        RoundError::Missing => Failure::NoRound,
        RoundError::Json(_) | RoundError::Pack(_) => Failure::Tables(error.to_string()),
    }
}
