//! The whole way once with real seals: sealed, sent, lost on the way back, sent again, opened, noted.

use std::collections::BTreeMap;

use crate::support::{
    CLASS, JITTER, NOW, SCOPE, device, enrolment, monitor, receipts, stored, teacher,
};
use wuzha_core::log::{Hlc, Key, Op, OpId, Registers, Value};
use wuzha_seal::{Envelope, Identity, Sender, SignedOpened, hand_in, receive};
use wuzha_sync::{Answer, Fetched, LogReader, Next, OpRanges, Outbox, Stage, Told, pick};

fn ops(n: u64) -> Vec<Op> {
    let op = |ctr| Op {
        id: OpId {
            device: device(),
            ctr,
        },
        hlc: Hlc::new(NOW, 0),
        key: Key::new("registration", &[&ctr.to_string()], "status"),
        value: Value::text("registered"),
        pred: vec![],
        extra: BTreeMap::new(),
    };
    (1..=n).map(op).collect()
}

fn fold(ops: &[Op]) -> Registers {
    let mut registers = Registers::default();
    for op in ops {
        registers.apply(op);
    }
    registers
}

#[test]
fn what_a_monitor_hands_in_is_what_a_teacher_reads() {
    let log = ops(5);
    let mine = fold(&log);
    let mut outbox = Outbox::new(enrolment());
    let mut batches = outbox.to_hand_in(mine.seen(), &LogReader::new(SCOPE));
    let ranges = batches.remove(0);
    let picked: Vec<Op> = pick(&log, &ranges).cloned().collect();
    let sender = Sender {
        key: &monitor(),
        class: CLASS,
        previous: outbox.last(),
    };
    let identity = Identity::from_bytes(&[0x55; 32]);
    let sealed = hand_in(&picked, &[], sender, &[identity.recipient()]).unwrap();
    outbox.add(&sealed, ranges).unwrap();

    let id = sealed.id();
    assert_eq!(outbox.next(NOW), Next::Upload(id));
    outbox.told(id, Answer::NONE, NOW, JITTER);
    outbox.wake();
    assert_eq!(outbox.next(NOW), Next::Upload(id), "the same bytes again");
    let receipt = receipts(0, &[id]).remove(0);
    assert_eq!(
        outbox.told(id, stored(&receipt), NOW, JITTER),
        Told::Delivered
    );

    let arrived = Envelope::parse(sealed.into_bytes()).unwrap();
    let bundle = receive(&arrived, &identity).unwrap();
    let mut teachers = LogReader::new(SCOPE);
    let carries = OpRanges::of_ops(&bundle.ops);
    assert_eq!(teachers.fetched(&arrived, carries), Fetched::New);
    assert_eq!(fold(&bundle.ops), mine);

    let note = SignedOpened::sign(arrived.id(), NOW, &teacher());
    outbox.told_opened(&note, &[teacher().public()]);
    let stages: Vec<Stage> = outbox.entries().iter().map(|entry| entry.stage()).collect();
    assert_eq!(stages, [Stage::Opened]);
    let left = outbox.to_hand_in(mine.seen(), &LogReader::new(SCOPE));
    assert_eq!(left, []);
}
