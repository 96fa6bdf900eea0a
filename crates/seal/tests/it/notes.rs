//! Receipts and opened notes: what a server and a teacher cannot take back.

#![expect(
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

use crate::support::{CLASS, NOW, config, deputy, server, teacher};
use proptest::prelude::*;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleId, CutShort, DepartmentId, HeadHash, NoteError, PublicKeyError, Receipt, SchoolId,
    ScopeId, ServerKey, SignatureError, SignedOpened, SignedReceipt, Unit,
};

fn scope() -> ScopeId {
    ScopeId {
        school: CLASS.school,
        unit: Unit::Class(CLASS.class),
    }
}

fn receipt() -> Receipt {
    let bundle = BundleId::from_bytes([7; 32]);
    Receipt {
        bundle,
        scope: scope(),
        epoch: 0,
        seq: 1,
        head: HeadHash::empty(scope()).then(1, bundle),
        time: NOW,
    }
}

fn unit() -> impl Strategy<Value = Unit> {
    prop_oneof![
        Just(Unit::School),
        any::<[u8; 8]>().prop_map(|id| Unit::Department(DepartmentId::from_bytes(id))),
        any::<[u8; 8]>().prop_map(|id| Unit::Class(wuzha_seal::ClassId::from_bytes(id))),
    ]
}

prop_compose! {
    fn any_receipt()(
        bundle in any::<[u8; 32]>(), school in any::<[u8; 8]>(), unit in unit(),
        epoch in any::<u64>(), seq in 1..=u64::MAX, head in any::<[u8; 32]>(), time in any::<u64>(),
    ) -> Receipt {
        Receipt {
            bundle: BundleId::from_bytes(bundle),
            scope: ScopeId { school: SchoolId::from_bytes(school), unit },
            epoch,
            seq,
            head: HeadHash::from_bytes(head),
            time: UnixMillis(time),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..config() })]

    #[test]
    fn a_receipt_is_read_as_it_was_signed(receipt in any_receipt()) {
        let signed = SignedReceipt::sign(receipt, &server());
        let read = SignedReceipt::parse(signed.as_bytes().to_vec(), &server().public());
        prop_assert_eq!(&read, &Ok(signed));
        prop_assert_eq!(*read.unwrap().receipt(), receipt);
    }

    #[test]
    fn a_note_is_read_as_it_was_signed(bundle in any::<[u8; 32]>(), time in any::<u64>()) {
        let (bundle, time) = (BundleId::from_bytes(bundle), UnixMillis(time));
        let signed = SignedOpened::sign(bundle, time, &teacher());
        let read = SignedOpened::parse(signed.as_bytes().to_vec());
        prop_assert_eq!(&read, &Ok(signed));
        let read = read.unwrap();
        let opened = read.opened();
        prop_assert_eq!((opened.bundle, opened.by, opened.time), (bundle, teacher().public(), time));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for kind in [&b""[..], b"WZR\x01", b"WZO\x01"] {
            let bytes = [kind, &bytes].concat();
            prop_assert!(SignedReceipt::parse(bytes.clone(), &server().public()).is_err());
            prop_assert!(SignedOpened::parse(bytes).is_err());
        }
    }
}

#[test]
fn only_the_schools_server_gives_receipts() {
    let forged = SignedReceipt::sign(receipt(), &ServerKey::from_bytes(&[0x99; 32]));
    let parsed = SignedReceipt::parse(forged.as_bytes().to_vec(), &server().public());
    assert_eq!(parsed, Err(SignatureError.into()));
}

#[test]
fn a_change_is_noticed_wherever_it_is() {
    let receipt = SignedReceipt::sign(receipt(), &server());
    let opened = SignedOpened::sign(BundleId::from_bytes([7; 32]), NOW, &teacher());
    for at in 0..receipt.as_bytes().len() {
        let mut changed = receipt.as_bytes().to_vec();
        changed[at] ^= 1;
        assert!(
            SignedReceipt::parse(changed, &server().public()).is_err(),
            "byte {at}"
        );
    }
    for at in 0..opened.as_bytes().len() {
        let mut changed = opened.as_bytes().to_vec();
        changed[at] ^= 1;
        assert!(SignedOpened::parse(changed).is_err(), "byte {at}");
    }
}

#[test]
fn each_kind_of_bad_note_has_its_own_reason() {
    let whole = SignedReceipt::sign(receipt(), &server())
        .as_bytes()
        .to_vec();
    let parse = |bytes: &[u8]| SignedReceipt::parse(bytes.to_vec(), &server().public());
    assert_eq!(parse(b""), Err(NoteError::Foreign));
    let note = SignedOpened::sign(BundleId::from_bytes([7; 32]), NOW, &teacher());
    assert_eq!(parse(note.as_bytes()), Err(NoteError::Foreign));
    assert_eq!(SignedOpened::parse(whole.clone()), Err(NoteError::Foreign));
    let newer = [b"WZR\x02", &whole[4..]].concat();
    let format = NoteError::Format {
        found: 2,
        expected: 1,
    };
    assert_eq!(parse(&newer), Err(format));
    assert_eq!(parse(&whole[..100]), Err(CutShort { at: 4 }.into()));
    assert_eq!(
        parse(&whole[..whole.len() - 1]),
        Err(CutShort { at: 109 }.into())
    );
    assert_eq!(
        parse(&[&whole[..], b"x"].concat()),
        Err(NoteError::TooLong(1))
    );
}

/// A receipt whose fields are changed, signed again by the server itself.
fn signed_again(change: impl Fn(&mut [u8])) -> Result<SignedReceipt, NoteError> {
    let mut bytes = SignedReceipt::sign(receipt(), &server())
        .as_bytes()
        .to_vec();
    change(&mut bytes);
    let key = ed25519_dalek::SigningKey::from_bytes(&[0x44; 32]);
    let message = [b"wuzha/v1/receipt\0", &bytes[..109]].concat();
    let signature = ed25519_dalek::Signer::sign(&key, &message);
    bytes[109..].copy_from_slice(&signature.to_bytes());
    SignedReceipt::parse(bytes, &server().public())
}

#[test]
fn what_a_newer_server_says_of_other_parts_is_not_guessed() {
    assert!(signed_again(|_| {}).is_ok());
    assert_eq!(signed_again(|bytes| bytes[44] = 3), Err(NoteError::Scope));
    assert_eq!(
        signed_again(|bytes| bytes[61..69].fill(0)),
        Err(NoteError::NoNumber)
    );
}

#[test]
fn a_note_is_its_signers_own() {
    let note = SignedOpened::sign(BundleId::from_bytes([7; 32]), NOW, &teacher());
    let mut bytes = note.as_bytes().to_vec();
    bytes[36..68].copy_from_slice(&deputy().public().to_bytes());
    assert_eq!(
        SignedOpened::parse(bytes.clone()),
        Err(SignatureError.into())
    );
    bytes[36..68].fill(0);
    assert_eq!(SignedOpened::parse(bytes), Err(PublicKeyError.into()));
}
