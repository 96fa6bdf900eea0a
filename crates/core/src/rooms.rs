//! Rooms: the dorms of a class in the order in which they are walked through, and where each stands.

use std::cmp::Ordering;

use crate::award::{self, Outcome};
use crate::book::{Book, Round, Student, Subject};
use crate::ident::{DormName, StudentNo};
use crate::inspection::{self, Basis, ItemState, Progress};
use crate::pack::Pack;

/// A dorm in a round of inspections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// 寝室
    pub name: DormName,
    /// How many listed students live there.
    pub members: u32,
    /// How far its inspection has come.
    pub progress: Progress,
    /// What follows from it.
    pub state: RoomState,
}

/// Where a room stands; the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomState {
    /// Nobody has given a verdict in this round.
    NotInspected,
    /// Some items still wait for a person.
    Started,
    /// Inspected; some items failed.
    Failed,
    /// Inspected, and nothing failed, but the book does not know enough to decide its own items.
    Undecided,
    /// Everything passed, in a round that is over.
    Passed,
    /// Everything passed in the current round; this is how the gates of 无诈寝室 stand.
    Gates(Outcome),
}

/// The rooms beside a room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one before; the first has none.
    pub previous: Option<DormName>,
    /// The one after; the last has none.
    pub next: Option<DormName>,
}

/// All rooms as they stand in `round`, in natural order.
pub fn rooms(book: &Book, pack: &Pack, round: Option<Round>) -> Vec<Room> {
    let room = |name: &DormName| {
        let subject = Subject::Dorm(name.clone());
        let items = inspection::items(book, pack, round, &subject);
        let members = inspection::members(book, &subject).len();
        Room {
            name: name.clone(),
            members: u32::try_from(members).unwrap_or(u32::MAX),
            progress: Progress::of(&items),
            state: state(book, pack, round, &subject, &items),
        }
    };
    names(book).into_iter().map(room).collect()
}

/// The rooms beside `name` in natural order; none when nobody lives there.
pub fn neighbours(book: &Book, name: &DormName) -> Neighbours {
    let names = names(book);
    let Some(at) = names.iter().position(|room| *room == name) else {
        return Neighbours::default();
    };
    let room = |at: Option<usize>| names.get(at?).map(|room| (*room).clone());
    Neighbours {
        previous: room(at.checked_sub(1)),
        next: room(at.checked_add(1)),
    }
}

/// The listed students of whom no dorm is known.
pub fn without_dorm(book: &Book) -> impl Iterator<Item = (&StudentNo, &Student)> {
    book.students()
        .filter(|(_, student)| student.dorm.get().is_none())
}

/// Orders room names as people count: `3-9` before `3-10`.
pub fn natural(a: &str, b: &str) -> Ordering {
    // `3-09` and `3-9` count alike but are two names.
    parts(a).cmp(parts(b)).then_with(|| a.cmp(b))
}

fn names(book: &Book) -> Vec<&DormName> {
    let mut names: Vec<&DormName> = book.dorms().into_keys().collect();
    names.sort_by(|a, b| natural(a.as_str(), b.as_str()));
    names
}

fn state(
    book: &Book,
    pack: &Pack,
    round: Option<Round>,
    subject: &Subject,
    items: &[ItemState<'_>],
) -> RoomState {
    let progress = Progress::of(items);
    let is_over = round < book.current_round();
    // What the book said when a round ended is written like a person's verdict, but is none.
    let by_person = |state: &ItemState<'_>| {
        state.verdict.is_some()
            && state.basis == Basis::Person
            && !(is_over && state.item.auto.is_some())
    };
    if !items.iter().any(by_person) {
        RoomState::NotInspected
    } else if !progress.is_inspected() {
        RoomState::Started
    } else if progress.failed > 0 {
        RoomState::Failed
    } else if progress.decided < progress.items {
        RoomState::Undecided
    } else if is_over {
        RoomState::Passed
    } else {
        RoomState::Gates(award::outcome(&award::gates(book, pack, subject)))
    }
}

/// A run of digits, or of anything else. Numbers are compared by how many digits they have, then
/// digit by digit, so that no length overflows.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Number { digits: usize, value: &'a str },
    Word(&'a str),
}

fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_number = rest.chars().next()?.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != is_number);
        let (part, tail) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = tail;
        let value = part.trim_start_matches('0');
        Some(match is_number {
            true => Part::Number {
                digits: value.len(),
                value,
            },
            false => Part::Word(part),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_ordered_as_people_count() {
        let mut names = ["3-10", "3-9", "12-1", "3-09", "南区 2", "3-9A", "3", "B201"];
        names.sort_by(|a, b| natural(a, b));
        let expected = ["3", "3-09", "3-9", "3-9A", "3-10", "12-1", "B201", "南区 2"];
        assert_eq!(names, expected);
    }

    #[test]
    fn a_number_longer_than_any_integer_is_still_ordered() {
        let (short, long) = ("9".repeat(30), format!("1{}", "0".repeat(30)));
        assert_eq!(natural(&short, &long), Ordering::Less);
    }
}
