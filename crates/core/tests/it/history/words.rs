//! The cells say what the ledgers say, and "unknown" where this version cannot read what was written.

#![expect(
    clippy::expect_used,
    reason = "a fixture that is wrong should stop the test"
)]

use std::collections::BTreeSet;

use wuzha_core::book::commands;
use wuzha_core::history;
use wuzha_core::log::Value;
use wuzha_core::quiz::{Answers, Attempt, Mode, PaperSpec, Score};
use wuzha_core::time::UnixMillis;

use super::{item_text, key, newest, of_student, rows, table, write};
use crate::support::{Desk, NOW, no, pack, slug};

const QUIZ: &str = "20211227-190512";

fn paper(questions: u32) -> Value {
    let paper = PaperSpec {
        seed: 7,
        categories: BTreeSet::new(),
        pass_percent: 80,
        minutes: None,
        questions: (1..=questions).map(|n| slug(&format!("q-{n}"))).collect(),
        retake_of: None,
    };
    paper.to_value()
}

fn attempt(right: u32, finished: Option<UnixMillis>) -> Attempt {
    let mut answers = Answers::default();
    answers.choose(&slug("q-secret"), [3]);
    Attempt {
        answers,
        score: Score::new(right, 10).expect("a score"),
        started: NOW,
        finished,
        mode: Mode::Kiosk,
    }
}

#[test]
fn every_kind_of_record_is_told_in_the_words_of_the_ledgers() {
    let text = |text: &str| Value::text(text);
    let (yes, no) = (Value::Bool(true), Value::Bool(false));
    let posted = item_text(|pack| &pack.dorm_checklist, "card-posted");
    let first = pack().class_checklist.items[0].clone();
    let (of_class, posted_key) = (
        format!("inspection/2021-12-27/class/{}", first.id),
        "inspection/2021-12-27/dorm-3-301/card-posted",
    );
    let of_class_told = format!(
        "班级 | {}（2021-12-27 轮次） | 合格 | 不适用",
        first.text.zh
    );
    let posted_told = format!("寝室 3-301 | {posted}（2021-12-27 轮次） | 合格 | 不合格");
    let remark_told = format!("寝室 3-301 | {posted}（2021-12-27 轮次，备注） | 撕坏了 | 已补贴");
    #[rustfmt::skip]
    let cases = [
        ("class/profile/school", text("示例学院"), text("示例大学"), "班级 | 学校 | 示例学院 | 示例大学"),
        ("class/profile/department", text("软件系"), text("信息系"), "班级 | 系部 | 软件系 | 信息系"),
        ("class/profile/grade", text("2020级"), text("2021级"), "班级 | 年级 | 2020级 | 2021级"),
        ("class/profile/name", text("软件1班"), text("软件2101班"), "班级 | 班级名 | 软件1班 | 软件2101班"),
        ("class/profile/campaign_start", text("2021-12-21"), text("2021-12-26"), "班级 | 活动开始日 | 2021-12-21 | 2021-12-26"),
        ("student/202100101/name", text("示例甲"), text("示例乙"), "示例乙 202100101 | 姓名 | 示例甲 | 示例乙"),
        ("student/202100101/dorm", text("3-301"), text("3-302"), "示例11 202100101 | 寝室 | 3-301 | 3-302"),
        ("student/202100101/listed", no.clone(), yes.clone(), "示例11 202100101 | 班级名单 | 不在名单上 | 在名单上"),
        ("registration/202100101/status", text("installed"), text("warning_on"), "示例11 202100101 | APP状态 | 已安装未注册 | 预警已开启"),
        ("registration/202100101/region", no.clone(), yes.clone(), "示例11 202100101 | 地区 | 选错 | 正确"),
        ("registration/202100101/verified", text("self_reported"), text("in_person"), "示例11 202100101 | 核验方式 | 本人自报 | 当面核验"),
        ("registration/202100101/reason", text("老人机"), text("无手机"), "示例11 202100101 | 无法安装原因 | 老人机 | 无手机"),
        ("registration/202100101/login", no.clone(), yes.clone(), "示例11 202100101 | 近期已登录 | 否 | 是"),
        ("pledge/202100101/signed", no.clone(), yes.clone(), "示例11 202100101 | 承诺书 | 未签 | 已签"),
        ("notice/202100101/returned", yes.clone(), no.clone(), "示例11 202100101 | 家长回执 | 已交 | 未交"),
        ("pledge/202109999/signed", no.clone(), yes.clone(), "202109999 | 承诺书 | 未签 | 已签"),
        ("round/2021-12-27/open", yes, no, "班级 | 检查轮次 2021-12-27 | 已开始 | 已撤销"),
        (posted_key, text("pass"), text("fail"), posted_told.as_str()),
        ("inspection/2021-12-27/dorm-3-301/card-posted.remark", text("撕坏了"), text("已补贴"), remark_told.as_str()),
        (of_class.as_str(), text("pass"), text("na"), of_class_told.as_str()),
        ("inspection/2021-12-27/class/gone-from-pack", text("fail"), text("pass"), "班级 | gone-from-pack（2021-12-27 轮次） | 不合格 | 合格"),
        ("paper/20211227-190512/spec", paper(10), paper(20), "班级 | 题卷 2021-12-27 19:05 | 10 题 | 20 题"),
        ("paper/p-1/spec", paper(10), paper(20), "班级 | 题卷 p-1 | 10 题 | 20 题"),
        ("attempt/20211227-190512/202100101/2", attempt(4, None).to_value(), attempt(9, Some(NOW)).to_value(),
            "示例11 202100101 | 题卷 2021-12-27 19:05 第 2 次作答 | 答对 4/10（未交卷） | 答对 9/10"),
        ("device/a1b2c3d4e5f60718/label", text("班长"), text("副班长"), "设备 a1b2c3d4 | 记录人 | 班长 | 副班长"),
    ];
    for (name, before, after, told) in cases {
        let mut desk = Desk::with_class(1, 1);
        let mut ops = write(&mut desk, &key(name), before);
        ops.extend(write(&mut desk, &key(name), after));
        assert_eq!(newest(&desk, &ops), told, "{name}");
    }
}

#[test]
fn what_is_first_written_replaces_nothing_and_what_is_cleared_says_so() {
    let mut desk = Desk::with_class(1, 1);
    let mut ops = Vec::new();
    for (value, told) in [
        (Value::Bool(true), " | 已签"),
        (Value::Null, "已签 | （已清空）"),
        (Value::Bool(false), "（已清空） | 未签"),
    ] {
        ops.extend(write(&mut desk, &of_student("pledge", "signed"), value));
        let expected = format!("示例11 202100101 | 承诺书 | {told}");
        assert_eq!(newest(&desk, &ops), expected);
    }
}

#[test]
fn what_cannot_be_read_is_unknown_and_never_a_code() {
    let map = || Value::map([("stars", Value::Int(5))]);
    for (name, value) in [
        ("class/profile/name", map()),
        ("class/profile/campaign_start", Value::text("soon")),
        ("student/202100101/name", Value::text("=1+1")),
        ("student/202100101/dorm", Value::text("")),
        ("student/202100101/listed", Value::Int(1)),
        ("registration/202100101/status", Value::text("upgraded")),
        ("registration/202100101/verified", Value::text("by_drone")),
        ("registration/202100101/reason", Value::text("")),
        ("pledge/202100101/signed", Value::text("true")),
        ("round/2021-12-27/open", Value::text("half")),
        (
            "inspection/2021-12-27/dorm-3-301/card-posted",
            Value::text("superb"),
        ),
        ("paper/p-1/spec", map()),
        ("attempt/p-1/202100101/1", map()),
        ("device/a1b2c3d4e5f60718/label", map()),
    ] {
        let mut desk = Desk::with_class(1, 1);
        let mut ops = write(&mut desk, &key(name), value.clone());
        ops.extend(write(&mut desk, &key(name), value));
        assert!(newest(&desk, &ops).ends_with(" | ? | ?"), "{name}");
    }
}

#[test]
fn an_attempt_is_one_line_with_its_score_and_without_its_answers() {
    let mut desk = Desk::with_class(1, 1);
    let handed_in = attempt(8, Some(NOW));
    let ops = desk.write(commands::hand_in(
        &desk.book,
        &slug(QUIZ),
        &no(1, 1),
        &handed_in,
    ));
    let table = table(&desk, &ops);
    let told = "2021-12-27 19:05 | 设备 01010101 | 示例11 202100101 | 题卷 2021-12-27 19:05 第 1 次作答 |  | 答对 8/10";
    assert_eq!(rows(&table), [told]);
    assert!(!format!("{table:?}").contains("q-secret"));
}

#[test]
fn what_this_version_does_not_know_is_left_out() {
    let mut desk = Desk::with_class(1, 1);
    let mut ops = Vec::new();
    for unknown in [
        "horoscope/leo/luck",
        "student/202100101/shoe_size",
        "a/b/c/d/e",
    ] {
        ops.extend(write(&mut desk, &key(unknown), "5"));
    }
    assert_eq!(history::of(&ops), []);
}
