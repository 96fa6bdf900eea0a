//! What a register is about, so that a person can be asked about its conflict, or told of its history, in
//! words.

use serde::{Deserialize, Serialize};

use super::{ActivityField, Round, Subject, keys};
use crate::ident::{Slug, StudentNo};
use crate::log::{DeviceId, Key};

/// What one register of the book is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// What class this is.
    Profile(ProfileField),
    /// A field of a student.
    Student {
        /// Whose.
        no: StudentNo,
        /// Which.
        field: StudentField,
    },
    /// Whether a round of inspections is open.
    Round(Round),
    /// What was found for an item of a checklist.
    Finding {
        /// In which round.
        round: Round,
        /// Of what.
        subject: Subject,
        /// The item.
        item: Slug,
        /// The verdict, or the remark beside it.
        part: FindingPart,
    },
    /// A paper.
    Paper(Slug),
    /// An attempt at a paper.
    Attempt {
        /// The paper.
        paper: Slug,
        /// Whose.
        no: StudentNo,
        /// The how-manieth, from 1.
        nth: u32,
    },
    /// A field of an activity.
    Activity {
        /// Which activity.
        id: Slug,
        /// Which field.
        field: ActivityField,
    },
    /// Who records on a device.
    Recorder(DeviceId),
    /// Something that this version does not know.
    Other,
}

/// A field of the class's profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProfileField {
    /// 学校
    School,
    /// 系部
    Department,
    /// 年级
    Grade,
    /// 班级名
    Name,
    /// First day of the campaign.
    CampaignStart,
    /// 辅导员
    Counsellor,
}

/// A field of a student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StudentField {
    /// 姓名
    Name,
    /// 寝室
    Dorm,
    /// Whether the student is on the list.
    Listed,
    /// Where the student stands with the app.
    Status,
    /// 地区是否选对
    Region,
    /// How the status was verified.
    Verified,
    /// Why the student cannot install.
    Reason,
    /// 近期已登录
    Login,
    /// 承诺书
    Pledge,
    /// 家长回执
    Notice,
    /// 备注
    Note,
}

/// A part of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingPart {
    /// 合格 / 不合格 / 不适用
    Verdict,
    /// 备注
    Remark,
}

impl About {
    /// What `key` is about.
    pub fn of(key: &Key) -> Self {
        let parts = key.parts();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        read(&parts).unwrap_or(Self::Other)
    }
}

fn read(parts: &[&str]) -> Option<About> {
    match *parts {
        [keys::CLASS, keys::PROFILE, field] => profile_field(field).map(About::Profile),
        [keys::ROUND, round, "open"] => round.parse().ok().map(About::Round),
        [keys::INSPECTION, round, subject, field] => finding(round, subject, field),
        [keys::PAPER, id, "spec"] => Slug::try_from(id).ok().map(About::Paper),
        [keys::ATTEMPT, paper, no, nth] => Some(About::Attempt {
            paper: Slug::try_from(paper).ok()?,
            no: StudentNo::try_from(no).ok()?,
            nth: nth.parse().ok()?,
        }),
        [keys::DEVICE, device, "label"] => device.parse().ok().map(About::Recorder),
        [keys::ACTIVITY, id, field] => Some(About::Activity {
            id: Slug::try_from(id).ok()?,
            field: ActivityField::from_code(field)?,
        }),
        [entity, no, field] => Some(About::Student {
            no: StudentNo::try_from(no).ok()?,
            field: student_field(entity, field)?,
        }),
        _ => None,
    }
}

fn finding(round: &str, subject: &str, field: &str) -> Option<About> {
    let (item, part) = match field.strip_suffix(keys::REMARK_SUFFIX) {
        Some(item) => (item, FindingPart::Remark),
        None => (field, FindingPart::Verdict),
    };
    Some(About::Finding {
        round: round.parse().ok()?,
        subject: subject.parse().ok()?,
        item: Slug::try_from(item).ok()?,
        part,
    })
}

fn profile_field(field: &str) -> Option<ProfileField> {
    Some(match field {
        "school" => ProfileField::School,
        "department" => ProfileField::Department,
        "grade" => ProfileField::Grade,
        "name" => ProfileField::Name,
        "campaign_start" => ProfileField::CampaignStart,
        keys::COUNSELLOR => ProfileField::Counsellor,
        _ => return None,
    })
}

fn student_field(entity: &str, field: &str) -> Option<StudentField> {
    Some(match (entity, field) {
        (keys::STUDENT, "name") => StudentField::Name,
        (keys::STUDENT, "dorm") => StudentField::Dorm,
        (keys::STUDENT, "listed") => StudentField::Listed,
        (keys::REGISTRATION, "status") => StudentField::Status,
        (keys::REGISTRATION, "region") => StudentField::Region,
        (keys::REGISTRATION, "verified") => StudentField::Verified,
        (keys::REGISTRATION, "reason") => StudentField::Reason,
        (keys::REGISTRATION, "login") => StudentField::Login,
        (keys::PLEDGE, "signed") => StudentField::Pledge,
        (keys::NOTICE, "returned") => StudentField::Notice,
        (keys::NOTE, "text") => StudentField::Note,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::commands::{self, Mark, ProfileInput};
    use crate::book::{ActivityInput, ActivityKind, HeldOn};
    use crate::book::{Book, Status, Verdict, Verification};
    use crate::log::Change;

    fn no() -> StudentNo {
        StudentNo::try_from("SL210101").unwrap()
    }

    fn slug(text: &str) -> Slug {
        Slug::try_from(text).unwrap()
    }

    fn about(changes: Vec<Change>) -> Vec<About> {
        changes
            .iter()
            .map(|change| About::of(&change.key))
            .collect()
    }

    fn of_student(field: StudentField) -> About {
        About::Student { no: no(), field }
    }

    #[test]
    fn what_the_commands_write_is_told_in_full() {
        let book = Book::default();
        let input = ProfileInput {
            school: "示例".into(),
            department: "示例".into(),
            grade: "示例".into(),
            name: "示例".into(),
        };
        let profile = commands::set_profile(&book, &input, Default::default());
        let fields = [
            ProfileField::School,
            ProfileField::Department,
            ProfileField::Grade,
            ProfileField::Name,
            ProfileField::CampaignStart,
        ];
        assert_eq!(about(profile), fields.map(About::Profile));
        let status = commands::register(&book, &no(), Status::Installed, Verification::InPerson);
        assert_eq!(
            about(status),
            [StudentField::Status, StudentField::Verified].map(of_student)
        );
        for (mark, field) in [
            (Mark::Region, StudentField::Region),
            (Mark::Login, StudentField::Login),
            (Mark::Pledge, StudentField::Pledge),
            (Mark::Notice, StudentField::Notice),
        ] {
            assert_eq!(
                about(commands::mark(&no(), mark, None)),
                [of_student(field)]
            );
        }
        let reason = commands::set_reason(&book, &no(), "示例");
        assert_eq!(about(reason), [of_student(StudentField::Reason)]);
        let note = commands::set_note(&book, &no(), "示例");
        assert_eq!(about(note), [of_student(StudentField::Note)]);
        assert_eq!(
            about(commands::unlist(&no())),
            [of_student(StudentField::Listed)]
        );
        let name = commands::correct_student(
            &book,
            &no(),
            &"示例张三".try_into().unwrap(),
            Some(&"3-301".try_into().unwrap()),
        );
        assert_eq!(
            about(name),
            [StudentField::Name, StudentField::Dorm].map(of_student)
        );
        let device = DeviceId::from_bytes([1; 8]);
        let recorder = commands::set_recorder(&book, device, "班长");
        assert_eq!(about(recorder), [About::Recorder(device)]);
    }

    #[test]
    fn an_activity_and_the_counsellor_are_told_field_by_field() {
        let day = chrono::NaiveDate::default();
        let text = |text: &str| text.to_owned().try_into().unwrap();
        let input = ActivityInput {
            kind: Some(ActivityKind::WorkMeeting),
            day: HeldOn::new(day, day).unwrap(),
            title: text("示例"),
            people: Some(6.try_into().unwrap()),
            place: text("示例"),
            partner: text("示例"),
            analysis: text("示例"),
            measures: text("示例"),
        };
        let id = slug("20211227-190512-3f1a");
        let mut written = commands::add_activity(&id, &input);
        written.extend(commands::remove_activity(&id));
        let told = about(written);
        assert_eq!(told.len(), ActivityField::ALL.len());
        for &field in ActivityField::ALL {
            let id = id.clone();
            assert!(told.contains(&About::Activity { id, field }), "{field:?}");
        }
        let counsellor = "王老师".try_into().unwrap();
        let named = commands::set_counsellor(&Book::default(), &counsellor);
        assert_eq!(about(named), [About::Profile(ProfileField::Counsellor)]);
    }

    #[test]
    fn the_opening_of_a_round_names_it() {
        let round: Round = "2021-12-27".parse().unwrap();
        let opening = vec![Change::new(keys::round(round), true)];
        assert_eq!(about(opening), [About::Round(round)]);
    }

    #[test]
    fn a_verdict_and_its_remark_are_told_apart() {
        let round: Round = "2021-12-27".parse().unwrap();
        let subject = Subject::Dorm("3-301".try_into().unwrap());
        let item = slug("card-posted");
        let finding = |part| About::Finding {
            round,
            subject: subject.clone(),
            item: item.clone(),
            part,
        };
        let verdict = commands::judge(round, &subject, &item, Some(Verdict::Pass));
        assert_eq!(about(verdict), [finding(FindingPart::Verdict)]);
        let remark = commands::set_remark(&Book::default(), round, &subject, &item, "示例");
        assert_eq!(about(remark), [finding(FindingPart::Remark)]);
    }

    #[test]
    fn what_a_newer_version_writes_is_other() {
        for key in [
            "student/SL210101/shoe_size",
            "class/profile/motto",
            "activity/a-1/weather",
            "round/2021-12-27/weather",
            "paper/p-1/title",
            "device/0101010101010101/model",
            "a/b/c/d/e",
        ] {
            let key = Key::try_from(key.to_owned()).unwrap();
            assert_eq!(About::of(&key), About::Other, "{key}");
        }
        let attempt = Key::try_from("attempt/p-1/SL210101/2".to_owned()).unwrap();
        let expected = About::Attempt {
            paper: slug("p-1"),
            no: no(),
            nth: 2,
        };
        assert_eq!(About::of(&attempt), expected);
    }
}
