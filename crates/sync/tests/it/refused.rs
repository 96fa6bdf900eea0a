//! What a server does not take is sealed anew, in smaller bundles where that helps, and never for ever.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use crate::support::{
    CLASS, JITTER, NOW, after, config, device, enrolment, envelope, later, monitor, ops, outbox,
    receipts, stages, stored, to_hand_in,
};
use proptest::prelude::*;
use wuzha_core::log::OpId;
use wuzha_seal::{BundleId, Envelope};
use wuzha_sync::{
    Answer, Consent, MAX_BACKOFF_MS, Next, OpRanges, Outbox, Refusal, Stage, State, Told, Trouble,
};

fn refuse(outbox: &mut Outbox, id: BundleId, why: Refusal) {
    let told = outbox.told(id, Answer::Refused(why), NOW, JITTER);
    assert_eq!(told, Told::Refused);
}

fn seal(outbox: &mut Outbox, carries: OpRanges) -> BundleId {
    let envelope = envelope(outbox.last());
    outbox.add(&envelope, carries).unwrap();
    envelope.id()
}

#[test]
fn what_is_refused_for_itself_is_sealed_anew_and_what_is_refused_for_the_device_waits() {
    for (why, stage) in [
        (Refusal::Purged, Stage::Local),
        (Refusal::Invalid, Stage::Local),
        (Refusal::Revoked, Stage::Waiting),
        (Refusal::OutOfScope, Stage::Waiting),
    ] {
        let (mut outbox, ids) = outbox(2);
        refuse(&mut outbox, ids[0], why);
        assert_eq!(stages(&outbox)[0], stage, "{why:?}");
        assert_eq!(outbox.next(NOW), Next::Upload(ids[1]), "{why:?}");
        let anew = to_hand_in(&outbox, 20);
        let next = if stage == Stage::Local {
            assert_eq!(anew, [ops(1, 10)], "{why:?}");
            Next::Upload(ids[1])
        } else {
            assert_eq!(anew, [], "{why:?}");
            Next::Upload(ids[0])
        };
        outbox.retry();
        assert_eq!(outbox.next(NOW), next, "{why:?}");
    }
}

#[test]
fn a_bundle_that_was_too_large_is_sealed_anew_in_two_halves() {
    let (mut outbox, ids) = outbox(1);
    refuse(&mut outbox, ids[0], Refusal::TooLarge);
    // What was written since is no part of it.
    assert_eq!(
        to_hand_in(&outbox, 12),
        [ops(1, 5), ops(6, 10), ops(11, 12)]
    );
    let first = seal(&mut outbox, ops(1, 5));
    seal(&mut outbox, ops(6, 10));
    refuse(&mut outbox, first, Refusal::TooLarge);
    // In halves of the smallest bundle that it was in, not of each.
    assert_eq!(to_hand_in(&outbox, 10), [ops(1, 2), ops(3, 5)]);
}

#[test]
fn an_operation_that_is_too_large_alone_is_told_and_holds_up_no_other() {
    let mut outbox = Outbox::new(enrolment());
    seal(&mut outbox, ops(1, 10));
    let mut uploads = 0;
    while let Next::Upload(id) = outbox.next(NOW) {
        uploads += 1;
        let carries = outbox.entry(id).unwrap().carries.clone();
        // Number 7 is larger than the server takes.
        let answer = if carries.contains(OpId {
            device: device(),
            ctr: 7,
        }) {
            Answer::Refused(Refusal::TooLarge)
        } else {
            stored(&crate::support::receipt(0, 10 * uploads, id, head(uploads)))
        };
        outbox.told(id, answer, NOW, JITTER);
        for batch in to_hand_in(&outbox, 10) {
            seal(&mut outbox, batch);
        }
    }
    assert_eq!(outbox.given_up(), ops(7, 7));
    let counts = crate::support::counts(&outbox, 10);
    assert_eq!((counts.local, counts.delivered), (1, 9));
    assert_eq!(uploads, 7, "10, 5 + 5, 2 + 3, 1 + 2");
    // The server takes larger ones now, and a person asks for it.
    outbox.retry();
    assert_eq!(outbox.given_up(), OpRanges::default());
    assert_eq!(to_hand_in(&outbox, 10), [ops(7, 7)]);
}

/// Some head: of bundles that are no neighbours nothing is compared but the numbers.
fn head(n: u64) -> wuzha_seal::HeadHash {
    wuzha_seal::HeadHash::from_bytes([u8::try_from(n).unwrap(); 32])
}

#[test]
fn an_operation_that_cannot_be_sealed_is_left_out_until_a_person_asks() {
    let mut outbox = Outbox::new(enrolment());
    outbox.give_up(OpId {
        device: device(),
        ctr: 3,
    });
    assert_eq!(outbox.given_up(), ops(3, 3));
    assert_eq!(to_hand_in(&outbox, 5), [ops(1, 2).and(&ops(4, 5))]);
    let mut outbox = Outbox::decode(&outbox.encode().unwrap(), enrolment()).unwrap();
    assert_eq!(outbox.given_up(), ops(3, 3));
    outbox.retry();
    assert_eq!(to_hand_in(&outbox, 5), [ops(1, 5)]);
}

#[test]
fn a_server_that_takes_nothing_does_not_fill_the_phone() {
    for why in [Refusal::Invalid, Refusal::Purged] {
        let mut outbox = Outbox::new(enrolment());
        let mut bundles = 0;
        while let [batch] = to_hand_in(&outbox, 10).as_slice() {
            let id = seal(&mut outbox, batch.clone());
            refuse(&mut outbox, id, why);
            bundles += 1;
            assert!(bundles < 10, "{why:?}: sealed for ever");
        }
        assert_eq!(bundles, 3, "{why:?}");
        assert_eq!(outbox.given_up(), ops(1, 10), "{why:?}");
        // What is written later has its own tries.
        assert_eq!(to_hand_in(&outbox, 11), [ops(11, 11)], "{why:?}");
        outbox.retry();
        assert_eq!(to_hand_in(&outbox, 11), [ops(1, 11)], "{why:?}");
    }
}

#[test]
fn something_on_the_way_that_takes_nothing_as_large_is_believed_after_a_while() {
    let (mut outbox, ids) = outbox(1);
    let mut told =
        |n: u64, trouble| outbox.told(ids[0], later(trouble), after(n * MAX_BACKOFF_MS), JITTER);
    assert_eq!(told(0, Trouble::NoAnswer), Told::Waiting);
    assert_eq!(told(1, Trouble::NoAnswer), Told::Waiting);
    assert_eq!(told(2, Trouble::TooLarge), Told::Waiting);
    assert_eq!(told(3, Trouble::NoAnswer), Told::Waiting);
    assert_eq!(told(4, Trouble::TooLarge), Told::Waiting);
    assert_eq!(told(5, Trouble::TooLarge), Told::Refused);
    assert_eq!(to_hand_in(&outbox, 10), [ops(1, 5), ops(6, 10)]);
}

#[test]
fn only_the_servers_word_ends_a_bundle_that_cannot_be_smaller() {
    let mut outbox = Outbox::new(enrolment());
    let id = seal(&mut outbox, ops(1, 1));
    for n in 0..10 {
        let now = after(n * MAX_BACKOFF_MS);
        let told = outbox.told(id, later(Trouble::TooLarge), now, JITTER);
        assert_eq!(told, Told::Waiting, "{n}");
    }
    assert_eq!(outbox.given_up(), OpRanges::default());
}

#[test]
fn a_bundle_whose_bytes_are_lost_is_sealed_anew() {
    let (mut outbox, ids) = outbox(2);
    outbox.told(ids[1], stored(&receipts(0, &ids)[1]), NOW, JITTER);
    outbox.bytes_lost(ids[0]);
    outbox.bytes_lost(ids[1]);
    assert_eq!(outbox.next(NOW), Next::Nothing);
    assert_eq!(stages(&outbox), [Stage::Local, Stage::Delivered]);
    assert_eq!(to_hand_in(&outbox, 20), [ops(1, 10)]);
    // The upload had arrived.
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    assert_eq!(to_hand_in(&outbox, 20), []);
}

#[test]
fn without_its_bytes_no_new_invitation_helps_a_bundle() {
    let (mut outbox, ids) = outbox(1);
    refuse(&mut outbox, ids[0], Refusal::Revoked);
    let other = Envelope::sign(b"other", CLASS, outbox.last(), &monitor()).unwrap();
    outbox.add(&other, ops(1, 10)).unwrap();
    let receipt = crate::support::receipt(0, 2, other.id(), head(2));
    outbox.told(other.id(), stored(&receipt), NOW, JITTER);
    outbox.delete(ids[0], Consent::given()).unwrap();
    outbox.delete(other.id(), Consent::given()).unwrap();
    // The server is set back to before it had either.
    let mut reader = wuzha_sync::LogReader::new(crate::support::SCOPE);
    crate::support::read_all(&mut reader, 1, &[]);
    assert_eq!(outbox.reconcile(&reader).lost, [other.id()]);
    assert_eq!(stages(&outbox), [Stage::Local, Stage::Local]);
    assert_eq!(to_hand_in(&outbox, 10), [ops(1, 10)]);
    outbox.retry();
    assert_eq!(outbox.entries()[0].state, State::Abandoned);
    assert_eq!(outbox.next(NOW), Next::Nothing);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..config() })]

    #[test]
    fn whatever_the_server_takes_all_arrives_that_it_takes_alone(
        most in 1..40u64, sizes in prop::collection::vec(1..20u64, 1..24),
    ) {
        let count = sizes.len() as u64;
        let size = |carries: &OpRanges| {
            let ids = (1..=count).filter(|&ctr| carries.contains(OpId { device: device(), ctr }));
            ids.map(|ctr| sizes[usize::try_from(ctr - 1).unwrap()]).sum::<u64>()
        };
        let mut outbox = Outbox::new(enrolment());
        let mut rounds = 0;
        loop {
            let batches = to_hand_in(&outbox, count);
            if batches.is_empty() {
                break;
            }
            rounds += 1;
            prop_assert!(rounds <= 6, "each time half as large");
            for batch in batches {
                let answer = if size(&batch) > most {
                    Answer::Refused(Refusal::TooLarge)
                } else {
                    Answer::NONE
                };
                let id = seal(&mut outbox, batch);
                outbox.told(id, answer, NOW, JITTER);
            }
        }
        let alone: OpRanges = (1..=count)
            .filter(|&ctr| size(&ops(ctr, ctr)) > most)
            .flat_map(|ctr| ops(ctr, ctr).iter().collect::<Vec<_>>())
            .collect();
        prop_assert_eq!(crate::support::counts(&outbox, count).local, alone.len());
        prop_assert_eq!(outbox.given_up(), alone);
    }
}
