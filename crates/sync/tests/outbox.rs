//! The outbox gives nothing up, lets no bundle hold up another, and believes only good receipts.

#![expect(
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

mod support;

use proptest::prelude::*;
use support::{
    CLASS, JITTER, NOW, SCOPE, after, config, deputy, device, enrolment, envelope, monitor, ops,
    outbox, receipt, receipts, stored, teacher,
};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleId, ClassId, ClassRef, DevSeq, Envelope, HeadHash, Place, SignedOpened, Standing,
};
use wuzha_sync::{
    AddError, Answer, Body, Consent, Contradiction, Counts, DeleteError, Jitter, LogReader,
    MAX_BACKOFF_MS, Next, OpRanges, Outbox, Refusal, Stage, State, Told, Trouble,
};

fn later(trouble: Trouble) -> Answer {
    Answer::Later {
        trouble,
        retry_after_ms: None,
    }
}

fn busy(ms: u64) -> Answer {
    Answer::Later {
        trouble: Trouble::TooMany,
        retry_after_ms: Some(ms),
    }
}

fn stages(outbox: &Outbox) -> Vec<Stage> {
    outbox.entries().iter().map(|entry| entry.stage()).collect()
}

fn counts(outbox: &Outbox, seen: u64) -> Counts {
    outbox
        .progress(&ops(1, seen), &OpRanges::default())
        .counts()
}

#[test]
fn a_record_goes_from_local_over_waiting_and_delivered_to_opened() {
    let (mut outbox, ids) = outbox(1);
    let expect = |outbox: &Outbox, local, waiting, delivered, opened| {
        let expected = Counts {
            local,
            waiting,
            delivered,
            opened,
            by_others: 0,
        };
        assert_eq!(counts(outbox, 12), expected);
    };
    expect(&Outbox::new(enrolment()), 12, 0, 0, 0);
    expect(&outbox, 2, 10, 0, 0);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    expect(&outbox, 2, 0, 10, 0);
    let note = SignedOpened::sign(ids[0], NOW, &teacher());
    assert_eq!(
        outbox.told_opened(&note, &[teacher().public()]),
        Told::Opened
    );
    expect(&outbox, 2, 0, 0, 10);
    assert_eq!(outbox.entries()[0].carries.span(device()), Some(1..=10));
}

#[test]
fn only_a_teachers_word_makes_it_opened() {
    let (mut outbox, ids) = outbox(1);
    let note = SignedOpened::sign(ids[0], NOW, &deputy());
    assert_eq!(
        outbox.told_opened(&note, &[teacher().public()]),
        Told::Unchanged
    );
    assert_eq!(stages(&outbox), [Stage::Waiting]);
}

#[test]
fn a_teachers_word_does_not_replace_the_receipt() {
    let (mut outbox, ids) = outbox(1);
    let note = SignedOpened::sign(ids[0], NOW, &teacher());
    outbox.told_opened(&note, &[teacher().public()]);
    assert_eq!(stages(&outbox), [Stage::Opened]);
    assert_eq!(outbox.next(NOW), Next::Upload(ids[0]));
    assert_eq!(
        outbox.delete(ids[0], Consent::given()),
        Err(DeleteError::Waiting)
    );
}

#[test]
fn bundles_go_in_the_order_in_which_they_were_sealed() {
    let (mut outbox, ids) = outbox(3);
    for (id, receipt) in ids.iter().zip(receipts(0, &ids)) {
        assert_eq!(outbox.next(NOW), Next::Upload(*id));
        assert_eq!(
            outbox.told(*id, stored(&receipt), NOW, JITTER),
            Told::Delivered
        );
    }
    assert_eq!(outbox.next(NOW), Next::Nothing);
}

#[test]
fn a_bundle_belongs_to_its_device_and_class_and_comes_next() {
    let (mut outbox, ids) = outbox(1);
    let last = outbox.last();
    let other_class = ClassRef {
        class: ClassId::from_bytes([9; 8]),
        ..CLASS
    };
    let ahead = Place {
        dev_seq: DevSeq::new(5).unwrap(),
        id: ids[0],
    };
    let astray = Place {
        id: BundleId::from_bytes([9; 32]),
        ..last.unwrap()
    };
    let sign = |class, last, key| Envelope::sign(b"x", class, last, &key).unwrap();
    for (bundle, error) in [
        (
            sign(CLASS, last, deputy()),
            AddError::OtherDevice(deputy().public().device()),
        ),
        (sign(other_class, last, monitor()), AddError::OtherClass),
        (
            sign(CLASS, Some(ahead), monitor()),
            AddError::NotNext(Standing::Gap(4)),
        ),
        (
            sign(CLASS, Some(astray), monitor()),
            AddError::NotNext(Standing::Fork),
        ),
        (
            sign(CLASS, None, monitor()),
            AddError::NotNext(Standing::Fork),
        ),
    ] {
        assert_eq!(outbox.add(&bundle, ops(11, 20)), Err(error));
    }
    let before = outbox.clone();
    assert_eq!(
        outbox.add(&envelope(None), ops(1, 10)),
        Ok(()),
        "the same once more"
    );
    assert_eq!(outbox, before);
}

#[test]
fn a_bundle_is_tried_for_ever_and_five_minutes_apart_at_most() {
    let (mut outbox, ids) = outbox(1);
    let mut now = 0;
    for attempt in 1..=200u32 {
        assert_eq!(
            outbox.next(after(now)),
            Next::Upload(ids[0]),
            "attempt {attempt}"
        );
        outbox.told(ids[0], Answer::NONE, after(now), JITTER);
        let Next::In { ms } = outbox.next(after(now)) else {
            panic!("at once again");
        };
        let doubled = 2_000 << (attempt - 1).min(10);
        assert_eq!(ms, MAX_BACKOFF_MS.min(doubled), "attempt {attempt}");
        assert_eq!(outbox.next(after(now + ms - 1)), Next::In { ms: 1 });
        now += ms;
    }
}

#[test]
fn one_bad_bundle_never_holds_up_the_others() {
    let (mut outbox, ids) = outbox(3);
    let receipts = receipts(0, &ids[1..]);
    outbox.told(ids[0], later(Trouble::Server), NOW, JITTER);
    assert_eq!(outbox.next(NOW), Next::Upload(ids[1]));
    outbox.told(ids[1], stored(&receipts[0]), NOW, JITTER);
    // The bad one's wait is over, and the other still goes first.
    assert_eq!(outbox.next(after(MAX_BACKOFF_MS)), Next::Upload(ids[2]));
    outbox.told(ids[2], stored(&receipts[1]), NOW, JITTER);
    assert_eq!(outbox.next(after(MAX_BACKOFF_MS)), Next::Upload(ids[0]));
}

#[test]
fn what_the_server_asks_for_holds_for_all_bundles_and_no_event_shortens_it() {
    let (mut outbox, ids) = outbox(2);
    outbox.told(ids[0], busy(40_000), NOW, JITTER);
    outbox.told(ids[1], busy(10_000), NOW, JITTER);
    outbox.wake();
    assert_eq!(outbox.next(NOW), Next::In { ms: 40_000 });
    assert_eq!(outbox.next(after(39_999)), Next::In { ms: 1 });
    assert_eq!(outbox.next(after(40_000)), Next::Upload(ids[0]));
}

#[test]
fn when_the_network_is_back_what_got_no_answer_goes_at_once() {
    let (mut outbox, ids) = outbox(2);
    outbox.told(ids[0], later(Trouble::DiskFull), NOW, JITTER);
    outbox.told(ids[1], Answer::NONE, NOW, JITTER);
    assert_eq!(outbox.next(NOW), Next::In { ms: 2_000 });
    outbox.wake();
    assert_eq!(outbox.next(NOW), Next::Upload(ids[1]));
    outbox.told(ids[1], Answer::NONE, NOW, JITTER);
    assert_eq!(outbox.next(after(1_999)), Next::In { ms: 1 });
    assert_eq!(outbox.next(after(2_000)), Next::Upload(ids[0]));
}

#[test]
fn a_clock_that_is_set_right_holds_nothing_up_for_a_year() {
    let year = 365 * 24 * 60 * 60 * 1_000;
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], busy(60_000), after(year), JITTER);
    assert_eq!(outbox.next(NOW), Next::In { ms: 60_000 });
    assert_eq!(outbox.next(after(60_000)), Next::Upload(ids[0]));
}

#[test]
fn a_receipt_counts_for_its_own_bundle_in_its_own_scope() {
    let (mut outbox, ids) = outbox(2);
    let receipts = receipts(0, &ids);
    assert_eq!(
        outbox.told(ids[0], stored(&receipts[1]), NOW, JITTER),
        Told::Waiting
    );
    let mut elsewhere = *receipts[0].receipt();
    elsewhere.scope.unit = wuzha_seal::Unit::School;
    elsewhere.head = HeadHash::empty(elsewhere.scope).then(1, ids[0]);
    let elsewhere = wuzha_seal::SignedReceipt::sign(elsewhere, &support::server());
    assert_eq!(
        outbox.told(ids[0], stored(&elsewhere), NOW, JITTER),
        Told::Waiting
    );
    assert_eq!(stages(&outbox), [Stage::Waiting, Stage::Waiting]);
    assert_eq!(outbox.evidence(), [], "a mistake, not a lie");
}

#[test]
fn a_receipt_that_contradicts_an_earlier_one_is_evidence_and_no_acknowledgement() {
    let (start, ids) = outbox(3);
    let good = receipts(0, &ids);
    let head = |n: usize| good[n].receipt().head;
    let bad_head = HeadHash::from_bytes([9; 32]);
    for (what, known, bad, contradiction) in [
        (
            "one number twice",
            &good[..1],
            receipt(0, 1, ids[1], HeadHash::empty(SCOPE).then(1, ids[1])),
            Contradiction::Place,
        ),
        (
            "the next does not follow",
            &good[..1],
            receipt(0, 2, ids[1], bad_head),
            Contradiction::Head,
        ),
        (
            "the one before does not lead to it",
            &good[2..],
            receipt(0, 2, ids[1], bad_head),
            Contradiction::Head,
        ),
        (
            "something before the first",
            &good[..0],
            receipt(0, 1, ids[1], bad_head),
            Contradiction::Beginning,
        ),
    ] {
        let mut outbox = start.clone();
        for receipt in known {
            assert_eq!(
                outbox.told(receipt.receipt().bundle, stored(receipt), NOW, JITTER),
                Told::Delivered
            );
        }
        for _ in 0..2 {
            assert_eq!(
                outbox.told(ids[1], stored(&bad), NOW, JITTER),
                Told::Disputed,
                "{what}"
            );
        }
        assert_eq!(stages(&outbox)[1], Stage::Waiting, "{what}");
        let [evidence] = outbox.evidence() else {
            panic!("{what}: shown once")
        };
        assert_eq!(
            (&evidence.later, evidence.contradiction),
            (&bad, contradiction),
            "{what}"
        );
        assert_eq!(evidence.earlier.as_ref(), known.first(), "{what}");
        let reread = Outbox::decode(&outbox.encode().unwrap(), enrolment()).unwrap();
        assert_eq!(reread.evidence(), outbox.evidence(), "{what}");
        // The honest receipt still counts, and so does one of another epoch.
        assert_eq!(
            outbox.clone().told(ids[1], stored(&good[1]), NOW, JITTER),
            Told::Delivered,
            "{what}"
        );
        let restored = receipt(1, 3, ids[1], head(0));
        assert_eq!(
            outbox.told(ids[1], stored(&restored), NOW, JITTER),
            Told::Delivered,
            "{what}"
        );
    }
}

#[test]
fn a_second_place_for_a_delivered_bundle_is_evidence_and_it_stays_delivered() {
    let (mut outbox, ids) = outbox(1);
    let good = receipts(0, &ids);
    outbox.told(ids[0], stored(&good[0]), NOW, JITTER);
    let bad = receipt(0, 7, ids[0], HeadHash::from_bytes([9; 32]));
    assert_eq!(
        outbox.told(ids[0], stored(&bad), NOW, JITTER),
        Told::Disputed
    );
    assert_eq!(outbox.entries()[0].receipt(), Some(&good[0]));
}

#[test]
fn of_two_epochs_the_later_receipt_counts_and_the_other_is_kept() {
    for order in [[0, 1], [1, 0]] {
        let (mut outbox, ids) = outbox(1);
        let both = [receipts(0, &ids).remove(0), receipts(1, &ids).remove(0)];
        for at in order {
            outbox.told(ids[0], stored(&both[at]), NOW, JITTER);
        }
        let entry = &outbox.entries()[0];
        assert_eq!(entry.receipt(), Some(&both[1]), "{order:?}");
        assert_eq!(entry.past, both[..1], "{order:?}");
    }
}

#[test]
fn what_is_refused_for_itself_is_sealed_anew_and_what_is_refused_for_the_device_waits() {
    for (why, stage) in [
        (Refusal::OtherBundle, Stage::Local),
        (Refusal::Purged, Stage::Local),
        (Refusal::TooLarge, Stage::Local),
        (Refusal::Invalid, Stage::Local),
        (Refusal::Revoked, Stage::Waiting),
        (Refusal::OutOfScope, Stage::Waiting),
    ] {
        let (mut outbox, ids) = outbox(2);
        assert_eq!(
            outbox.told(ids[0], Answer::Refused(why), NOW, JITTER),
            Told::Refused
        );
        assert_eq!(stages(&outbox)[0], stage, "{why:?}");
        assert_eq!(outbox.next(NOW), Next::Upload(ids[1]), "{why:?}");
        let reader = LogReader::new(SCOPE);
        let mut seen = wuzha_core::log::VersionVector::default();
        (1..=20).for_each(|ctr| {
            seen.insert(wuzha_core::log::OpId {
                device: device(),
                ctr,
            });
        });
        let anew = wuzha_sync::to_hand_in(&seen, &outbox, &reader);
        let expected = if stage == Stage::Local {
            ops(1, 10)
        } else {
            OpRanges::default()
        };
        assert_eq!(anew, expected, "{why:?}");
        outbox.retry(ids[0]);
        assert_eq!(outbox.next(NOW), Next::Upload(ids[0]), "{why:?}");
    }
}

#[test]
fn nothing_is_deleted_before_a_receipt_whatever_a_person_says() {
    let (mut outbox, ids) = outbox(1);
    let delete = |outbox: &mut Outbox| outbox.delete(ids[0], Consent::given());
    assert_eq!(delete(&mut outbox), Err(DeleteError::Waiting));
    outbox.told(ids[0], Answer::Refused(Refusal::Invalid), NOW, JITTER);
    assert_eq!(delete(&mut outbox), Err(DeleteError::NoReceipt(10)));
    // What was in it is sealed anew, and arrives.
    let again = envelope(outbox.last());
    outbox.add(&again, ops(1, 10)).unwrap();
    assert_eq!(delete(&mut outbox), Err(DeleteError::NoReceipt(10)));
    outbox.told(
        again.id(),
        stored(&receipts(0, &[again.id()])[0]),
        NOW,
        JITTER,
    );
    assert_eq!(delete(&mut outbox), Ok(()));
    assert_eq!(outbox.entries()[0].body, Body::Deleted);
    outbox.retry(ids[0]);
    assert!(
        matches!(outbox.entries()[0].state, State::Refused { .. }),
        "its bytes are gone"
    );
    let unknown = BundleId::from_bytes([9; 32]);
    assert_eq!(
        outbox.delete(unknown, Consent::given()),
        Err(DeleteError::Unknown(unknown))
    );
}

#[test]
fn unknown_fields_and_unreadable_entries_are_kept_and_written_back() {
    let (mut outbox, ids) = outbox(2);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    let mut json: serde_json::Value = serde_json::from_str(&outbox.encode().unwrap()).unwrap();
    json["mood"] = "sunny".into();
    json["entries"][0]["stars"] = 5.into();
    json["entries"][1]["state"] = serde_json::json!({ "teleported": {} });
    let read = Outbox::decode(&json.to_string(), enrolment()).unwrap();
    assert_eq!((read.entries().len(), read.unreadable()), (1, 1));
    assert_eq!(read.last(), outbox.last(), "no number is given twice");
    let written: serde_json::Value = serde_json::from_str(&read.encode().unwrap()).unwrap();
    assert_eq!(written, json);
}

#[test]
fn a_stored_receipt_that_was_tampered_with_acknowledges_nothing() {
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    let text = outbox.encode().unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    json["entries"][0]["state"]["delivered"]["receipt"] = "AAAA".into();
    let read = Outbox::decode(&json.to_string(), enrolment()).unwrap();
    assert_eq!((read.entries().len(), read.unreadable()), (0, 1));
}

#[test]
fn an_outbox_of_another_device_or_a_damaged_one_is_not_used() {
    let (outbox, _) = outbox(1);
    let text = outbox.encode().unwrap();
    let mut other = enrolment();
    other.device = deputy().public().device();
    assert!(Outbox::decode(&text, other).is_err());
    assert!(Outbox::decode(&text[..text.len() / 2], enrolment()).is_err());
    assert!(Outbox::decode("{}", enrolment()).is_err());
}

/// Answers of an honest server to three uploads, the good one for each bundle among them.
fn answers(ids: &[BundleId]) -> Vec<(BundleId, Answer)> {
    let receipts = receipts(0, ids);
    let mut answers: Vec<_> = ids
        .iter()
        .copied()
        .zip(receipts.iter().map(stored))
        .collect();
    answers.push((ids[1], Answer::Refused(Refusal::Revoked)));
    answers.push((ids[0], busy(9_000)));
    answers
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn decided_answers_lead_to_one_state_in_any_order_and_however_often(
        order in Just((0..4usize).chain(0..4).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let (mut outbox, ids) = outbox(3);
        let answers = answers(&ids);
        for at in order {
            let (id, answer) = answers[at].clone();
            outbox.told(id, answer, NOW, JITTER);
        }
        let stages: Vec<Stage> = stages(&outbox);
        prop_assert_eq!(stages, vec![Stage::Delivered; 3], "a receipt outweighs a refusal");
        prop_assert_eq!(outbox.evidence(), []);
        let text = outbox.encode().unwrap();
        prop_assert_eq!(Outbox::decode(&text, enrolment()).unwrap(), outbox);
    }

    #[test]
    fn answers_for_different_bundles_may_come_in_any_order(
        order in Just(vec![0usize, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        let (start, ids) = outbox(5);
        let told = [
            stored(&receipts(0, &ids[..1])[0]), busy(50_000), Answer::NONE,
            Answer::Refused(Refusal::Invalid), busy(20_000),
        ];
        let play = |order: &[usize]| {
            let mut outbox = start.clone();
            for &at in order {
                outbox.told(ids[at], told[at].clone(), NOW, JITTER);
            }
            outbox
        };
        prop_assert_eq!(play(&order), play(&[0, 1, 2, 3, 4]));
    }

    #[test]
    fn no_bundle_starves_whatever_the_others_are_told_and_the_clock_shows(
        failing in prop::collection::vec((0..6usize, any::<u32>(), 0..MAX_BACKOFF_MS, any::<bool>()), 120),
    ) {
        let (mut outbox, ids) = outbox(4);
        let troubles = [
            Answer::NONE, later(Trouble::Garbled), later(Trouble::DiskFull), busy(3_000),
            later(Trouble::Server), later(Trouble::OtherReceipt),
        ];
        let mut uploads = vec![0u32; ids.len()];
        let mut clock = NOW.0;
        for (trouble, jitter, jump, is_back) in failing {
            // A jump of the clock, either way, and then as long as it is told to wait.
            clock = if is_back { clock.saturating_sub(jump) } else { clock + jump };
            let mut next = outbox.next(UnixMillis(clock));
            if let Next::In { ms } = next {
                clock += ms;
                next = outbox.next(UnixMillis(clock));
            }
            let Next::Upload(id) = next else {
                return Err(TestCaseError::fail(format!("{next:?}")));
            };
            uploads[ids.iter().position(|&known| known == id).unwrap()] += 1;
            outbox.told(id, troubles[trouble].clone(), UnixMillis(clock), Jitter(jitter));
        }
        prop_assert!(uploads.iter().all(|&times| times >= 8), "{:?}", uploads);
    }

    #[test]
    fn no_stored_text_makes_it_panic(text in ".{0,80}") {
        prop_assert!(Outbox::decode(&text, enrolment()).is_err());
    }
}
