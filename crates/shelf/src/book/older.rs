//! Backs as they were stored before there were formats: without activities and counsellor. Nothing in their bytes
//! says where a field begins, so they are read as they were written.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;
use wuzha_core::log::DeviceId;
use wuzha_core::measure::Share;
use wuzha_core::overview::{Average, Figures};
use wuzha_core::time::UnixMillis;
use wuzha_jobs::shelf::{BookId, Card};
use wuzha_seal::ClassId;

use super::Back;

#[derive(Deserialize)]
struct OlderBack {
    card: OlderCard,
    writers: BTreeSet<DeviceId>,
    imports: BTreeSet<DeviceId>,
}

#[derive(Deserialize)]
struct OlderCard {
    book: BookId,
    class: Option<ClassId>,
    taken_at: UnixMillis,
    records: u64,
    figures: OlderFigures,
}

#[derive(Deserialize)]
struct OlderFigures {
    class: String,
    department: Option<String>,
    grade: Option<String>,
    students: u32,
    dorms: u32,
    registered: Share,
    warning_on: Share,
    pledge: Share,
    notice: Share,
    quiz_taken: Share,
    quiz_passed: Share,
    average: Option<Average>,
    dorms_inspected: Share,
    dorms_met: Share,
    conflicts: u32,
    last_record: Option<UnixMillis>,
    /// Days by their number.
    registered_by_day: Vec<(i32, u32)>,
    campaign_start: Option<i32>,
}

/// `None` for bytes that were no back.
pub(super) fn read(bytes: &[u8]) -> Option<Back> {
    let OlderBack {
        card,
        writers,
        imports,
    } = postcard::from_bytes(bytes).ok()?;
    Some(Back {
        card: Card {
            book: card.book,
            class: card.class,
            taken_at: card.taken_at,
            records: card.records,
            figures: figures(card.figures)?,
        },
        writers,
        imports,
    })
}

fn figures(older: OlderFigures) -> Option<Figures> {
    let trend = older.registered_by_day.into_iter();
    let trend = trend.map(|(day, sum)| Some((self::day(day)?, sum)));
    let start = older.campaign_start.map(day);
    Some(Figures {
        class: older.class,
        department: older.department,
        grade: older.grade,
        students: older.students,
        dorms: older.dorms,
        registered: older.registered,
        warning_on: older.warning_on,
        pledge: older.pledge,
        notice: older.notice,
        quiz_taken: older.quiz_taken,
        quiz_passed: older.quiz_passed,
        average: older.average,
        dorms_inspected: older.dorms_inspected,
        dorms_met: older.dorms_met,
        conflicts: older.conflicts,
        last_record: older.last_record,
        registered_by_day: trend.collect::<Option<_>>()?,
        campaign_start: match start {
            None => None,
            Some(start) => Some(start?),
        },
        ..Figures::default()
    })
}

fn day(number: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number)
}

#[cfg(test)]
mod tests {
    use super::super::{Back, StoredBack};
    use super::*;

    /// A back as version 2 of the shelf's database kept it.
    const STORED: &str = "03011030373037303730373037303730373037e0c6c2dcdf2fc1020de8bdafe4bbb632313031e78fad\
        0115e8bdafe4bbb6e7b3bbefbc88e7a4bae4be8befbc89010732303231e7baa72d08270302011e0c020128000500140514002c\
        0100002903010001e098172c07010000030104000201c0b9bcdcdf2f01cc8d5a2701c28d5a0201010101010101010202020202\
        020202010202020202020202";

    fn stored() -> Vec<u8> {
        let digits = STORED.as_bytes().chunks(2);
        let byte = |pair: &[u8]| {
            let pair = std::str::from_utf8(pair).expect("ASCII");
            u8::from_str_radix(pair, 16).expect("two digits")
        };
        digits.map(byte).collect()
    }

    #[test]
    fn a_back_of_the_version_before_is_read_in_full() {
        let Some(StoredBack::Older(back)) = StoredBack::decode(&stored()) else {
            panic!("an older back");
        };
        let figures = &back.card.figures;
        assert_eq!(back.card.book, BookId(3));
        assert_eq!((back.card.records, figures.students), (321, 45));
        assert_eq!(figures.class, "软件2101班");
        assert_eq!(figures.department.as_deref(), Some("软件系（示例）"));
        assert_eq!(figures.dorms_met.unknown, 4);
        let day = NaiveDate::from_ymd_opt(2021, 12, 26).expect("a day");
        assert_eq!(figures.registered_by_day, [(day, 39)]);
        assert_eq!(
            figures.campaign_start,
            NaiveDate::from_ymd_opt(2021, 12, 21)
        );
        assert_eq!((back.writers.len(), back.imports.len()), (2, 1));
        assert_eq!(figures.activities.all.known_times(), None);
    }

    #[test]
    fn what_is_stored_now_is_never_taken_for_an_older_one() {
        let Some(StoredBack::Older(back)) = StoredBack::decode(&stored()) else {
            panic!("an older back");
        };
        let bytes = back.encode().expect("memory");
        let again: Option<Back> = match StoredBack::decode(&bytes) {
            Some(StoredBack::Whole(back)) => Some(back),
            _ => None,
        };
        assert_eq!(again, Some(back));
        let newer = [&[0, 2], bytes.get(2..).unwrap_or_default()].concat();
        assert!(StoredBack::decode(&newer).is_none(), "of a newer version");
    }
}
