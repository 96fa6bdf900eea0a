//! The private note on a student: it reaches nobody, and nobody's reaches into it.

use wuzha_core::book::{commands, for_others};
use wuzha_core::ident::StudentNo;
use wuzha_core::log::{Op, Value};

use crate::support::{Desk, student};

fn no() -> StudentNo {
    student(1, 1).no
}

fn note(desk: &Desk) -> Option<&str> {
    let note = &desk.book.student(&no())?.note;
    note.get().map(String::as_str)
}

/// A desk's operations as others get them.
fn handed_in(ops: &[Op]) -> Vec<Op> {
    ops.iter().map(for_others).collect()
}

#[test]
fn nothing_of_a_note_is_handed_in_but_its_number() {
    let mut desk = Desk::with_class(1, 2);
    let mut ops = desk.write(commands::set_note(&desk.book, &no(), "家里最近有事"));
    ops.extend(desk.write(commands::set_reason(&desk.book, &no(), "无智能手机")));
    let sent = handed_in(&ops);
    assert_eq!((sent[0].id, &sent[0].value), (ops[0].id, &Value::Null));
    assert_eq!(sent[1..], ops[1..], "the rest as it is");
}

#[test]
fn two_phones_keep_a_note_each_on_one_student() {
    let (mut monitor, mut deputy) = (Desk::new(1), Desk::new(2));
    let class = monitor.write(commands::import(&monitor.book, &[student(1, 1)]));
    deputy.receive(&class);
    let by_monitor = monitor.write(commands::set_note(&monitor.book, &no(), "班长记"));
    deputy.receive(&handed_in(&by_monitor));
    assert_eq!(note(&deputy), None);
    let by_deputy = deputy.write(commands::set_note(&deputy.book, &no(), "副班长记"));
    monitor.receive(&handed_in(&by_deputy));
    assert_eq!(
        (note(&monitor), note(&deputy)),
        (Some("班长记"), Some("副班长记"))
    );
    for desk in [&monitor, &deputy] {
        assert!(desk.book.conflicts().is_empty());
    }
    monitor.write(commands::set_note(&monitor.book, &no(), ""));
    assert_eq!((note(&monitor), note(&deputy)), (None, Some("副班长记")));
}
