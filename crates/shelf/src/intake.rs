//! From what arrives to a book on the shelf.
//!
//! Unpacking and folding take most of the time and need nothing of the shelf: several workers do it at once. What is
//! on the shelf is then read and written by one at a time.

use std::collections::BTreeSet;

use wuzha_core::award::ClassMark;
use wuzha_core::log::{Op, decode_ops};
use wuzha_files::read_backup;
use wuzha_jobs::shelf::{BookId, Failure, Taken};
use wuzha_jobs::turn::Turn;
use wuzha_jobs::{Broken, LedgerRequest};
use wuzha_seal::ClassId;

use crate::book::{Back, Batch, Means, Origin, add, fold};
use crate::disk::{Disk, Entry};
use crate::imports::{is_same_class, yielding};
use crate::jobs::book_of;

/// Puts what a class handed in on the shelf; `ops`: [`wuzha_core::log::encode_ops`] of its operations.
pub(crate) async fn take(
    disk: &Disk,
    class: ClassId,
    ops: &[u8],
    ledgers: &LedgerRequest,
) -> Result<Taken, Failure> {
    let ops = decode_ops(ops).map_err(|error| Broken::Message(error.to_string()))?;
    let arrival = Arrival::of_phones(Some(class), ops, ledgers);
    let mut shelving = Shelving::begin(disk).await?;
    let taken = shelving.take(arrival, ledgers).await?;
    shelving.commit().await?;
    Ok(taken)
}

/// Puts what backup files hold on the shelf, in one commit but where one is of the class of another. What became of
/// each.
pub(crate) async fn take_files(
    disk: &Disk,
    files: Vec<&[u8]>,
    ledgers: &LedgerRequest,
) -> Result<Vec<Result<Taken, Failure>>, Failure> {
    let read = files.into_iter().map(|file| {
        let ops = read_backup(file)?.ops;
        Ok(Arrival::of_phones(None, ops, ledgers))
    });
    let read: Vec<Result<Arrival, Failure>> = read.collect();
    let mut shelving = Shelving::begin(disk).await?;
    let mut taken = Vec::new();
    for arrival in read {
        taken.push(match arrival {
            Ok(arrival) => shelving.take(arrival, ledgers).await,
            Err(failure) => Err(failure),
        });
    }
    shelving.commit().await?;
    Ok(taken)
}

/// What arrived, and the back of its book should nothing of the class be on the shelf.
struct Arrival {
    batch: Batch,
    alone: Back,
}

impl Arrival {
    fn of_phones(class: Option<ClassId>, arriving: Vec<Op>, ledgers: &LedgerRequest) -> Self {
        let mut ops = Vec::new();
        add(&mut ops, arriving);
        let number = BookId(0);
        let alone = Back::of(number, &ops, class, BTreeSet::new(), &means(ledgers));
        let origin = Origin::Phones;
        let batch = Batch { class, ops, origin };
        Self { batch, alone }
    }
}

/// A turn at changing the books. What is put in it is on the disk after [`Shelving::commit`].
pub(crate) struct Shelving<'a> {
    disk: &'a Disk,
    turn: Turn,
    waiting: Vec<Entry>,
    /// A number that no book has.
    free: BookId,
}

impl<'a> Shelving<'a> {
    /// # Errors
    /// [`Failure::Disk`].
    pub(crate) async fn begin(disk: &'a Disk) -> Result<Self, Failure> {
        let turn = disk.turn().await?;
        let free = disk.next_number().await?;
        let waiting = Vec::new();
        Ok(Self {
            disk,
            turn,
            waiting,
            free,
        })
    }

    /// What waits to be put is on the disk when this returns.
    pub(crate) async fn commit(&mut self) -> Result<(), Failure> {
        self.disk.put(&self.turn, &self.waiting).await?;
        self.waiting.clear();
        Ok(())
    }

    /// Puts what arrives into the book that it belongs to, or makes one. Books that it shows to be one become one.
    async fn take(&mut self, arrival: Arrival, ledgers: &LedgerRequest) -> Result<Taken, Failure> {
        let marks = arrival.batch.marks();
        let is_waiting = |entry: &Entry| !entry.back.marks().is_disjoint(&marks);
        if self.waiting.iter().any(is_waiting) {
            self.commit().await?;
        }
        let own = self.found(&marks, &arrival.batch).await?;
        if own.is_empty() {
            let records = arrival.batch.ops.len() as u64;
            let back = self.numbered(arrival.alone);
            return self.wait(back, arrival.batch.ops, Vec::new(), records);
        }
        self.put(own, arrival.batch, ledgers).await
    }

    /// The books of the class: by its marks, else those that were made of old ledgers of it before it came itself.
    async fn found(
        &mut self,
        marks: &BTreeSet<ClassMark>,
        batch: &Batch,
    ) -> Result<Vec<Back>, Failure> {
        let own = self.disk.found(marks).await?;
        // As with most schools: then the batch need not be read for its name.
        if !own.is_empty() || self.disk.of_old_ledgers().await?.is_empty() {
            return Ok(own);
        }
        // A class that waits may have taken one of them.
        self.commit().await?;
        let book = book_of(&batch.ops);
        let mut own = Vec::new();
        for back in self.disk.of_old_ledgers().await? {
            if !back.is_imported_as(book.class_name()) {
                continue;
            }
            let ops = self.disk.book(back.card.book).await?.unwrap_or_default();
            if is_same_class(&book_of(&ops), &book) {
                own.push(back);
            }
        }
        Ok(own)
    }

    /// Puts a batch into its own books, which become one; without any, into a new one.
    pub(crate) async fn put(
        &mut self,
        own: Vec<Back>,
        batch: Batch,
        ledgers: &LedgerRequest,
    ) -> Result<Taken, Failure> {
        let imports = batch.imports_in(&own);
        let mut ops = Vec::new();
        for back in &own {
            let book = self.disk.book(back.card.book).await?;
            add(&mut ops, book.unwrap_or_default());
        }
        let new_records = add(&mut ops, batch.ops);
        let class = batch.class.or(own.iter().find_map(|back| back.card.class));
        if let [back] = own.as_slice()
            && new_records == 0
            && back.card.class == class
        {
            let card = back.card.clone();
            return Ok(Taken { card, new_records });
        }
        if !imports.is_empty() {
            let yielding = yielding(&fold(&ops), &imports);
            add(&mut ops, yielding);
        }
        let mut books = own.iter().map(|back| back.card.book);
        let book = books.next();
        let parts = books.collect();
        let back = Back::of(
            book.unwrap_or(self.free),
            &ops,
            class,
            imports,
            &means(ledgers),
        );
        let back = match book {
            Some(_) => back,
            None => self.numbered(back),
        };
        self.wait(back, ops, parts, new_records)
    }

    fn numbered(&mut self, mut back: Back) -> Back {
        back.card.book = self.free;
        self.free = self.free.next();
        back
    }

    fn wait(
        &mut self,
        back: Back,
        ops: Vec<Op>,
        parts: Vec<BookId>,
        new_records: u64,
    ) -> Result<Taken, Failure> {
        let card = back.card.clone();
        // What the school knows as a class may be named by a bundle that is still on its way.
        let has_name = !card.figures.class.is_empty();
        if ops.is_empty() || !(has_name || card.class.is_some()) {
            return Err(Failure::NoClass);
        }
        self.waiting.push(Entry { back, ops, parts });
        Ok(Taken { card, new_records })
    }
}

fn means(ledgers: &LedgerRequest) -> Means<'_> {
    Means {
        pack: &ledgers.pack,
        offset: ledgers.offset,
        now: ledgers.cutoff,
    }
}
