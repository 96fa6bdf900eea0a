//! A class's book on the shelf.
//!
//! A class is known by who writes for it. Every phone has a log device of its own for each class
//! (`wuzha_core::storage`), so operations with a writer in common are of one class, whether they came from
//! the server, in a backup, or in somebody else's backup of a year ago. What the school knows as one class
//! is one as well. A book that was made of old ledgers alone has no writer in common with anybody; it is known
//! by its name and its students.

mod older;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use wuzha_core::award::ClassMark;
use wuzha_core::book::Book;
use wuzha_core::log::{DeviceId, Op, Registers};
use wuzha_core::overview::Figures;
use wuzha_core::pack::Pack;
use wuzha_core::text;
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_jobs::shelf::{BookId, Card};
use wuzha_seal::ClassId;

/// What stands on a book's back: its card, and who writes in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Back {
    pub(crate) card: Card,
    writers: BTreeSet<DeviceId>,
    /// Those of the writers who stand for an old ledger that was merged here.
    pub(crate) imports: BTreeSet<DeviceId>,
}

/// Stands before a stored back: what was stored before there were formats begins with a book's number, which is
/// never 0.
const MARK: u8 = 0;
/// The form in which backs are stored. Raised with every change to what is on a back.
const FORMAT: u8 = 1;

/// A back as it was stored.
pub(crate) enum StoredBack {
    /// With all that is on a back now.
    Whole(Back),
    /// Of a version that counted no activities and knew no counsellor; its book may tell them.
    Older(Back),
}

/// Where operations come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A class's phones.
    Phones,
    /// An old ledger, merged on this device.
    OldLedger,
}

/// What is to be put on the shelf.
pub(crate) struct Batch {
    /// As the school knows the class, where it came from the server.
    pub(crate) class: Option<ClassId>,
    pub(crate) ops: Vec<Op>,
    pub(crate) origin: Origin,
}

impl Batch {
    /// Which writers of the book that takes it in stand for an old ledger.
    pub(crate) fn imports_in(&self, own: &[Back]) -> BTreeSet<DeviceId> {
        let before = own.iter().flat_map(|back| &back.imports).copied();
        let these = self.ops.iter().map(|op| op.id.device);
        let these = these.filter(|_| self.origin == Origin::OldLedger);
        before.chain(these).collect()
    }

    /// What shares one of these marks is of one class.
    pub(crate) fn marks(&self) -> BTreeSet<ClassMark> {
        marks(self.class, self.ops.iter().map(|op| op.id.device))
    }
}

fn marks(class: Option<ClassId>, writers: impl Iterator<Item = DeviceId>) -> BTreeSet<ClassMark> {
    let class = class.map(ClassMark::of_school);
    let writers = writers.map(ClassMark::of_writer);
    writers.chain(class).collect()
}

/// With what figures are made.
pub(crate) struct Means<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) offset: UtcOffset,
    pub(crate) now: UnixMillis,
}

impl Back {
    /// What is stored.
    ///
    /// # Errors
    /// Only if memory runs out.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_extend(self, vec![MARK, FORMAT])
    }

    /// What the book of these operations tells of what an older version did not look for.
    pub(crate) fn complete(&mut self, ops: &[Op]) {
        let book = Book::fold(&fold(ops));
        self.card.figures.activities = book.activities().held();
        self.card.figures.counsellor = book.counsellor().get().cloned();
    }

    /// By what a decision about the class is written down: the school's name for it, where there is one.
    pub(crate) fn mark(&self) -> Option<ClassMark> {
        let class = self.card.class.map(ClassMark::of_school);
        class.or_else(|| self.writers.first().copied().map(ClassMark::of_writer))
    }

    /// By what this book is found; see [`Batch::marks`].
    pub(crate) fn marks(&self) -> BTreeSet<ClassMark> {
        let mut marks = marks(self.card.class, self.writers.iter().copied());
        if self.is_imported() {
            let BookId(book) = self.card.book;
            marks.insert(ClassMark::of_old_ledgers(book));
        }
        marks
    }

    /// Whether it was made of old ledgers alone.
    fn is_imported(&self) -> bool {
        self.writers == self.imports
    }

    /// Whether the book was made of old ledgers alone, and has this name.
    pub(crate) fn is_imported_as(&self, name: &str) -> bool {
        self.is_imported() && is_same_name(&self.card.figures.class, name)
    }

    /// The back of a book with these operations, each of them once.
    pub(crate) fn of(
        book: BookId,
        ops: &[Op],
        class: Option<ClassId>,
        imports: BTreeSet<DeviceId>,
        means: &Means<'_>,
    ) -> Self {
        let registers = fold(ops);
        let figures = Figures::of(
            &registers,
            &Book::fold(&registers),
            means.pack,
            means.offset,
        );
        Self {
            card: Card {
                book,
                class,
                taken_at: means.now,
                records: ops.len() as u64,
                figures,
            },
            writers: ops.iter().map(|op| op.id.device).collect(),
            imports,
        }
    }
}

impl StoredBack {
    /// What was stored; `None` for what this version cannot read.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [MARK, FORMAT, rest @ ..] => postcard::from_bytes(rest).ok().map(Self::Whole),
            [MARK, ..] => None,
            older => older::read(older).map(Self::Older),
        }
    }
}

/// Whether two names are one, however they are typed. A class without a name has nobody's.
pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    !one.is_empty() && text::folded(one) == text::folded(other)
}

/// Adds what arrives to what is here, each operation once and by id, and says how many are new. What is here stays as
/// it is: an operation that was erased keeps its id, and the one that it was is taken for known when it arrives again.
pub(crate) fn add(here: &mut Vec<Op>, arriving: Vec<Op>) -> u64 {
    let before = here.len();
    here.extend(arriving);
    // It leaves equal ids in their order, and the first of them is kept.
    here.sort_by_key(|op| op.id);
    here.dedup_by_key(|op| op.id);
    (here.len() - before) as u64
}

/// The registers of a class.
pub(crate) fn fold<'a>(ops: impl IntoIterator<Item = &'a Op>) -> Registers {
    let mut registers = Registers::default();
    for op in ops {
        registers.apply(op);
    }
    registers
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use wuzha_core::erase::erase_student;
    use wuzha_core::ident::StudentNo;
    use wuzha_core::log::{Hlc, Key, OpId, Value};

    fn batch(class: Option<u8>, writers: &[u8]) -> Batch {
        let op = |&writer: &u8| Op {
            id: OpId {
                device: DeviceId::from_bytes([writer; 8]),
                ctr: 1,
            },
            hlc: Hlc::new(UnixMillis(1_640_603_100_000), 0),
            key: Key::new("student", &["2021010101"], "name"),
            value: Value::text("示例"),
            pred: Vec::new(),
            extra: BTreeMap::new(),
        };
        Batch {
            class: class.map(|id| ClassId::from_bytes([id; 8])),
            ops: writers.iter().map(op).collect(),
            origin: Origin::Phones,
        }
    }

    fn is_one_class(a: &Batch, b: &Batch) -> bool {
        !a.marks().is_disjoint(&b.marks())
    }

    /// The back of the book that takes in a batch.
    fn back(own: &[Back], batch: Batch) -> Back {
        let pack = Pack::from_json(
            include_str!("../../../content/default/campaign.json"),
            include_str!("../../../content/default/checklists.json"),
            include_str!("../../../content/default/criteria.json"),
        );
        let means = Means {
            pack: &pack.unwrap(),
            offset: UtcOffset::CHINA,
            now: UnixMillis(1_640_603_100_000),
        };
        let imports = batch.imports_in(own);
        let writers = own.iter().flat_map(|back| &back.writers);
        let mut ops: Vec<Op> = writers.map(|writer| named(*writer)).collect();
        add(&mut ops, batch.ops);
        Back::of(BookId(1), &ops, None, imports, &means)
    }

    /// A class of the name 软件2101, by one writer.
    fn named(device: DeviceId) -> Op {
        Op {
            id: OpId { device, ctr: 1 },
            key: Key::new("class", &["profile"], "name"),
            value: Value::text("软件2101"),
            ..batch(None, &[1]).ops.remove(0)
        }
    }

    fn named_batch(origin: Origin, writer: u8) -> Batch {
        Batch {
            class: None,
            ops: vec![named(DeviceId::from_bytes([writer; 8]))],
            origin,
        }
    }

    #[test]
    fn a_book_is_of_old_ledgers_alone_until_a_phone_hands_in() {
        let imported = back(&[], named_batch(Origin::OldLedger, 8));
        let BookId(book) = imported.card.book;
        let mark = ClassMark::of_old_ledgers(book);
        assert!(imported.marks().contains(&mark), "it is looked for by this");
        assert!(imported.is_imported_as("软件 2101"));
        assert!(!imported.is_imported_as("软件2102"));
        let twice = back(&[imported], named_batch(Origin::OldLedger, 9));
        assert!(twice.is_imported_as("软件2101"), "another old ledger");
        let handed_in = back(&[twice], named_batch(Origin::Phones, 1));
        assert!(!handed_in.is_imported_as("软件2101"));
        assert!(!handed_in.marks().contains(&mark));
        let merged = back(&[handed_in], named_batch(Origin::OldLedger, 10));
        assert!(
            !merged.is_imported_as("软件2101"),
            "an old ledger afterwards"
        );
        let of_phones = back(&[], named_batch(Origin::Phones, 1));
        assert!(!of_phones.is_imported_as("软件2101"));
    }

    #[test]
    fn a_student_who_was_erased_does_not_come_back_with_the_same_file() {
        let no = StudentNo::try_from("2021010101").unwrap();
        let original = batch(None, &[1, 2]).ops;
        let (erased, counts) = erase_student(&original, &no);
        assert_eq!(counts.records, 2);
        let mut here = erased.clone();
        assert_eq!(add(&mut here, original), 0);
        assert_eq!(here, erased);
        assert_eq!(Book::fold(&fold(&here)).student(&no), None);

        let new = batch(None, &[3]).ops;
        assert_eq!(add(&mut here, new), 1, "another phone's");
    }

    #[test]
    fn a_class_is_known_by_a_writer_in_common_or_by_the_schools_name_for_it() {
        let from_server = batch(Some(7), &[1, 2]);
        assert!(
            is_one_class(&from_server, &batch(None, &[2])),
            "a backup of the deputy's"
        );
        assert!(
            is_one_class(&from_server, &batch(Some(7), &[3])),
            "a new phone"
        );
        assert!(!is_one_class(&from_server, &batch(Some(8), &[3])));
        assert!(
            !is_one_class(&batch(None, &[4]), &batch(None, &[5])),
            "two files"
        );
    }
}
