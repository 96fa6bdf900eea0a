//! What the shelf is asked about cases and support, and what it says.

use serde::{Deserialize, Serialize};
use wuzha_core::award::ClassMark;
use wuzha_core::desk::{
    Case, CaseFacts, CasePolicy, EntryId, SealedText, SupportCounts, SupportNote, Weighing,
};
use wuzha_core::quiz::Category;

use crate::LedgerRequest;
use crate::shelf::Pen;

/// A job about cases and support.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CasesJob {
    /// All that the screen shows.
    Read(LedgerRequest),
    /// Writes something, and says how all is then.
    Change {
        /// What.
        change: Box<CasesChange>,
        /// By whom and when.
        pen: Pen,
        /// As of [`CasesJob::Read`].
        ledgers: LedgerRequest,
    },
    /// What was written about a case, as a table.
    History {
        /// Which.
        id: EntryId,
        /// In which words.
        ledgers: LedgerRequest,
    },
    /// 案件统计 as XLSX.
    WriteCounts(LedgerRequest),
    /// 帮扶统计 as XLSX.
    WriteSupport(LedgerRequest),
}

/// What is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CasesChange {
    /// Enters a case.
    Record(CaseFacts),
    /// Corrects the case that was shown, or goes on with it.
    Correct(Case, CaseFacts),
    /// Sets the school's rule on what counts.
    Policy(CasePolicy),
    /// Sets how many of a class are counted; what is not in it is not known.
    Count(ClassMark, SupportCounts),
    /// Keeps a sealed note on a class.
    KeepNote(ClassMark, SealedText),
    /// Takes a note off the list.
    WithdrawNote(SupportNote),
}

/// All that the screen of cases and support shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CasesBoard {
    /// The newest first.
    pub cases: Vec<ShownCase>,
    /// What counts.
    pub policy: CasePolicy,
    /// The types that a case can have, beside 其他; none where the bank is not here.
    pub categories: Vec<Category>,
    /// The classes on the shelf.
    pub classes: Vec<CaredClass>,
}

/// A case, and what follows from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownCase {
    /// What is known of it.
    pub case: Case,
    /// Whether it counts.
    pub weighing: Weighing,
    /// The place of its class in [`CasesBoard::classes`].
    pub class: Option<u32>,
}

/// A class, as far as this screen is about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaredClass {
    /// By what something about it is written down.
    pub mark: ClassMark,
    /// 班级
    pub name: String,
    /// 系部, when it is known.
    pub department: Option<String>,
    /// How many are looked after.
    pub counts: SupportCounts,
    /// The sealed notes, the newest first.
    pub notes: Vec<SupportNote>,
}
