//! A key on paper comes back from whatever a person types that means the same, and a typing error is
//! found in its group.

#![expect(
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

use crate::support::{config, recovery_identity};
use proptest::prelude::*;
use wuzha_seal::{Identity, RecoveryError, read_recovery_key, write_recovery_key};

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn printed() -> String {
    write_recovery_key(&recovery_identity()).to_string()
}

fn read(typed: &str) -> Result<[u8; 32], RecoveryError> {
    read_recovery_key(typed).map(|identity| *identity.expose_bytes())
}

/// What was typed with one character replaced.
fn with(text: &str, at: usize, c: char) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    chars[at] = c;
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_key_comes_back_from_paper(secret in any::<[u8; 32]>()) {
        let printed = write_recovery_key(&Identity::from_bytes(&secret));
        prop_assert_eq!(read(&printed), Ok(secret));
    }

    #[test]
    fn one_wrong_character_is_found_in_its_group(
        secret in any::<[u8; 32]>(), at in 0..65usize, wrong in 0..32usize, with_dashes in any::<bool>(),
    ) {
        let printed = write_recovery_key(&Identity::from_bytes(&secret));
        let (text, place) = if with_dashes {
            (printed.to_string(), at + at / 5)
        } else {
            (printed.replace('-', ""), at)
        };
        let wrong = ALPHABET.chars().nth(wrong).unwrap();
        let typed = with(&text, place, wrong);
        if typed != text {
            let group = (at / 5 + 1) as u8;
            prop_assert_eq!(read(&typed), Err(RecoveryError::Group { group }));
        }
    }

    #[test]
    fn two_neighbours_exchanged_are_found(secret in any::<[u8; 32]>(), at in 0..64usize) {
        let text = write_recovery_key(&Identity::from_bytes(&secret)).replace('-', "");
        let (a, b) = (text.chars().nth(at).unwrap(), text.chars().nth(at + 1).unwrap());
        let typed = with(&with(&text, at, b), at + 1, a);
        if at % 5 != 4 && a != b {
            let group = (at / 5 + 1) as u8;
            prop_assert_eq!(read(&typed), Err(RecoveryError::Group { group }));
        } else {
            prop_assert_eq!(read(&typed).is_ok(), a == b);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,120}", like_one in "[0-9A-Za-z -]{60,90}") {
        prop_assert!(read(&text).is_err());
        prop_assert!(read(&like_one).is_err());
    }
}

#[test]
fn a_key_is_printed_in_thirteen_groups_of_five() {
    let printed = printed();
    let groups: Vec<&str> = printed.split('-').collect();
    assert_eq!(groups.len(), 13);
    for group in groups {
        assert!(
            group.len() == 5 && group.chars().all(|c| ALPHABET.contains(c)),
            "{group}"
        );
    }
}

#[test]
fn it_does_not_matter_how_it_is_typed() {
    let secret = std::array::from_fn(|at| (at * 9) as u8);
    let printed = write_recovery_key(&Identity::from_bytes(&secret)).to_string();
    assert!("01V".chars().all(|c| printed.contains(c)), "{printed}");
    let full_width = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
        c => c,
    };
    let looks_like = |c: char| match c {
        '0' => 'o',
        '1' => 'l',
        'V' => 'u',
        c => c,
    };
    for typed in [
        printed.to_lowercase(),
        printed.replace('-', ""),
        printed.replace('-', " "),
        printed.replace('-', "\n"),
        printed.replace('-', " — "),
        printed.replace('-', "－"),
        printed.replace('-', "、"),
        format!("  {printed}。\n"),
        printed.chars().map(full_width).collect(),
        printed.chars().map(looks_like).collect(),
        printed
            .chars()
            .map(|c| if c == '1' { 'I' } else { c })
            .collect(),
        printed
            .replace('-', "")
            .chars()
            .flat_map(|c| [c, ' '])
            .collect(),
    ] {
        assert_eq!(read(&typed), Ok(secret), "{typed}");
    }
}

#[test]
fn what_is_missing_or_too_much_is_named() {
    let printed = printed();
    let groups: Vec<&str> = printed.split('-').collect();
    assert_eq!(read(""), Err(RecoveryError::Empty));
    assert_eq!(read(" - \n"), Err(RecoveryError::Empty));
    let character = RecoveryError::Character {
        group: 2,
        character: '*',
    };
    assert_eq!(read(&with(&printed, 6, '*')), Err(character));
    let group_length = |group, found| Err(RecoveryError::GroupLength { group, found });
    let mut short = printed.clone();
    short.remove(6);
    assert_eq!(read(&short), group_length(2, 4));
    let mut long = printed.clone();
    long.insert(6, '7');
    assert_eq!(read(&long), group_length(2, 6));
    let run_together = printed.replace('-', "");
    assert_eq!(read(&run_together[..64]), group_length(13, 4));
    assert_eq!(
        read(&groups[..12].join("-")),
        Err(RecoveryError::Length { found: 60 })
    );
    assert_eq!(
        read(&format!("{run_together}0")),
        Err(RecoveryError::Length { found: 66 })
    );
    let much = "0".repeat(501);
    assert_eq!(read(&much), Err(RecoveryError::Length { found: 501 }));
}

#[test]
fn groups_that_changed_places_are_found() {
    let secret = std::array::from_fn(|at| at as u8);
    let printed = write_recovery_key(&Identity::from_bytes(&secret)).to_string();
    let mut groups: Vec<&str> = printed.split('-').collect();
    groups.swap(3, 7);
    assert_eq!(
        read(&groups.join("-")),
        Err(RecoveryError::Group { group: 4 })
    );
}

#[test]
fn groups_of_two_keys_are_not_taken_for_one() {
    let other = write_recovery_key(&Identity::from_bytes(&[0x67; 32])).to_string();
    let mixed = format!("{}{}", &printed()[..6 * 6], &other[6 * 6..]);
    assert_eq!(read(&mixed), Err(RecoveryError::Key));
}
