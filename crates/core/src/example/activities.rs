//! What the example class held: a meeting, a film in the dorm's hall, and a letter to the parents of which nobody
//! knows how many have read it.

use chrono::{Days, NaiveDate};

use super::{Desk, ExampleError};
use crate::book::{
    ActivityInput, ActivityKind, ActivityText, Counsellor, HeldOn, People, commands,
};
use crate::ident::Slug;
use crate::time::day_digits;

pub(super) fn hold(desk: &mut Desk, today: NaiveDate) -> Result<(), ExampleError> {
    let counsellor = Counsellor::try_from("示例老师")?;
    desk.write(|book| commands::set_counsellor(book, &counsellor));
    let held = [
        (
            3,
            ActivityKind::ClassMeeting,
            "防范电信网络诈骗主题班会（示例）",
            Some(43),
            "教学楼 302（示例）",
        ),
        (
            2,
            ActivityKind::Publicity,
            "宿舍楼大厅播放反诈短片（示例）",
            Some(120),
            "3 号楼大厅（示例）",
        ),
        (
            1,
            ActivityKind::Family,
            "致家长的一封信（示例）",
            None,
            "班级家长群（示例）",
        ),
    ];
    for (ago, kind, title, people, place) in held {
        let day = today.checked_sub_days(Days::new(ago)).unwrap_or(today);
        let text = |text: &str| ActivityText::try_from(text.to_owned());
        let input = ActivityInput {
            kind: Some(kind),
            day: HeldOn::new(day, today)?,
            title: text(title)?,
            people: people.and_then(|people: u32| People::try_from(people).ok()),
            place: text(place)?,
            partner: ActivityText::default(),
            analysis: ActivityText::default(),
            measures: ActivityText::default(),
        };
        let id = Slug::try_from(format!("{}-example", day_digits(day)))?;
        desk.write(|_| commands::add_activity(&id, &input));
    }
    Ok(())
}
