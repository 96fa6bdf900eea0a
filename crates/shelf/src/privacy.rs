//! What is kept of persons: for how long, of whom, and that it is erased.

use wuzha_core::desk::{Desk, note_erasure};
use wuzha_core::erase::erase_student;
use wuzha_core::ident::StudentNo;
use wuzha_core::ledger::Source;
use wuzha_core::log::Op;
use wuzha_core::retention::{
    self, ErasedClass, ErasureCertificate, ErasureReason, KeptClass, KeptMonths, RetentionRule,
    Today,
};
use wuzha_core::subject_access::subject_access;
use wuzha_jobs::LedgerRequest;
use wuzha_jobs::listening::Answer;
use wuzha_jobs::privacy::{DueClass, Eraser, Holding, Keeping, PrivacyAnswer, PrivacyJob};
use wuzha_jobs::shelf::{BookId, Failure, Response, Shelf};

use crate::book::{Back, Means};
use crate::disk::{Disk, Entry, Erasing};
use crate::jobs::{book_of, file, said};
use crate::log::stamped;

/// Does a job about what is kept of persons.
pub(crate) async fn run(
    disk: &Disk,
    job: PrivacyJob,
    progress: impl Fn(u32, u32),
) -> Answer<Shelf> {
    let answer = match job {
        PrivacyJob::Keeping { months, ledgers } => {
            PrivacyAnswer::Keeping(keeping(disk, months, &ledgers).await?)
        }
        PrivacyJob::Expire { books, by } => PrivacyAnswer::Erased(expire(disk, &books, by).await?),
        PrivacyJob::Find(no) => PrivacyAnswer::Found(find(disk, &no, progress).await?),
        PrivacyJob::WriteStudent { book, no, ledgers } => {
            return write_student(disk, book, &no, &ledgers, progress).await;
        }
        PrivacyJob::EraseStudent { no, by } => {
            PrivacyAnswer::Erased(erase(disk, &no, by, progress).await?)
        }
    };
    said(Response::Privacy(answer))
}

async fn keeping(
    disk: &Disk,
    months: KeptMonths,
    ledgers: &LedgerRequest,
) -> Result<Keeping, Failure> {
    let rule = RetentionRule {
        campaign_end: ledgers.pack.campaign.end,
        months,
    };
    let backs = disk.backs().await?;
    let kept: Vec<KeptClass> = backs.iter().map(kept).collect();
    let today = ledgers.cutoff.date(ledgers.offset).map(|day| Today {
        day,
        offset: ledgers.offset,
    });
    // A clock that shows no day makes nothing due.
    let due = today.map_or_else(Vec::new, |today| retention::due(&kept, rule, today));
    let due = due.into_iter().filter_map(|due| {
        Some(DueClass {
            book: backs.get(due.at)?.card.book,
            kept: kept.get(due.at)?.clone(),
            due,
        })
    });
    let (_, log) = disk.desk().await?;
    Ok(Keeping {
        rule,
        classes: count(backs.len()),
        due: due.collect(),
        erasures: Desk::fold(&log).erasures().to_vec(),
    })
}

fn kept(back: &Back) -> KeptClass {
    let figures = &back.card.figures;
    KeptClass {
        class: figures.class.clone(),
        last_record: figures.last_record,
        students: figures.students,
        records: u32::try_from(back.card.records).unwrap_or(u32::MAX),
    }
}

async fn expire(disk: &Disk, books: &[BookId], by: Eraser) -> Result<ErasureCertificate, Failure> {
    let turn = disk.turn().await?;
    let mut gone = disk.backs().await?;
    gone.retain(|back| books.contains(&back.card.book));
    if gone.is_empty() {
        return Err(Failure::NoBook);
    }
    let classes = gone.iter().map(kept).map(|kept| ErasedClass {
        class: kept.class,
        students: kept.students,
        records: kept.records,
    });
    let certificate = certificate(classes.collect(), ErasureReason::Expired, &by);
    let (writer, note) = stamped(disk, note_erasure(&certificate), by.pen).await?;
    let erasing = Erasing {
        replaced: Vec::new(),
        gone: &gone,
        note: (writer, &note),
    };
    disk.erase(&turn, &erasing).await?;
    Ok(certificate)
}

/// All books, one after the other: a student may have changed classes.
async fn find(
    disk: &Disk,
    no: &StudentNo,
    progress: impl Fn(u32, u32),
) -> Result<Vec<Holding>, Failure> {
    let backs = disk.backs().await?;
    let mut holdings = Vec::new();
    for (done, back) in (0..).zip(&backs) {
        progress(done, count(backs.len()));
        let ops = disk.book(back.card.book).await?.unwrap_or_default();
        let (_, counts) = erase_student(&ops, no);
        if counts.records > 0 || counts.mentions > 0 {
            holdings.push(Holding {
                book: back.card.book,
                class: back.card.figures.class.clone(),
                records: counts.records,
                mentions: counts.mentions,
            });
        }
    }
    Ok(holdings)
}

async fn write_student(
    disk: &Disk,
    book: BookId,
    no: &StudentNo,
    ledgers: &LedgerRequest,
    progress: impl Fn(u32, u32),
) -> Answer<Shelf> {
    let ops = disk.book(book).await?.ok_or(Failure::NoBook)?;
    let bank = ledgers.read_bank();
    let bank = bank.map_err(|error| Failure::Tables(error.to_string()))?;
    let source = Source {
        book: &book_of(&ops),
        pack: &ledgers.pack,
        bank: bank.as_ref(),
        cutoff: ledgers.cutoff,
        offset: ledgers.offset,
    };
    let held = subject_access(&source, &ops, no).ok_or(Failure::NoStudent)?;
    file(&held, progress)
}

async fn erase(
    disk: &Disk,
    no: &StudentNo,
    by: Eraser,
    progress: impl Fn(u32, u32),
) -> Result<ErasureCertificate, Failure> {
    let pack = &by.ledgers.pack;
    let means = Means {
        pack,
        offset: by.ledgers.offset,
        now: by.ledgers.cutoff,
    };
    let turn = disk.turn().await?;
    let backs = disk.backs().await?;
    let (mut replaced, mut classes) = (Vec::new(), Vec::new());
    for (done, back) in (0..).zip(&backs) {
        progress(done, count(backs.len()));
        let ops = disk.book(back.card.book).await?.unwrap_or_default();
        let (ops, counts) = erase_student(&ops, no);
        let records = counts.records.saturating_add(counts.mentions);
        if records == 0 {
            continue;
        }
        classes.push(ErasedClass {
            class: back.card.figures.class.clone(),
            students: 1,
            records,
        });
        replaced.push(without(back, ops, &means));
    }
    if replaced.is_empty() {
        return Err(Failure::NoStudent);
    }
    let certificate = certificate(classes, ErasureReason::Requested, &by);
    let (writer, note) = stamped(disk, note_erasure(&certificate), by.pen).await?;
    let erasing = Erasing {
        replaced,
        gone: &[],
        note: (writer, &note),
    };
    disk.erase(&turn, &erasing).await?;
    Ok(certificate)
}

/// A book with the operations that are left of it. Nothing new came for it.
fn without(back: &Back, ops: Vec<Op>, means: &Means<'_>) -> Entry {
    let mut left = Back::of(
        back.card.book,
        &ops,
        back.card.class,
        back.imports.clone(),
        means,
    );
    left.card.taken_at = back.card.taken_at;
    Entry {
        back: left,
        ops,
        parts: Vec::new(),
    }
}

fn certificate(
    classes: Vec<ErasedClass>,
    reason: ErasureReason,
    by: &Eraser,
) -> ErasureCertificate {
    ErasureCertificate {
        unit: by.unit.clone(),
        classes,
        reason,
        at: by.pen.now,
        offset: by.ledgers.offset,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
