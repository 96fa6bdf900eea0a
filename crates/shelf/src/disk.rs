//! The shelf's database: the backs of the books, the books, and the desk's own log.
//!
//! A write is one strict transaction: what it stores is on the disk when it returns.

use std::collections::BTreeSet;
use std::fmt::Display;

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use indexed_db_futures::typed_array::{Uint8Array, Uint8ArraySlice};
use wuzha_core::award::ClassMark;
use wuzha_core::log::{DeviceId, Op, decode_ops, encode_ops};
use wuzha_jobs::shelf::{BookId, Failure};
use wuzha_jobs::turn::Turn;

use crate::book::{Back, StoredBack};

const NAME: &str = "wuzha-shelf";
/// Raised with every change to the stores below, or to what an older version would misread in them.
const VERSION: u32 = 3;
/// A book's number → its [`Back`].
const BACKS: &str = "backs";
/// A book's number → [`encode_ops`] of its operations.
const BOOKS: &str = "books";
/// A [`ClassMark`] → the number of the book that it belongs to.
const MARKS: &str = "marks";
/// The desk's own log: a segment's number → [`encode_ops`] of its operations; [`WRITER`] → who writes it.
const DESK: &str = "desk";
const STORES: [&str; 4] = [BACKS, BOOKS, MARKS, DESK];
/// Sorts before every segment's number.
const WRITER: &str = "/writer";

/// A book that is put on the shelf.
pub(crate) struct Entry {
    pub(crate) back: Back,
    pub(crate) ops: Vec<Op>,
    /// Books that turned out to be parts of it, and go.
    pub(crate) parts: Vec<BookId>,
}

/// What is erased at once.
pub(crate) struct Erasing<'a> {
    /// Books, as they are without what is erased; their marks stay.
    pub(crate) replaced: Vec<Entry>,
    /// Books that are erased whole.
    pub(crate) gone: &'a [Back],
    /// What is noted in the desk's log, and by whom.
    pub(crate) note: (DeviceId, &'a [Op]),
}

/// The open database. Closed when dropped.
pub(crate) struct Disk(Database);

impl Disk {
    /// # Errors
    /// [`Failure::Disk`].
    pub(crate) async fn open() -> Result<Self, Failure> {
        let opened = Database::open(NAME)
            .with_version(VERSION)
            .with_on_upgrade_needed(|event, database| upgrade(event.old_version(), &database))
            .await;
        let database = opened.map_err(|error: OpenDbError| Failure::Disk(error.to_string()))?;
        Ok(Self(database))
    }

    /// All backs. One that this version cannot read is left out; its book stays.
    pub(crate) async fn backs(&self) -> Result<Vec<Back>, Failure> {
        let read = async {
            let tx = self.0.transaction([BACKS]).build()?;
            let store = tx.object_store(BACKS)?;
            let backs = store.get_all::<Uint8Array>().primitive()?.await?;
            backs
                .map(|back| Ok(back?.into()))
                .collect::<Result<Vec<Vec<u8>>, Error>>()
        };
        let backs = read.await.map_err(failed)?;
        self.completed(&backs).await
    }

    /// The backs that were stored as these bytes. One of an older version is completed from its book, once.
    async fn completed(&self, stored: &[Vec<u8>]) -> Result<Vec<Back>, Failure> {
        let mut backs = Vec::new();
        for bytes in stored {
            match StoredBack::decode(bytes) {
                Some(StoredBack::Whole(back)) => backs.push(back),
                Some(StoredBack::Older(mut back)) => {
                    let ops = self.book(back.card.book).await?.unwrap_or_default();
                    back.complete(&ops);
                    self.replace_back(bytes, &back).await?;
                    backs.push(back);
                }
                None => {}
            }
        }
        Ok(backs)
    }

    /// Puts a back in the place of what was stored, as long as that is still what is there.
    async fn replace_back(&self, stored: &[u8], back: &Back) -> Result<(), Failure> {
        let bytes = back.encode().map_err(unwritten)?;
        let BookId(number) = back.card.book;
        let write = async {
            let tx = self.begin()?;
            let store = tx.object_store(BACKS)?;
            let there = store.get::<Uint8Array, _, _>(number).primitive()?.await?;
            let there: Option<Vec<u8>> = there.map(Into::into);
            if there.as_deref() == Some(stored) {
                let bytes = Uint8ArraySlice::new(&bytes);
                store.put(bytes).with_key(number).primitive()?;
            }
            tx.commit().await
        };
        write.await.map_err(failed)
    }

    /// The backs of the books that have one of these marks.
    pub(crate) async fn found(&self, marks: &BTreeSet<ClassMark>) -> Result<Vec<Back>, Failure> {
        let read = async {
            let tx = self.0.transaction([MARKS]).build()?;
            let store = tx.object_store(MARKS)?;
            let mut numbers = BTreeSet::new();
            for mark in marks {
                let number: Option<u32> = store.get(mark.as_str()).primitive()?.await?;
                numbers.extend(number);
            }
            Ok(numbers)
        };
        let numbers = read.await.map_err(failed)?;
        self.backs_of(&numbers).await
    }

    /// The backs of the books that were made of old ledgers alone, and of some that were so once.
    pub(crate) async fn of_old_ledgers(&self) -> Result<Vec<Back>, Failure> {
        let read = async {
            let tx = self.0.transaction([MARKS]).build()?;
            let store = tx.object_store(MARKS)?;
            let first = ClassMark::OLD_LEDGERS.to_owned();
            let last = format!("{first}~");
            let numbers = store.get_all::<u32>().with_query::<String, _>(first..=last);
            let mut numbers = numbers.primitive()?.await?;
            numbers.try_fold(BTreeSet::new(), |mut numbers, number| {
                numbers.insert(number?);
                Ok(numbers)
            })
        };
        let numbers = read.await.map_err(failed)?;
        self.backs_of(&numbers).await
    }

    async fn backs_of(&self, numbers: &BTreeSet<u32>) -> Result<Vec<Back>, Failure> {
        let read = async {
            let tx = self.0.transaction([BACKS]).build()?;
            let store = tx.object_store(BACKS)?;
            let mut backs: Vec<Vec<u8>> = Vec::new();
            for number in numbers {
                let back = store.get::<Uint8Array, _, _>(*number).primitive()?.await?;
                backs.extend(back.map(Into::into));
            }
            Ok(backs)
        };
        let backs = read.await.map_err(failed)?;
        self.completed(&backs).await
    }

    /// A number that no book has.
    pub(crate) async fn next_number(&self) -> Result<BookId, Failure> {
        let read = async {
            let tx = self.0.transaction([BACKS]).build()?;
            let store = tx.object_store(BACKS)?;
            let mut numbers = store.get_all_keys::<u32>().primitive()?.await?;
            numbers.try_fold(0, |last, number| Ok(last.max(number?)))
        };
        let last: u32 = read.await.map_err(failed)?;
        Ok(BookId(last).next())
    }

    /// The operations of a book; `None` when it is not there.
    pub(crate) async fn book(&self, BookId(number): BookId) -> Result<Option<Vec<Op>>, Failure> {
        let read = async {
            let tx = self.0.transaction([BOOKS]).build()?;
            let store = tx.object_store(BOOKS)?;
            store.get::<Uint8Array, _, _>(number).primitive()?.await
        };
        let bytes: Option<Vec<u8>> = read.await.map_err(failed)?.map(Into::into);
        let ops = bytes.map(|bytes| decode_ops(&bytes)).transpose();
        ops.map_err(|error| Failure::Disk(error.to_string()))
    }

    /// The turn of this worker at changing books: what it reads is still so when it writes.
    pub(crate) async fn turn(&self) -> Result<Turn, Failure> {
        Turn::take(NAME).await.map_err(Failure::Disk)
    }

    /// Puts books on the shelf, all of them or none.
    pub(crate) async fn put(&self, _turn: &Turn, entries: &[Entry]) -> Result<(), Failure> {
        let encoded = encoded(entries)?;
        let write = async {
            let tx = self.begin()?;
            put_all(&tx, &encoded)?;
            tx.commit().await
        };
        write.await.map_err(failed)
    }

    /// The desk's own log, and who writes it; nobody yet on a new desk.
    pub(crate) async fn desk(&self) -> Result<(Option<DeviceId>, Vec<Op>), Failure> {
        let read = async {
            let tx = self.0.transaction([DESK]).build()?;
            let store = tx.object_store(DESK)?;
            let writer: Option<String> = store.get(WRITER).primitive()?.await?;
            let segments = store.get_all::<Uint8Array>();
            let segments = segments.with_query::<String, _>(segments_range());
            let segments = segments.primitive()?.await?;
            let segments = segments.map(|segment| Ok(segment?.into()));
            Ok((writer, segments.collect::<Result<Vec<Vec<u8>>, Error>>()?))
        };
        let (writer, segments) = read.await.map_err(failed)?;
        let mut ops = Vec::new();
        for segment in &segments {
            let read = decode_ops(segment);
            ops.extend(read.map_err(|error| Failure::Disk(error.to_string()))?);
        }
        Ok((writer.and_then(|writer| writer.parse().ok()), ops))
    }

    /// Adds operations of `writer` to the desk's log. The segment's number is that of its first operation,
    /// and is refused when it is there: another tab has written meanwhile, and no number is given twice.
    pub(crate) async fn append_to_desk(&self, writer: DeviceId, ops: &[Op]) -> Result<(), Failure> {
        let Some(first) = ops.first() else {
            return Ok(());
        };
        let bytes = encode_ops(ops).map_err(|error| Failure::Disk(error.to_string()))?;
        let key = segment(first.id.ctr);
        let write = async {
            let tx = self.begin()?;
            let store = tx.object_store(DESK)?;
            let writer = writer.to_string();
            store.put(writer).with_key(WRITER).primitive()?;
            let bytes = Uint8ArraySlice::new(&bytes);
            store.add(bytes).with_key(key).primitive()?;
            tx.commit().await
        };
        write.await.map_err(failed)
    }

    /// Erases: replaces books, takes books away and notes it in the desk's log, all of it or nothing. What is
    /// called erased is erased, and noted.
    pub(crate) async fn erase(&self, _turn: &Turn, erasing: &Erasing<'_>) -> Result<(), Failure> {
        let replaced = encoded(&erasing.replaced)?;
        let (writer, note) = erasing.note;
        let first = note.first().map_or(0, |op| op.id.ctr);
        let note = encode_ops(note).map_err(unwritten)?;
        let write = async {
            let tx = self.begin()?;
            put_all(&tx, &replaced)?;
            let (backs, books) = (tx.object_store(BACKS)?, tx.object_store(BOOKS)?);
            let marks = tx.object_store(MARKS)?;
            for back in erasing.gone {
                drop(backs.delete(back.card.book.0).primitive()?);
                drop(books.delete(back.card.book.0).primitive()?);
                for mark in back.marks() {
                    drop(marks.delete(mark.as_str()).primitive()?);
                }
            }
            let store = tx.object_store(DESK)?;
            let writer = writer.to_string();
            store.put(writer).with_key(WRITER).primitive()?;
            let note = Uint8ArraySlice::new(&note);
            store.add(note).with_key(segment(first)).primitive()?;
            tx.commit().await
        };
        write.await.map_err(failed)
    }

    pub(crate) async fn remove(&self, _turn: &Turn, BookId(number): BookId) -> Result<(), Failure> {
        let backs = self.backs().await?;
        let back = backs.iter().find(|back| back.card.book.0 == number);
        let marks = back.map(Back::marks).unwrap_or_default();
        let write = async {
            let tx = self.begin()?;
            for store in [BACKS, BOOKS] {
                drop(tx.object_store(store)?.delete(number).primitive()?);
            }
            for mark in &marks {
                drop(tx.object_store(MARKS)?.delete(mark.as_str()).primitive()?);
            }
            tx.commit().await
        };
        write.await.map_err(failed)
    }

    /// A transaction that ends when it is on the disk.
    fn begin(&self) -> Result<Transaction<'_>, Error> {
        let mut strict = TransactionOptions::new();
        strict.set_durability(TransactionDurability::Strict);
        self.0
            .transaction(STORES)
            .with_mode(TransactionMode::Readwrite)
            .with_options(strict)
            .build()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.0.as_sys().close();
    }
}

/// An [`Entry`] as it is stored. Made before the transaction begins: it must not wait for that.
struct Encoded<'a> {
    number: u32,
    back: Vec<u8>,
    book: Vec<u8>,
    marks: BTreeSet<ClassMark>,
    parts: &'a [BookId],
}

fn encoded(entries: &[Entry]) -> Result<Vec<Encoded<'_>>, Failure> {
    let encoded = entries.iter().map(|Entry { back, ops, parts }| {
        Ok(Encoded {
            number: back.card.book.0,
            back: back.encode().map_err(unwritten)?,
            book: encode_ops(ops).map_err(unwritten)?,
            marks: back.marks(),
            parts,
        })
    });
    encoded.collect()
}

fn put_all(tx: &Transaction<'_>, entries: &[Encoded<'_>]) -> Result<(), Error> {
    let (backs, books) = (tx.object_store(BACKS)?, tx.object_store(BOOKS)?);
    let marks = tx.object_store(MARKS)?;
    for entry in entries {
        for BookId(part) in entry.parts {
            drop(backs.delete(*part).primitive()?);
            drop(books.delete(*part).primitive()?);
        }
        let number = entry.number;
        let back = Uint8ArraySlice::new(&entry.back);
        backs.put(back).with_key(number).primitive()?;
        let book = Uint8ArraySlice::new(&entry.book);
        books.put(book).with_key(number).primitive()?;
        for mark in &entry.marks {
            marks.put(number).with_key(mark.as_str()).primitive()?;
        }
    }
    Ok(())
}

/// Where a segment of the desk's log is; `ctr`: the number of its first operation.
fn segment(ctr: u64) -> String {
    format!("{ctr:016}")
}

fn segments_range() -> std::ops::RangeInclusive<String> {
    segment(0)..="~".to_owned()
}

fn upgrade(old: f64, database: &Database) -> Result<(), Error> {
    // The stores of version 2 are these; its backs are read as they were written.
    if old >= 2.0 {
        return Ok(());
    }
    // The version before was never given to anybody, and kept backs that this one cannot read.
    if old >= 1.0 {
        for store in database.object_store_names() {
            database.delete_object_store(&store)?;
        }
    }
    for store in STORES {
        database.create_object_store(store).build()?;
    }
    Ok(())
}

fn unwritten(error: impl Display) -> Failure {
    Failure::Disk(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err takes")]
fn failed(error: Error) -> Failure {
    Failure::Disk(error.to_string())
}
