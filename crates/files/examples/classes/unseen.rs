//! Two phones that write without seeing each other.

use anyhow::Result;
use wuzha_core::book::commands::{self, Mark};
use wuzha_core::book::{Book, Status, Verification};
use wuzha_core::ident::StudentNo;
use wuzha_core::log::Change;

use super::Class;

/// Two phones write the same register of some students; one in four such conflicts is settled.
///
/// To be called when the phones have met.
pub(super) fn write(class: &mut Class<'_>) -> Result<()> {
    let students = class.dice.shuffled(class.numbers());
    for no in students.iter().take(class.plan.unseen as usize) {
        let [one, other] = versions(class, no);
        class.phones.write(0, |_| one.clone())?;
        // In half of the cases in the same millisecond: then the devices' ids decide.
        match class.dice.happens(50) {
            true => class.phones.write_now(1, |_| other)?,
            false => class.phones.write(1, |_| other)?,
        }
        class.phones.meet();
        if class.dice.happens(25) {
            settle(class, one)?;
        }
    }
    Ok(())
}

/// What two people write about one student. Now and then they say the same, which is no conflict.
fn versions(class: &mut Class<'_>, no: &StudentNo) -> [Vec<Change>; 2] {
    let mark = |mark, yes| commands::mark(no, mark, Some(yes));
    match class.dice.between(0..=4) {
        0 => [mark(Mark::Pledge, true), mark(Mark::Pledge, false)],
        1 => [mark(Mark::Notice, false), mark(Mark::Notice, true)],
        2 => [mark(Mark::Pledge, true), mark(Mark::Pledge, true)],
        _ => [Status::WarningOn, Status::NotInstalled].map(|status| status_of(no, status)),
    }
}

/// The status as somebody writes it who sees none yet.
fn status_of(no: &StudentNo, status: Status) -> Vec<Change> {
    commands::register(&Book::default(), no, status, Verification::InPerson)
}

fn settle(class: &mut Class<'_>, chosen: Vec<Change>) -> Result<()> {
    for Change { key, value } in chosen {
        class.phones.write(0, |_| commands::choose(&key, value))?;
    }
    class.phones.meet();
    Ok(())
}
