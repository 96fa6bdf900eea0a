//! Only good receipts are believed, and those that contradict each other are kept.

#![expect(
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

use crate::support::{
    JITTER, NOW, SCOPE, busy, config, enrolment, outbox, receipt, receipts, stages, stored,
};
use proptest::prelude::*;
use wuzha_seal::{BundleId, HeadHash};
use wuzha_sync::{Answer, Contradiction, Outbox, Refusal, Stage, Told};

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
    let elsewhere = wuzha_seal::SignedReceipt::sign(elsewhere, &crate::support::server());
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
fn neighbours_of_two_epochs_need_not_follow_each_other() {
    let (mut outbox, ids) = outbox(2);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    // Set back to before the first one, the server counted another bundle in its place.
    let other = BundleId::from_bytes([9; 32]);
    let second = receipts(1, &[other, ids[1]]).remove(1);
    let told = outbox.told(ids[1], stored(&second), NOW, JITTER);
    assert_eq!((told, outbox.evidence().len()), (Told::Delivered, 0));
}

#[test]
fn a_server_that_says_something_else_each_time_does_not_fill_the_phone() {
    let (mut outbox, ids) = outbox(1);
    for n in 1..20 {
        let bad = receipt(0, 1, ids[0], HeadHash::from_bytes([n; 32]));
        let told = outbox.told(ids[0], stored(&bad), NOW, JITTER);
        assert_eq!(told, Told::Disputed);
    }
    assert_eq!(outbox.evidence().len(), 1);
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
        prop_assert_eq!(stages(&outbox), vec![Stage::Delivered; 3], "a receipt outweighs a refusal");
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
}
