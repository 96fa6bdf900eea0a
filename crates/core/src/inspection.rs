//! Where an inspection stands: what people found, and what the book itself decides.

use crate::book::{Book, Finding, Findings, Round, Subject, Verdict};
use crate::ident::StudentNo;
use crate::measure::{Reach, Share};
use crate::pack::{Item, Measure, Pack, Scope};

/// One item of a checklist as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemState<'a> {
    /// The item.
    pub item: &'a Item,
    /// What holds now; `None` while nobody knows.
    pub verdict: Option<Verdict>,
    /// Whether a person or the book says so.
    pub basis: Basis,
    /// What was written down.
    pub finding: Option<&'a Finding>,
    /// Whether it waits for a person. In a round that is over nobody is asked for what the book did not know.
    pub is_waiting: bool,
}

/// What an [`ItemState`] rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A person's verdict, or nobody's yet.
    Person,
    /// The book's own count, as long as no person says otherwise.
    Book(Share),
}

/// How far an inspection has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items with a verdict.
    pub decided: u32,
    /// Items that failed.
    pub failed: u32,
    /// Items that wait for a person.
    pub waiting: u32,
    /// Items in all.
    pub items: u32,
}

impl Subject {
    /// Which checklist and criteria apply.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Class => Scope::Class,
            Self::Dorm(_) => Scope::Dorm,
        }
    }
}

/// The listed students that `subject` is about.
pub fn members<'a>(book: &'a Book, subject: &Subject) -> Vec<&'a StudentNo> {
    let of_subject = book.students().filter(|(_, student)| match subject {
        Subject::Class => true,
        Subject::Dorm(dorm) => student.dorm.get() == Some(dorm),
    });
    of_subject.map(|(no, _)| no).collect()
}

/// All items of `subject`'s checklist as they stand in `round` (`None`: no round was opened yet).
///
/// What the book decides is computed from today's records. Opening the next round freezes it, so
/// that an old round keeps what was true then.
pub fn items<'a>(
    book: &'a Book,
    pack: &'a Pack,
    round: Option<Round>,
    subject: &Subject,
) -> Vec<ItemState<'a>> {
    let findings = round.and_then(|round| book.findings(round, subject));
    let members = members(book, subject);
    // A round that is about to be opened is later than all; the book decides in it as well.
    let is_current = round >= book.current_round();
    let checklist = pack.checklist(subject.scope());
    let state = |item| item_state(book, item, findings, &members, is_current);
    checklist.items.iter().map(state).collect()
}

fn item_state<'a>(
    book: &Book,
    item: &'a Item,
    findings: Option<&'a Findings>,
    members: &[&StudentNo],
    is_current: bool,
) -> ItemState<'a> {
    let finding = findings.and_then(|findings| findings.get(&item.id));
    let written = finding.and_then(|finding| finding.verdict.copied());
    let is_asked = written.is_none() && is_current;
    let share = item
        .auto
        .filter(|_| is_asked)
        .and_then(|measure| decided(book, measure, members));
    let (verdict, basis) = match share {
        Some(share) => (from_share(share), Basis::Book(share)),
        None => (written, Basis::Person),
    };
    ItemState {
        item,
        verdict,
        basis,
        finding,
        is_waiting: share.is_none() && written.is_none() && (is_asked || item.auto.is_none()),
    }
}

/// What the book itself counts. An activity that nobody recorded may have been held all the same: a person can say
/// so, and is asked.
fn decided(book: &Book, measure: Measure, members: &[&StudentNo]) -> Option<Share> {
    let share = Share::of_students(book, measure, members.iter().copied());
    (share.is_known() || !measure.is_of_activities()).then_some(share)
}

/// All members meet it, or not; unknown while it depends on somebody not recorded.
fn from_share(share: Share) -> Option<Verdict> {
    match share.reaches(100) {
        Reach::Met => Some(Verdict::Pass),
        Reach::Unmet => Some(Verdict::Fail),
        Reach::Unknown => None,
    }
}

impl Progress {
    /// How far `items` have come.
    pub fn of(items: &[ItemState<'_>]) -> Self {
        let count = |holds: fn(&ItemState<'_>) -> bool| {
            u32::try_from(items.iter().filter(|item| holds(item)).count()).unwrap_or(u32::MAX)
        };
        Self {
            decided: count(|item| item.verdict.is_some()),
            failed: count(|item| item.verdict == Some(Verdict::Fail)),
            waiting: count(|item| item.is_waiting),
            items: count(|_| true),
        }
    }

    /// Whether every item that a person must look at has been looked at. Items that the book decides
    /// do not wait for the inspector.
    pub fn is_inspected(&self) -> bool {
        self.waiting == 0
    }
}
