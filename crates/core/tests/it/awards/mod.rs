//! Awards from the dorms upwards, decided by gates and by people, and rounds that were frozen.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod cases;
mod levels;
mod published;
mod rounds;

use std::collections::BTreeSet;

use wuzha_core::award::{Awards, Candidate, ClassAward, ClassMark, Decision, Reason};
use wuzha_core::book::commands::{self, ProfileInput};
use wuzha_core::desk::{self, Desk};
use wuzha_core::log::Op;
use wuzha_core::overview::Figures;
use wuzha_core::time::UtcOffset;

use crate::support::{Desk as Phone, NOW, pack};

/// A class of two dorms of two, of a department.
fn class(device: u8, name: &str, department: &str) -> Phone {
    let mut phone = Phone::new(device);
    let rows =
        [(1, 1), (1, 2), (2, 1), (2, 2)].map(|(dorm, bed)| crate::support::student(dorm, bed));
    phone.write(commands::import(&phone.book, &rows));
    let profile = ProfileInput {
        name: name.to_owned(),
        department: department.to_owned(),
        ..ProfileInput::default()
    };
    let today = NOW.date(UtcOffset::CHINA).unwrap_or_default();
    phone.write(commands::set_profile(&phone.book, &profile, today));
    phone
}

fn mark(phone: &Phone) -> ClassMark {
    ClassMark::of_writer(phone.device)
}

/// What the desk decided, in this order.
fn decided(decisions: &[(Candidate, Decision)]) -> (Phone, Vec<Op>) {
    let mut own = Phone::new(99);
    let mut log = Vec::new();
    for (candidate, decision) in decisions {
        let reason = Reason::try_from("已核实（示例）".to_owned()).unwrap();
        log.extend(own.write(desk::decide(candidate, *decision, &reason)));
    }
    (own, log)
}

fn award(phone: &Phone, desk: &Desk) -> ClassAward {
    let pack = pack();
    let figures = Figures::of(&phone.registers, &phone.book, &pack, UtcOffset::CHINA);
    let marks = BTreeSet::from([mark(phone)]);
    ClassAward::of(&phone.book, figures, &marks, mark(phone), &pack, desk)
}

fn awards(phones: &[&Phone], log: &[Op]) -> Awards {
    let desk = Desk::fold(log);
    let classes = phones.iter().map(|phone| award(phone, &desk));
    Awards::of(classes.collect(), &pack(), &desk)
}
