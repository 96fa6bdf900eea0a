//! 学生台账: one row a student. The monitor's private notes are not in it.

use super::{Cell, Ledger, PLACE, Source, columns, words};
use crate::book::Student;
use crate::ident::StudentNo;
use crate::quiz::{Outcome, Score};

/// What its sheet is called.
pub(crate) const NAME: &str = "学生台账";

pub(super) fn ledger(source: &Source<'_>) -> Ledger {
    let headings = [
        ("寝室", 10),
        ("学号", 16),
        ("姓名", 14),
        ("APP状态", 14),
        ("地区", 8),
        ("核验方式", 10),
        ("核验人", 10),
        ("核验时间", 17),
        ("承诺书", 8),
        ("家长回执", 10),
        ("首测", 8),
        ("补测", 8),
        ("测验", 8),
        ("无法安装原因", 24),
    ];
    Ledger {
        name: NAME.to_owned(),
        columns: columns(PLACE.into_iter().chain(headings)).collect(),
        rows: source
            .book
            .students()
            .map(|(no, student)| row(source, no, student))
            .collect(),
    }
}

fn row(source: &Source<'_>, no: &StudentNo, student: &Student) -> Vec<Cell> {
    let outcome = source.book.latest_quiz().map(|quiz| quiz.outcome(no));
    let results = outcome.as_ref().and_then(Outcome::results);
    let has_status = student.status.get().is_some();
    let verified = student.verified.written();
    let of_status = |cell: Cell| if has_status { cell } else { Cell::Empty };
    let mut row = Vec::from(source.place());
    row.extend([
        Cell::known(student.dorm.get(), |dorm| Cell::text(dorm.as_str())),
        Cell::text(no.as_str()),
        Cell::text(student.name_text()),
        Cell::known(student.status.copied(), |status| {
            Cell::text(words::status(status))
        }),
        Cell::known(student.region.copied(), |yes| {
            Cell::text(words::region(yes))
        }),
        of_status(Cell::known(student.verified.copied(), |how| {
            Cell::text(words::verification(how))
        })),
        of_status(Cell::known(
            verified.and_then(|written| source.book.recorder(written.by)),
            Cell::text,
        )),
        of_status(Cell::known(verified, |written| Cell::Time(written.at))),
        Cell::known(student.pledge.copied(), |yes| {
            Cell::text(words::pledge(yes))
        }),
        Cell::known(student.notice.copied(), |yes| {
            Cell::text(words::notice(yes))
        }),
        score(results.and_then(|results| results.first)),
        score(results.and_then(|results| results.retake)),
        outcome.map_or(Cell::Empty, |outcome| Cell::text(words::outcome(&outcome))),
        student.reason.get().map_or(Cell::Empty, Cell::text),
    ]);
    row
}

/// Nothing belongs where no attempt was made: the column 测验 says 缺考.
pub(super) fn score(score: Option<Score>) -> Cell {
    score.map_or(Cell::Empty, |score| Cell::ratio(score.right(), score.of()))
}
