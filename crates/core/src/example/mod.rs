//! An invented class, so that everybody can look around before there is a class of their own.
//!
//! Everything in it says that it is invented, and it is kept in a book of its own. It is in the
//! middle of things: some have registered and some have not, some dorms are inspected, and a third of
//! the class has taken a quiz.

mod activities;
mod quiz;
#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate};
use thiserror::Error;

use crate::book::commands::{self, Mark, ProfileInput};
use crate::book::{Book, NotYetHeld, Round, Status, Subject, Verdict, Verification};
use crate::ident::{DormName, IdentError, PersonName, StudentNo};
use crate::inspection::{self, Basis};
use crate::log::{Change, DeviceId, Hlc, Registers};
use crate::pack::Pack;
use crate::quiz::{Bank, PaperError};
use crate::roster;
use crate::text::ImpersonalError;
use crate::time::UnixMillis;

/// How many dorms the class lives in; the first five have six beds, the others five.
const DORMS: usize = 8;
/// How many days of the campaign are over.
const DAYS_IN: u64 = 6;
const SURNAMES: [&str; 15] = [
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩",
];
const GIVEN_NAMES: [&str; 3] = ["一", "二", "三"];

/// Why the class cannot be made.
#[derive(Debug, Error)]
pub enum ExampleError {
    /// A name or number of the class is none: a defect here.
    #[error("an identifier of the example: {0}")]
    Ident(#[from] IdentError),
    /// A text of an activity is none: a defect here.
    #[error("an activity of the example: {0}")]
    Text(#[from] ImpersonalError),
    /// So is its day.
    #[error("an activity of the example: {0}")]
    Day(#[from] NotYetHeld),
    /// The bank has too few questions for a paper.
    #[error("the example's quiz: {0}")]
    Paper(#[from] PaperError),
}

/// All that is recorded of the example class on the evening of `today`, to be committed at once to an
/// empty book. The same arguments give the same class.
///
/// # Errors
/// See [`ExampleError`]; none happens with the content that ships.
pub fn example_class(
    bank: &Bank,
    pack: &Pack,
    today: NaiveDate,
) -> Result<Vec<Change>, ExampleError> {
    let mut desk = Desk::default();
    let start = today.checked_sub_days(Days::new(DAYS_IN)).unwrap_or(today);
    let roster = roster()?;
    desk.write(|book| commands::set_profile(book, &profile(), start));
    desk.write(|book| commands::import(book, &roster));
    register(&mut desk, &roster);
    collect_papers(&mut desk, &roster);
    let yesterday = today.pred_opt().unwrap_or(today);
    inspect(&mut desk, pack, Round(yesterday));
    activities::hold(&mut desk, today)?;
    quiz::hold(&mut desk, bank, &roster, yesterday)?;
    Ok(desk.changes)
}

/// A book that is written as the app writes one, so that every command sees what came before it.
#[derive(Default)]
struct Desk {
    registers: Registers,
    book: Book,
    changes: Vec<Change>,
}

impl Desk {
    fn write(&mut self, command: impl FnOnce(&Book) -> Vec<Change>) {
        let changes = command(&self.book);
        // Who and when do not matter: the store stamps the changes anew.
        let device = DeviceId::from_bytes([0; 8]);
        let hlc: Hlc = self.registers.last_hlc().next(UnixMillis(0));
        let ops = self.registers.stamp(device, hlc, changes.clone());
        for op in &ops {
            self.registers.apply(op);
        }
        self.book
            .refresh(&self.registers, ops.iter().map(|op| &op.key));
        self.changes.extend(changes);
    }
}

fn profile() -> ProfileInput {
    ProfileInput {
        school: "示例职业学院".to_owned(),
        department: "软件系（示例）".to_owned(),
        grade: "2021级".to_owned(),
        name: "软件2101班（示例）".to_owned(),
    }
}

/// 45 students: 示例赵一 with SL210101 in 3-301 and so on, SL for 示例.
fn roster() -> Result<Vec<roster::Student>, IdentError> {
    let names = GIVEN_NAMES
        .iter()
        .flat_map(|given| SURNAMES.map(|surname| format!("示例{surname}{given}")));
    (1..)
        .zip(names)
        .map(|(n, name)| {
            Ok(roster::Student {
                no: StudentNo::try_from(format!("SL2101{n:02}"))?,
                name: PersonName::try_from(name)?,
                dorm: Some(DormName::try_from(format!("3-3{:02}", dorm_of(n)))?),
            })
        })
        .collect()
}

/// The dorm, from 1, of the `n`th student, from 1.
fn dorm_of(n: usize) -> usize {
    let in_large_dorms = 5 * 6;
    if n <= in_large_dorms {
        n.div_ceil(6)
    } else {
        5 + (n - in_large_dorms).div_ceil(DORMS - 3)
    }
}

/// The first dorm is done; from then on all that can happen happens, and seven are not recorded yet.
fn register(desk: &mut Desk, roster: &[roster::Student]) {
    for (student, n) in roster.iter().zip(1..) {
        let Some(status) = status(n) else { continue };
        let verification = match n % 3 {
            0 => Verification::SelfReported,
            1 => Verification::InPerson,
            _ => Verification::Screenshot,
        };
        desk.write(|book| commands::register(book, &student.no, status, verification));
        match status {
            Status::Registered | Status::WarningOn => {
                let is_right = n != 17;
                desk.write(|_| commands::mark(&student.no, Mark::Region, Some(is_right)));
            }
            Status::Unable if n < 40 => {
                desk.write(|book| {
                    commands::set_reason(book, &student.no, "用老人机，装不了（示例）")
                });
            }
            _ => {}
        }
    }
}

fn status(n: usize) -> Option<Status> {
    match n {
        1..=6 => Some(Status::WarningOn),
        11 | 23 => Some(Status::NotInstalled),
        14 | 26 | 35 => Some(Status::Installed),
        // The first gives a reason, the second does not.
        20 | 41 => Some(Status::Unable),
        38 => Some(Status::Declined),
        29 | 32 | 36 | 39 | 42 | 44 | 45 => None,
        n if n % 4 == 3 => Some(Status::Registered),
        _ => Some(Status::WarningOn),
    }
}

/// Pledges and parents' slips: complete for the first dorm, most and some for the others.
fn collect_papers(desk: &mut Desk, roster: &[roster::Student]) {
    for (student, n) in roster.iter().zip(1..) {
        let is_first_dorm = dorm_of(n) == 1;
        if is_first_dorm || n % 4 != 0 {
            desk.write(|_| commands::mark(&student.no, Mark::Pledge, Some(true)));
        }
        if is_first_dorm || n % 3 == 0 {
            desk.write(|_| commands::mark(&student.no, Mark::Notice, Some(true)));
        }
    }
}

/// Six dorms are inspected, two of them with something to mend, and half of the class's checklist.
fn inspect(desk: &mut Desk, pack: &Pack, round: Round) {
    desk.write(|book| commands::open_round(book, pack, round));
    let dorms: Vec<Subject> = desk
        .book
        .dorms()
        .into_keys()
        .cloned()
        .map(Subject::Dorm)
        .collect();
    for (subject, n) in dorms.iter().zip(1..=6) {
        match n {
            2 => fail_first(desk, pack, round, subject, "提示卡掉了，已补一张（示例）"),
            5 => fail_first(desk, pack, round, subject, "卡上的字看不清，要换（示例）"),
            _ => {}
        }
        desk.write(|book| commands::pass_rest(book, pack, round, subject));
    }
    let waiting = waiting(desk, pack, round, &Subject::Class);
    for item in waiting.iter().take(waiting.len() / 2) {
        desk.write(|_| commands::judge(round, &Subject::Class, item, Some(Verdict::Pass)));
    }
}

/// Fails the first item that a person has to look at.
fn fail_first(desk: &mut Desk, pack: &Pack, round: Round, subject: &Subject, remark: &str) {
    if let Some(item) = waiting(desk, pack, round, subject).first() {
        desk.write(|_| commands::judge(round, subject, item, Some(Verdict::Fail)));
        desk.write(|book| commands::set_remark(book, round, subject, item, remark));
    }
}

/// The items of a checklist that wait for a person.
fn waiting(desk: &Desk, pack: &Pack, round: Round, subject: &Subject) -> Vec<crate::ident::Slug> {
    inspection::items(&desk.book, pack, Some(round), subject)
        .into_iter()
        .filter(|state| state.verdict.is_none() && state.basis == Basis::Person)
        .map(|state| state.item.id.clone())
        .collect()
}
