//! How days and figures are said.

use chrono::{Datelike, NaiveDate, Timelike};

use crate::measure::{Share, percent_text};
use crate::overview::Column;
use crate::time::{UnixMillis, UtcOffset};

/// The words around a share.
struct Words {
    /// What it is about: `国家反诈中心APP注册` 情况未知.
    subject: &'static str,
    /// Before the number of those that count: `国家反诈中心APP应注册` 45人.
    due: &'static str,
    /// Before the number of those of whom it is known: `已登记` 42人.
    known: &'static str,
    /// After the number of those who meet it: 39人 `已注册`.
    met: &'static str,
    /// Before the rate: `注册率` 39/44（88.6%）.
    rate: &'static str,
    /// What is counted: 人, 间.
    unit: &'static str,
}

impl Words {
    /// `None` for columns that hold no share.
    fn of(column: Column) -> Option<Self> {
        let (subject, due, met, rate) = match column {
            Column::Registered => (
                "国家反诈中心APP注册",
                "国家反诈中心APP应注册",
                "已注册",
                "注册率",
            ),
            Column::WarningOn => ("APP预警开启", "APP预警应开启", "已开启", "预警开启率"),
            Column::Pledge => ("承诺书签订", "承诺书应签", "已签", "签订率"),
            Column::Notice => ("家长回执交回", "家长回执应交", "已交回", "交回率"),
            Column::QuizTaken => ("知识测验参与", "知识测验应参加", "已参加", "参与率"),
            Column::QuizPassed => (
                "知识测验合格",
                "知识测验要求合格",
                "合格（含补考）",
                "合格率",
            ),
            Column::DormsInspected => ("寝室检查", "寝室应检查", "已检查", "检查率"),
            Column::DormsMet => (
                "寝室达标",
                "寝室应核对",
                "达到目前能核对的全部条件",
                "达标率",
            ),
            Column::Average | Column::Activities | Column::LastRecord => return None,
        };
        let (known, unit) = match column {
            Column::DormsMet => ("已能判断", "间"),
            Column::DormsInspected => ("已登记", "间"),
            _ => ("已登记", "人"),
        };
        Some(Self {
            subject,
            due,
            known,
            met,
            rate,
            unit,
        })
    }
}

/// How `share` stands under `column`, as a sentence: how many count, how many meet it, how many are not
/// known, the rate, and who is left out.
pub(super) fn standing(column: Column, share: Share) -> String {
    let Some(words) = Words::of(column) else {
        return String::new();
    };
    let mut text = said(&words, share);
    if share.apart > 0 {
        text += &format!(
            "；写明原因无法安装或本人不同意的{}{}另列，不计入应计人数",
            share.apart, words.unit
        );
    }
    text + "。"
}

fn said(words: &Words, share: Share) -> String {
    let Words {
        subject, due, unit, ..
    } = words;
    let of = share.of();
    if of == 0 {
        return format!("{subject}情况未知");
    }
    if !share.is_known() {
        return format!("{due}{of}{unit}，{subject}情况均未知");
    }
    let met = format!("{}{unit}{}", share.met, words.met);
    let met = match share.unknown {
        0 => met,
        unknown => format!(
            "{}{}{unit}，其中{met}，另有{unknown}{unit}情况未知",
            words.known,
            share.met + share.unmet,
        ),
    };
    format!("{due}{of}{unit}，{met}，{}{}", words.rate, rate(share))
}

/// [`standing`] in few words, where it is said in full elsewhere; `None` where nothing is known.
pub(super) fn in_short(column: Column, share: Share) -> Option<String> {
    let words = Words::of(column).filter(|_| share.is_known())?;
    let unit = words.unit;
    let unknown = match share.unknown {
        0 => String::new(),
        unknown => format!("，另有{unknown}{unit}情况未知"),
    };
    let (met, name) = (share.met, words.rate);
    let met_words = words.met;
    Some(format!(
        "{met}{unit}{met_words}，{name}{}{unknown}",
        rate(share)
    ))
}

/// `39/44（88.6%）`, of a share of which something is known.
pub(super) fn rate(share: Share) -> String {
    let counted = format!("{}/{}", share.met, share.of());
    match percent_text(share.met, share.of()) {
        Some(percent) => format!("{counted}（{percent}）"),
        None => counted,
    }
}

/// What `column` is about, before a colon.
pub(super) fn subject(column: Column) -> &'static str {
    Words::of(column).map_or("", |words| words.subject)
}

/// What is counted under `column`: 人, 间.
pub(super) fn counted_in(column: Column) -> &'static str {
    Words::of(column).map_or("", |words| words.unit)
}

/// `甲、乙、丙`, or `甲、乙、丙等` where there are more than `most`.
pub(super) fn listing(items: &[String], most: usize) -> String {
    let shown: Vec<&str> = items.iter().take(most).map(String::as_str).collect();
    let more = if items.len() > most { "等" } else { "" };
    shown.join("、") + more
}

/// `2021年12月26日`
pub(crate) fn day(date: NaiveDate) -> String {
    format!("{}年{}", date.year(), month_and_day(date))
}

/// `2021年12月26日19:05`; `None` for a time that no calendar holds.
pub(super) fn moment(time: UnixMillis, offset: UtcOffset) -> Option<String> {
    let local = time.local(offset)?;
    let (hour, minute) = (local.hour(), local.minute());
    Some(format!("{}{hour:02}:{minute:02}", day(local.date_naive())))
}

/// `2021年12月21日至2022年2月26日`; the year is said once where it is the same.
pub(super) fn days(first: NaiveDate, last: NaiveDate) -> String {
    match (first == last, first.year() == last.year()) {
        (true, _) => day(first),
        (false, true) => format!("{}至{}", day(first), month_and_day(last)),
        (false, false) => format!("{}至{}", day(first), day(last)),
    }
}

fn month_and_day(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// 一, 二 … 十, 十一 … 九十九; digits from 100 on.
pub(super) fn numeral(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| usize::try_from(n).ok().and_then(|n| DIGITS.get(n)).copied();
    match (digit(number / 10), digit(number % 10)) {
        (Some(""), Some(ones)) => ones.to_owned(),
        (Some("一"), Some(ones)) => format!("十{ones}"),
        (Some(tens), Some(ones)) => format!("{tens}十{ones}"),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share([met, unmet, unknown, apart]: [u32; 4]) -> Share {
        Share {
            met,
            unmet,
            unknown,
            apart,
        }
    }

    #[test]
    fn a_share_is_said_with_what_is_not_known_of_it() {
        for (column, counts, expected) in [
            (
                Column::Registered,
                [39, 5, 0, 0],
                "国家反诈中心APP应注册44人，39人已注册，注册率39/44（88.6%）。",
            ),
            (
                Column::Registered,
                [39, 3, 2, 1],
                "国家反诈中心APP应注册44人，已登记42人，其中39人已注册，另有2人情况未知，\
                 注册率39/44（88.6%）；写明原因无法安装或本人不同意的1人另列，不计入应计人数。",
            ),
            (
                Column::Pledge,
                [0, 0, 45, 0],
                "承诺书应签45人，承诺书签订情况均未知。",
            ),
            (Column::Notice, [0, 0, 0, 0], "家长回执交回情况未知。"),
            (
                Column::DormsInspected,
                [0, 8, 0, 0],
                "寝室应检查8间，0间已检查，检查率0/8（0.0%）。",
            ),
            (
                Column::DormsMet,
                [3, 1, 4, 0],
                "寝室应核对8间，已能判断4间，其中3间达到目前能核对的全部条件，另有4间情况未知，\
                 达标率3/8（37.5%）。",
            ),
        ] {
            assert_eq!(standing(column, share(counts)), expected);
        }
    }

    #[test]
    fn in_short_nothing_is_said_of_what_is_not_known() {
        let short = |counts| in_short(Column::QuizTaken, share(counts));
        assert_eq!(
            short([40, 3, 2, 0]).as_deref(),
            Some("40人已参加，参与率40/45（88.9%），另有2人情况未知")
        );
        assert_eq!(short([0, 0, 45, 0]), None);
    }

    #[test]
    fn days_are_written_as_in_official_documents() {
        let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let first = date(2021, 12, 21);
        for (last, expected) in [
            (date(2022, 2, 26), "2021年12月21日至2022年2月26日"),
            (date(2021, 12, 25), "2021年12月21日至12月25日"),
            (first, "2021年12月21日"),
        ] {
            assert_eq!(days(first, last), expected);
        }
    }

    #[test]
    fn numerals_count_as_chapters_do() {
        for (number, expected) in [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (99, "九十九"),
            (100, "100"),
        ] {
            assert_eq!(numeral(number), expected);
        }
    }

    #[test]
    fn a_list_that_is_cut_says_so() {
        let items = ["甲", "乙", "丙"].map(str::to_owned);
        assert_eq!(listing(&items, 3), "甲、乙、丙");
        assert_eq!(listing(&items, 2), "甲、乙等");
    }
}
