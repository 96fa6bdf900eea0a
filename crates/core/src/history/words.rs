//! What the cells of a history say: the words of the ledgers, never the codes of the log.

use crate::book::{
    About, ActivityField, ActivityKind, Book, FindingPart, People, ProfileField, Round, Status,
    StudentField, Subject, Verdict, Verification,
};
use crate::ident::{DormName, PersonName, Slug, StudentNo};
use crate::ledger::words;
use crate::log::{DeviceId, Value};
use crate::pack::Pack;
use crate::quiz::{Attempt, PaperSpec};
use crate::quiz_day;
use crate::time::parse_day;

/// Beside rivals that are known; alone it is [`crate::ledger::Cell::Unknown`].
pub(super) const UNKNOWN: &str = "未知";
pub(super) const BETWEEN_RIVALS: &str = "；";
/// Not an empty cell: that says that there was nothing before.
const CLEARED: &str = "（已清空）";

/// A device of which nobody has said who records there: enough of its id to tell a class's phones apart.
pub(crate) fn device(id: DeviceId) -> String {
    let [a, b, c, d, ..] = id.to_bytes();
    format!("设备 {a:02x}{b:02x}{c:02x}{d:02x}")
}

/// 对象: whom or what a record is of.
pub(crate) fn object(about: &About, book: &Book) -> String {
    match about {
        About::Student { no, .. } | About::Attempt { no, .. } => student(no, book),
        About::Finding {
            subject: Subject::Dorm(dorm),
            ..
        } => format!("寝室 {dorm}"),
        About::Recorder(id) => device(*id),
        About::Finding {
            subject: Subject::Class,
            ..
        }
        | About::Profile(_)
        | About::Round(_)
        | About::Paper(_)
        | About::Activity { .. }
        | About::Other => "班级".to_owned(),
    }
}

fn student(no: &StudentNo, book: &Book) -> String {
    match book.student(no).and_then(|student| student.name.get()) {
        Some(name) => format!("{name} {no}"),
        None => no.to_string(),
    }
}

/// 项目: which record of it.
pub(crate) fn item(about: &About, pack: &Pack) -> String {
    match about {
        About::Profile(field) => profile_field(*field).to_owned(),
        About::Student { field, .. } => student_field(*field).to_owned(),
        About::Round(round) => format!("检查轮次 {round}"),
        About::Finding {
            round,
            subject,
            item,
            part,
        } => finding(*round, &item_text(subject, item, pack), *part),
        About::Paper(id) => paper(id),
        About::Attempt { paper: id, nth, .. } => format!("{} 第 {nth} 次作答", paper(id)),
        About::Activity { id, field } => activity(id, *field),
        About::Recorder(_) => "记录人".to_owned(),
        About::Other => UNKNOWN.to_owned(),
    }
}

fn profile_field(field: ProfileField) -> &'static str {
    match field {
        ProfileField::School => "学校",
        ProfileField::Department => "系部",
        ProfileField::Grade => "年级",
        ProfileField::Name => "班级名",
        ProfileField::CampaignStart => "活动开始日",
        ProfileField::Counsellor => "辅导员",
    }
}

fn student_field(field: StudentField) -> &'static str {
    match field {
        StudentField::Name => "姓名",
        StudentField::Dorm => "寝室",
        StudentField::Listed => "班级名单",
        StudentField::Status => "APP状态",
        StudentField::Region => "地区",
        StudentField::Verified => "核验方式",
        StudentField::Reason => "无法安装原因",
        StudentField::Login => "近期已登录",
        StudentField::Pledge => "承诺书",
        StudentField::Notice => "家长回执",
        StudentField::Note => "备注",
    }
}

/// The round is named: one that is long over may be corrected.
fn finding(round: Round, item: &str, part: FindingPart) -> String {
    match part {
        FindingPart::Verdict => format!("{item}（{round} 轮次）"),
        FindingPart::Remark => format!("{item}（{round} 轮次，备注）"),
    }
}

/// What an item of a checklist says; its id where the pack does not have it any more.
fn item_text(subject: &Subject, item: &Slug, pack: &Pack) -> String {
    let items = &pack.checklist(subject.scope()).items;
    let found = items.iter().find(|found| found.id == *item);
    found.map_or_else(|| item.to_string(), |found| found.text.zh.clone())
}

/// Which of them: by the minute in which it was recorded, as papers are.
fn activity(id: &Slug, field: ActivityField) -> String {
    let name = recorded_at(id).unwrap_or_else(|| id.to_string());
    format!("活动 {name} {}", words::activity_field(field))
}

/// `2021-12-27 19:05` of an id that [`crate::book::activity_id`] made.
fn recorded_at(id: &Slug) -> Option<String> {
    let (time, _salt) = id.as_str().rsplit_once('-')?;
    quiz_day::set_at(&Slug::try_from(time).ok()?)
}

fn paper(id: &Slug) -> String {
    let name = quiz_day::set_at(id).unwrap_or_else(|| id.to_string());
    format!("题卷 {name}")
}

/// 原来 and 改为: a value in words; `None` for one that this version cannot read.
pub(crate) fn value(about: &About, value: &Value) -> Option<String> {
    if *value == Value::Null {
        return Some(CLEARED.to_owned());
    }
    match about {
        About::Profile(ProfileField::CampaignStart) => {
            parse_day(value.as_text()?).map(|day| day.to_string())
        }
        About::Profile(_) | About::Recorder(_) => text(value),
        About::Student { field, .. } => of_student(*field, value),
        About::Round(_) => yes_or_no(value, |open| words::yes(open, "已开始", "已撤销")),
        About::Finding { part, .. } => match part {
            FindingPart::Verdict => Verdict::from_value(value).map(words::verdict).map(owned),
            FindingPart::Remark => text(value),
        },
        About::Paper(_) => {
            PaperSpec::from_value(value).map(|paper| format!("{} 题", paper.count()))
        }
        About::Attempt { .. } => Attempt::from_value(value).map(|attempt| score(&attempt)),
        About::Activity { field, .. } => of_activity(*field, value),
        About::Other => None,
    }
}

fn of_student(field: StudentField, value: &Value) -> Option<String> {
    match field {
        StudentField::Name => PersonName::try_from(value.as_text()?)
            .ok()
            .map(String::from),
        StudentField::Dorm => DormName::try_from(value.as_text()?).ok().map(String::from),
        StudentField::Status => Status::from_value(value).map(words::status).map(owned),
        StudentField::Verified => Verification::from_value(value)
            .map(words::verification)
            .map(owned),
        StudentField::Listed => {
            yes_or_no(value, |listed| words::yes(listed, "在名单上", "不在名单上"))
        }
        StudentField::Region => yes_or_no(value, words::region),
        StudentField::Login => yes_or_no(value, |yes| words::yes(yes, "是", "否")),
        StudentField::Pledge => yes_or_no(value, words::pledge),
        StudentField::Notice => yes_or_no(value, words::notice),
        StudentField::Reason | StudentField::Note => text(value),
    }
}

fn of_activity(field: ActivityField, value: &Value) -> Option<String> {
    match field {
        ActivityField::Kind => ActivityKind::from_value(value)
            .map(words::activity_kind)
            .map(owned),
        ActivityField::Day => parse_day(value.as_text()?).map(|day| day.to_string()),
        ActivityField::People => {
            let people = People::try_from(value.as_int::<u32>()?).ok()?;
            Some(format!("{} 人", people.get()))
        }
        ActivityField::Removed => yes_or_no(value, |removed| words::yes(removed, "已删除", "在列")),
        ActivityField::Title
        | ActivityField::Place
        | ActivityField::Partner
        | ActivityField::Analysis
        | ActivityField::Measures => text(value),
    }
}

fn yes_or_no(value: &Value, word: impl Fn(bool) -> &'static str) -> Option<String> {
    value.as_bool().map(word).map(owned)
}

/// The score and not the answers: those are the student's own.
fn score(attempt: &Attempt) -> String {
    let (right, of) = (attempt.score.right(), attempt.score.of());
    match attempt.finished {
        Some(_) => format!("答对 {right}/{of}"),
        None => format!("答对 {right}/{of}（未交卷）"),
    }
}

fn text(value: &Value) -> Option<String> {
    let text = value.as_text().filter(|text| !text.is_empty());
    text.map(str::to_owned)
}

fn owned(word: &str) -> String {
    word.to_owned()
}
