//! Old ledgers: what taking a sheet over would do, and doing it.

use wuzha_core::book::Book;
use wuzha_core::log::DeviceId;
use wuzha_core::old_ledger::{self, OldClass, OldLedger};
use wuzha_core::roster::Table;
use wuzha_jobs::old_ledgers::{
    Asked, Choice, ClassPlan, Home, Into, Merge, Merged, NotTaken, SheetPlan,
};
use wuzha_jobs::shelf::{BookId, Failure};

use crate::book::{Back, Batch, Origin, fold};
use crate::disk::Disk;
use crate::imports::Search;
use crate::intake::Shelving;
use crate::jobs::book_of;

/// What taking a sheet over would do; up to `most` lines a class. `progress` is told how many books were looked at.
pub(crate) async fn plan(
    disk: &Disk,
    sheet: &[u8],
    asked: &Asked,
    most: usize,
    progress: impl Fn(u32, u32),
) -> Result<SheetPlan, Failure> {
    let ledger = understood(sheet, asked)?;
    let homes = homes(disk, &ledger.classes, asked, progress).await?;
    let mut classes = Vec::new();
    for (at, (class, home)) in ledger.classes.iter().zip(homes).enumerate() {
        let book = match home {
            Home::Book(book) => Some(book),
            Home::Found | Home::New | Home::Nowhere => None,
        };
        classes.push(class_plan(disk, class, book, asked, at, most).await?);
    }
    let unread = ledger.unread.iter().take(most).map(|unread| NotTaken {
        heading: ledger.heading_of(unread).map(str::to_owned),
        unread: unread.clone(),
    });
    Ok(SheetPlan {
        asks_for_app_yes: ledger.asks_for_app_yes(),
        unread: unread.collect(),
        unread_in_all: count(ledger.unread.len()),
        columns: ledger.columns,
        classes,
    })
}

/// Takes a sheet over, class by class. `progress` is told how many classes are done.
pub(crate) async fn merge(
    disk: &Disk,
    sheet: &[u8],
    merge: &Merge,
    progress: impl Fn(u32, u32),
) -> Result<Vec<Merged>, Failure> {
    let ledger = understood(sheet, &merge.asked)?;
    let homes = homes(disk, &ledger.classes, &merge.asked, |_, _| {}).await?;
    let total = count(ledger.classes.len());
    let writers = merge.writers.iter();
    let classes = ledger.classes.iter().zip(homes).zip(writers).enumerate();
    let mut shelving = Shelving::begin(disk).await?;
    let mut merged = Vec::new();
    for (at, ((class, home), writer)) in classes {
        progress(count(at), total);
        let back = match home {
            Home::Nowhere => continue,
            Home::Book(book) => Some(back_of(disk, book).await?),
            Home::Found | Home::New => None,
        };
        merged.push(merge_class(disk, &mut shelving, class, back, merge, at, *writer).await?);
        shelving.commit().await?;
    }
    Ok(merged)
}

fn understood(sheet: &[u8], asked: &Asked) -> Result<OldLedger, Failure> {
    let table: Table = wuzha_jobs::decode(sheet)?;
    Ok(old_ledger::read(&table, &asked.reading)?)
}

/// Into which book each class goes: as a person chose, else as found. All books are looked at only where one is to
/// be found.
async fn homes(
    disk: &Disk,
    classes: &[OldClass],
    asked: &Asked,
    progress: impl Fn(u32, u32),
) -> Result<Vec<Home>, Failure> {
    let homes = (0..classes.len()).map(|at| choice(asked, at).home);
    let mut homes: Vec<Home> = homes.collect();
    if !homes.contains(&Home::Found) {
        return Ok(homes);
    }
    let backs = disk.backs().await?;
    let mut searches: Vec<Search> = classes.iter().map(|_| Search::default()).collect();
    for (done, back) in (0..).zip(&backs) {
        progress(done, count(backs.len()));
        let id = back.card.book;
        let book = book_of(&disk.book(id).await?.unwrap_or_default());
        for (class, search) in classes.iter().zip(&mut searches) {
            search.look_at(class, id, &book);
        }
    }
    for ((home, class), search) in homes.iter_mut().zip(classes).zip(searches) {
        if *home == Home::Found {
            *home = search.found(class).map_or(Home::New, Home::Book);
        }
    }
    Ok(homes)
}

async fn class_plan(
    disk: &Disk,
    class: &OldClass,
    book: Option<BookId>,
    asked: &Asked,
    at: usize,
    most: usize,
) -> Result<ClassPlan, Failure> {
    let known = match book {
        Some(id) => Some(book_of(&disk.book(id).await?.ok_or(Failure::NoBook)?)),
        None => None,
    };
    let differences = choice(asked, at).differences;
    let mut plan = old_ledger::plan(class, known.as_ref(), differences, most);
    let changes = std::mem::take(&mut plan.changes);
    Ok(ClassPlan {
        name: class.name.clone(),
        students: count(class.students.len()),
        book,
        records: count(changes.len()),
        plan,
    })
}

async fn back_of(disk: &Disk, book: BookId) -> Result<Back, Failure> {
    let mut backs = disk.backs().await?.into_iter();
    let found = backs.find(|back| back.card.book == book);
    found.ok_or(Failure::NoBook)
}

/// Writes what a class says into its book, as a writer of its own who has seen what the book holds.
async fn merge_class(
    disk: &Disk,
    shelving: &mut Shelving<'_>,
    class: &OldClass,
    back: Option<Back>,
    merge: &Merge,
    at: usize,
    writer: DeviceId,
) -> Result<Merged, Failure> {
    let ops = match &back {
        Some(back) => disk.book(back.card.book).await?.ok_or(Failure::NoBook)?,
        None => Vec::new(),
    };
    let registers = fold(&ops);
    let book = Book::fold(&registers);
    let differences = choice(&merge.asked, at).differences;
    let plan = old_ledger::plan(class, Some(&book), differences, 0);
    let hlc = registers.last_hlc().next(merge.ledgers.cutoff);
    let batch = Batch {
        class: None,
        ops: registers.stamp(writer, hlc, plan.changes),
        origin: Origin::OldLedger,
    };
    let into = match back {
        Some(_) => Into::Book,
        None => Into::NewBook,
    };
    let own = Vec::from_iter(back);
    let taken = shelving.put(own, batch, &merge.ledgers).await?;
    Ok(Merged {
        name: taken.card.figures.class,
        into,
        counts: plan.counts,
        records: taken.new_records,
    })
}

/// What a person chose for a class.
fn choice(asked: &Asked, at: usize) -> Choice {
    asked.choices.get(at).copied().unwrap_or_default()
}

fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}
