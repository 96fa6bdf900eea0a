//! A phone that was restored from a backup of itself, or copied, goes on as another device.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::collections::BTreeMap;

use crate::support::{
    CLASS, JITTER, NOW, SCOPE, deputy, device, enrolment, envelope, monitor, ops, outbox, read_all,
    receipts, seen, stages, stored, to_hand_in,
};
use wuzha_core::log::{DeviceId, Hlc, Key, Op, OpId, Value};
use wuzha_seal::{ClassId, ClassRef, DevSeq, Envelope};
use wuzha_sync::{
    AddError, Answer, Enrolment, LogReader, Next, OpRanges, Outbox, Recognised, Refusal, Stage,
    State, SucceedError, Told, reissue,
};

const OTHER: Answer = Answer::Refused(Refusal::OtherBundle);

fn number(n: u64) -> DevSeq {
    DevSeq::new(n).unwrap()
}

fn as_deputy() -> Enrolment {
    Enrolment {
        device: deputy().public().device(),
        ..enrolment()
    }
}

/// What the monitor's phone sealed before it was set back: another bundle with this number.
fn of_a_copy(outbox: &Outbox) -> Envelope {
    Envelope::sign(b"of a copy", CLASS, outbox.last(), &monitor()).unwrap()
}

#[test]
fn a_number_that_a_copy_used_ends_what_was_sealed_from_there_on() {
    let (mut outbox, ids) = outbox(4);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    assert_eq!(outbox.told(ids[2], OTHER, NOW, JITTER), Told::Refused);
    assert_eq!(outbox.overtaken(), Some(number(3)));
    let expected = [Stage::Delivered, Stage::Waiting, Stage::Local, Stage::Local];
    assert_eq!(stages(&outbox), expected);
    // Number 2 was sealed before, and may go.
    assert_eq!(outbox.next(NOW), Next::Upload(ids[1]));
    let next = envelope(outbox.last());
    let error = AddError::Overtaken(number(3));
    assert_eq!(outbox.add(&next, ops(41, 50)), Err(error));
    assert_eq!(to_hand_in(&outbox, 50), [], "nothing is sealed in its name");
    outbox.told(ids[1], OTHER, NOW, JITTER);
    assert_eq!(outbox.overtaken(), Some(number(2)), "the first of all");
    assert_eq!(outbox.next(NOW), Next::Nothing);
    // To ask again gives no number back.
    outbox.retry();
    assert_eq!(outbox.overtaken(), Some(number(2)));
    let reread = Outbox::decode(&outbox.encode().unwrap(), enrolment()).unwrap();
    assert_eq!(reread, outbox);
}

#[test]
fn a_bundle_of_its_own_that_it_never_sealed_is_recognised() {
    let (mut outbox, _) = outbox(2);
    let own = envelope(None);
    let copy = of_a_copy(&outbox);
    let others = Envelope::sign(b"x", CLASS, None, &deputy()).unwrap();
    for bundle in [&own, &others] {
        let recognised = outbox.recognise(bundle, &ops(1, 10), &seen(20));
        assert_eq!(recognised, Recognised::Fine);
    }
    assert_eq!(outbox.overtaken(), None);
    let recognised = outbox.recognise(&copy, &ops(1, 10), &seen(20));
    assert_eq!(recognised, Recognised::OfACopy);
    assert_eq!(outbox.overtaken(), Some(number(3)));
    assert_eq!(stages(&outbox), [Stage::Waiting, Stage::Waiting]);
}

#[test]
fn a_stored_entry_that_cannot_be_read_is_still_its_own() {
    let (outbox, _) = outbox(1);
    let mut json: serde_json::Value = serde_json::from_str(&outbox.encode().unwrap()).unwrap();
    json["entries"][0]["state"] = "teleported".into();
    let mut read = Outbox::decode(&json.to_string(), enrolment()).unwrap();
    assert_eq!(read.unreadable(), 1);
    let recognised = read.recognise(&envelope(None), &ops(1, 10), &seen(10));
    assert_eq!(recognised, Recognised::Fine);
}

#[test]
fn operations_in_its_name_that_it_never_wrote_are_a_question_to_a_person() {
    let (mut outbox, _) = outbox(2);
    assert_eq!(
        outbox.recognise_ops(&ops(1, 20), &seen(20)),
        Recognised::Fine
    );
    assert_eq!(
        outbox.recognise_ops(&ops(15, 21), &seen(20)),
        Recognised::Doubtful
    );
    let others = Envelope::sign(b"x", CLASS, None, &deputy()).unwrap();
    let recognised = outbox.recognise(&others, &ops(21, 21), &seen(20));
    assert_eq!(recognised, Recognised::Doubtful);
    // Whoever made them up has stopped nothing.
    assert_eq!(outbox.overtaken(), None);
    assert_eq!(stages(&outbox), [Stage::Waiting, Stage::Waiting]);
    outbox.set_back();
    assert_eq!(outbox.overtaken(), Some(DevSeq::FIRST));
    assert_eq!(stages(&outbox), [Stage::Local, Stage::Local]);
}

#[test]
fn the_phone_goes_on_as_another_device_and_keeps_what_has_receipts() {
    let (mut outbox, ids) = outbox(3);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    outbox.told(ids[2], OTHER, NOW, JITTER);
    assert_eq!(outbox.doubled(&seen(35), device()), Some(ops(11, 35)));
    outbox.succeed(as_deputy()).unwrap();
    assert_eq!((outbox.last(), outbox.overtaken()), (None, None));
    assert_eq!(
        stages(&outbox),
        [Stage::Delivered, Stage::Local, Stage::Local]
    );
    assert_eq!(outbox.next(NOW), Next::Nothing);
    let first = Envelope::sign(b"x", CLASS, None, &deputy()).unwrap();
    outbox.add(&first, OpRanges::default()).unwrap();
    assert_eq!(outbox.next(NOW), Next::Upload(first.id()));
    // An answer from before still counts.
    outbox.told(ids[1], stored(&receipts(0, &ids)[1]), NOW, JITTER);
    assert_eq!(stages(&outbox)[1], Stage::Delivered);
    let reread = Outbox::decode(&outbox.encode().unwrap(), as_deputy()).unwrap();
    assert_eq!(reread, outbox);
    // A bundle of its former self is no copy's of what it is now.
    let recognised = outbox.recognise(&of_a_copy(&outbox), &ops(31, 40), &seen(10));
    assert_eq!(recognised, Recognised::Fine);
    // Nor do the numbers of the new device end what the former one sealed.
    outbox.told(first.id(), OTHER, NOW, JITTER);
    assert_eq!(outbox.entries()[2].state, State::Abandoned);
}

#[test]
fn nothing_is_sealed_before_the_log_is_written_anew_even_with_a_new_key() {
    let (mut outbox, _) = outbox(1);
    assert_eq!(outbox.doubled(&seen(12), device()), None, "no copy");
    outbox.set_back();
    assert_eq!(outbox.doubled(&seen(12), device()), Some(ops(1, 12)));
    outbox.succeed(as_deputy()).unwrap();
    assert!(to_hand_in(&outbox, 12).is_empty());
    let mut outbox = Outbox::decode(&outbox.encode().unwrap(), as_deputy()).unwrap();
    assert!(to_hand_in(&outbox, 12).is_empty(), "nor after a restart");
    assert_eq!(outbox.doubled(&seen(12), device()), Some(ops(1, 12)));
    let writer = DeviceId::from_bytes([9; 8]);
    assert_eq!(outbox.doubled(&seen(12), writer), None);
    assert_eq!(to_hand_in(&outbox, 12), [ops(1, 12)]);
}

#[test]
fn who_writes_on_with_the_old_key_is_not_written_anew_again() {
    let (mut outbox, _) = outbox(1);
    outbox.set_back();
    assert!(outbox.doubled(&seen(12), device()).is_some());
    let writer = DeviceId::from_bytes([9; 8]);
    for _ in 0..2 {
        assert_eq!(outbox.doubled(&seen(12), writer), None);
        assert!(
            to_hand_in(&outbox, 12).is_empty(),
            "the key is still doubled"
        );
    }
}

#[test]
fn no_device_is_used_twice_and_none_of_another_class() {
    let (mut outbox, _) = outbox(1);
    let used = Err(SucceedError::Used(device()));
    assert_eq!(outbox.succeed(enrolment()), used);
    let class = ClassRef {
        class: ClassId::from_bytes([9; 8]),
        ..CLASS
    };
    let elsewhere = Enrolment {
        class,
        ..as_deputy()
    };
    assert_eq!(outbox.succeed(elsewhere), Err(SucceedError::OtherClass));
    outbox.succeed(as_deputy()).unwrap();
    assert_eq!(outbox.succeed(enrolment()), used, "nor the first one again");
}

#[test]
fn what_a_restored_server_lost_keeps_its_ids() {
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 1, &[]);
    assert_eq!(outbox.reconcile(&reader).lost, ids);
    outbox.set_back();
    assert_eq!(
        outbox.doubled(&seen(12), device()),
        Some(ops(11, 12)),
        "a teacher may have the others"
    );
}

#[test]
fn what_a_restored_server_lost_of_a_former_device_is_sealed_anew_by_the_present_one() {
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    outbox.set_back();
    outbox.succeed(as_deputy()).unwrap();
    let mut reader = LogReader::new(SCOPE);
    read_all(&mut reader, 1, &[]);
    assert_eq!(outbox.reconcile(&reader).lost, ids);
    assert_eq!(outbox.next(NOW), Next::Nothing);
    assert_eq!(to_hand_in(&outbox, 10), [ops(1, 10)]);
}

fn op(device: DeviceId, ctr: u64, pred: &[(DeviceId, u64)]) -> Op {
    let id = |&(device, ctr): &(DeviceId, u64)| OpId { device, ctr };
    Op {
        id: id(&(device, ctr)),
        hlc: Hlc::new(NOW, 7),
        key: Key::new("registration", &["2021010101"], "status"),
        value: Value::Int(i64::try_from(ctr).unwrap()),
        pred: pred.iter().map(id).collect(),
        extra: BTreeMap::from([("mood".to_owned(), Value::text("sunny"))]),
    }
}

#[test]
fn what_is_written_anew_says_the_same_under_other_ids() {
    let (old, new) = (device(), deputy().public().device());
    let friend = DeviceId::from_bytes([7; 8]);
    let log = [
        op(old, 1, &[]),
        op(old, 3, &[(old, 2), (friend, 1)]),
        op(old, 2, &[(old, 1)]),
        op(friend, 1, &[(old, 1)]),
        op(new, 4, &[]),
    ];
    let anew = reissue(&log, &ops(2, 3), new);
    let value = |ctr| op(old, ctr, &[]).value;
    let expected = [
        Op {
            value: value(2),
            ..op(new, 5, &[(old, 1)])
        },
        Op {
            value: value(3),
            ..op(new, 6, &[(new, 5), (friend, 1)])
        },
    ];
    assert_eq!(anew, expected);
    assert_eq!(reissue(&log, &OpRanges::default(), new), []);
}
