//! What stands around the texts on paper.

use wuzha_core::ledger::Cell;
use wuzha_core::report::{Author, Report, period_line, printed_cell};
use wuzha_core::time::UtcOffset;

use super::{classes, summary};

fn with_attachments(count: usize) -> Report {
    let mut report = summary(Author::Department, &classes());
    let one = report.attachments.remove(0);
    report.attachments = vec![one; count];
    report
}

#[test]
fn a_cell_that_is_not_known_is_not_an_empty_one() {
    let shown = |cell: Cell| printed_cell(&cell, UtcOffset::CHINA);
    assert_eq!(shown(Cell::Unknown), None);
    assert_eq!(shown(Cell::Number(f64::NAN)), None);
    assert_eq!(shown(Cell::Empty).as_deref(), Some(""));
    assert_eq!(shown(Cell::Count(0)).as_deref(), Some("0"));
    assert_eq!(shown(Cell::Number(86.55)).as_deref(), Some("86.5"));
    assert_eq!(shown(Cell::ratio(39, 44)).as_deref(), Some("88.6%"));
}

#[test]
fn attachments_are_numbered_when_there_are_several() {
    let name = "各班工作进展一览表";
    assert!(with_attachments(0).enclosed().is_empty());
    let one = with_attachments(1);
    assert_eq!(one.enclosed(), [format!("附件：{name}")]);
    assert_eq!(one.attachment_mark(0), "附件");
    let two = with_attachments(2);
    assert_eq!(
        two.enclosed(),
        [format!("附件：1.{name}"), format!("附件：2.{name}")]
    );
    assert_eq!(two.attachment_mark(1), "附件2");
}

#[test]
fn a_period_that_nobody_gives_has_no_line() {
    assert_eq!(period_line("2021年12月").as_deref(), Some("（2021年12月）"));
    assert_eq!(period_line(" "), None);
}
