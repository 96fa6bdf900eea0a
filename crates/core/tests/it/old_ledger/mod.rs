//! Old ledgers: what is understood of a file, and what taking it over does to a book.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a fixture that is wrong should stop the test"
)]

mod layouts;
mod plans;

use wuzha_core::old_ledger::{OldLedger, OldStudent, Reading, read};
use wuzha_core::roster::Table;

/// The file of `text`, its columns separated by `|` and filled up with spaces.
fn table(text: &str) -> Table {
    let lines = text.lines().map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        cells.join("\t")
    });
    let lines: Vec<String> = lines.collect();
    Table::from_text(&lines.join("\n"))
}

fn understood(text: &str) -> OldLedger {
    let ledger = read(&table(text), &Reading::default());
    ledger.expect("a file that can be read")
}

/// The classes with their students, as one text a line.
fn told(ledger: &OldLedger) -> Vec<String> {
    let mut told = Vec::new();
    for class in &ledger.classes {
        told.push(format!(
            "# {}/{}/{}",
            class.department, class.grade, class.name
        ));
        told.extend(class.students.iter().map(student));
    }
    told
}

fn student(student: &OldStudent) -> String {
    let person = &student.person;
    let mut told = format!("{} {}", person.no, person.name);
    let dorm = person.dorm.as_ref().map(ToString::to_string);
    let parts = [
        dorm,
        student.status.map(|status| status.code().to_owned()),
        student.verification.map(|how| how.code().to_owned()),
        student.reason.clone(),
        student.region.map(|yes| format!("地区{yes}")),
        student.login.map(|yes| format!("登录{yes}")),
        student.pledge.map(|yes| format!("承诺{yes}")),
        student.notice.map(|yes| format!("回执{yes}")),
    ];
    for part in parts.into_iter().flatten() {
        told += &format!(" {part}");
    }
    told
}

/// Row, heading, text and reason of all that was not read.
fn unread(ledger: &OldLedger) -> Vec<String> {
    let line = |unread| {
        let heading = ledger.heading_of(unread).unwrap_or("-");
        format!(
            "{} {heading} {:?} {:?}",
            unread.row, unread.text, unread.why
        )
    };
    ledger.unread.iter().map(line).collect()
}
