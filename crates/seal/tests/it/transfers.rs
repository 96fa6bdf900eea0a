//! A file goes from a screen to a camera as codes, whichever of them the camera saw.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

use crate::support::vectors::{shown, stored};
use proptest::prelude::*;
use proptest::sample::Index;
use wuzha_seal::{
    FileName, FrameError, MAX_TRANSFER, Received, Receiving, Sending, SentFile, TooLargeToShow,
};

/// Bytes without a pattern, the same for each seed.
fn file(len: usize, seed: u64) -> SentFile {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()[0]
    };
    SentFile {
        name: FileName::try_from("软件2101班（示例）_上交_2021-12-26.wzb").unwrap(),
        bytes: (0..len).map(|_| byte()).collect(),
    }
}

/// Takes the codes of these numbers; the file, and how many codes it took.
fn received(sending: &Sending, numbers: impl IntoIterator<Item = u32>) -> (Option<SentFile>, u32) {
    let mut receiving = Receiving::default();
    let mut taken = 0;
    for number in numbers {
        taken += 1;
        if let Received::Whole(file) = receiving.take(&sending.frame(number)).unwrap() {
            return (Some(file), taken);
        }
    }
    (None, taken)
}

#[test]
fn without_a_loss_it_takes_as_many_codes_as_there_are_parts() {
    for len in [0, 1, 40_000, MAX_TRANSFER] {
        let file = file(len, 1);
        let sending = Sending::of(&file).unwrap();
        assert_eq!(received(&sending, 0..), (Some(file), sending.parts()));
    }
}

#[test]
fn all_of_a_code_is_alphanumeric_and_fits_version_15() {
    let sending = Sending::of(&file(MAX_TRANSFER, 2)).unwrap();
    for number in [0, sending.parts(), u32::MAX] {
        let text = sending.frame(number);
        let alphanumeric =
            |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || " $%*+-./:".contains(c);
        assert!(text.chars().all(alphanumeric), "{text}");
        assert!(text.len() <= 758, "{}", text.len());
    }
}

#[test]
fn however_many_codes_are_missed_a_few_more_than_the_parts_are_enough() {
    let file = file(100_000, 3);
    let sending = Sending::of(&file).unwrap();
    let parts = sending.parts();
    // One in five, every other one, four in five missed; the beginning missed altogether.
    let patterns: [Box<dyn Iterator<Item = u32>>; 4] = [
        Box::new((0..).filter(|number| number % 5 != 2)),
        Box::new((0..).filter(|number| number % 2 == 0)),
        Box::new((0..).filter(|number| number % 5 == 0)),
        Box::new(7 * parts..),
    ];
    for pattern in patterns {
        let (whole, taken) = received(&sending, pattern);
        assert_eq!(whole.as_ref(), Some(&file));
        assert!(taken <= parts + 10, "{taken} for {parts}");
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_shown() {
    let bytes = MAX_TRANSFER as u64 + 1;
    let refused = Sending::of(&file(MAX_TRANSFER + 1, 4)).err();
    assert_eq!(refused, Some(TooLargeToShow { bytes }));
}

#[test]
fn codes_of_another_transfer_are_told_apart_and_not_mixed_in() {
    let (first, second) = (file(9_000, 5), file(9_000, 6));
    let (one, other) = (Sending::of(&first).unwrap(), Sending::of(&second).unwrap());
    let mut receiving = Receiving::default();
    for number in 0..one.parts() - 1 {
        let seen = number + 1;
        let parts = Received::Parts {
            seen,
            of: one.parts(),
        };
        assert_eq!(receiving.take(&one.frame(number)), Ok(parts));
        assert_eq!(
            receiving.take(&other.frame(number)),
            Err(FrameError::OtherTransfer)
        );
    }
    let last = receiving.take(&one.frame(one.parts() - 1));
    assert_eq!(last, Ok(Received::Whole(first)));
}

#[test]
fn other_codes_are_refused_by_what_they_are() {
    let mut receiving = Receiving::default();
    for text in [
        "",
        "WZI:000",
        "https://fanzha.example/",
        "wuzha-part:00",
        "WUZHA-PACK:00",
    ] {
        assert_eq!(receiving.take(text), Err(FrameError::Foreign), "{text}");
    }
    for text in [
        "WUZHA-PART:",
        "WUZHA-PART:a",
        "WUZHA-PART:U5",
        &format!("WUZHA-PART:{}", "0".repeat(5_000)),
    ] {
        let refused = receiving.take(text);
        assert!(
            matches!(
                refused,
                Err(FrameError::Misread | FrameError::Format { .. })
            ),
            "{text}"
        );
    }
    let newer = FrameError::Format {
        found: 2,
        expected: 1,
    };
    assert_eq!(receiving.take(&code(2, 9_000, 0, &[0; 480])), Err(newer));
}

#[test]
fn a_code_that_would_take_much_memory_is_refused() {
    let mut receiving = Receiving::default();
    // Nothing, more than a transfer may have, and too many parts for its size.
    for (len, data) in [
        (0, 480),
        (9_000, 0),
        (MAX_TRANSFER as u32 + 1_000, 480),
        (u32::MAX, 480),
        (MAX_TRANSFER as u32, 1),
        (1_025, 1),
    ] {
        let refused = receiving.take(&code(1, len, 0, &vec![0; data]));
        assert_eq!(
            refused,
            Err(FrameError::Misread),
            "{len} bytes in parts of {data}"
        );
    }
    // The most that is let in.
    let largest = receiving.take(&code(1, 1_024, u32::MAX, &[0]));
    assert_eq!(largest, Ok(Received::Parts { seen: 1, of: 1_024 }));
}

#[test]
fn a_made_up_code_among_the_right_ones_makes_no_wrong_file_and_it_can_begin_anew() {
    let file = file(2_000, 7);
    let sending = Sending::of(&file).unwrap();
    let mut receiving = Receiving::default();
    // The code of number 1 with other bytes in the part; the hash stands in part 0.
    let mut made_up = decoded(&sending.frame(1));
    made_up.iter_mut().skip(20).for_each(|byte| *byte ^= 1);
    receiving.take(&encoded(&made_up)).unwrap();
    let rest: Vec<_> = (0..sending.parts())
        .filter(|number| *number != 1)
        .map(|number| receiving.take(&sending.frame(number)))
        .collect();
    assert_eq!(rest.last(), Some(&Err(FrameError::Damaged)));
    let again: Vec<_> = (0..sending.parts())
        .map(|number| receiving.take(&sending.frame(number)))
        .collect();
    assert_eq!(again.last(), Some(&Ok(Received::Whole(file))));
}

#[test]
fn the_stored_codes_are_read() {
    let texts = String::from_utf8(stored("transfer.txt")).unwrap();
    let mut receiving = Receiving::default();
    // A part and two mixes, of two parts.
    let taken: Vec<_> = texts
        .lines()
        .skip(1)
        .map(|text| receiving.take(text))
        .collect();
    assert!(taken.contains(&Ok(Received::Whole(shown()))), "{taken:?}");
}

proptest! {
    #[test]
    fn in_any_order_doubled_and_with_losses_the_file_is_the_file(
        len in 0_usize..20_000,
        seed: u64,
        order in prop::collection::vec(any::<Index>(), 300..600),
    ) {
        let file = file(len, seed);
        let sending = Sending::of(&file).unwrap();
        // Any 300 and more of some hundred numbers, in any order and with repetitions.
        let numbers = order.iter().map(|index| index.index(4 * sending.parts() as usize + 40) as u32);
        let (whole, _) = received(&sending, numbers.clone());
        let different: std::collections::BTreeSet<u32> = numbers.collect();
        match whole {
            Some(whole) => prop_assert_eq!(whole, file),
            // Twenty more than the parts have never been too few; a chance of one in a million each time.
            None => prop_assert!((different.len() as u32) < sending.parts() + 20),
        }
    }

    #[test]
    fn whatever_a_code_says_nothing_breaks(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        len: u32,
        small in 1_u32..5_000,
        number: u32,
    ) {
        let mut receiving = Receiving::default();
        let sending = Sending::of(&file(1_500, 8)).unwrap();
        receiving.take(&sending.frame(0)).unwrap();
        let _may_fail = receiving.take(&encoded(&bytes));
        let _may_fail = receiving.take(&code(1, len, number, &bytes));
        let mut another = Receiving::default();
        for number in [number, 0, 1, number.wrapping_add(1)] {
            let _may_fail = another.take(&code(1, small, number, &bytes));
        }
        prop_assert!(receiving.take(&sending.frame(1)).is_ok());
    }
}

/// A code as anybody can make one.
fn code(format: u8, len: u32, number: u32, data: &[u8]) -> String {
    let head = [
        &[format][..],
        &[7; 8],
        &len.to_be_bytes(),
        &number.to_be_bytes(),
    ];
    encoded(&[head.concat(), data.to_vec()].concat())
}

const DIGITS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Base45 written a second time, from the RFC.
fn encoded(bytes: &[u8]) -> String {
    let mut text = "WUZHA-PART:".to_owned();
    for chunk in bytes.chunks(2) {
        let mut number = chunk.iter().fold(0, |n, &byte| n * 256 + usize::from(byte));
        for _ in 0..=chunk.len() {
            text.push(char::from(DIGITS[number % 45]));
            number /= 45;
        }
    }
    text
}

fn decoded(text: &str) -> Vec<u8> {
    let digits = text.bytes().skip("WUZHA-PART:".len());
    let digits: Vec<usize> = digits
        .map(|c| DIGITS.iter().position(|digit| *digit == c).unwrap())
        .collect();
    let chunks = digits.chunks(3);
    let bytes = chunks.flat_map(|chunk| {
        let number = chunk.iter().rev().fold(0, |n, digit| n * 45 + digit);
        let bytes = u32::try_from(number).unwrap().to_be_bytes();
        bytes[5 - chunk.len()..].to_vec()
    });
    bytes.collect()
}
