use wuzha_core::award::{Candidate, Decision};
use wuzha_core::ledger::{self, Cell, Ledger};
use wuzha_core::time::UtcOffset;

use super::{awards, class, decided, mark};
use crate::support::{NOW, dorm, pack};

#[test]
fn who_has_no_award_is_not_on_the_list_to_be_published_and_all_are_explained() {
    let given = class(1, "软件2101班（示例）", "软件系（示例）");
    let open = class(2, "软件2102班（示例）", "软件系（示例）");
    let (_, log) = decided(&[
        (Candidate::Class(mark(&given)), Decision::Given),
        (Candidate::Dorm(mark(&open), dorm(2)), Decision::Given),
        (Candidate::Dorm(mark(&open), dorm(1)), Decision::Refused),
    ]);
    let awards = awards(&[&given, &open], &log);
    let workbook = ledger::awards(&awards, &pack(), NOW, UtcOffset::CHINA);
    let [published, classes, dorms, units] = workbook.ledgers.as_slice() else {
        panic!("four sheets");
    };
    let place = |class: &str| {
        [
            Cell::text("软件系（示例）"),
            Cell::Unknown,
            Cell::text(class),
        ]
    };
    let row = |title: &str, class: &str, dorm: Cell| {
        let row = [Cell::text(title)].into_iter().chain(place(class));
        row.chain([dorm]).collect::<Vec<Cell>>()
    };
    assert_eq!(
        published.rows,
        [
            row("无诈班级", "软件2101班（示例）", Cell::Empty),
            row("无诈寝室", "软件2102班（示例）", Cell::text("3-302")),
        ]
    );
    assert_eq!(
        column(classes, "结果"),
        [Cell::text("达标"), Cell::text("不达标")]
    );
    assert_eq!(column(classes, "人工复核"), [Cell::text("是"), Cell::Empty]);
    assert_eq!(dorms.rows.len(), 4);
    let why = column(classes, "未达到的条件").remove(1);
    assert_eq!(why, Cell::text("无诈寝室达标率不低于 80%（1/2）"));
    assert_eq!(
        column(units, "单位"),
        [Cell::text("软件系（示例）"), Cell::text("全校")]
    );
}

fn column(ledger: &Ledger, heading: &str) -> Vec<Cell> {
    let mut columns = ledger.columns.iter();
    let at = columns
        .position(|column| column.heading == heading)
        .unwrap();
    let cells = ledger.rows.iter().map(|row| row.get(at).cloned().unwrap());
    cells.collect()
}
