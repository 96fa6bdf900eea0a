//! What is different between two packs, in the order of the files: shown to whoever publishes, and to whoever
//! receives.

mod compare;

use super::{Level, Measure, Scope, Test, WholePack};
use crate::ident::Slug;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of what.
    pub part: Part,
    /// What became of it.
    pub what: What,
}

/// A part of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The campaign, or the order of its phases.
    Campaign,
    /// A phase, or the order of its tasks.
    Phase(Slug),
    /// A task.
    Task {
        /// Of which phase.
        phase: Slug,
        /// Which one.
        task: Slug,
    },
    /// A checklist, or the order of its items.
    Checklist(Scope),
    /// An item of a checklist.
    Item {
        /// Of which list.
        scope: Scope,
        /// Which one.
        item: Slug,
    },
    /// The criteria of an award, or the order of their gates.
    Criteria(Level),
    /// A gate.
    Gate {
        /// Of which award.
        level: Level,
        /// Which one.
        gate: Slug,
    },
    /// The bank, or the order of its categories or questions.
    Bank,
    /// A category.
    Category(Slug),
    /// A question.
    Question(Slug),
    /// The school.
    School,
    /// A unit, by its names from the department down.
    Unit(String),
    /// A term, by its name.
    Term(String),
}

/// What became of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added {
        /// Its text.
        text: String,
    },
    /// It is no longer there.
    Removed {
        /// Its text.
        text: String,
    },
    /// What it lists comes in another order.
    Reordered,
    /// A text of it is another.
    Text {
        /// Which one.
        field: Field,
        /// What it was; `None` for nothing.
        from: Option<String>,
        /// What it is; `None` for nothing.
        to: Option<String>,
    },
    /// What must be reached, in percent.
    Threshold {
        /// What it was.
        from: u8,
        /// What it is.
        to: u8,
    },
    /// Failing it now decides the matter.
    VetoOn,
    /// Failing it no longer decides the matter.
    VetoOff,
    /// It is decided in another way.
    Test {
        /// How it was.
        from: Test,
        /// How it is.
        to: Test,
    },
    /// What decides it from the book.
    Auto {
        /// What it was.
        from: Option<Measure>,
        /// What it is.
        to: Option<Measure>,
    },
    /// It is the school's own now.
    Confirmed,
    /// It is an example again.
    Example,
}

/// A text of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its title, name, or what it says.
    Text,
    /// How to check it.
    Hint,
    /// Where it comes from.
    Source,
    /// The document that orders a campaign.
    Notice,
    /// From when to when.
    Days,
    /// When the report is due.
    Due,
    /// How to report.
    Report,
    /// Of a question: category, kind and difficulty.
    Class,
    /// Of a question.
    Options,
    /// Of a question: the right options.
    Answer,
    /// Of a question.
    Explanation,
    /// What to choose in the app.
    Region,
    /// Where the download code leads.
    DownloadCode,
    /// The words below it.
    CodeName,
    /// Whom to ask.
    Office,
    /// Whom to ask.
    Officer,
    /// Whom to ask.
    Phone,
    /// Whom to ask.
    MailBox,
}

/// What is different in `new`; nothing when they say the same.
pub fn changes(old: &WholePack, new: &WholePack) -> Vec<Change> {
    compare::packs(old, new)
}
