//! A monitor's phone, a teacher and a server that answers as it is told to.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a fixture that is wrong should stop the test"
)]

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;
use wuzha_core::log::{DeviceId, OpId, VersionVector};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleId, ClassId, ClassRef, DeviceKey, Envelope, HeadHash, Place, Receipt, SchoolId, ScopeId,
    ServerKey, SignedReceipt, Unit,
};
use wuzha_sync::{
    Answer, Counts, Enrolment, Jitter, Listed, LogReader, OpRange, OpRanges, Outbox, Page, Read,
    Rest, Stage, Trouble,
};

/// 2021-12-27 19:05 in China.
pub const NOW: UnixMillis = UnixMillis(1_640_603_100_000);
pub const JITTER: Jitter = Jitter(u32::MAX);

pub const CLASS: ClassRef = ClassRef {
    school: SchoolId::from_bytes(*b"school01"),
    class: ClassId::from_bytes(*b"class-01"),
};

pub const SCOPE: ScopeId = ScopeId {
    school: CLASS.school,
    unit: Unit::Class(CLASS.class),
};

pub fn monitor() -> DeviceKey {
    DeviceKey::from_bytes(&[0x11; 32])
}

pub fn deputy() -> DeviceKey {
    DeviceKey::from_bytes(&[0x22; 32])
}

pub fn teacher() -> DeviceKey {
    DeviceKey::from_bytes(&[0x33; 32])
}

pub fn server() -> ServerKey {
    ServerKey::from_bytes(&[0x44; 32])
}

pub fn device() -> DeviceId {
    monitor().public().device()
}

pub fn enrolment() -> Enrolment {
    Enrolment {
        device: device(),
        class: CLASS,
        scope: SCOPE,
        server: server().public(),
    }
}

pub fn after(ms: u64) -> UnixMillis {
    UnixMillis(NOW.0 + ms)
}

pub fn ops(from: u64, to: u64) -> OpRanges {
    let device = device();
    [OpRange { device, from, to }].into_iter().collect()
}

/// The monitor's bundle after `previous`; what is sealed is not looked at.
pub fn envelope(previous: Option<Place>) -> Envelope {
    Envelope::sign(b"sealed", CLASS, previous, &monitor()).unwrap()
}

/// An outbox of `n` bundles of ten operations each: 1 to 10, 11 to 20 …
pub fn outbox(n: u64) -> (Outbox, Vec<BundleId>) {
    let mut outbox = Outbox::new(enrolment());
    let ids = (0..n).map(|at| {
        let envelope = envelope(outbox.last());
        outbox
            .add(&envelope, ops(at * 10 + 1, at * 10 + 10))
            .unwrap();
        envelope.id()
    });
    let ids = ids.collect();
    (outbox, ids)
}

/// What the server says when it counted these bundles in this order, in this epoch.
pub fn receipts(epoch: u64, bundles: &[BundleId]) -> Vec<SignedReceipt> {
    let mut head = HeadHash::empty(SCOPE);
    let counted = (1..).zip(bundles).map(|(seq, &bundle)| {
        head = head.then(seq, bundle);
        receipt(epoch, seq, bundle, head)
    });
    counted.collect()
}

pub fn receipt(epoch: u64, seq: u64, bundle: BundleId, head: HeadHash) -> SignedReceipt {
    let receipt = Receipt {
        bundle,
        scope: SCOPE,
        epoch,
        seq,
        head,
        time: NOW,
    };
    SignedReceipt::sign(receipt, &server())
}

pub fn stored(receipt: &SignedReceipt) -> Answer {
    Answer::Stored(receipt.clone())
}

pub fn later(trouble: Trouble) -> Answer {
    Answer::Later {
        trouble,
        retry_after_ms: None,
    }
}

/// 429, and to be left alone for so long.
pub fn busy(ms: u64) -> Answer {
    Answer::Later {
        trouble: Trouble::TooMany,
        retry_after_ms: Some(ms),
    }
}

pub fn stages(outbox: &Outbox) -> Vec<Stage> {
    outbox.entries().iter().map(|entry| entry.stage()).collect()
}

pub fn counts(outbox: &Outbox, seen: u64) -> Counts {
    outbox
        .progress(&ops(1, seen), &OpRanges::default())
        .counts()
}

/// A phone that has the monitor's first `n` operations.
pub fn seen(n: u64) -> VersionVector {
    let mut seen = VersionVector::default();
    let device = device();
    (1..=n).for_each(|ctr| assert!(seen.insert(OpId { device, ctr })));
    seen
}

/// What is to be sealed next, on a phone with the monitor's first `n` operations.
pub fn to_hand_in(outbox: &Outbox, n: u64) -> Vec<OpRanges> {
    outbox.to_hand_in(&seen(n), &LogReader::new(SCOPE))
}

pub fn id(n: u8) -> BundleId {
    BundleId::from_bytes([n; 32])
}

/// The whole log of a server that counted these bundles in this order.
pub fn log(bundles: &[BundleId]) -> Vec<Listed> {
    let mut head = HeadHash::empty(SCOPE);
    let listed = (1..).zip(bundles).map(|(seq, &id)| {
        head = head.then(seq, id);
        Listed {
            seq,
            id,
            bytes: 212,
            head,
        }
    });
    listed.collect()
}

pub fn page(epoch: u64, items: &[Listed]) -> Page {
    Page {
        epoch,
        items: items.to_vec(),
        rest: Rest::End,
    }
}

/// Reads the whole log, whatever epoch it is in.
pub fn read_all(reader: &mut LogReader, epoch: u64, log: &[Listed]) {
    loop {
        let asked = reader.cursor();
        let from = if asked.epoch == epoch { asked.seq } else { 0 };
        let items = &log[usize::try_from(from).unwrap()..];
        match reader.read(asked, &page(epoch, items)).unwrap() {
            Read::Restarted => {}
            Read::Listed(_) => return,
            Read::Stale => panic!("asked just now"),
        }
    }
}

/// Fixed seeds and no files of past failures: every run tries the same.
pub fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 64,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2021),
        ..ProptestConfig::default()
    }
}
