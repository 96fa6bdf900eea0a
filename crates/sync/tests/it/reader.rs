//! A reader misses nothing, fetches nothing twice, and says what is odd.

use crate::support::{
    CLASS, SCOPE, config, device, envelope, id, log, monitor, ops, page, read_all,
};
use proptest::prelude::*;
use wuzha_core::log::{DeviceId, OpId, VersionVector};
use wuzha_seal::{BundleId, ClassId, ClassRef, DevSeq, Envelope, HeadHash, Place, ScopeId, Unit};
use wuzha_sync::{
    Cursor, Fetched, Listed, LogReader, Oddity, OpRanges, Page, PageError, Read, holes, missing,
};

fn wanted(reader: &LogReader) -> Vec<BundleId> {
    reader.wanted().iter().map(|listed| listed.id).collect()
}

/// The monitor's first `n` bundles.
fn chain(n: usize) -> Vec<Envelope> {
    let mut bundles: Vec<Envelope> = Vec::new();
    for _ in 0..n {
        bundles.push(envelope(bundles.last().map(Envelope::place)));
    }
    bundles
}

#[test]
fn a_cursor_is_written_as_epoch_and_number() {
    let cursor = Cursor { epoch: 3, seq: 17 };
    assert_eq!(cursor.to_string(), "3:17");
    assert_eq!("3:17".parse(), Ok(cursor));
    for bad in [
        "",
        "3",
        "3:",
        ":1",
        "3:1:1",
        "-1:2",
        "+1:2",
        "3:x",
        "3:18446744073709551616",
    ] {
        assert!(bad.parse::<Cursor>().is_err(), "{bad}");
    }
}

#[test]
fn a_page_is_json_and_a_damaged_one_is_an_error() {
    let page = page(2, &log(&[id(1)]));
    let json = page.to_json().unwrap();
    assert_eq!(Page::from_json(json.as_bytes()).unwrap(), page);
    assert!(Page::from_json(&json.as_bytes()[..json.len() / 2]).is_err());
}

#[test]
fn pages_follow_each_other_and_a_late_one_changes_nothing() {
    let log = log(&[id(1), id(2), id(3)]);
    let mut reader = LogReader::new(SCOPE);
    let start = reader.cursor();
    let first = page(0, &log[..2]);
    assert_eq!(reader.read(start, &first).unwrap(), Read::Listed(2));
    assert_eq!(reader.read(start, &first).unwrap(), Read::Stale);
    assert_eq!(
        reader.read(reader.cursor(), &page(0, &log[2..])).unwrap(),
        Read::Listed(1)
    );
    assert_eq!(wanted(&reader), [id(1), id(2), id(3)]);
    assert_eq!(reader.oddities(), []);
}

#[test]
fn a_list_that_leaves_something_out_is_not_believed() {
    let log = log(&[id(1), id(2), id(3)]);
    let reread = |items: &[Listed]| {
        let mut reader = LogReader::new(SCOPE);
        let before = reader.clone();
        let error = reader.read(reader.cursor(), &page(0, items)).unwrap_err();
        assert_eq!(reader, before, "all or nothing");
        error
    };
    let hole = reread(&[log[0], log[2]]);
    assert!(
        matches!(
            hole,
            PageError::Order {
                expected: 2,
                found: 3
            }
        ),
        "{hole}"
    );
    let swapped = reread(&[log[1], log[0]]);
    assert!(
        matches!(
            swapped,
            PageError::Order {
                expected: 1,
                found: 2
            }
        ),
        "{swapped}"
    );
    let twice = reread(&[log[0], Listed { seq: 2, ..log[0] }]);
    assert!(matches!(twice, PageError::Twice(_)), "{twice}");
}

#[test]
fn a_head_that_does_not_follow_is_told_and_keeps_nobody_from_reading() {
    let mut log = log(&[id(1), id(2)]);
    log[1].head = HeadHash::from_bytes([9; 32]);
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 0, &log);
    assert_eq!(reader.oddities(), [Oddity::ListedHead { seq: 2 }]);
    assert_eq!(wanted(&reader).len(), 2);
}

#[test]
fn in_another_epoch_the_list_begins_anew_and_nothing_is_fetched_twice() {
    let bundles = chain(3);
    let ids: Vec<BundleId> = bundles.iter().map(Envelope::id).collect();
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 0, &log(&ids[..2]));
    for bundle in &bundles[..2] {
        assert_eq!(reader.fetched(bundle, ops(1, 1)), Fetched::New);
        assert_eq!(reader.fetched(bundle, ops(1, 1)), Fetched::Again);
    }
    // Set back, the server heard of the bundles in another order.
    let anew = log(&[ids[2], ids[0], ids[1]]);
    assert_eq!(
        reader.read(reader.cursor(), &page(1, &anew)).unwrap(),
        Read::Restarted
    );
    assert_eq!(reader.cursor(), Cursor { epoch: 1, seq: 0 });
    read_all(&mut reader, 1, &anew);
    assert_eq!(wanted(&reader), [ids[2]]);
    assert_eq!(reader.oddities(), []);
}

#[test]
fn a_bundle_whose_content_is_gone_is_not_wanted_and_no_gap() {
    let bundles = chain(3);
    let ids: Vec<BundleId> = bundles.iter().map(Envelope::id).collect();
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 0, &log(&ids));
    reader.fetched(&bundles[0], ops(1, 1));
    reader.fetched(&bundles[2], ops(3, 3));
    let gap = Oddity::Gap {
        device: device(),
        from: 2,
        to: 2,
        last: Some(ids[1]),
    };
    assert_eq!(reader.oddities(), [gap]);
    reader.gone(ids[1]);
    assert_eq!((wanted(&reader), reader.oddities()), (vec![], vec![]));
}

#[test]
fn a_bundle_of_another_class_is_not_of_this_log() {
    let other = ClassRef {
        class: ClassId::from_bytes([9; 8]),
        ..CLASS
    };
    let bundle = Envelope::sign(b"x", other, None, &monitor()).unwrap();
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 0, &log(&[bundle.id()]));
    assert_eq!(reader.fetched(&bundle, ops(1, 1)), Fetched::Foreign);
    assert_eq!(wanted(&reader), [], "and not fetched for ever");
    assert_eq!(reader.oddities(), [Oddity::SetAside { id: bundle.id() }]);
    let school = ScopeId {
        unit: Unit::School,
        ..SCOPE
    };
    assert_eq!(
        LogReader::new(school).fetched(&bundle, ops(1, 1)),
        Fetched::New
    );
}

#[test]
fn what_cannot_be_opened_is_told_and_fetched_again_only_when_something_changed() {
    let bundle = envelope(None);
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 0, &log(&[bundle.id()]));
    reader.set_aside(bundle.id());
    assert_eq!(wanted(&reader), []);
    assert_eq!(reader.oddities(), [Oddity::SetAside { id: bundle.id() }]);
    reader.take_up();
    assert_eq!(wanted(&reader), [bundle.id()]);
    reader.set_aside(bundle.id());
    reader.fetched(&bundle, ops(1, 1));
    assert_eq!(reader.oddities(), []);
}

#[test]
fn a_server_in_an_older_epoch_is_read_and_told() {
    let mut reader = LogReader::new(SCOPE);
    let log = log(&[id(1), id(2)]);
    read_all(&mut reader, 3, &log);
    assert_eq!(reader.oddities(), []);
    read_all(&mut reader, 2, &log[..1]);
    assert_eq!(reader.cursor(), Cursor { epoch: 2, seq: 1 });
    let (epoch, highest) = (2, 3);
    assert_eq!(reader.oddities(), [Oddity::OlderEpoch { epoch, highest }]);
    read_all(&mut reader, 4, &log);
    assert_eq!(reader.oddities(), []);
}

#[test]
fn a_copied_device_is_told() {
    let bundles = chain(2);
    let sign = |content: &[u8], last| Envelope::sign(content, CLASS, last, &monitor()).unwrap();
    let rival = sign(b"other", Some(bundles[0].place()));
    let stranger = Place {
        dev_seq: DevSeq::FIRST,
        id: id(9),
    };
    let astray = sign(b"astray", Some(stranger));
    let mut reader = LogReader::new(SCOPE);
    for bundle in [&bundles[0], &bundles[1], &rival] {
        reader.fetched(bundle, ops(1, 1));
    }
    let mut ids = vec![bundles[1].id(), rival.id()];
    ids.sort();
    let (device, dev_seq) = (device(), DevSeq::new(2).unwrap());
    assert_eq!(
        reader.oddities(),
        [Oddity::Fork {
            device,
            dev_seq,
            ids
        }]
    );
    let mut reader = LogReader::new(SCOPE);
    reader.fetched(&bundles[0], ops(1, 1));
    reader.fetched(&astray, ops(1, 1));
    let id = astray.id();
    assert_eq!(
        reader.oddities(),
        [Oddity::Astray {
            device,
            dev_seq,
            id
        }]
    );
}

#[test]
fn phones_ask_each_other_for_exactly_what_they_lack() {
    let vector = |ids: &[(u8, u64)]| {
        let mut vector = VersionVector::default();
        for &(n, ctr) in ids {
            vector.insert(OpId {
                device: DeviceId::from_bytes([n; 8]),
                ctr,
            });
        }
        vector
    };
    let mine = vector(&[(1, 1), (1, 2), (1, 5), (2, 1)]);
    let theirs = vector(&[(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (3, 1)]);
    let expected = OpRanges::of(&vector(&[(1, 3), (1, 4), (1, 6), (3, 1)]));
    assert_eq!(missing(&mine, &theirs), expected);
    assert_eq!(missing(&theirs, &mine), OpRanges::of(&vector(&[(2, 1)])));
    assert_eq!(holes(&mine), OpRanges::of(&vector(&[(1, 3), (1, 4)])));
    assert!(holes(&theirs).is_empty());
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn in_whatever_order_bundles_are_fetched_the_same_is_found(
        order in Just(vec![0usize, 1, 3, 4, 5, 0, 4]).prop_shuffle(),
    ) {
        // Number 3 is missing, and number 5 is there twice.
        let mut bundles = chain(5);
        let rival = Envelope::sign(b"x", CLASS, Some(bundles[3].place()), &monitor()).unwrap();
        bundles.push(rival);
        let fetch = |order: &[usize]| {
            let mut reader = LogReader::new(SCOPE);
            for &at in order {
                reader.fetched(&bundles[at], ops(at as u64 + 1, at as u64 + 1));
            }
            reader
        };
        let reader = fetch(&order);
        prop_assert_eq!(&reader, &fetch(&[0, 1, 3, 4, 5]));
        prop_assert_eq!(reader.oddities().len(), 2);
        let json = serde_json::to_string(&reader).unwrap();
        prop_assert_eq!(serde_json::from_str::<LogReader>(&json).unwrap(), reader);
    }
}
