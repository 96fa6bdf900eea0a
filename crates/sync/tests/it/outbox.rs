//! How far a bundle is, and that nothing is given up before a receipt.

use crate::support::{
    CLASS, JITTER, NOW, counts, deputy, device, enrolment, envelope, monitor, ops, outbox,
    receipts, stages, stored, teacher,
};
use wuzha_seal::{BundleId, ClassId, ClassRef, DevSeq, Envelope, Place, SignedOpened, Standing};
use wuzha_sync::{
    AddError, Answer, Body, Consent, Counts, DeleteError, Next, Outbox, Refusal, Stage, State, Told,
};

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
    outbox.retry();
    assert_eq!(
        outbox.entries()[0].state,
        State::Abandoned,
        "its bytes are gone"
    );
    let unknown = BundleId::from_bytes([9; 32]);
    assert_eq!(
        outbox.delete(unknown, Consent::given()),
        Err(DeleteError::Unknown(unknown))
    );
}
