//! What is sealed opens for those it was sealed for, and for nobody else, and a hostile file costs
//! no more than an honest one.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use crate::support::{CLASS, config, recovery_identity, teachers_identity};
use proptest::prelude::*;
use wuzha_seal::{
    ClassId, ClassRef, Identity, KeyTextError, OpenError, Passphrase, Recipient, RecipientError,
    SealError, armoured, open, open_with_passphrase, seal, seal_with_passphrase, unarmoured,
};

/// A pair that age publishes in its own tests.
const AGES_SECRET: &str =
    "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33";
const AGES_PUBLIC: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

fn for_teacher(plain: &[u8]) -> Vec<u8> {
    seal(plain, &[teachers_identity().recipient()]).unwrap()
}

fn passphrase() -> Passphrase {
    Passphrase::new("软件二一零一班的暗语")
}

#[test]
fn a_text_that_is_no_armour_is_not_taken_for_one() {
    for foreign in ["", "谈话记录", "age-encryption.org/v1"] {
        assert_eq!(unarmoured(foreign), Err(OpenError::Foreign), "{foreign}");
    }
    let text = armoured(&for_teacher("谈话".as_bytes()));
    let cut = text.replacen("\nY", "\n", 1);
    assert_eq!(unarmoured(&cut), Err(OpenError::Damaged));
    let readable = text.replacen('\n', "\n谈话\n", 1);
    assert_eq!(unarmoured(&readable), Err(OpenError::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..config() })]

    #[test]
    fn any_bytes_come_back_out_of_their_text_in_lines_of_64(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let text = armoured(&bytes);
        prop_assert!(text.lines().all(|line| line.len() <= 64));
        prop_assert_eq!(unarmoured(&text.replace('\n', "\r\n")), Ok(bytes));
    }

    #[test]
    fn each_recipient_opens_what_was_sealed(
        plain in prop::collection::vec(any::<u8>(), 0..2000),
        secrets in prop::collection::vec(any::<[u8; 32]>(), 1..5),
    ) {
        let people: Vec<Identity> = secrets.iter().map(Identity::from_bytes).collect();
        let recipients: Vec<Recipient> = people.iter().map(Identity::recipient).collect();
        let sealed = seal(&plain, &recipients).unwrap();
        for person in &people {
            prop_assert_eq!(open(&sealed, person), Ok(plain.clone()));
        }
        prop_assert_eq!(open(&sealed, &teachers_identity()), Err(OpenError::OtherKey));
    }

    #[test]
    fn no_bytes_make_opening_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let head = b"age-encryption.org/v1\n-> X25519 ";
        for bytes in [bytes.clone(), [&head[..], &bytes, b"\n--- "].concat()] {
            prop_assert!(open(&bytes, &teachers_identity()).is_err());
            prop_assert!(open_with_passphrase(&bytes, &passphrase()).is_err());
        }
    }

    #[test]
    fn no_text_makes_reading_a_key_panic(text in "\\PC{0,80}") {
        prop_assert!(text.parse::<Recipient>().is_err());
        prop_assert!(text.parse::<Identity>().is_err());
    }
}

#[test]
fn a_class_has_one_key_of_each_inviter() {
    let other = ClassRef {
        class: ClassId::from_bytes(*b"class-02"),
        ..CLASS
    };
    let key = teachers_identity().of_class(CLASS);
    assert_eq!(key, teachers_identity().of_class(CLASS));
    for another in [
        teachers_identity().of_class(other),
        recovery_identity().of_class(CLASS),
        teachers_identity(),
    ] {
        assert_ne!(key, another);
    }
}

#[test]
fn sealing_twice_gives_other_bytes() {
    assert_ne!(for_teacher(b"plain"), for_teacher(b"plain"));
}

#[test]
fn keys_have_the_text_that_age_gives_them() {
    let identity: Identity = AGES_SECRET.parse().unwrap();
    assert_eq!(identity.recipient().to_string(), AGES_PUBLIC);
    assert_eq!(*identity.expose_text(), AGES_SECRET);
    let recipient: Recipient = AGES_PUBLIC.parse().unwrap();
    assert_eq!(Recipient::from_bytes(recipient.to_bytes()), Ok(recipient));
    let copied: Recipient = format!(" {}\n", AGES_PUBLIC.to_uppercase())
        .parse()
        .unwrap();
    assert_eq!(copied, recipient);
    let json = serde_json::to_string(&recipient).unwrap();
    assert_eq!(json, format!("\"{AGES_PUBLIC}\""));
    assert_eq!(serde_json::from_str::<Recipient>(&json).unwrap(), recipient);
}

#[test]
fn a_mistyped_key_is_told_from_a_key_of_another_kind() {
    let public = |text: &str| text.parse::<Recipient>().unwrap_err();
    let secret = |text: &str| text.parse::<Identity>().unwrap_err();
    assert_eq!(public(""), RecipientError::Text(KeyTextError::Text));
    let mistyped = AGES_PUBLIC.replace("t7r", "t7q");
    assert_eq!(public(&mistyped), RecipientError::Text(KeyTextError::Text));
    assert_eq!(
        public(AGES_SECRET),
        RecipientError::Text(KeyTextError::Kind)
    );
    assert_eq!(secret(AGES_PUBLIC), KeyTextError::Kind);
    // An address of another system, written in the same way.
    let other = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    assert_eq!(public(other), RecipientError::Text(KeyTextError::Kind));
}

#[test]
fn a_key_for_which_everybody_could_open_is_refused() {
    let of_low_order = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        // The same with the bit that does not count.
        "0000000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ];
    for hex in of_low_order {
        let byte = |at: usize| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap();
        let key = std::array::from_fn(byte);
        assert_eq!(
            Recipient::from_bytes(key),
            Err(RecipientError::Weak),
            "{hex}"
        );
    }
}

#[test]
fn there_are_one_to_sixteen_recipients() {
    let recipient = teachers_identity().recipient();
    assert_eq!(seal(b"x", &[]), Err(SealError::NoRecipient));
    assert!(seal(b"x", &[recipient; 16]).is_ok());
    assert_eq!(
        seal(b"x", &[recipient; 17]),
        Err(SealError::TooManyRecipients { found: 17 })
    );
}

#[test]
fn a_file_that_is_not_for_this_key_says_why() {
    let teacher = teachers_identity();
    let sealed = for_teacher(b"plain");
    assert_eq!(open(b"", &teacher), Err(OpenError::Foreign));
    assert_eq!(open(b"PK\x03\x04", &teacher), Err(OpenError::Foreign));
    assert_eq!(
        open(b"age-encryption.org/v2\nx", &teacher),
        Err(OpenError::Newer)
    );
    assert_eq!(open(&sealed[..60], &teacher), Err(OpenError::Head));
    assert_eq!(
        open(&sealed, &recovery_identity()),
        Err(OpenError::OtherKey)
    );
    assert_eq!(
        open_with_passphrase(&sealed, &passphrase()),
        Err(OpenError::NeedsKey)
    );
    let with_passphrase = seal_with_passphrase(b"plain", &passphrase()).unwrap();
    assert_eq!(
        open(&with_passphrase, &teacher),
        Err(OpenError::NeedsPassphrase)
    );
}

#[test]
fn a_change_is_noticed_wherever_it_is() {
    let sealed = for_teacher(b"plain");
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(open(&changed, &teachers_identity()).is_err(), "byte {at}");
        assert!(
            open(&sealed[..at], &teachers_identity()).is_err(),
            "cut at {at}"
        );
    }
    let longer = [&sealed[..], b"x"].concat();
    assert_eq!(open(&longer, &teachers_identity()), Err(OpenError::Damaged));
}

#[test]
fn a_head_without_an_end_in_reach_is_not_read() {
    // Sixteen recipients fit with room to spare.
    let most = seal(b"x", &[teachers_identity().recipient(); 16]).unwrap();
    assert_eq!(open(&most, &teachers_identity()), Ok(b"x".to_vec()));
    let stanza = "-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAA\n";
    let endless = format!("age-encryption.org/v1\n{}--- x\n", stanza.repeat(100_000));
    assert_eq!(
        open(endless.as_bytes(), &teachers_identity()),
        Err(OpenError::Head)
    );
    assert_eq!(
        open_with_passphrase(endless.as_bytes(), &passphrase()),
        Err(OpenError::Head)
    );
}

#[test]
fn a_passphrase_opens_what_it_sealed() {
    let sealed = seal_with_passphrase(b"plain", &passphrase()).unwrap();
    // Pasted with white space around it.
    let pasted = Passphrase::new(" 软件二一零一班的暗语\n");
    assert_eq!(
        open_with_passphrase(&sealed, &pasted),
        Ok(b"plain".to_vec())
    );
    let other = Passphrase::new("软件二一零二班的暗语");
    assert_eq!(
        open_with_passphrase(&sealed, &other),
        Err(OpenError::WrongPassphrase)
    );
    let mut changed = sealed.clone();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(
        open_with_passphrase(&changed, &passphrase()),
        Err(OpenError::Damaged)
    );
    let head = String::from_utf8_lossy(&sealed);
    assert!(head.lines().nth(1).unwrap().ends_with(" 16"), "{head}");
}

#[test]
fn a_short_passphrase_seals_nothing() {
    let short = Passphrase::new("  1234567  ");
    let error = SealError::ShortPassphrase { min: 8 };
    assert_eq!(seal_with_passphrase(b"plain", &short), Err(error));
    assert!(seal_with_passphrase(b"plain", &Passphrase::new("八个字就可以封存")).is_ok());
}

#[test]
fn a_passphrase_is_not_tried_at_any_price() {
    let sealed = seal_with_passphrase(b"plain", &passphrase()).unwrap();
    let asking_for = |work_factor: &str| {
        let at = sealed.windows(4).position(|end| end == b" 16\n").unwrap();
        let (before, after) = (&sealed[..at], &sealed[at + 4..]);
        let changed = [before, b" ", work_factor.as_bytes(), b"\n", after].concat();
        open_with_passphrase(&changed, &passphrase())
    };
    for work_factor in [19, 30, 63] {
        let error = OpenError::TooMuchWork {
            work_factor,
            max: 18,
        };
        assert_eq!(asking_for(&work_factor.to_string()), Err(error));
    }
    assert_eq!(asking_for("99999999999"), Err(OpenError::Damaged));
    // Tried, and found to be another passphrase's.
    assert_eq!(asking_for("15"), Err(OpenError::WrongPassphrase));
}

#[test]
fn secrets_are_never_printed() {
    let identity: Identity = AGES_SECRET.parse().unwrap();
    let shown = format!("{identity:?} {:?}", passphrase());
    assert_eq!(shown, format!("Identity(of {AGES_PUBLIC}) Passphrase(…)"));
}
