//! What the server's list says about what was handed in: lost, denied, or handed in by others.

use crate::support::{
    JITTER, NOW, SCOPE, envelope, id, log, ops, outbox, page, read_all, receipts, seen, stages,
    stored,
};
use wuzha_seal::{ScopeId, Unit};
use wuzha_sync::{Consent, LogReader, Page, Rest, Stage, State};

#[test]
fn what_a_restored_server_lost_waits_again_or_is_sealed_anew() {
    let (mut outbox, ids) = outbox(3);
    for (id, receipt) in ids.iter().zip(receipts(0, &ids)) {
        outbox.told(*id, stored(&receipt), NOW, JITTER);
    }
    outbox.delete(ids[2], Consent::given()).unwrap();
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 0, &log(&ids));
    assert_eq!(outbox.reconcile(&reader), Default::default());

    // While the new list is not read to its end, nothing is known to be lost.
    let anew = log(&ids[..1]);
    reader.read(reader.cursor(), &page(1, &anew)).unwrap();
    let more = Page {
        rest: Rest::More,
        ..page(1, &[])
    };
    reader.read(reader.cursor(), &more).unwrap();
    assert_eq!(outbox.reconcile(&reader), Default::default());
    read_all(&mut reader, 1, &anew);
    assert_eq!(outbox.reconcile(&reader).lost, ids[1..]);
    assert_eq!(
        stages(&outbox),
        [Stage::Delivered, Stage::Waiting, Stage::Local]
    );
    assert_eq!(outbox.entries()[2].state, State::Abandoned);
    assert!(
        outbox.entries()[1..]
            .iter()
            .all(|entry| entry.past.len() == 1),
        "the proof stays"
    );

    let seen = seen(30);
    assert_eq!(outbox.to_hand_in(&seen, &reader), [ops(21, 30)]);
}

#[test]
fn what_was_delivered_after_the_list_was_read_is_not_lost() {
    let (mut outbox, ids) = outbox(2);
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 3, &log(&ids[..1]));
    outbox.told(ids[1], stored(&receipts(3, &ids)[1]), NOW, JITTER);
    assert_eq!(outbox.reconcile(&reader), Default::default());
    assert_eq!(outbox.entries()[1].stage(), Stage::Delivered);
}

#[test]
fn a_list_that_denies_a_receipt_is_told_and_takes_nothing_back() {
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 0, &log(&[id(9)]));
    let found = outbox.reconcile(&reader);
    assert_eq!((found.denied, found.lost), (ids, vec![]));
    assert_eq!(outbox.entries()[0].stage(), Stage::Delivered);
}

#[test]
fn what_others_handed_in_is_not_handed_in_again_until_the_server_loses_it() {
    let bundle = envelope(None);
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 0, &log(&[bundle.id()]));
    reader.fetched(&bundle, ops(1, 10));
    let outbox = wuzha_sync::Outbox::new(crate::support::enrolment());
    let seen = seen(12);
    let left = |reader: &LogReader| outbox.to_hand_in(&seen, reader);
    assert_eq!(left(&reader), [ops(11, 12)]);
    let counts = outbox.progress(&ops(1, 12), &reader.held()).counts();
    assert_eq!((counts.by_others, counts.local), (10, 2));
    reader.read(reader.cursor(), &page(1, &[])).unwrap();
    assert_eq!(left(&reader), [ops(11, 12)], "not known yet");
    read_all(&mut reader, 1, &[]);
    assert_eq!(left(&reader), [ops(1, 12)]);
}

#[test]
fn a_receipt_that_comes_late_counts_until_the_list_lacks_it_again() {
    let (mut outbox, ids) = outbox(1);
    let receipt = receipts(0, &ids).remove(0);
    outbox.told(ids[0], stored(&receipt), NOW, JITTER);
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 1, &[]);
    for _ in 0..2 {
        assert_eq!(outbox.reconcile(&reader).lost, ids);
        assert_eq!(stages(&outbox), [Stage::Waiting]);
        assert_eq!(outbox.entries()[0].past.len(), 1, "kept once");
        // The answer to an upload from before the server was set back; or the server has it again.
        outbox.told(ids[0], stored(&receipt), NOW, JITTER);
        assert_eq!(stages(&outbox), [Stage::Delivered]);
    }
    // Deleted on the word of that receipt, it is sealed anew.
    outbox.delete(ids[0], Consent::given()).unwrap();
    assert_eq!(outbox.reconcile(&reader).lost, ids);
    assert_eq!(outbox.to_hand_in(&seen(10), &reader), [ops(1, 10)]);
}

#[test]
fn a_reader_of_another_scope_takes_nothing_back() {
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    let unit = Unit::School;
    let mut reader = LogReader::new(ScopeId { unit, ..SCOPE });
    read_all(&mut reader, 1, &[]);
    assert_eq!(outbox.reconcile(&reader), Default::default());
}
