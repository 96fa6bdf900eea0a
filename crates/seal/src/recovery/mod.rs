//! A secret key on paper: 13 groups of five characters, to be typed in again years later.
//!
//! ```text
//! CSK6H-CSK6J-CSK6K-…
//! ```
//! The last character of each group checks it, so that a typing error is found at once and the person
//! is told in which group it is. Upper and lower case, spaces and dashes, full-width characters, and
//! letters that look like digits make no difference.

mod alphabet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use wuzha_core::text;
use zeroize::Zeroizing;

use crate::sealing::Identity;

const GROUPS: usize = 13;
/// Characters in a group, the check character included.
const GROUP_LEN: usize = 5;
/// More than a person types, spaces included.
const MAX_TYPED: usize = 500;

/// Why what was typed is not a recovery key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum RecoveryError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// A character that no recovery key has.
    #[error("group {group}: character {character:?} is in no recovery key")]
    Character {
        /// In which group, from 1.
        group: u8,
        /// The character.
        character: char,
    },
    /// A group that is too short or too long.
    #[error("group {group} has {found} characters instead of {GROUP_LEN}")]
    GroupLength {
        /// Which group, from 1.
        group: u8,
        /// How many characters it has.
        found: u64,
    },
    /// A typing error in this group, or it stands in the place of another.
    #[error("group {group} is mistyped")]
    Group {
        /// Which group, from 1.
        group: u8,
    },
    /// All groups that are there are right, and some are missing, or there are too many.
    #[error("{found} characters instead of {}", GROUPS * GROUP_LEN)]
    Length {
        /// How many characters there are, without spaces and dashes.
        found: u64,
    },
    /// Each group is right, and together they are not one key.
    #[error("the groups are not of one key")]
    Key,
}

/// The key as it is printed, its groups joined by dashes.
pub fn write_recovery_key(identity: &Identity) -> Zeroizing<String> {
    let symbols = symbols(identity.expose_bytes());
    // Large enough that it never moves and leaves a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(GROUPS * (GROUP_LEN + 1)));
    for (group, number) in symbols.chunks(GROUP_LEN - 1).zip(1u8..) {
        if number > 1 {
            text.push('-');
        }
        let check = alphabet::check(number, group);
        let all = group.iter().chain([&check]);
        text.extend(all.filter_map(|&symbol| alphabet::character(symbol)));
    }
    text
}

/// Reads a key that a person typed.
///
/// # Errors
/// [`RecoveryError`], of the first group that is not right.
pub fn read_recovery_key(typed: &str) -> Result<Identity, RecoveryError> {
    let groups = groups(typed)?;
    let found = groups
        .iter()
        .map(|group| group.chars().count() as u64)
        .sum();
    let mut symbols = Zeroizing::new(Vec::with_capacity(GROUPS * GROUP_LEN));
    for (group, number) in groups.iter().zip(1..) {
        if usize::from(number) > GROUPS {
            return Err(RecoveryError::Length { found });
        }
        symbols.extend(checked(group, number)?);
    }
    if groups.len() < GROUPS {
        return Err(RecoveryError::Length { found });
    }
    let key = key_of(&symbols).ok_or(RecoveryError::Key)?;
    Ok(Identity::from_bytes(&key))
}

/// What was typed, in groups: as the person made them where that gives as many as there should be,
/// else counted off.
fn groups(typed: &str) -> Result<Vec<String>, RecoveryError> {
    if typed.len() > MAX_TYPED {
        let found = typed.chars().count() as u64;
        return Err(RecoveryError::Length { found });
    }
    let clean = text::clean(typed);
    let words = clean.split(is_separator).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    match words.len() {
        0 => Err(RecoveryError::Empty),
        GROUPS => Ok(words.into_iter().map(str::to_owned).collect()),
        _ => {
            let chars: Vec<char> = words.concat().chars().collect();
            let groups = chars.chunks(GROUP_LEN);
            Ok(groups.map(|group| group.iter().collect()).collect())
        }
    }
}

/// Spaces, and all the dashes that a Chinese or English keyboard offers.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || "-_.,·、。".contains(c)
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The symbols of a group without its check symbol, which must fit.
fn checked(group: &str, number: u8) -> Result<Vec<u8>, RecoveryError> {
    let symbol = |character: char| {
        alphabet::symbol(character).ok_or(RecoveryError::Character {
            group: number,
            character,
        })
    };
    let mut symbols: Vec<u8> = group.chars().map(symbol).collect::<Result<_, _>>()?;
    if symbols.len() != GROUP_LEN {
        return Err(RecoveryError::GroupLength {
            group: number,
            found: symbols.len() as u64,
        });
    }
    let check = symbols.pop();
    if check != Some(alphabet::check(number, &symbols)) {
        return Err(RecoveryError::Group { group: number });
    }
    Ok(symbols)
}

/// The 256 bits of the key and 4 more that check all of it, five at a time.
fn symbols(key: &[u8; 32]) -> Zeroizing<Vec<u8>> {
    let mut symbols = Zeroizing::new(Vec::with_capacity(GROUPS * GROUP_LEN));
    let (mut bits, mut held) = (0u32, 0);
    for byte in key.iter().chain([&(key_check(key) << 4)]) {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            symbols.push((bits >> held & 31) as u8);
        }
    }
    symbols
}

/// The key of these symbols, if the bits that check it fit.
fn key_of(symbols: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(GROUPS * GROUP_LEN));
    let (mut bits, mut held) = (0u32, 0);
    for symbol in symbols {
        bits = bits << 5 | u32::from(*symbol);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 255) as u8);
        }
    }
    let key = Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).ok()?);
    (key_check(&key) == (bits & 15) as u8).then_some(key)
}

/// The first four bits of the key's SHA-256.
fn key_check(key: &[u8; 32]) -> u8 {
    let [first, ..]: [u8; 32] = Sha256::digest(key).into();
    first >> 4
}
