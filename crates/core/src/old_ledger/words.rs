//! What the cells of an old ledger say: yes, no, or nothing.

use super::column::Holds;
use crate::book::Verification;
use crate::ledger::words;
use crate::text;

/// The most characters of a cell that are shown when it is not understood.
const SHOWN: usize = 40;
/// From this many digits in a row on they may be a telephone or an identity card.
const LONG_NUMBER: usize = 7;

/// What stands for yes and for no in any column.
const YES: &[&str] = &[
    "是",
    "有",
    "已",
    "对",
    "√",
    "✓",
    "✔",
    "☑",
    "y",
    "yes",
    "true",
    "1",
    "完成",
    "已完成",
];
const NO: &[&str] = &[
    "否",
    "无",
    "没",
    "没有",
    "未",
    "不是",
    "×",
    "✕",
    "✖",
    "✗",
    "✘",
    "x",
    "n",
    "no",
    "false",
    "0",
    "未完成",
];

/// What 已 and 未 are put before, by column.
const PLEDGED: &[&str] = &[
    "签",
    "签订",
    "签署",
    "签字",
    "签名",
    "签承诺书",
    "承诺",
    "交",
    "提交",
    "上交",
];
const RETURNED: &[&str] = &[
    "交", "交回", "提交", "上交", "收", "收回", "回收", "回", "返回", "回执", "签", "签字",
];
const CHOSEN: &[&str] = &["选对", "选择正确"];
const LOGGED_IN: &[&str] = &["登录"];

/// How words are compared: without spaces, case and width, and the full stop at the end.
pub(super) fn folded(cell: &str) -> String {
    let folded = text::folded(cell);
    folded
        .trim_end_matches(['。', '.', '!', ';', '；'])
        .to_owned()
}

/// Whether a cell leaves it open: it is empty, crossed through, or says 未知, as our own files do.
pub(super) fn says_nothing(folded: &str) -> bool {
    matches!(
        folded,
        "" | "-" | "--" | "—" | "——" | "/" | "\\" | "未知" | "不详" | "待核实"
    )
}

/// The plain words for yes and no.
pub(super) fn yes_or_no(folded: &str) -> Option<bool> {
    if YES.contains(&folded) {
        Some(true)
    } else if NO.contains(&folded) {
        Some(false)
    } else {
        None
    }
}

/// A yes or no in a column of marks: the plain words, our own, and 已 or 未 before what was to be done.
pub(super) fn mark(holds: Holds, folded: &str) -> Option<bool> {
    let (own, done): (fn(bool) -> &'static str, _) = match holds {
        Holds::Pledge => (words::pledge, PLEDGED),
        Holds::Notice => (words::notice, RETURNED),
        Holds::Region => (words::region, CHOSEN),
        Holds::Login => (login, LOGGED_IN),
        _ => return None,
    };
    let of_own = [true, false].into_iter().find(|yes| own(*yes) == folded);
    of_own
        .or_else(|| yes_or_no(folded))
        .or_else(|| done_or_not(folded, done))
        .or_else(|| (holds == Holds::Region).then(|| right_or_wrong(folded))?)
}

fn login(yes: bool) -> &'static str {
    words::yes(yes, "已登录", "未登录")
}

fn done_or_not(folded: &str, done: &[&str]) -> Option<bool> {
    let after = |prefix: &str| {
        let rest = folded.strip_prefix(prefix);
        rest.is_some_and(|rest| done.contains(&rest))
    };
    match (after("已"), after("未") || after("没有") || after("没")) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

fn right_or_wrong(folded: &str) -> Option<bool> {
    match folded {
        "选对" => Some(true),
        "错" | "错误" | "不正确" | "不对" => Some(false),
        _ => None,
    }
}

/// 核验方式, in our own words.
pub(super) fn verification(folded: &str) -> Option<Verification> {
    let all = Verification::ALL.iter().copied();
    all.into_iter()
        .find(|how| words::verification(*how) == folded)
}

/// A cell as it is shown when it was not understood: shortened, and without what may be a telephone or an
/// identity card.
pub(super) fn shown(cell: &str) -> String {
    let mut shown = String::new();
    let mut number = String::new();
    for c in text::tidy(cell).chars() {
        if c.is_ascii_digit() {
            number.push(c);
        } else {
            shown += masked(&number);
            number.clear();
            shown.push(c);
        }
    }
    shown += masked(&number);
    shortened(&shown)
}

/// The first characters of a text.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

fn masked(number: &str) -> &str {
    if number.len() < LONG_NUMBER {
        number
    } else {
        "•••"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_known_in_many_words() {
        for (holds, cell, expected) in [
            (Holds::Pledge, "√", Some(true)),
            (Holds::Pledge, "×", Some(false)),
            (Holds::Pledge, " 是 ", Some(true)),
            (Holds::Pledge, "Ｙ", Some(true)),
            (Holds::Pledge, "0", Some(false)),
            (Holds::Pledge, "已签订", Some(true)),
            (Holds::Pledge, "未签", Some(false)),
            (Holds::Pledge, "没有签字", Some(false)),
            (Holds::Notice, "已交。", Some(true)),
            (Holds::Notice, "未收回", Some(false)),
            (Holds::Region, "正确", Some(true)),
            (Holds::Region, "选错", Some(false)),
            (Holds::Region, "不正确", Some(false)),
            (Holds::Login, "未登录", Some(false)),
            (Holds::Notice, "已登录", None),
            (Holds::Region, "示例市", None),
            (Holds::Pledge, "部分", None),
            (Holds::Pledge, "已签未交", None),
            (Holds::Pledge, "?", None),
        ] {
            assert_eq!(mark(holds, &folded(cell)), expected, "{cell:?}");
        }
    }

    #[test]
    fn what_is_shown_is_short_and_has_no_long_numbers() {
        assert_eq!(shown("已装 3 次（示例）"), "已装 3 次（示例）");
        assert_eq!(shown("号1234567,123456"), "号•••,123456");
        assert_eq!(shown(&"示".repeat(100)), "示".repeat(SHOWN));
    }
}
