//! What the shelf is asked about keeping, erasing and one student's records, and what it says.

use serde::{Deserialize, Serialize};
use wuzha_core::desk::ErasureNote;
use wuzha_core::ident::StudentNo;
use wuzha_core::retention::{Due, ErasureCertificate, KeptClass, KeptMonths, RetentionRule};

use crate::LedgerRequest;
use crate::shelf::{BookId, Pen};

/// A job about what is kept of persons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PrivacyJob {
    /// Which classes have been kept long enough, and what was erased before.
    Keeping {
        /// For how long they are kept.
        months: KeptMonths,
        /// When the campaign ended, and what day it is.
        ledgers: LedgerRequest,
    },
    /// Erases these classes from the shelf, and notes it.
    Expire {
        /// Which.
        books: Vec<BookId>,
        /// Who erases.
        by: Eraser,
    },
    /// In which classes something is held about a student.
    Find(StudentNo),
    /// Writes what a class holds about a student as XLSX, for that student.
    WriteStudent {
        /// Which class.
        book: BookId,
        /// Whom.
        no: StudentNo,
        /// In which words.
        ledgers: LedgerRequest,
    },
    /// Erases a student from all classes on the shelf, and notes it.
    EraseStudent {
        /// Whom.
        no: StudentNo,
        /// Who erases.
        by: Eraser,
    },
}

/// Who erases, and with what it is noted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Eraser {
    /// Their unit, for the certificate.
    pub unit: String,
    /// Who writes it into the desk's log, and when.
    pub pen: Pen,
    /// With what the figures of the classes are made anew.
    pub ledgers: LedgerRequest,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PrivacyAnswer {
    /// What is kept.
    Keeping(Keeping),
    /// Where a student was found.
    Found(Vec<Holding>),
    /// It is erased.
    Erased(ErasureCertificate),
}

/// What is kept too long, and what was erased.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Keeping {
    /// The rule by which it is.
    pub rule: RetentionRule,
    /// How many classes are on the shelf.
    pub classes: u32,
    /// Those that have been kept long enough, the longest due first.
    pub due: Vec<DueClass>,
    /// The last erasure first.
    pub erasures: Vec<ErasureNote>,
}

/// A class that has been kept long enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DueClass {
    /// Its book.
    pub book: BookId,
    /// What is kept of it.
    pub kept: KeptClass,
    /// Since when it is not to be kept any more.
    pub due: Due,
}

/// A class that holds something about a student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Its book.
    pub book: BookId,
    /// 班级
    pub class: String,
    /// How many records are about the student.
    pub records: u32,
    /// How many texts about something else name them.
    pub mentions: u32,
}
