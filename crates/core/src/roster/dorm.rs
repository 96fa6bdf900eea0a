//! One spelling for the dorms that a class writes in many.

use crate::ident::{DormName, IdentError};
use crate::text;

/// What people put between building and room. The bare `楼` is missing on purpose: `3楼312` may be
/// the third floor.
const LINKS: &[&str] = &[
    "号公寓楼",
    "号宿舍楼",
    "号公寓",
    "号楼",
    "公寓",
    "号",
    "栋",
    "幢",
    "座",
    "#",
    "-",
    "–",
    "—",
];

/// What people put behind the number of a building in a column of its own.
const BUILDING_ENDS: &[&str] = &[
    "号公寓楼",
    "号宿舍楼",
    "号公寓",
    "号楼",
    "公寓楼",
    "宿舍楼",
    "公寓",
    "号",
    "栋",
    "幢",
    "座",
    "楼",
    "#",
];

/// What people put behind the number of a room.
const ROOM_ENDS: &[&str] = &[
    "号寝室",
    "号宿舍",
    "号房间",
    "号房",
    "号室",
    "寝室",
    "宿舍",
    "房间",
    "室",
    "房",
    "寝",
    "号",
];

/// `3#312`, `3号楼312室`, `3 - 312` and `3栋312` as `3-312`. A building of up to three letters or
/// digits and a room of two to four digits and perhaps a letter are recognised; any other dorm stays
/// as typed, but cleaned.
pub fn normal_dorm(raw: &str) -> String {
    let cleaned = text::clean(raw);
    let compact = cleaned.replace(' ', "");
    building_and_room(&compact)
        .map(|(building, room)| format!("{building}-{room}").to_ascii_uppercase())
        .unwrap_or(cleaned)
}

/// Whether a cell is so clearly a dorm that a column without a heading may be one: with three digits
/// or more for the room, which a date (`3-12`) has not.
pub(super) fn looks_like_a_dorm(cell: &str) -> bool {
    let compact = text::clean(cell).replace(' ', "");
    building_and_room(&compact).is_some_and(|(_, room)| room.len() > 2)
}

/// The dorm in a cell; `None` if there is none.
pub(super) fn read(cell: &str) -> Result<Option<DormName>, IdentError> {
    let dorm = normal_dorm(cell);
    if says_nothing(&dorm) {
        return Ok(None);
    }
    DormName::try_from(dorm).map(Some)
}

/// The dorm of a building and a room in cells of their own: `3栋` and `312室` are `3-312`. A cell that
/// names both is taken alone; a building without a room is no dorm.
pub(super) fn join(building: &str, room: &str) -> String {
    let (building, room) = (text::clean(building), text::clean(room));
    if says_nothing(&room) {
        return String::new();
    }
    let is_whole = |cell: &str| building_and_room(&cell.replace(' ', "")).is_some();
    if says_nothing(&building) || is_whole(&room) {
        return room;
    }
    if is_whole(&building) {
        return building;
    }
    let building = number_before(&building, BUILDING_ENDS);
    let room = number_before(&room, ROOM_ENDS);
    format!("{building}-{room}").to_ascii_uppercase()
}

fn building_and_room(compact: &str) -> Option<(&str, &str)> {
    let (building, rest) = split_number(compact)?;
    let room = LINKS.iter().find_map(|link| rest.strip_prefix(link))?;
    let (room, end) = split_number(room.strip_prefix('-').unwrap_or(room))?;
    let is_whole =
        building.len() <= 3 && is_room_number(room) && (end.is_empty() || ROOM_ENDS.contains(&end));
    is_whole.then_some((building, room))
}

/// The letters and digits at the start, at least one, and the rest.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let number = text.strip_suffix(rest)?;
    (!number.is_empty()).then_some((number, rest))
}

fn is_room_number(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (2..=4).contains(&digits.len())
        && text.len().saturating_sub(digits.len()) <= 1
        && digits.chars().all(|c| c.is_ascii_digit())
}

/// `text` without one of `ends`, if what is left is letters and digits only.
fn number_before<'a>(text: &'a str, ends: &[&str]) -> &'a str {
    ends.iter()
        .find_map(|end| text.strip_suffix(end))
        .map(str::trim_end)
        .filter(|number| split_number(number).is_some_and(|(_, rest)| rest.is_empty()))
        .unwrap_or(text)
}

/// What people put into a cell that has nothing to say, and our own ledgers into one of what is unknown.
fn says_nothing(cell: &str) -> bool {
    matches!(
        cell,
        "" | "无" | "暂无" | "未知" | "-" | "--" | "—" | "——" | "/" | "\\"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    #[test]
    fn the_common_spellings_become_one() {
        for raw in [
            "3-312",
            "3 - 312",
            "３－３１２",
            "3—312",
            "3#312",
            "3#-312",
            "3栋312",
            "3幢312室",
            "3座-312",
            "3号楼312室",
            "3 号楼 312",
            "3号公寓312寝室",
            "3公寓312",
            "\u{200b}3号312号",
        ] {
            assert_eq!(normal_dorm(raw), "3-312", "{raw:?}");
        }
        assert_eq!(normal_dorm("a3栋312b"), "A3-312B");
        assert_eq!(normal_dorm("12号楼1204"), "12-1204");
    }

    #[test]
    fn other_dorms_stay_as_typed() {
        for raw in [
            "312",
            "3楼312",
            "竹园A栋 312",
            "东区3号楼312",
            "3-312-2",
            "3-312 靠窗",
            "1234栋312",
            "3栋31234",
            "3栋3",
            "3栋312AB",
            "走读",
            "软件-寝室",
        ] {
            assert_eq!(normal_dorm(raw), raw);
        }
    }

    #[test]
    fn building_and_room_in_two_cells_are_joined() {
        for (building, room, expected) in [
            ("3", "312", "3-312"),
            ("3号楼", "312室", "3-312"),
            ("3楼", " 312 ", "3-312"),
            ("3#", "312b", "3-312B"),
            ("竹园A栋", "312室", "竹园A栋-312"),
            ("3栋", "3-312", "3-312"),
            ("3栋", "3栋312", "3栋312"),
            ("3-312", "312", "3-312"),
            ("", "312", "312"),
            ("无", "312", "312"),
            ("3栋", "", ""),
            ("3栋", "/", ""),
        ] {
            assert_eq!(join(building, room), expected, "{building:?} {room:?}");
        }
    }

    #[test]
    fn a_dash_in_a_cell_means_no_dorm() {
        for cell in ["", " ", "-", "－", "/", "无", "未知", "——"] {
            assert_eq!(read(cell), Ok(None), "{cell:?}");
        }
        assert_eq!(read("=A1"), Err(IdentError::Formula));
    }

    proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(312),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

        #[test]
        fn a_normal_dorm_stays_normal(raw in "[0-9A-Za-z]{0,4}[#号楼栋座 -]{0,3}[0-9]{0,5}[室房号b]{0,2}") {
            let once = normal_dorm(&raw);
            prop_assert_eq!(normal_dorm(&once), once);
        }
    }
}
