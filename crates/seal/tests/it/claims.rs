//! Claims and logins: how a device makes itself known to a server.

use crate::support::{config, deputy, invitation, monitor, server};
use proptest::prelude::*;
use wuzha_seal::{
    Challenge, Claim, CutShort, Login, NoteError, PublicKeyError, SignatureError, SignedOpened,
};

fn challenge() -> Challenge {
    Challenge::from_bytes([7; Challenge::LEN])
}

fn login() -> Vec<u8> {
    Login::sign(challenge(), server().public(), &monitor())
}

fn claim() -> Vec<u8> {
    Claim::sign(&invitation(), &monitor())
}

#[test]
fn a_claim_is_read_as_it_was_signed() {
    let expected = Claim {
        server: invitation().server_key,
        school: invitation().place.school.id,
        serial: invitation().serial,
        secret: invitation().secret,
        by: monitor().public(),
    };
    assert_eq!(Claim::parse(&claim()), Ok(expected));
}

#[test]
fn a_login_is_read_as_it_was_signed() {
    let expected = Login {
        server: server().public(),
        challenge: challenge(),
        by: monitor().public(),
    };
    assert_eq!(Login::parse(&login()), Ok(expected));
}

#[test]
fn a_change_is_noticed_wherever_it_is() {
    for at in 0..claim().len() {
        let mut changed = claim();
        changed[at] ^= 1;
        assert!(Claim::parse(&changed).is_err(), "byte {at} of a claim");
    }
    for at in 0..login().len() {
        let mut changed = login();
        changed[at] ^= 1;
        assert!(Login::parse(&changed).is_err(), "byte {at} of a login");
    }
}

#[test]
fn what_was_cut_or_made_longer_is_told() {
    let whole = claim();
    assert_eq!(Claim::parse(b""), Err(NoteError::Foreign));
    assert_eq!(Claim::parse(&login()), Err(NoteError::Foreign));
    assert_eq!(Claim::parse(&whole[..50]), Err(CutShort { at: 4 }.into()));
    let longer = [&whole[..], b"x"].concat();
    assert_eq!(Claim::parse(&longer), Err(NoteError::TooLong(1)));
    let newer = [b"WZL\x02", &login()[4..]].concat();
    let format = NoteError::Format {
        found: 2,
        expected: 1,
    };
    assert_eq!(Login::parse(&newer), Err(format));
}

#[test]
fn nobody_claims_or_logs_in_for_another_device() {
    let (own, other) = (monitor().public(), deputy().public());
    let put = |bytes: &[u8], key: &[u8; 32]| {
        let at = bytes.windows(32).position(|part| part == own.to_bytes());
        let mut bytes = bytes.to_vec();
        let at = at.unwrap_or_default();
        bytes[at..at + 32].copy_from_slice(key);
        bytes
    };
    let claimed = Claim::parse(&put(&claim(), &other.to_bytes()));
    assert_eq!(claimed, Err(SignatureError.into()));
    let logged_in = Login::parse(&put(&login(), &other.to_bytes()));
    assert_eq!(logged_in, Err(SignatureError.into()));
    let weak = Login::parse(&put(&login(), &[0; 32]));
    assert_eq!(weak, Err(PublicKeyError.into()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..config() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for kind in [&b""[..], b"WZC\x01", b"WZL\x01"] {
            let bytes = [kind, &bytes].concat();
            prop_assert!(Claim::parse(&bytes).is_err());
            prop_assert!(Login::parse(&bytes).is_err());
            prop_assert!(SignedOpened::parse(bytes).is_err());
        }
    }
}
