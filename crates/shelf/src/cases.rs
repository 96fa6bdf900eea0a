//! Cases and support: read for the screen, written into the desk's log, counted for files.

use std::cmp::Reverse;

use wuzha_core::award::ClassMark;
use wuzha_core::desk::{
    self, CaseCounts, CaseWords, Desk, NamedClass, SupportCounts, SupportItem, counts_against,
};
use wuzha_core::ledger::{Ledger, Workbook};
use wuzha_core::log::Change;
use wuzha_core::quiz::Category;
use wuzha_jobs::LedgerRequest;
use wuzha_jobs::cases::{CaredClass, CasesBoard, CasesChange, CasesJob, ShownCase};
use wuzha_jobs::listening::Answer;
use wuzha_jobs::shelf::{Failure, Pen, Response, Shelf};

use crate::book::Back;
use crate::disk::Disk;
use crate::jobs::{file, said};
use crate::log::{entry, write};

/// Does a job about cases and support.
pub(crate) async fn run(disk: &Disk, job: CasesJob, progress: impl Fn(u32, u32)) -> Answer<Shelf> {
    match job {
        CasesJob::Read(ledgers) => shown(disk, &ledgers).await,
        CasesJob::Change {
            change,
            pen,
            ledgers,
        } => {
            let changes = changes(disk, *change, pen).await?;
            write(disk, changes, pen).await?;
            shown(disk, &ledgers).await
        }
        CasesJob::History { id, ledgers } => {
            let (_, log) = disk.desk().await?;
            let words = CaseWords {
                categories: &categories(&ledgers)?,
                classes: &named(&disk.backs().await?),
            };
            said(Response::History(desk::case_history(&log, &id, words)))
        }
        CasesJob::WriteCounts(ledgers) => {
            let desk = read(disk).await?;
            let classes = named(&disk.backs().await?);
            let counts = CaseCounts::of(desk.cases(), desk.case_policy(), &classes);
            let ledger = counts.ledger(&categories(&ledgers)?);
            file(&workbook(ledger, &ledgers), progress)
        }
        CasesJob::WriteSupport(ledgers) => {
            let desk = read(disk).await?;
            let classes = named(&disk.backs().await?);
            let counted: Vec<(&NamedClass, SupportCounts)> = classes
                .iter()
                .map(|class| (class, desk.support_of_class(&class.marks)))
                .collect();
            file(
                &workbook(desk::support_ledger(&counted), &ledgers),
                progress,
            )
        }
    }
}

/// What a person's entry writes.
async fn changes(disk: &Disk, change: CasesChange, pen: Pen) -> Result<Vec<Change>, Failure> {
    Ok(match change {
        CasesChange::Record(facts) => desk::record_case(&entry(disk, pen).await?, &facts),
        CasesChange::Correct(case, facts) => desk::correct_case(&case, &facts),
        CasesChange::Policy(policy) => desk::set_policy(&policy),
        CasesChange::Count(class, counts) => count(disk, &class, &counts).await?,
        CasesChange::KeepNote(class, sealed) => {
            desk::keep_note(&entry(disk, pen).await?, &class, &sealed)
        }
        CasesChange::WithdrawNote(note) => desk::withdraw_note(&note),
    })
}

/// The items that differ from what is known.
async fn count(
    disk: &Disk,
    class: &ClassMark,
    counts: &SupportCounts,
) -> Result<Vec<Change>, Failure> {
    let marks = [class.clone()].into();
    let backs = disk.found(&marks).await?;
    let marks = backs.first().map_or(marks, Back::marks);
    let known = read(disk).await?.support_of_class(&marks);
    let differ = |item: &&SupportItem| known.get(*item) != counts.get(*item);
    let items = SupportItem::ALL.iter().filter(differ);
    let changes =
        items.flat_map(|item| desk::count_support(class, *item, counts.get(item).copied()));
    Ok(changes.collect())
}

async fn shown(disk: &Disk, ledgers: &LedgerRequest) -> Answer<Shelf> {
    let desk = read(disk).await?;
    let backs = disk.backs().await?;
    let board = CasesBoard {
        cases: cases(&desk, &backs),
        policy: *desk.case_policy(),
        categories: categories(ledgers)?,
        classes: backs.iter().filter_map(|back| cared(&desk, back)).collect(),
    };
    said(Response::Cases(Box::new(board)))
}

fn cases(desk: &Desk, backs: &[Back]) -> Vec<ShownCase> {
    // The places are those of `CasesBoard::classes`, which has the same ones in the same order.
    let classes: Vec<&Back> = backs.iter().filter(|back| back.mark().is_some()).collect();
    let shown = desk.cases().iter().map(|case| ShownCase {
        case: case.clone(),
        weighing: counts_against(&case.facts, desk.case_policy()),
        class: case.facts.class.as_ref().and_then(|mark| {
            let at = classes
                .iter()
                .position(|back| back.marks().contains(mark))?;
            u32::try_from(at).ok()
        }),
    });
    let mut shown: Vec<ShownCase> = shown.collect();
    shown.sort_by_key(|shown| Reverse((shown.case.facts.day, shown.case.id.clone())));
    shown
}

fn cared(desk: &Desk, back: &Back) -> Option<CaredClass> {
    let (marks, figures) = (back.marks(), &back.card.figures);
    Some(CaredClass {
        mark: back.mark()?,
        name: figures.class.clone(),
        department: figures.department.clone(),
        counts: desk.support_of_class(&marks),
        notes: desk.notes_of_class(&marks).cloned().collect(),
    })
}

fn named(backs: &[Back]) -> Vec<NamedClass> {
    let named = backs.iter().map(|back| NamedClass {
        marks: back.marks(),
        name: back.card.figures.class.clone(),
    });
    named.collect()
}

async fn read(disk: &Disk) -> Result<Desk, Failure> {
    let (_, log) = disk.desk().await?;
    Ok(Desk::fold(&log))
}

/// None where the bank is not here; a case is then of another type, or keeps the one it has.
fn categories(ledgers: &LedgerRequest) -> Result<Vec<Category>, Failure> {
    let bank = ledgers.read_bank();
    let bank = bank.map_err(|error| Failure::Tables(error.to_string()))?;
    Ok(bank.map_or_else(Vec::new, |bank| bank.categories().to_vec()))
}

fn workbook(ledger: Ledger, ledgers: &LedgerRequest) -> Workbook {
    Workbook {
        title: ledger.name.clone(),
        ledgers: vec![ledger],
        cutoff: ledgers.cutoff,
        offset: ledgers.offset,
    }
}
