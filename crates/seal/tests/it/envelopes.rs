//! An envelope says who hands in what, and nobody can say otherwise in that device's name.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

use crate::support::{
    CLASS, config, deputy, ledger, monitor, ops, origin, recovery_identity, teachers_identity,
};
use proptest::prelude::*;
use wuzha_core::log::DeviceId;
use wuzha_seal::{
    BundleError, BundleId, ClassId, ClassRef, CutShort, DevSeq, Envelope, EnvelopeError,
    MAX_ENVELOPE, OpenError, Place, PublicKeyError, ReceiveError, Recipient, Sender,
    SignatureError, Standing, hand_in, receive, seal, write_bundle,
};

const SIGNATURE_AT: usize = 142;
const SEALED_AT: usize = 206;

fn sender(previous: Option<Place>) -> Sender<'static> {
    let key = Box::leak(Box::new(monitor()));
    Sender {
        key,
        class: CLASS,
        previous,
    }
}

fn recipients() -> Vec<Recipient> {
    vec![
        teachers_identity().recipient(),
        recovery_identity().recipient(),
    ]
}

/// The envelope of something that is not looked at.
fn envelope(previous: Option<Place>) -> Envelope {
    Envelope::sign(b"sealed", CLASS, previous, &monitor()).unwrap()
}

/// The bytes of an envelope, changed, and signed again by its own device: an honest signature over
/// a header that is wrong.
fn signed_again(change: impl Fn(&mut [u8])) -> Result<Envelope, EnvelopeError> {
    let mut bytes = envelope(None).into_bytes();
    change(&mut bytes);
    let key = ed25519_dalek::SigningKey::from_bytes(&[0x11; 32]);
    let message = [b"wuzha/v1/envelope\0", &bytes[..SIGNATURE_AT]].concat();
    let signature = ed25519_dalek::Signer::sign(&key, &message);
    bytes[SIGNATURE_AT..SEALED_AT].copy_from_slice(&signature.to_bytes());
    Envelope::parse(bytes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..config() })]

    #[test]
    fn an_envelope_is_read_as_it_was_signed(
        sealed in prop::collection::vec(any::<u8>(), 0..200),
        class in any::<([u8; 8], [u8; 8])>(),
        secret in any::<[u8; 32]>(),
        previous in prop::option::of((1..u64::MAX, any::<[u8; 32]>())),
    ) {
        let school = wuzha_seal::SchoolId::from_bytes(class.0);
        let class = ClassRef { school, class: ClassId::from_bytes(class.1) };
        let place = |(n, id)| Place { dev_seq: DevSeq::new(n).unwrap(), id: BundleId::from_bytes(id) };
        let key = wuzha_seal::DeviceKey::from_bytes(&secret);
        let signed = Envelope::sign(&sealed, class, previous.map(place), &key).unwrap();
        let read = Envelope::parse(signed.as_bytes().to_vec());
        prop_assert_eq!(&read, &Ok(signed));
        let read = read.unwrap();
        prop_assert_eq!(read.sealed(), &sealed);
        prop_assert_eq!(read.header().class, class);
        prop_assert_eq!(read.header().device(), key.public().device());
        prop_assert_eq!(read.header().dev_seq.get(), previous.map_or(1, |(n, _)| n + 1));
        prop_assert_eq!(read.id(), BundleId::of(read.as_bytes()));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let magic = b"\x89WZB\r\n\x1a\n\x01\x01";
        prop_assert!(Envelope::parse(bytes.clone()).is_err());
        prop_assert!(Envelope::parse([&magic[..], &bytes].concat()).is_err());
    }
}

#[test]
fn what_is_handed_in_is_received() {
    let envelope = hand_in(&ops(3), &[ledger()], sender(None), &recipients()).unwrap();
    let arrived = Envelope::parse(envelope.into_bytes()).unwrap();
    for identity in [teachers_identity(), recovery_identity()] {
        let bundle = receive(&arrived, &identity).unwrap();
        assert_eq!((bundle.ops, bundle.files), (ops(3), vec![ledger()]));
        assert_eq!(bundle.origin, origin());
    }
    let second = hand_in(&ops(4), &[], sender(Some(arrived.place())), &recipients()).unwrap();
    assert_eq!(second.header().dev_seq.get(), 2);
    assert_eq!(second.header().previous, Some(arrived.id()));
    assert_eq!(receive(&second, &teachers_identity()).unwrap().ops, ops(4));
}

#[test]
fn another_key_receives_nothing() {
    let envelope = hand_in(&ops(1), &[], sender(None), &recipients()[..1]).unwrap();
    let error = ReceiveError::Open(OpenError::OtherKey);
    assert_eq!(receive(&envelope, &recovery_identity()), Err(error));
    let no_bundle = seal(b"PK no bundle", &recipients()).unwrap();
    let envelope = Envelope::sign(&no_bundle, CLASS, None, &monitor()).unwrap();
    let error = receive(&envelope, &teachers_identity()).unwrap_err();
    assert!(
        matches!(error, ReceiveError::Bundle(BundleError::Structure(_))),
        "{error:?}"
    );
}

#[test]
fn nobody_passes_off_what_another_sealed() {
    let sealed = seal(
        &write_bundle(&origin(), &ops(1), &[]).unwrap(),
        &recipients(),
    )
    .unwrap();
    let other_class = ClassRef {
        class: ClassId::from_bytes([9; 8]),
        ..CLASS
    };
    let later = Place {
        dev_seq: DevSeq::FIRST,
        id: BundleId::from_bytes([7; 32]),
    };
    for (what, class, previous, key) in [
        ("by another device", CLASS, None, deputy()),
        ("for another class", other_class, None, monitor()),
        ("a second time", CLASS, Some(later), monitor()),
    ] {
        let envelope = Envelope::sign(&sealed, class, previous, &key).unwrap();
        let error = receive(&envelope, &teachers_identity()).unwrap_err();
        assert!(
            matches!(error, ReceiveError::OtherOrigin { .. }),
            "{what}: {error:?}"
        );
    }
    let honest = Envelope::sign(&sealed, CLASS, None, &monitor()).unwrap();
    assert!(receive(&honest, &teachers_identity()).is_ok());
}

#[test]
fn a_change_is_noticed_wherever_it_is() {
    let whole = envelope(None).into_bytes();
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut changed = whole.clone();
            changed[at] ^= 1 << bit;
            assert!(Envelope::parse(changed).is_err(), "byte {at}, bit {bit}");
        }
        assert!(
            Envelope::parse(whole[..at].to_vec()).is_err(),
            "cut at {at}"
        );
    }
}

#[test]
fn each_kind_of_bad_envelope_has_its_own_reason() {
    let whole = envelope(None).into_bytes();
    let parse = |bytes: &[u8]| Envelope::parse(bytes.to_vec()).unwrap_err();
    let changed = |at: usize, to: u8| {
        let mut bytes = whole.clone();
        bytes[at] = to;
        parse(&bytes)
    };
    assert_eq!(parse(b""), EnvelopeError::Foreign);
    assert_eq!(parse(b"age-encryption.org/v1\n"), EnvelopeError::Foreign);
    let as_text = [b"\x89WZB\n\x1a\n", &whole[8..]].concat();
    assert_eq!(parse(&as_text), EnvelopeError::SentAsText);
    assert_eq!(parse(&whole[..6]), CutShort { at: 0 }.into());
    assert_eq!(
        changed(8, 2),
        EnvelopeError::Format {
            found: 2,
            expected: 1
        }
    );
    assert_eq!(
        changed(9, 2),
        EnvelopeError::UnknownSuite {
            found: 2,
            expected: 1
        }
    );
    assert_eq!(parse(&whole[..100]), CutShort { at: 74 }.into());
    let length = |found| EnvelopeError::Length { declared: 6, found };
    assert_eq!(parse(&whole[..whole.len() - 1]), length(5));
    assert_eq!(parse(&[&whole[..], b"xx"].concat()), length(8));
    assert_eq!(changed(20, 0), SignatureError.into(), "another class");
    assert_eq!(
        changed(SEALED_AT, 0),
        EnvelopeError::Damaged,
        "another content"
    );
}

#[test]
fn a_device_cannot_sign_itself_another_name_or_number() {
    let me = monitor().public().device();
    let other = signed_again(|bytes| bytes[26..34].copy_from_slice(&[9; 8])).unwrap_err();
    let claimed = DeviceId::from_bytes([9; 8]);
    assert_eq!(
        other,
        EnvelopeError::OtherDevice {
            claimed,
            of_key: me
        }
    );
    let weak = signed_again(|bytes| bytes[34..66].fill(0)).unwrap_err();
    assert_eq!(weak, PublicKeyError.into());
    assert_eq!(
        signed_again(|bytes| bytes[73] = 0).unwrap_err(),
        EnvelopeError::NoNumber
    );
    let unnamed = signed_again(|bytes| bytes[73] = 2).unwrap_err();
    assert_eq!(unnamed, EnvelopeError::Previous { dev_seq: 2 });
    let named = signed_again(|bytes| bytes[74] = 1).unwrap_err();
    assert_eq!(named, EnvelopeError::Previous { dev_seq: 1 });
    assert!(signed_again(|_| {}).is_ok());
}

#[test]
fn an_envelope_is_what_a_server_takes_in_one_request() {
    let most = vec![0; MAX_ENVELOPE - SEALED_AT];
    let whole = Envelope::sign(&most, CLASS, None, &monitor()).unwrap();
    assert_eq!(whole.as_bytes().len(), MAX_ENVELOPE);
    let bytes = MAX_ENVELOPE as u64 + 1;
    let more = [&most[..], b"x"].concat();
    let error = Envelope::sign(&more, CLASS, None, &monitor()).unwrap_err();
    assert_eq!(error, EnvelopeError::TooLarge { bytes });
    let arrived = [whole.as_bytes(), b"x"].concat();
    assert_eq!(
        Envelope::parse(arrived),
        Err(EnvelopeError::TooLarge { bytes })
    );
}

#[test]
fn the_largest_bundle_fits_into_an_envelope() {
    let plain = vec![0; wuzha_seal::MAX_PACKED];
    let sealed = seal(&plain, &[teachers_identity().recipient(); 16]).unwrap();
    assert!(Envelope::sign(&sealed, CLASS, None, &monitor()).is_ok());
}

#[test]
fn several_envelopes_in_a_file_are_read_one_after_the_other() {
    let first = envelope(None);
    let second = envelope(Some(first.place()));
    let file = [first.as_bytes(), second.as_bytes()].concat();
    assert_eq!(Envelope::parse_all(&file), Ok(vec![first.clone(), second]));
    let cut = &file[..file.len() - 1];
    assert!(Envelope::parse_all(cut).is_err(), "cut short");
    let more = [first.as_bytes(), b"more"].concat();
    assert!(Envelope::parse_all(&more).is_err(), "something else behind");
    assert_eq!(
        Envelope::parse_all(b""),
        Envelope::parse(vec![]).map(|_| vec![])
    );
}

#[test]
fn a_missing_bundle_and_a_fork_are_seen() {
    let first = envelope(None);
    let second = envelope(Some(first.place()));
    let third = envelope(Some(second.place()));
    let rival = Envelope::sign(b"other", CLASS, Some(first.place()), &monitor()).unwrap();
    let stranger = Place {
        id: BundleId::from_bytes([9; 32]),
        ..first.place()
    };
    let astray = envelope(Some(stranger));
    for (what, new, last, expected) in [
        ("the first", &first, None, Standing::Next),
        ("the next", &second, Some(&first), Standing::Next),
        ("one is missing", &third, Some(&first), Standing::Gap(1)),
        ("two are missing", &third, None, Standing::Gap(2)),
        ("once more", &second, Some(&second), Standing::Earlier),
        ("an old one", &first, Some(&third), Standing::Earlier),
        (
            "another in its place",
            &rival,
            Some(&second),
            Standing::Fork,
        ),
        ("another before it", &astray, Some(&first), Standing::Fork),
    ] {
        let standing = new
            .header()
            .standing(new.id(), last.map(|last| last.place()));
        assert_eq!(standing, expected, "{what}");
    }
}
