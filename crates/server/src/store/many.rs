//! Statements about many rows at once.
//!
//! A connection keeps a hundred statements prepared, told apart by their text. So lists have lengths of
//! which there are few: the powers of two up to [`MOST`].

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};
use wuzha_seal::SchoolId;

use super::bytes;

/// How many rows one statement is about at most.
const MOST: usize = 32;

/// These in parts of few different lengths, none of them empty: to be written, each once.
pub(super) fn parts<T>(mut all: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = MOST.min(1 << all.len().checked_ilog2()?);
        let (part, rest) = all.split_at_checked(length)?;
        all = rest;
        Some(part)
    })
}

/// These in parts of few different lengths: to be asked for, the last of them several times.
pub(super) fn padded<T: Clone>(all: &[T]) -> Vec<Vec<T>> {
    let pad = |part: &[T]| {
        let last = part.last().into_iter().cycle();
        let missing = part.len().next_power_of_two() - part.len();
        part.iter().chain(last.take(missing)).cloned().collect()
    };
    all.chunks(MOST).map(pad).collect()
}

/// Places for so many rows of so many values, from this number on: `($2, $3), ($4, $5)`.
pub(super) fn places(first: usize, rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let begin = first + row * columns;
        let places: Vec<String> = (begin..begin + columns).map(|n| format!("${n}")).collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<String>>().join(", ")
}

/// A statement about this school, which is `$1`. Its text is made of our words and [`places`]: what comes
/// from outside is bound.
pub(super) fn about(school: SchoolId, sql: String) -> Query<'static, Any, AnyArguments> {
    sqlx::query(AssertSqlSafe(sql)).bind(bytes::of(school.to_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_written_once_in_parts_of_few_lengths() {
        for count in [0, 1, 15, 16, 31, 32, 33, 96] {
            let all: Vec<usize> = (0..count).collect();
            let lengths: Vec<usize> = parts(&all).map(<[usize]>::len).collect();
            assert!(
                lengths
                    .iter()
                    .all(|length| length.is_power_of_two() && *length <= MOST),
                "{count}: {lengths:?}"
            );
            let together: Vec<usize> = parts(&all).flatten().copied().collect();
            assert_eq!(together, all);
        }
        let all = [0; 48];
        let lengths: Vec<usize> = parts(&all).map(<[i32]>::len).collect();
        assert_eq!(lengths, [32, 16]);
    }

    #[test]
    fn the_last_is_asked_for_again_until_the_list_is_long_enough() {
        assert_eq!(padded::<u8>(&[]), Vec::<Vec<u8>>::new());
        assert_eq!(padded(&[1]), [[1]]);
        assert_eq!(padded(&[1, 2, 3]), [[1, 2, 3, 3]]);
        let lengths: Vec<usize> = padded(&[0; 35]).iter().map(Vec::len).collect();
        assert_eq!(lengths, [32, 4]);
    }

    #[test]
    fn places_go_on_from_a_number() {
        assert_eq!(places(2, 2, 2), "($2, $3), ($4, $5)");
        assert_eq!(places(2, 1, 1), "($2)");
    }
}
