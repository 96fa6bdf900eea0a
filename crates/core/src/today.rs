//! Where the class stands today, and what to do next.

use crate::award;
use crate::book::{Book, Status, Subject};
use crate::inspection::{self, Progress};
use crate::measure::{Share, Standing};
use crate::pack::{Measure, Pack};

/// The first screen's numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Today {
    /// 注册率
    pub registered: Share,
    /// 测验合格率
    pub quiz_passed: Share,
    /// 寝室达标率
    pub dorms_met: Share,
    /// 待办, the most urgent first.
    pub todos: Vec<Todo>,
}

/// Something to do, with how many wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Todo {
    /// The class has no students yet.
    ImportRoster,
    /// Fields in which people wrote different things.
    SettleConflicts(u32),
    /// Students whose status nobody has recorded.
    RecordStatus(u32),
    /// Students who have not registered the app.
    Register(u32),
    /// Students who cannot install, without a reason.
    GiveReason(u32),
    /// Students who registered with the wrong region.
    CorrectRegion(u32),
    /// Dorms that nobody has inspected in this round.
    InspectDorms(u32),
    /// Items of the class checklist that wait for a person.
    CheckClass(u32),
    /// No quiz was set yet.
    SetQuiz,
    /// Students who have not taken the quiz.
    TakeQuiz(u32),
    /// Students who took it and have not passed.
    RetakeQuiz(u32),
    /// Students who have not signed the pledge.
    SignPledge(u32),
    /// Students whose parents' slip is not back.
    ReturnNotice(u32),
}

impl Today {
    /// Reads the book.
    pub fn of(book: &Book, pack: &Pack) -> Self {
        Self {
            registered: Share::of_class(book, Measure::Registered),
            quiz_passed: Share::of_class(book, Measure::QuizPassed),
            dorms_met: award::dorms_met(book, pack),
            todos: todos(book, pack),
        }
    }
}

/// What waits, in order of urgency: what blocks the rest first, then what the notice counts.
fn todos(book: &Book, pack: &Pack) -> Vec<Todo> {
    if book.students().next().is_none() {
        return vec![Todo::ImportRoster];
    }
    let share = |measure| Share::of_class(book, measure);
    let open = |measure| share(measure).open();
    let counted = [
        Todo::SettleConflicts(count(book.conflicts().iter())),
        Todo::RecordStatus(count(with_status(book, None))),
        Todo::Register(share(Measure::Registered).unmet),
        Todo::GiveReason(count(
            with_status(book, Some(Status::Unable))
                .filter(|student| student.reason.get().is_none()),
        )),
        Todo::CorrectRegion(share(Measure::RegionRight).unmet),
        Todo::InspectDorms(count(uninspected_dorms(book, pack).iter())),
        Todo::CheckClass(progress(book, pack, &Subject::Class).waiting),
    ];
    let quiz = match book.latest_quiz() {
        None => vec![Todo::SetQuiz],
        Some(_) => vec![
            Todo::TakeQuiz(share(Measure::QuizTaken).unmet),
            Todo::RetakeQuiz(share(Measure::QuizPassed).unmet),
        ],
    };
    let papers = [
        Todo::SignPledge(open(Measure::PledgeSigned)),
        Todo::ReturnNotice(open(Measure::NoticeReturned)),
    ];
    let all = counted.into_iter().chain(quiz).chain(papers);
    all.filter(|todo| todo.waiting() > 0).collect()
}

impl Todo {
    /// How many wait; 1 for a thing to do once.
    pub fn waiting(self) -> u32 {
        match self {
            Self::ImportRoster | Self::SetQuiz => 1,
            Self::SettleConflicts(n)
            | Self::RecordStatus(n)
            | Self::Register(n)
            | Self::GiveReason(n)
            | Self::CorrectRegion(n)
            | Self::InspectDorms(n)
            | Self::CheckClass(n)
            | Self::TakeQuiz(n)
            | Self::RetakeQuiz(n)
            | Self::SignPledge(n)
            | Self::ReturnNotice(n) => n,
        }
    }
}

/// The dorms in which something waits for the inspector in the current round.
pub fn uninspected_dorms(book: &Book, pack: &Pack) -> Vec<Subject> {
    dorms(book)
        .filter(|dorm| !progress(book, pack, dorm).is_inspected())
        .collect()
}

/// How many dorms are inspected in the current round; the others are [`uninspected_dorms`]. Before the
/// first round nobody was to inspect them yet: that is not known, rather than not done.
pub fn dorms_inspected(book: &Book, pack: &Pack) -> Share {
    let waiting = match book.current_round() {
        Some(_) => Standing::Unmet,
        None => Standing::Unknown,
    };
    dorms(book)
        .map(|dorm| match progress(book, pack, &dorm).is_inspected() {
            true => Standing::Met,
            false => waiting,
        })
        .collect()
}

fn dorms(book: &Book) -> impl Iterator<Item = Subject> {
    book.dorms().into_keys().cloned().map(Subject::Dorm)
}

fn progress(book: &Book, pack: &Pack, subject: &Subject) -> Progress {
    Progress::of(&inspection::items(
        book,
        pack,
        book.current_round(),
        subject,
    ))
}

fn with_status(book: &Book, status: Option<Status>) -> impl Iterator<Item = &crate::book::Student> {
    book.students()
        .map(|(_, student)| student)
        .filter(move |student| student.status.copied() == status)
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
