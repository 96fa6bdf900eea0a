//! 帮扶: of persons there are numbers, and notes that only the counsellor's device opens.

use wuzha_core::desk::{
    Desk, SealedText, SealedTextError, SupportCounts, SupportItem, count_support, keep_note,
    support_ledger, withdraw_note,
};
use wuzha_core::ledger::Cell;

use super::{Log, class, id, later, mark_of, marks};

const SEALED: &str =
    "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24=\n-----END AGE ENCRYPTED FILE-----";

fn sealed() -> SealedText {
    SealedText::try_from(SEALED.to_owned()).expect("sealed")
}

#[test]
fn what_is_not_counted_is_not_known_and_what_is_written_last_holds() {
    let mut log = Log::new(9);
    log.write(count_support(&mark_of(1), SupportItem::Talks, Some(4)));
    log.write_at(
        later(1),
        count_support(&mark_of(2), SupportItem::Talks, Some(6)),
    );
    log.write_at(
        later(2),
        count_support(&mark_of(1), SupportItem::Family, Some(0)),
    );
    log.write_at(
        later(3),
        count_support(&mark_of(1), SupportItem::Grants, Some(2)),
    );
    log.write_at(
        later(4),
        count_support(&mark_of(1), SupportItem::Grants, None),
    );
    let counts = log.desk().support_of_class(&marks(&[1, 2]));
    let expected = SupportCounts::from([(SupportItem::Family, 0), (SupportItem::Talks, 6)]);
    assert_eq!(counts, expected);
    assert_eq!(
        log.desk().support_of_class(&marks(&[3])),
        SupportCounts::new()
    );
}

#[test]
fn only_a_sealed_text_is_kept_as_a_note() {
    let text = |text: &str| SealedText::try_from(text.to_owned());
    for readable in [
        "",
        "今天谈话",
        "-----BEGIN AGE ENCRYPTED FILE-----\n-----END AGE ENCRYPTED FILE-----",
        "-----BEGIN AGE ENCRYPTED FILE-----\n今天谈话\n-----END AGE ENCRYPTED FILE-----",
    ] {
        assert_eq!(
            text(readable),
            Err(SealedTextError::NotSealed),
            "{readable}"
        );
    }
    let long = "A".repeat(SealedText::MAX_BYTES + 1);
    assert_eq!(text(&long), Err(SealedTextError::TooLong));
}

#[test]
fn notes_stand_beside_each_other_newest_first_until_one_is_withdrawn() {
    let mut log = Log::new(9);
    log.write(keep_note(&id(0), &mark_of(1), &sealed()));
    log.write_at(later(5), keep_note(&id(5), &mark_of(2), &sealed()));
    let ids = |desk: &Desk| {
        let marks = marks(&[1, 2]);
        let notes = desk.notes_of_class(&marks);
        notes.map(|note| note.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&log.desk()), [id(5), id(0)]);
    let desk = log.desk();
    let marks = marks(&[2]);
    let note = desk.notes_of_class(&marks).next().expect("a note");
    assert_eq!((note.at, note.sealed.as_str()), (later(5), SEALED));
    log.write_at(later(6), withdraw_note(note));
    assert_eq!(ids(&log.desk()), [id(0)]);
}

#[test]
fn the_table_tells_no_small_number_of_a_class_and_no_sum_that_would() {
    let (one, two, three) = (
        class(1, "甲班（示例）"),
        class(2, "乙班（示例）"),
        class(3, "丙班（示例）"),
    );
    let all = [
        (
            &one,
            [(SupportItem::Family, 1), (SupportItem::Talks, 2)].into(),
        ),
        (
            &two,
            [(SupportItem::Family, 5), (SupportItem::Talks, 0)].into(),
        ),
        (&three, [(SupportItem::Talks, 9)].into()),
    ];
    let ledger = support_ledger(&all);
    let column = |heading: &str| {
        let at = ledger
            .columns
            .iter()
            .position(|column| column.heading == heading);
        let at = at.expect("the column");
        let cells = ledger.rows.iter().filter_map(|row| row.get(at).cloned());
        cells.collect::<Vec<_>>()
    };
    let few = || Cell::text("少于3");
    let family = [
        few(),
        Cell::Count(5),
        Cell::Unknown,
        Cell::text("不列（避免推出单个班级）"),
        Cell::Count(1),
    ];
    assert_eq!(column("特殊家庭（人）"), family);
    let talks = [
        few(),
        few(),
        Cell::Count(9),
        Cell::Count(11),
        Cell::Count(0),
    ];
    assert_eq!(column("谈心谈话（人次）"), talks);
    assert_eq!(column("资助（人次）").get(3), Some(&Cell::Unknown));
}
